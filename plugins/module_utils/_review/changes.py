# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed between two reports of one account: who came, left, moved, gained and lost what. Pure.

A policy that a department gained or lost is told once, of the department, and not of everybody in it.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .decisions import everybody, own_policies

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Change:
    """What became of a person or a department. ``what`` is "came", "left", "was renamed" or empty."""

    name: str
    what: str = ""
    moved: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.what or self.moved or self.gained or self.lost)


@dataclasses.dataclass(frozen=True)
class Changes:
    """``since`` is when the earlier report was read."""

    since: str
    people: tuple[Change, ...]
    groups: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many people came, left, moved, gained and lost something."""
        return {
            "came": sum(change.what == "came" for change in self.people),
            "left": sum(change.what == "left" for change in self.people),
            "moved": sum(bool(change.moved) for change in self._stayed),
            "gained": sum(bool(change.gained) for change in self._stayed),
            "lost": sum(bool(change.lost) for change in self._stayed),
        }

    @property
    def _stayed(self) -> list[Change]:
        return [change for change in self.people if change.what not in ("came", "left")]


def changes(earlier: Data, data: Data) -> Changes:
    """The changes from the earlier report to this one, each list in order of names."""
    return Changes(earlier["read_at"], tuple(_people(earlier, data)), tuple(_groups(earlier, data)))


def _people(earlier: Data, data: Data) -> list[Change]:
    before = {_identity(person): person for person in everybody(earlier)}
    after = {_identity(person): person for person in everybody(data)}
    renamed = _renamed(before, after)
    found = [Change(person["name"], "left") for key, person in before.items() if key not in after | renamed]
    old_of = {new: before[old] for old, new in renamed.items()}
    for key, person in after.items():
        old = old_of.get(key) or before.get(key)
        found.append(_came(person) if old is None else _stayed(old, person))
    return sorted((change for change in found if change.is_one), key=lambda change: fold(change.name))


def _identity(person: Data) -> tuple[str, str]:
    """A user who was made at another moment is another user, even under the same name."""
    return fold(person["name"]), person["created"] or ""


def _renamed(before: t.Mapping[t.Any, Data], after: t.Mapping[t.Any, Data]) -> dict[t.Any, t.Any]:
    """The old identities of those who got another name: made at the same moment, with the same employee id."""
    new = {
        (person["created"], person["employee_id"]): key
        for key, person in after.items()
        if key not in before and person["employee_id"]
    }
    marks = {key: (person["created"], person["employee_id"]) for key, person in before.items() if key not in after}
    return {key: new[mark] for key, mark in marks.items() if mark in new}


def _came(person: Data) -> Change:
    return Change(
        person["name"],
        "came",
        moved=tuple(f"into {name}" for name in _group_names(person)),
        gained=tuple(sorted(_holdings(person))),
    )


def _stayed(old: Data, new: Data) -> Change:
    groups_before, groups_after = _group_names(old), _group_names(new)
    before, after = _holdings(old), _holdings(new)
    # What is not known in one of the reports is no change.
    unseen = {what for what, key in _FACTS.items() if None in (old[key], new[key])}
    if None in (old["access_keys"], new["access_keys"]):
        unseen |= {what for what in before ^ after if what.startswith(_A_KEY)}
    if "administrator" not in old or "administrator" not in new:
        unseen.add(_ADMINISTRATOR)
    return Change(
        new["name"],
        f"was renamed from {old['name']}" if fold(old["name"]) != fold(new["name"]) else "",
        moved=(
            *(f"into {name}" for name in groups_after if name not in groups_before),
            *(f"out of {name}" for name in groups_before if name not in groups_after),
            *_state(old, new),
        ),
        gained=tuple(sorted(after - before - unseen)),
        lost=tuple(sorted(before - after - unseen)),
    )


def _state(old: Data, new: Data) -> t.Iterator[str]:
    if old["state"] != new["state"]:
        yield "was suspended" if new["state"] == "suspended" else "was let in again"
    if old["managed"] != new["managed"]:
        yield "is managed now" if new["managed"] else "is no longer managed"


def _group_names(person: Data) -> list[str]:
    return [*person["departments"], *person["other_groups"]]


_FACTS = {"console password": "console", "MFA": "mfa"}
_ADMINISTRATOR = "can become administrator"
_A_KEY = "access key "


def _holdings(person: Data) -> set[str]:
    """What a person holds on their own, each in words."""
    held = {f"policy {policy['name']}{'' if policy['arn'] else ' (inline)'}" for policy in own_policies(person)}
    held |= {what for what, key in _FACTS.items() if person[key]}
    held |= {f"{_A_KEY}of {key['created'][:10]}" for key in person["access_keys"] or () if key["status"] == "active"}
    if person["boundary"]:
        held.add(f"boundary {person['boundary']}")
    if person.get("administrator"):
        held.add(_ADMINISTRATOR)
    return held


def _groups(earlier: Data, data: Data) -> list[Change]:
    before, after = _by_name(earlier), _by_name(data)
    found = [Change(group["name"], "is gone") for key, group in before.items() if key not in after]
    for key, group in after.items():
        old = before.get(key)
        had, has = _policies(old) if old else set(), _policies(group)
        what = "" if old else "is new"
        found.append(Change(group["name"], what, gained=tuple(sorted(has - had)), lost=tuple(sorted(had - has))))
    return sorted((change for change in found if change.is_one), key=lambda change: fold(change.name))


def _by_name(data: Data) -> dict[str, Data]:
    return {fold(group["name"]): group for group in (*data["departments"], *data["other_groups"])}


def _policies(group: Data) -> set[str]:
    return {f"policy {policy['name']}{'' if policy['arn'] else ' (inline)'}" for policy in group["policies"]}
