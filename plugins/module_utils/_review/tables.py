# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three tables that answer the three questions: a person, a department, and a policy and whom it reaches. Pure.

Rows that other rows lead to have an id that is short, since a large page has tens of thousands of links.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import typing as t

with contextlib.suppress(ImportError):  # The module tells it.
    from markupsafe import Markup

from .._core.model import fold
from .decisions import everybody, last_seen, own_policies

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]

UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True)
class Link:
    """A name and the row that it leads to."""

    name: str
    id: str

    @functools.cached_property
    def anchor(self) -> Markup:
        """The link in HTML, made once, since a page has many to the same row; the name is escaped by ``format``."""
        return Markup('<a href="#{}">{}</a>').format(self.id, self.name)


def anchors(links: t.Iterable[Link]) -> Markup:
    """Several links with commas between them."""
    return Markup(", ".join(link.anchor for link in links))  # noqa: S704  # each part is HTML already


def names(links: t.Iterable[Link]) -> str:
    """Several names with commas between them, which lead nowhere."""
    return ", ".join(link.name for link in links)


@dataclasses.dataclass(frozen=True)
class Given:
    """What one group gives: ``managed`` tells whether it is a department."""

    group: Link
    policies: str
    managed: bool

    @functools.cached_property
    def line(self) -> Markup:
        """The group and its policies in HTML, made once for all who sit in it."""
        told = ("" if self.managed else " (not managed)") + (f": {self.policies}" if self.policies else "")
        return Markup("{}{}").format(self.group.anchor, told)


@dataclasses.dataclass(frozen=True)
class PersonRow:
    """A person and what they may do. ``boundary`` is an ARN; ``own`` are policies that no group gives."""

    link: Link
    employee_id: str
    path: str
    kind: str
    state: str
    given: tuple[Given, ...]
    own: tuple[Link, ...]
    boundary: str
    console: str
    mfa: str
    keys: str
    last_sign_in: str
    last_seen: str
    administrator: str

    @property
    def sign_in(self) -> str:
        """The console password and MFA in words."""
        if self.console != "yes":
            return {"no": "no password"}.get(self.console, self.console)
        return f"password, {'MFA' if self.mfa == 'yes' else 'no MFA' if self.mfa == 'no' else 'MFA unknown'}"

    def also(self, group: str) -> str:
        """What they may do beside what the group with this id gives."""
        given = [
            f"{one.group.name}: {one.policies}" if one.policies else one.group.name for one in self.given_beside(group)
        ]
        own = [f"of their own: {', '.join(link.name for link in self.own)}"] if self.own else []
        return "; ".join([*given, *own])

    def given_beside(self, group: str) -> list[Given]:
        """What the other groups give."""
        return [one for one in self.given if one.group.id != group]


@dataclasses.dataclass(frozen=True)
class GroupRow:
    """A department, or a group that is none, and who sits in it."""

    link: Link
    path: str
    kind: str
    members: tuple[Link, ...]
    policies: tuple[Link, ...]
    mfa: str


@dataclasses.dataclass(frozen=True)
class PolicyRow:
    """A policy or role, and who reaches it: ``kind`` says what it is, ``arn`` is empty for an inline policy."""

    link: Link
    kind: str
    arn: str
    groups: tuple[Link, ...]
    people: tuple[Link, ...]
    reached: tuple[Link, ...]


@dataclasses.dataclass(frozen=True)
class Tables:
    """The rows of the three tables, in order of names."""

    people: tuple[PersonRow, ...]
    groups: tuple[GroupRow, ...]
    policies: tuple[PolicyRow, ...]


def tables(data: Data) -> Tables:
    """The three tables of an access report."""
    return _Maker(data).tables()


_Key = tuple[str, str]
"""A policy: its ARN and nothing, or its name and whose inline policy it is."""


