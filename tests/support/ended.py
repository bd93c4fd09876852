# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ends of a module in a unit test: what it would have printed is raised."""

from __future__ import annotations

import typing as t


class Calls:
    """The calls of a connection, none of which was made."""

    def report(self) -> dict[str, int]:
        return {"total": 0}


class Connected:
    """A connection that nothing may be asked of but what a test puts into the street's place."""

    iam = None
    partition = "aws"
    calls = Calls()


class Ended(Exception):  # noqa: N818 # it stands for the module's exit
    """The module ended."""

    def __init__(self, failed: bool, **result: t.Any) -> None:
        self.failed = failed
        self.result = result


class Module:
    """The part of AnsibleAWSModule that the street ends with."""

    def __init__(self, *, check_mode: bool = False, diff: bool = False, **params: t.Any) -> None:
        self.check_mode, self._diff, self.params = check_mode, diff, params
        self.warned: list[str] = []

    def exit_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(False, **result)

    def fail_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(True, **result)

    def warn(self, text: str) -> None:
        self.warned.append(text)
