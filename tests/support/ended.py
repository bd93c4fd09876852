# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins for a module and its connection in unit tests: the module's end is an exception with its result."""

from __future__ import annotations

import typing as t


class Calls:
    """The count of a connection that made no call."""

    def report(self) -> dict[str, int]:
        return {"total": 0}


class Connected:
    """A connection without clients, for tests that replace the reads."""

    iam = None
    partition = "aws"
    calls = Calls()


class Ended(Exception):  # noqa: N818 # it stands for the module's exit
    """The module ended."""

    def __init__(self, failed: bool, **result: t.Any) -> None:
        self.failed = failed
        self.result = result


class Module:
    """The part of AnsibleAWSModule that ends a task."""

    def __init__(self, *, check_mode: bool = False, diff: bool = False, **params: t.Any) -> None:
        self.check_mode, self._diff, self.params = check_mode, diff, params
        self.warned: list[str] = []

    def exit_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(False, **result)

    def fail_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(True, **result)

    def warn(self, text: str) -> None:
        self.warned.append(text)
