# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches the machine's processes and a folder while something runs, to find secrets that exist only for a moment."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

PROCESSES = Path("/proc")
PAUSE = 0.02


class Watch:
    """Within `with`, it keeps every command line, environment and file that it sees.

    It looks at processes that started after it and that it may read. Each content is kept once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = {pid for pid, _name in _processes()}
        self._kept: dict[str, dict[bytes, None]] = {"command lines": {}, "environments": {}}
        self._files: dict[tuple[str, int, int], bytes] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_again, name="watch", daemon=True)
        self.looks = 0

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def seen(self) -> dict[str, bytes]:
        """What was seen: command lines, environments, and each version of each file."""
        files = {f"passing {name} ({size} bytes, {time})": data for (name, time, size), data in self._files.items()}
        return {name: b"\n\n".join(kept) for name, kept in self._kept.items()} | files

    def _look_again(self) -> None:
        while not self._over.wait(PAUSE):
            self._look_at_processes()
            self._look_at_files()
            self.looks += 1

    def _look_at_processes(self) -> None:
        for pid, folder in _processes():
            # Processes that started before belong to the test.
            if pid in self._before:
                continue
            for name, file in (("command lines", "cmdline"), ("environments", "environ")):
                with contextlib.suppress(OSError):
                    self._kept[name][(folder / file).read_bytes()] = None

    def _look_at_files(self) -> None:
        for path in _files(self._folder):
            # A file that disappears between these two lines existed too briefly to be read by others.
            with contextlib.suppress(OSError):
                about = path.stat()
                mark = (str(path.relative_to(self._folder)), about.st_mtime_ns, about.st_size)
                if mark not in self._files:
                    self._files[mark] = path.read_bytes()


def _processes() -> Iterator[tuple[int, Path]]:
    for folder in PROCESSES.iterdir():
        if folder.name.isdigit():
            yield int(folder.name), folder


def _files(folder: Path) -> Iterator[Path]:
    for parent, _folders, names in os.walk(folder):
        for name in names:
            yield Path(parent, name)
