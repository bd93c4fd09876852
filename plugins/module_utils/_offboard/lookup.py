# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is meant by what a person typed in a hurry: a user's name, maybe with an employee id, or a key's id."""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing as t

from .._aws.calls import ask
from .._aws.errors import ReadError
from .._core.model import fold
from .._core.names import existing_name_fault, shown
from .._core.steps import Failure
from .._core.subjects import Subject
from .._core.tags import employee_id_of
from .._directory.bulk import read_whole

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Directory, User

_ACCESS_KEY = re.compile(r"(AKIA|ASIA)[A-Z0-9]{12,}")
_NEAR = 3
_SEARCH = "GetUser"
NAME_NEEDED = "NameNeeded"
"""The code of an entry that is an employee id alone."""


@dataclasses.dataclass(frozen=True)
class Named:
    """Users by name, each as it was asked for; and whom nobody could be found for.

    ``found`` are the names that AWS gave, of whom nothing need be asked again. ``ids`` are the employee ids that stood
    beside a name.
    """

    names: t.Mapping[str, str]
    failures: tuple[Failure, ...] = ()
    found: frozenset[str] = frozenset()
    ids: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


def name_directly(iam: Client, entries: t.Iterable[str]) -> Named:
    """The names that need no search: an access key's is asked for, anything else may be one itself."""
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    found: set[str] = set()
    failures: list[Failure] = []
    for entry in dict.fromkeys(entries):
        employee_id, name = split(entry)
        if not name.strip() or employee_id == "":
            failures.append(_failure(entry, "names nobody; write a user, an access key id, or employee id:user"))
        elif _ACCESS_KEY.fullmatch(entry):
            owner = _owner(iam, entry)
            if isinstance(owner, Failure):
                failures.append(owner)
            else:
                names.setdefault(owner, entry)
                found.add(owner)
        else:
            names.setdefault(name, entry)
            if employee_id is not None:
                ids.setdefault(name, employee_id)
    return Named(names, tuple(failures), frozenset(found), ids)


def split(entry: str) -> tuple[str | None, str]:
    """The employee id, where one stands before the name, and the name, in which IAM allows no colon."""
    employee_id, colon, name = entry.rpartition(":")
    return (employee_id.strip(), name.strip()) if colon else (None, entry)


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


def search(iam: Client, entries: t.Sequence[str]) -> tuple[Failure, ...]:
    """What to tell of entries that are no users' names: who bears such an employee id, or a name that is near."""
    if not entries:
        return ()
    try:
        directory, consistent = read_whole(iam)
    except ReadError as error:
        return tuple(Failure(_subject(entry), error.operation, error.code, str(error)) for entry in entries)
    return find(entries, directory, consistent=consistent)


def find(entries: t.Sequence[str], directory: Directory, *, consistent: bool) -> tuple[Failure, ...]:
    """Whose employee ids these are. An id names nobody for sure, since whoever may tag can write it."""
    bearers: dict[str, list[User]] = {}
    for _key, user in sorted(directory.users.items()):
        if (borne := employee_id_of(user)) is not None:
            bearers.setdefault(borne, []).append(user)
    failures = []
    for entry in entries:
        employee_id, name = split(entry)
        found = bearers.get((employee_id or name).strip(), [])
        if found:
            failures.append(_name_needed(entry, found, directory))
        else:
            failures.append(_absent(entry, directory, bearers, consistent=consistent))
    return tuple(failures)


def _name_needed(entry: str, bearers: t.Sequence[User], directory: Directory) -> Failure:
    employee_id, name = split(entry)
    borne = (employee_id or name).strip()
    who = " and ".join(_described(user, directory) for user in bearers)
    absent = "" if employee_id is None else f"{name} is no user of this account; "
    several = "" if len(bearers) == 1 else f"{len(bearers)} users: "
    text = f"{absent}{borne} is the employee id of {several}{who}. Nobody was cut off: whoever may tag can write an id"
    wanted = " or ".join(f"-e who={borne}:{user.name}" for user in bearers)
    advice = f"See who is meant, and name them: {wanted}"
    return Failure(_subject(entry), "GetAccountAuthorizationDetails", NAME_NEEDED, text, advice)


def _described(user: User, directory: Directory) -> str:
    groups = sorted(directory.groups[key].name for key in directory.groups_of(user.name))
    created = "" if user.create_date is None else f"created {user.create_date:%Y-%m-%d}, "
    return f"{user.name} ({created}in {', '.join(groups) or 'no department'})"


def _absent(entry: str, directory: Directory, ids: t.Mapping[str, list[User]], *, consistent: bool) -> Failure:
    spelled = {key: user.name for key, user in directory.users.items()}
    name = fold(split(entry)[1].replace(" ", "."))
    near = [spelled[key] for key in difflib.get_close_matches(name, spelled, _NEAR)]
    near += [f"{each}:{ids[each][0].name}" for each in difflib.get_close_matches(entry, ids, _NEAR)]
    advice = f"Did you mean {' or '.join(near)}?" if near else ""
    if not consistent:
        advice += " The account is being changed right now, and not everybody could be read: try again."
    return _failure(entry, "is no user of this account and nobody's employee id: nobody was cut off for it", advice)


def _failure(entry: str, what: str, advice: str = "") -> Failure:
    return Failure(_subject(entry), _SEARCH, "NoSuchEntity", what, advice.strip())


def is_absent(failure: Failure) -> bool:
    """Whether the failure is that nobody was found for an entry. In another account there may be somebody."""
    return (failure.operation, failure.code) == (_SEARCH, "NoSuchEntity")


def _subject(entry: str) -> Subject:
    return Subject("user", shown(entry))
