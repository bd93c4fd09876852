# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module, shows how far it is, if its work is long, and keeps its lists to itself.

The module counts in a file that this plugin makes in the module's temporary folder. Elsewhere than on the controller
the file cannot be read while the module runs: then none is made, and nothing else changes. The lines go to stderr,
because some callbacks print one document to stdout.
"""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t
from pathlib import Path

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.workforce.aws.plugins.module_utils._aws.progress import FILE, read_progress
from ansible_collections.workforce.aws.plugins.module_utils._report.progress import Gauge

if t.TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_SECONDS = 0.5
display = Display()


class ActionModule(ActionBase):
    """Ansible's own way to run a module, with a thread beside it."""

    # Ansible makes the temporary folder before the module starts, also when the module itself is piped.
    TRANSFERS_FILES = True
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """The module's result."""
        result: dict[str, t.Any] = super().run(tmp, task_vars)
        # Newer versions of Ansible have no connections that do it by themselves.
        wrap_async = bool(self._task.async_val) and not getattr(self._connection, "has_native_async", False)
        folder = self._connection._shell.tmpdir
        readable = folder and self._connection.transport == "local" and not self._task.async_val
        with _shown(Path(folder, FILE), (task_vars or {}).get("inventory_hostname", "")) if readable else _nothing():
            result.update(self._execute_module(task_vars=task_vars, wrap_async=wrap_async))
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        if not self._is_repeated():
            # Ansible sends a task's arguments back to its main process, beside the result: with thousands of people it
            # takes longer than to read them, and some callbacks hand them on.
            self._task.args = {}
        return result

    def _is_repeated(self) -> bool:
        """Whether the task may run again, with the same arguments."""
        return bool(self._task.until) or self._task.retries is not None


_nothing = contextlib.nullcontext


@contextlib.contextmanager
def _shown(path: Path, host: str) -> Iterator[None]:
    """Show progress from the file at this path for as long as the block lasts, however it ends."""
    with contextlib.suppress(OSError):
        path.touch(mode=0o600)
    ended = threading.Event()
    thread = threading.Thread(target=_show, args=(path, host, ended), name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _show(path: Path, host: str, ended: threading.Event) -> None:
    gauge = Gauge()
    while not ended.wait(LOOK_SECONDS):
        numbers = read_progress(path)
        line = numbers and gauge.line(*numbers, time.monotonic())
        if line:
            display.display(f"{host}: {line}", stderr=True)
