# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential report, parsed by its header: AWS adds columns now and then. Pure."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import typing as t

from .._core.model import fold

ROOT_USER = "<root_account>"
_KEY_SLOTS = ("access_key_1", "access_key_2")
_NOTHING = frozenset({"", "N/A", "no_information", "not_supported"})
"""What stands where there is no time: there is none, it never happened, or AWS does not tell."""


class CredentialReportError(ValueError):
    """The report is not what AWS documents."""


@dataclasses.dataclass(frozen=True)
class AccessKey:
    """An access key as the report shows it; it tells no id. ``rotated`` is when the key was made."""

    active: bool
    rotated: datetime.datetime
    last_used: datetime.datetime | None


@dataclasses.dataclass(frozen=True)
class UserCredentials:
    """How one user can sign in. ``password_changed`` is when the password was set or changed."""

    created: datetime.datetime | None
    console: bool
    mfa: bool
    access_keys: tuple[AccessKey, ...]
    password_changed: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class CredentialReport:
    """Everybody's credentials at ``generated``, up to four hours ago, by user key."""

    generated: datetime.datetime
    users: t.Mapping[str, UserCredentials]


def parse_report(content: bytes, generated: datetime.datetime) -> CredentialReport:
    """The report; the account's root user is not one of its people. Raises CredentialReportError."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    users: dict[str, UserCredentials] = {}
    try:
        header = next(lines)
        for line in filter(None, lines):
            row = dict(zip(header, _fields(line, header), strict=True))
            if row["user"] != ROOT_USER:
                users[fold(row["user"])] = _user(row)
    except (StopIteration, KeyError, ValueError) as error:
        text = f"line {lines.line_num} of the credential report is not as AWS writes it"
        raise CredentialReportError(text) from error
    return CredentialReport(generated, users)


def _fields(line: list[str], header: list[str]) -> list[str]:
    """The fields of a line. IAM allows commas in names and paths, and AWS does not say whether it quotes them.

    Where it did not, there are fields too many, all of them in the name and the ARN, which are the first two columns.
    No name has a colon, so that the ARN begins at the first comma with "arn:" after it.
    """
    excess = len(line) - len(header)
    if excess <= 0 or header[:2] != ["user", "arn"]:
        return line
    name, comma, rest = ",".join(line[: excess + 2]).partition(",arn:")
    return [name, f"arn:{rest}", *line[excess + 2 :]] if comma else line


def _user(row: t.Mapping[str, str]) -> UserCredentials:
    keys = (_access_key(row, slot) for slot in _KEY_SLOTS)
    return UserCredentials(
        created=_time(row["user_creation_time"]),
        console=_boolean(row["password_enabled"]),
        mfa=_boolean(row["mfa_active"]),
        access_keys=tuple(key for key in keys if key),
        password_changed=_time(row.get("password_last_changed", "")),
    )


def _access_key(row: t.Mapping[str, str], slot: str) -> AccessKey | None:
    # A key that was made inactive keeps the time of its making; an empty slot has none.
    rotated = _time(row[f"{slot}_last_rotated"])
    if rotated is None:
        return None
    return AccessKey(_boolean(row[f"{slot}_active"]), rotated, _time(row[f"{slot}_last_used_date"]))


def _boolean(text: str) -> bool:
    # AWS's pages print TRUE, its answers true.
    return text.lower() == "true"


def _time(text: str) -> datetime.datetime | None:
    return None if text in _NOTHING else datetime.datetime.fromisoformat(text)