class _Maker:
    """The ids of everything, and the rows made with them."""

    def __init__(self, data: Data) -> None:
        self._everybody = everybody(data)
        self._groups = sorted([*data["departments"], *data["other_groups"]], key=lambda group: fold(group["name"]))
        self._roles = data.get("roles", [])
        self._people_links = _links("p", (person["name"] for person in self._everybody))
        self._group_links = _links("g", (group["name"] for group in self._groups))
        self._own = {person["name"]: own_policies(person) for person in self._everybody}
        self._policies = self._holders()
        ordered = sorted(self._policies, key=lambda key: (fold(self._policies[key].name), key))
        self._policy_links = {key: Link(self._policies[key].name, f"y{n}") for n, key in enumerate(ordered, 1)}

    def tables(self) -> Tables:
        given = {group["name"]: self._given(group) for group in self._groups}
        members = {person["name"]: person for person in self._everybody}
        return Tables(
            people=tuple(self._person(person, given) for person in self._everybody),
            groups=tuple(self._group(group, members) for group in self._groups),
            policies=tuple(sorted((*self._policy_rows(), *self._role_rows()), key=lambda row: fold(row.link.name))),
        )

    def _policy_rows(self) -> t.Iterator[PolicyRow]:
        for key, link in self._policy_links.items():
            yield self._policy(key, link)

    def _role_rows(self) -> t.Iterator[PolicyRow]:
        """The roles that people may become; a report of an earlier version has none."""
        roles = [role for role in self._roles if role["people"]]
        links = _links("r", (role["name"] for role in roles))
        for role in roles:
            names = ", ".join(policy["name"] for policy in role["policies"]) or "no policy"
            yield PolicyRow(
                link=links[role["name"]],
                kind=f"role with {names}{'; asks for MFA' if role['require_mfa'] else ''}",
                arn=role["arn"],
                groups=tuple(self._group_links[name] for name in role["assumed_by"]),
                people=(),
                reached=tuple(self._people_links[name] for name in role["people"]),
            )

    def _holders(self) -> dict[_Key, _Held]:
        found: dict[_Key, _Held] = {}
        for group in self._groups:
            for policy in group["policies"]:
                held = found.setdefault(_key(policy, _owner(group)), _Held(policy["name"]))
                held.groups.append(group)
        for person in self._everybody:
            for policy in self._own[person["name"]]:
                held = found.setdefault(_key(policy, f"user {person['name']}"), _Held(policy["name"]))
                held.people.append(person["name"])
        return found

    def _given(self, group: Data) -> Given:
        names = ", ".join(policy["name"] for policy in group["policies"])
        return Given(self._group_links[group["name"]], names, group["managed"])

    def _person(self, person: Data, given: t.Mapping[str, Given]) -> PersonRow:
        name = person["name"]
        owner = f"user {name}"
        return PersonRow(
            link=self._people_links[name],
            employee_id=person["employee_id"] or "",
            path="" if person["path"] == "/" else person["path"],
            kind="employee" if person["managed"] else "not managed",
            state=told_state(person),
            given=tuple(given[group] for group in (*person["departments"], *person["other_groups"])),
            own=tuple(self._policy_links[_key(policy, owner)] for policy in self._own[name]),
            boundary=person["boundary"] or "",
            console=told(person["console"]),
            mfa=told(person["mfa"]),
            keys=told_keys(person),
            last_sign_in=(person["last_sign_in"] or "never")[:10],
            last_seen=(last_seen(person) or "never")[:10],
            administrator=person.get("administrator") or "",
        )

    def _group(self, group: Data, members: t.Mapping[str, Data]) -> GroupRow:
        owner = _owner(group)
        people = [members[name] for name in group["members"]]
        console = [person for person in people if person["console"] and person["mfa"] is not None]
        return GroupRow(
            link=self._group_links[group["name"]],
            path=group["path"],
            kind="department" if group["managed"] else "not managed",
            members=tuple(self._people_links[name] for name in group["members"]),
            policies=tuple(self._policy_links[_key(policy, owner)] for policy in group["policies"]),
            mfa=f"{sum(person['mfa'] for person in console)} of {len(console)}" if console else "",
        )

    def _policy(self, key: _Key, link: Link) -> PolicyRow:
        held = self._policies[key]
        names = {*held.people, *(name for group in held.groups for name in group["members"])}
        return PolicyRow(
            link=link,
            kind=_kind(*key),
            arn="" if key[1] else key[0],
            groups=tuple(self._group_links[group["name"]] for group in held.groups),
            people=tuple(self._people_links[name] for name in held.people),
            reached=tuple(self._people_links[name] for name in sorted(names, key=fold)),
        )


@dataclasses.dataclass
class _Held:
    """A policy's name, and the groups and people who hold it."""

    name: str
    groups: list[Data] = dataclasses.field(default_factory=list)
    people: list[str] = dataclasses.field(default_factory=list)


def _links(letter: str, names: t.Iterable[str]) -> dict[str, Link]:
    return {name: Link(name, f"{letter}{number}") for number, name in enumerate(names, 1)}


def _key(policy: Data, owner: str) -> _Key:
    return (policy["arn"], "") if policy["arn"] else (policy["name"], owner)


def _owner(group: Data) -> str:
    return f"{'department' if group['managed'] else 'group'} {group['name']}"


def _kind(arn: str, owner: str) -> str:
    if owner:
        return f"inline policy of the {owner}"
    return "AWS's own policy" if ":iam::aws:policy/" in arn else "policy of this account"


def told(value: bool | None) -> str:
    """A fact for people."""
    return UNKNOWN if value is None else "yes" if value else "no"


def told_state(person: Data) -> str:
    """``suspended since 2026-11-01 by list``, or nothing for who is not."""
    if person["state"] == "present":
        return ""
    return f"{person['state']} since {person['suspended_since'][:10]} by {person['suspended_by']}"


def told_keys(person: Data) -> str:
    """The access keys, each beginning with its age, by which the page sorts."""
    if person["access_keys"] is None:
        return UNKNOWN
    return "; ".join(
        f"{key['age_days']} days, {key['status']}, "
        + (f"used {key['last_used'][:10]}" if key["last_used"] else "never used")
        for key in person["access_keys"]
    )
