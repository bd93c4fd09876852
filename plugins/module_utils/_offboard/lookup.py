# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is meant by what a person typed in a hurry: a user's name, an access key's id or an employee id."""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing as t

from .._aws.calls import ask
from .._aws.errors import ReadError
from .._core.model import Failure, Subject, fold
from .._core.names import existing_name_fault, shown
from .._core.tags import EMPLOYEE_ID_TAG
from .._directory.bulk import read_whole

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Directory, User

_ACCESS_KEY = re.compile(r"(AKIA|ASIA)[A-Z0-9]{12,}")
_NEAR = 3


@dataclasses.dataclass(frozen=True)
class Named:
    """Users by name, each as it was asked for; and whom nobody could be found for."""

    names: t.Mapping[str, str]
    failures: tuple[Failure, ...] = ()


def name_directly(iam: Client, entries: t.Iterable[str]) -> Named:
    """The names that need no search: an access key's is asked for, anything else may be one itself."""
    names: dict[str, str] = {}
    failures: list[Failure] = []
    for entry in dict.fromkeys(entries):
        if not entry.strip():
            failures.append(_failure("''", "is blank; name a user, an employee id or an access key id"))
        elif _ACCESS_KEY.fullmatch(entry):
            found = _owner(iam, entry)
            if isinstance(found, Failure):
                failures.append(found)
            else:
                names.setdefault(found, entry)
        else:
            names.setdefault(entry, entry)
    return Named(names, tuple(failures))


def _owner(iam: Client, key: str) -> str | Failure:
    if key.startswith("ASIA"):
        return _failure(key, "is the key of a session, which IAM cannot look up; CloudTrail says whose it is")
    try:
        return str(ask(iam, "GetAccessKeyLastUsed", {"AccessKeyId": key}, f"access key {key}")["UserName"])
    except ReadError as error:
        if error.code == "NoSuchEntity":
            return _failure(key, "is no access key of this account")
        return Failure(Subject("user", key), error.operation, error.code, str(error))
    except KeyError:
        return _failure(key, "is an access key of no user: the account's root user has it")


def may_be_name(entry: str) -> bool:
    """Whether a user of that name can be there."""
    return existing_name_fault(entry) is None


def search(iam: Client, entries: t.Sequence[str]) -> Named:
    """Those who are no users' names, by employee id, in one read of the whole account."""
    if not entries:
        return Named({})
    try:
        directory, consistent = read_whole(iam)
    except ReadError as error:
        return Named({}, tuple(Failure(_subject(entry), error.operation, error.code, str(error)) for entry in entries))
    return find(entries, directory, consistent=consistent)


def find(entries: t.Sequence[str], directory: Directory, *, consistent: bool) -> Named:
    """Whose employee ids these are. One that two people have names nobody."""
    by_id: dict[str, list[str]] = {}
    for user in directory.users.values():
        found = _employee_id(user)
        if found is not None:
            by_id.setdefault(found, []).append(user.name)
    names: dict[str, str] = {}
    failures: list[Failure] = []
    for entry in entries:
        owners = by_id.get(entry.strip(), [])
        if len(owners) == 1:
            names[owners[0]] = entry
        elif owners:
            what = f"is the employee id of {' and '.join(sorted(owners))}; name the one who is meant"
            failures.append(_failure(entry, what))
        else:
            failures.append(_absent(entry, directory, by_id, consistent=consistent))
    return Named(names, tuple(failures))


def _absent(entry: str, directory: Directory, ids: t.Mapping[str, list[str]], *, consistent: bool) -> Failure:
    spelled = {key: user.name for key, user in directory.users.items()}
    near = [spelled[key] for key in difflib.get_close_matches(fold(entry.replace(" ", ".")), spelled, _NEAR)]
    near += [f"{each} ({ids[each][0]})" for each in difflib.get_close_matches(entry, ids, _NEAR)]
    advice = f"Did you mean {' or '.join(near)}?" if near else ""
    if not consistent:
        advice += " The account is being changed right now, and not everybody could be read: try again."
    return _failure(entry, "is no user of this account and nobody's employee id: nobody was cut off for it", advice)


def _employee_id(user: User) -> str | None:
    tags = user.tags or {}
    return next((value for key, value in tags.items() if fold(key) == EMPLOYEE_ID_TAG), None)


def _failure(entry: str, what: str, advice: str = "") -> Failure:
    return Failure(_subject(entry), "GetUser", "NoSuchEntity", what, advice.strip())


def _subject(entry: str) -> Subject:
    return Subject("user", shown(entry))
