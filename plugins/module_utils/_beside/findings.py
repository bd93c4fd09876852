# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access beside the chart: what our people have, and others through our departments, and the list does not write. Pure.

Nothing is read for it. Whoever is suspended has no access and is not judged; neither is an entry with faults, which
may have meant to write it. What a key of the entry writes is exact already.
"""

from __future__ import annotations

import typing as t

from .._core.desired import DesiredGroup, DesiredUser, Written
from .._core.managed_policies import policy_name
from .._core.model import User, fold
from .._core.suspension import DENY_NAME, kept_boundary, kept_policy
from .._core.tags import managed
from .._identity.marks import our_departments, our_tags
from .finding import Finding
from .roles import role_findings

if t.TYPE_CHECKING:
    from .._chart.values import Person
    from .._core.desired import Desired
    from .._core.model import Directory, Group
    from .._identity.facts import Facts


def findings(desired: Desired, facts: Facts, unmarked: t.Sequence[User]) -> tuple[Finding, ...]:
    """All of them. ``unmarked`` are users in no list without our mark: some bear our tags or sit in our departments."""
    found = [
        *_of_unmarked(unmarked, desired, facts),
        *(finding for group in desired.groups for finding in _of_department(group, facts)),
        *(finding for user in desired.users for finding in _of_user(user, facts)),
        *role_findings(facts.chart.desired.roles, facts),
    ]
    return tuple(found)


def key_findings(desired: Desired, directory: Directory, people: t.Mapping[str, Person]) -> tuple[Finding, ...]:
    """Active access keys that no entry asks for, of those whose keys were read anyway."""
    found = []
    for wanted in desired.users:
        user, person = _judged(wanted, directory), people.get(fold(wanted.name))
        if user is None or wanted.written is None or user.credentials is None or person is None or person.access_key:
            continue
        made = user.credentials.keys_made
        for key, active in sorted(user.credentials.access_keys.items()):
            if active and not wanted.written.accepts("key", key):
                text = f"has the access key {key}, which the list does not give"
                since = made[key].isoformat() if key in made else None
                found.append(Finding("access_keys", user.name, text, ("key", key), since))
    return tuple(found)


def unmanaged_count(directory: Directory) -> int:
    """How many users of the account nobody manages here."""
    return sum(user.tags is not None and not managed(user) for user in directory.users.values())


def accepted_members(facts: Facts) -> set[tuple[str, str]]:
    """Pairs of keys, of a department and of a user whom its entry accepts in it."""
    return {
        (fold(group.name), name)
        for group in facts.chart.desired.groups
        if group.written is not None
        for word, name in group.written.accepted
        if word == "member"
    }


def _of_unmarked(unmarked: t.Sequence[User], desired: Desired, facts: Facts) -> t.Iterator[Finding]:
    accepted, cut = accepted_members(facts), {fold(user.name) for user in desired.users if user.cuts}
    for user in unmarked:
        kept, is_cut = facts.told.protects(user), fold(user.name) in cut
        tags, departments = our_tags(user), our_departments(user, facts.directory, facts.settings)
        if tags:
            text = f"bears the tags {', '.join(tags)}, has lost the mark workforce:managed and is not in the list"
            yield Finding("marks", user.name, text, ("mark", user.name), kept=kept, told=kept is None)
        removes = facts.told.beside.get("members") == "remove"
        for name in departments:
            if not is_cut and (fold(name), fold(user.name)) not in accepted:
                text = f"{user.name} sits in it, who is neither listed nor managed"
                told = kept is None and not removes
                yield Finding("members", name, text, ("member", user.name), kept=kept, told=told)


def _of_department(wanted: DesiredGroup, facts: Facts) -> t.Iterator[Finding]:
    group, written = facts.directory.groups.get(fold(wanted.name)), wanted.written
    if group is None or written is None or not written.sound or wanted.absent or not _is_ours(group, facts):
        return
    for item, name in _policies(group, written, by_key=True, keeps=wanted):
        yield Finding("department_policies", group.name, f"has {name}, which the list does not write", item)


def _of_user(wanted: DesiredUser, facts: Facts) -> t.Iterator[Finding]:
    user, written = _judged(wanted, facts.directory), wanted.written
    if user is None or written is None or fold(wanted.name) in facts.chart.doubtful:
        return
    kept = facts.told.protects(user)
    # From who is protected nothing is taken by an exact key: what it leaves is told.
    for item, name in _policies(user, written, by_key=kept is None, keeps=wanted):
        yield Finding("user_policies", user.name, f"has {name} of their own", item, kept=kept)
    for group in _groups(wanted, user, facts):
        if not written.accepts("group", group.name):
            text = f"sits in {group.name}{_given_by(group)}"
            yield Finding("user_groups", user.name, text, ("group", group.name), kept=kept)
    if (
        user.boundary
        and wanted.boundary is None
        and "boundary" not in written.keys
        and not _is_accepted_boundary(user, user.boundary, written)
    ):
        text = f"has the boundary {policy_name(user.boundary)}"
        yield Finding("boundaries", user.name, text, ("boundary", user.boundary), kept=kept)


def _judged(wanted: DesiredUser, directory: Directory) -> User | None:
    """The user of somebody who is to have access today, where the entry can be trusted."""
    user = directory.users.get(fold(wanted.rename_from or wanted.name))
    if user is None or user.tags is None or not managed(user) or wanted.cuts or not wanted.create:
        return None
    return user if wanted.written is not None and wanted.written.sound else None


def _policies(
    existing: User | Group, written: Written, *, by_key: bool, keeps: DesiredUser | DesiredGroup
) -> t.Iterator[tuple[tuple[str, str], str]]:
    """Each policy that no key writes and the entry does not accept: its item, and its name for people."""
    policies, inline = _written_policies(keeps)
    if not (by_key and "managed_policies" in written.keys):
        for arn, name in sorted((existing.attached or {}).items()):
            is_deny = isinstance(existing, User) and kept_policy(existing, arn)
            if arn not in policies and not is_deny and not _accepts(written, "policy", arn):
                yield ("policy", arn), name
    if not (by_key and "inline_policies" in written.keys):
        for name in sorted(existing.inline or {}):
            is_deny = isinstance(existing, User) and fold(name) == DENY_NAME
            if fold(name) not in inline and not is_deny and not written.accepts("inline", name):
                yield ("inline", name), f"the inline policy {name}"


def _written_policies(wanted: DesiredUser | DesiredGroup) -> tuple[set[str], set[str]]:
    """What is given, or taken away by its name."""
    return set(wanted.policies or ()), {fold(name) for name in (*(wanted.inline or {}), *wanted.inline_absent)}


def _groups(wanted: DesiredUser, user: User, facts: Facts) -> t.Iterator[Group]:
    """The groups that the entry does not write, and that its exact departments leave."""
    directory, names = facts.directory, {fold(name) for name in wanted.groups or ()}
    for key in sorted(directory.groups_of(user.name) - names):
        group = directory.groups[key]
        if not (wanted.purge_groups and _is_ours(group, facts)):
            yield group


def _is_ours(group: Group, facts: Facts) -> bool:
    return group.path.startswith(facts.settings.path) or facts.settings.adopts(group.name)


def _is_accepted_boundary(user: User, arn: str, written: Written) -> bool:
    """By the entry, or because it is what suspends the user."""
    return kept_boundary(user) or _accepts(written, "boundary", arn)


def _accepts(written: Written, word: str, arn: str) -> bool:
    return written.accepts(word, arn, policy_name(arn))


def _given_by(group: Group) -> str:
    """The policies of a group, where they were read."""
    names = [*sorted((group.attached or {}).values()), *sorted(group.inline or {})]
    return f" ({', '.join(names)})" if names else ""
