# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one-subject modules' parameters become the desired, with every fault that can be known without the account.

Parameters have their own names, not their aliases. ``None`` means that a parameter was left out. A user or group whose
own name is at fault is not in the desired, because it cannot be looked up.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from .._core.dates import stamp
from .._core.desired import Desired, DesiredGroup, DesiredUser, Password, Suspension
from .._core.names import existing_name_fault, name_fault, shown
from .._core.steps import Fault
from .entries import Entry, Value
from .names import read_names
from .policies import read_boundary, read_inline_policies, read_managed_policies
from .scalars import read_path
from .tags import read_tags

if t.TYPE_CHECKING:
    from .._core.subjects import SubjectKind

Params = t.Mapping[str, t.Any]
Request = tuple[Desired, list[Fault]]

_PASSWORD = re.compile(r"[\t\n\r\u0020-\u00ff]{1,128}")


def group_request(params: Params) -> Request:
    """What ``iam_group`` is asked for."""
    entry, named = module_entry("group", params)
    if params.get("state") == "absent":
        return Desired(groups=(DesiredGroup(params["name"], absent=True),) if named else ()), entry.faults
    for switch, subject in (
        ("purge_users", "users"),
        ("purge_policies", "managed_policies"),
        ("purge_inline_policies", "inline_policies"),
    ):
        refuse_purge(entry, params, switch, subject)
    policies, inline, users = read_managed_policies(entry), read_inline_policies(entry), read_names(entry, "users")
    group = DesiredGroup(
        name=params["name"],
        path=read_path(entry),
        policies=policies.read,
        purge_policies=purges(params, "purge_policies", policies),
        inline=inline.read,
        purge_inline=purges(params, "purge_inline_policies", inline),
        members=users.read,
        purge_members=purges(params, "purge_users", users),
    )
    return Desired(groups=(group,) if named else ()), entry.faults


def user_request(params: Params) -> Request:
    """What ``iam_user`` is asked for."""
    entry, named = module_entry("user", params)
    now = datetime.datetime.now(datetime.UTC)
    if params.get("state") == "absent":
        return Desired(users=(DesiredUser(params["name"], absent=True),) if named else (), now=now), entry.faults
    if params.get("state") == "suspended":
        # A person runs this module, so that no list may end the suspension.
        suspended = DesiredUser(params["name"], create=False, suspend=Suspension("person", stamp(now)))
        return Desired(users=(suspended,) if named else (), now=now), entry.faults
    refuse_purge(entry, params, "purge_policies", "managed_policies")
    refuse_purge(entry, params, "purge_inline_policies", "inline_policies")
    policies, inline, tags = read_managed_policies(entry), read_inline_policies(entry), read_tags(entry)
    user = DesiredUser(
        name=params["name"],
        path=read_path(entry),
        tags=tags.read,
        purge_tags=purges(params, "purge_tags", tags, default=True),
        boundary=read_boundary(entry),
        policies=policies.read,
        purge_policies=purges(params, "purge_policies", policies),
        inline=inline.read,
        purge_inline=purges(params, "purge_inline_policies", inline),
        password=_password(entry, params),
        remove_password=bool(params.get("remove_password")),
    )
    return Desired(users=(user,) if named else ()), entry.faults


def membership_request(params: Params) -> Request:
    """What ``iam_membership`` is asked for, from the user's side (``groups``) or the group's (``users``)."""
    from_user = params.get("user") is not None
    if from_user == (params.get("group") is not None):
        names = "both user and group" if from_user else "neither user nor group"
        return Desired(), [Fault("iam_membership", f"names {names}; give a user with groups, or a group with users")]
    kind: SubjectKind = "user" if from_user else "group"
    mine, theirs = ("groups", "users") if from_user else ("users", "groups")
    values = {key: params[key] for key in (mine, "purge_path") if params.get(key) is not None}
    entry = Entry(f"{kind} {shown(params[kind])}", values, [])
    named = not entry.fault(existing_name_fault(params[kind]))
    _check_side(entry, params, kind, mine, theirs)
    absent = params.get("state") == "absent"
    if absent and params.get(f"purge_{mine}"):
        entry.fault(f"has purge_{mine} with state absent, which takes away the named {mine} and no others")
    others, path = read_names(entry, mine), read_path(entry, "purge_path")
    purge = not absent and purges(params, f"purge_{mine}", others) and ("purge_path" not in values or path is not None)
    present, gone = (None, others.read or ()) if absent else (others.read, ())
    if from_user:
        user = DesiredUser(
            params[kind], groups=present, purge_groups=purge, purge_path=path, groups_absent=gone, create=False
        )
        return Desired(users=(user,) if named else ()), entry.faults
    group = DesiredGroup(
        params[kind], members=present, purge_members=purge, purge_path=path, members_absent=gone, create=False
    )
    return Desired(groups=(group,) if named else ()), entry.faults


def _check_side(entry: Entry, params: Params, kind: SubjectKind, mine: str, theirs: str) -> None:
    if mine not in entry.values:
        entry.fault(f"has no {mine}; a {kind} goes with a list of {mine}")
    for key in (theirs, f"purge_{theirs}"):
        if params.get(key):
            entry.fault(f"has {key}; a {kind} goes with {mine} and purge_{mine}")


def module_entry(kind: SubjectKind, params: Params) -> tuple[Entry, bool]:
    """The parameters as an entry, and whether the subject's own name is without fault."""
    values = {key: value for key, value in params.items() if value is not None}
    entry = Entry(f"{kind} {shown(params['name'])}", values, [])
    # A user who is to be suspended or removed may have a name that could not be created today.
    existing = params.get("state") in ("absent", "suspended")
    wrong = entry.fault(existing_name_fault(params["name"]) if existing else name_fault(kind, params["name"]))
    return entry, not wrong


def refuse_purge(entry: Entry, params: Params, switch: str, listed: str) -> None:
    """Keep a fault for a switch that would take away all that its list does not name, without the list."""
    if params.get(switch) and listed not in entry.values:
        entry.fault(f"has {switch} without {listed}; write them out, even if empty")


def purges(params: Params, switch: str, value: Value[t.Any], default: bool = False) -> bool:
    """Whether to take away what is not listed: only when the list has no fault, since a fault may hide a name."""
    return bool(params.get(switch, default)) and value.exact


def _password(entry: Entry, params: Params) -> Password | None:
    value = params.get("password")
    if value is None:
        return None
    if params.get("remove_password"):
        entry.fault("has both password and remove_password")
    if not isinstance(value, str) or not _PASSWORD.fullmatch(value):
        # The message does not show the password.
        entry.fault("has a password that IAM does not take: 1 to 128 characters of Basic Latin and Latin-1")
        return None
    update: t.Literal["always", "on_create"] = "always" if params.get("update_password") == "always" else "on_create"
    return Password(value, update=update, reset_required=bool(params.get("password_reset_required")))
