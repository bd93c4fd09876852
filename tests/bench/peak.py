# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command, and writes the most memory that any of its processes had. A script of its own.

    python tests/bench/peak.py FILE COMMAND...

The file has the number of kB that Linux keeps for a process and those that it waited for: the largest, not the sum.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(file: str, *command: str) -> int:
    """The command's exit code."""
    child = os.posix_spawnp(command[0], command, os.environ)
    _pid, status, usage = os.wait4(child, 0)
    Path(file).write_text(str(usage.ru_maxrss), encoding="utf-8")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
