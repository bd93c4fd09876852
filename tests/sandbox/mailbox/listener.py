# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thread with an event loop that listens on 127.0.0.1. (aiosmtpd's own controller cannot take any free port.)"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable

from .certificates import HOST


class Listener:
    """Listens from `start` to `stop`, and then leaves no task and no connection behind."""

    def __init__(self, conversation: Callable[[], asyncio.BaseProtocol], tls: ssl.SSLContext | None) -> None:
        self._conversation = conversation
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="mailbox")
        self._server: asyncio.Server | None = None
        self.port = 0

    def start(self, port: int) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(port), self._loop).result(timeout=10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _listen(self, port: int) -> None:
        self._server = await self._loop.create_server(self._conversation, HOST, port, ssl=self._tls, backlog=256)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # Connections are closed by callbacks, which want a turn or two of the loop.
        await asyncio.sleep(0.01)
