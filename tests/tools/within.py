# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command of the environment as the checks run theirs: `python -m tests.tools.within ansible-doc -l`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from tests.tools.environment import clean_environment
from tests.tools.tree import build_tree
from tests.tools.venv import SetupError, ensure_venv


def main(command: list[str]) -> NoReturn:
    if not command:
        sys.exit("usage: python -m tests.tools.within COMMAND...")
    try:
        places = ensure_venv(sys.executable)
        build_tree(places)
    except SetupError as error:
        sys.exit(f"FAILED: {error}")
    # Replace this process, so that the command gets signals and returns its own exit code.
    os.execvpe(command[0], command, clean_environment(places))  # noqa: S606  # no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
