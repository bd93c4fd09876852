# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of roles becomes the desired, but for what only the account's number can complete. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._chart.entries import repeated
from .._chart.names import read_names
from .._chart.policies import read_boundary, read_inline_policies, read_managed_policies
from .._chart.scalars import read_boolean
from .._core.desired import DesiredRole
from .._core.model import fold
from .._core.names import meant, shown, tag_faults
from .._core.tags import ROLE_TAG_PREFIX
from .entries import firsts, read_common, read_list, told
from .trust import read_trust
from .values import read_description, read_session_duration

if t.TYPE_CHECKING:
    from .._chart.entries import Entry
    from .._core.model import Document
    from .._core.steps import Fault

_KEYS = (
    "name",
    "path",
    "description",
    "managed_policies",
    "inline_policies",
    "boundary",
    "assumed_by",
    "assume_role_policy_document",
    "require_mfa",
    "max_session_duration",
    "tags",
    "state",
    "adopt",
)
_OF_SERVICES = ("awsservicerolefor", "awsreservedsso_")


@dataclasses.dataclass(frozen=True)
class ListedRole:
    """A role of the list. ``assumed_by`` are keys of departments; None if the entry has a trust policy of its own."""

    desired: DesiredRole
    assumed_by: frozenset[str] | None = None
    require_mfa: bool = False

    @property
    def is_open(self) -> bool:
        """Whether departments may assume it."""
        return bool(self.assumed_by) and not self.desired.absent


def listed_roles(
    raw: object, path: str, departments: t.Mapping[str, str] | None, faults: list[Fault]
) -> tuple[ListedRole, ...]:
    """What the list asks of each role; every fault is added to ``faults``.

    ``departments`` are the spellings by key of those that are listed; None when they are no list.
    """
    rows = read_list("role", "roles", raw, faults) or []
    read = {row.place: _role(row.entry, row.name, path, departments) for row in rows}
    faults += told(rows, "role")
    return tuple(read[row.place] for row in firsts(rows))


def tag_key(role: str) -> str:
    """The key of the tag with which a user may assume the role."""
    return f"{ROLE_TAG_PREFIX}{role}"


def _role(entry: Entry, name: str, path: str, departments: t.Mapping[str, str] | None) -> ListedRole:
    entry.check_keys(_KEYS)
    if fold(name).startswith(_OF_SERVICES):
        entry.fault("has a name that AWS keeps for roles of its own")
    common, assumed_by, trust = read_common(entry, path), _assumed_by(entry, departments), _trust(entry)
    policies, inline = read_managed_policies(entry), read_inline_policies(entry)
    _check_who(entry, name, absent=common.absent)
    role = DesiredRole(
        name=name,
        path=common.path,
        trust=trust,
        description=read_description(entry),
        max_session_duration=read_session_duration(entry),
        boundary=read_boundary(entry),
        policies=policies.read,
        purge_policies=policies.exact,
        inline=inline.read,
        purge_inline=inline.exact,
        tags=common.tags,
        purge_tags=common.purge_tags,
        ours_only=common.ours_only,
        absent=common.absent,
    )
    return ListedRole(role, assumed_by, require_mfa=bool(read_boolean(entry, "require_mfa")))


def _assumed_by(entry: Entry, departments: t.Mapping[str, str] | None) -> frozenset[str] | None:
    names = read_names(entry, "assumed_by")
    if names.read is None:
        return None
    written = t.cast("t.Sequence[object]", entry.values["assumed_by"])
    for same in repeated([name for name in written if isinstance(name, str) and name], fold):
        entry.fault(f"is assumed by the department {shown(same[0])} more than once")
    for name in names.read:
        if departments is not None and fold(name) not in departments:
            entry.fault(f"is assumed by the unknown department {name}{meant(name, departments.values())}")
    return frozenset(map(fold, names.read))


def _trust(entry: Entry) -> Document | None:
    return read_trust(entry, "assume_role_policy_document")


def _check_who(entry: Entry, name: str, *, absent: bool) -> None:
    """Faults of who may assume it, where the entry says that twice or not at all."""
    by_departments = "assumed_by" in entry.values
    if by_departments and "assume_role_policy_document" in entry.values:
        entry.fault("has both assumed_by and assume_role_policy_document; write one of them")
    elif not absent and not by_departments and "assume_role_policy_document" not in entry.values:
        entry.fault("does not say who may assume it; write assumed_by with departments, or assume_role_policy_document")
    if "require_mfa" in entry.values and not by_departments:
        entry.fault("has require_mfa without assumed_by; write aws:MultiFactorAuthPresent into its own document")
    if by_departments and name:
        for what in tag_faults({tag_key(name): "yes"}):
            entry.fault(f"is assumed by departments, whose people get the role's name in a tag, but {what}")
