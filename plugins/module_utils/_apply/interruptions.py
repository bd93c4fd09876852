# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C and SIGTERM end a run in order: what was sent is awaited, nothing more is begun."""

from __future__ import annotations

import contextlib
import signal
import threading
import typing as t


@contextlib.contextmanager
def interruptions(stop: t.Callable[[], None]) -> t.Iterator[None]:
    """Ctrl-C and SIGTERM stop the run: requests that were sent are awaited, then it ends as it would have at once.

    A second one is handled as ever. Signals that are ignored stay ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    numbers = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) != signal.SIG_IGN]
    previous = {number: signal.getsignal(number) or signal.SIG_DFL for number in numbers}

    def interrupt(number: int, frame: object) -> None:
        received.append(number)
        stop()
        restore()

    def restore() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    for number in numbers:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        restore()
    if received:
        raise KeyboardInterrupt if received[0] == signal.SIGINT else SystemExit(128 + received[0])
