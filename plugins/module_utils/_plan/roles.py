# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of one role. Pure."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.model import Role, read_part
from .._core.steps import Fault, Phase, Step
from .._core.subjects import Subject
from .._core.tags import is_marked
from .policies import attachment, inline_deletion, policy_steps
from .tags import tag_changes, tag_list

if t.TYPE_CHECKING:
    from .._core.desired import DesiredRole
    from .._core.model import Directory

SERVICE_PATH = "/aws-service-role/"
"""AWS services own the roles under this path; nobody else can change them (API reference, CreateServiceLinkedRole)."""


def role_steps(wanted: DesiredRole, directory: Directory, quotas: t.Mapping[str, int]) -> list[Step]:
    """Create, change or delete one role and its policies."""
    existing = directory.role(wanted.name)
    if wanted.absent:
        return [] if existing is None else _deletion_steps(existing)
    if existing is None:
        steps = [_creation(wanted)]
        existing = Role(name=wanted.name, path=wanted.path or "/", attached={}, inline={})
    else:
        # The boundary comes first: it narrows what the other steps give.
        steps = [
            *_boundary_steps(wanted, existing),
            *_trust_steps(wanted, existing),
            *_setting_steps(wanted, existing),
            *_tag_steps(wanted, existing),
        ]
    return steps + policy_steps(wanted, existing, Phase.ROLES, quotas)


def role_faults(wanted: DesiredRole, directory: Directory) -> t.Iterator[Fault]:
    """What keeps one role from becoming what is wanted."""
    who = f"role {wanted.name}"
    existing = directory.role(wanted.name)
    if existing is None:
        if not wanted.absent and wanted.trust is None:
            yield Fault(who, "does not exist yet: say who may assume it, with assume_role_policy_document")
        return
    if existing.path.startswith(SERVICE_PATH):
        yield Fault(who, "belongs to an AWS service, which alone can change it: take it out of the list")
        return
    if wanted.ours_only and not is_marked(read_part(existing.tags, existing.name)):
        yield Fault(who, "exists in the account and is not managed: adopt: true in its entry takes it over")
    if wanted.path is not None and wanted.path != existing.path:
        yield Fault(
            who, f"lies under the path {existing.path}; IAM cannot move a role: write that path, or another name"
        )
    if wanted.absent and existing.instance_profiles and not wanted.remove_instance_profiles:
        names = ", ".join(existing.instance_profiles)
        yield Fault(who, f"is in the instance profile {names}: take it out before the role is deleted")


def _subject(name: str) -> Subject:
    return Subject("role", name)


def _step(existing: Role, operation: str, line: str, params: t.Mapping[str, t.Any] | None = None) -> Step:
    params = {"RoleName": existing.name, **(params or {})}
    return Step(_subject(existing.name), operation, params, line, Phase.ROLES)


def _creation(wanted: DesiredRole) -> Step:
    params: dict[str, t.Any] = {
        "RoleName": wanted.name,
        "AssumeRolePolicyDocument": documents.text(wanted.trust or {}),
    }
    if wanted.path is not None:
        params["Path"] = wanted.path
    if wanted.description:
        params["Description"] = wanted.description
    if wanted.max_session_duration is not None:
        params["MaxSessionDuration"] = wanted.max_session_duration
    if wanted.boundary:
        params["PermissionsBoundary"] = wanted.boundary
    if wanted.tags:
        params["Tags"] = tag_list(wanted.tags)
    return Step(_subject(wanted.name), "CreateRole", params, "new", Phase.ROLES)


def _boundary_steps(wanted: DesiredRole, existing: Role) -> t.Iterator[Step]:
    if wanted.boundary is None or wanted.boundary == read_part(existing.boundary, existing.name):
        return
    if wanted.boundary:
        params = {"PermissionsBoundary": wanted.boundary}
        yield _step(existing, "PutRolePermissionsBoundary", f"gets boundary {wanted.boundary}", params)
    else:
        yield _step(existing, "DeleteRolePermissionsBoundary", "loses its boundary")


def _trust_steps(wanted: DesiredRole, existing: Role) -> t.Iterator[Step]:
    if wanted.trust is None or documents.same(read_part(existing.trust, existing.name), wanted.trust):
        return
    params = {"PolicyDocument": documents.text(wanted.trust)}
    yield _step(existing, "UpdateAssumeRolePolicy", "changes who may assume it", params)


def _setting_steps(wanted: DesiredRole, existing: Role) -> t.Iterator[Step]:
    """UpdateRole takes both settings and keeps the one that is not named (API reference, UpdateRole)."""
    params: dict[str, t.Any] = {}
    told = []
    if wanted.description is not None and wanted.description != (existing.description or ""):
        params["Description"] = wanted.description
        told.append("changes its description")
    if wanted.max_session_duration not in (None, existing.max_session_duration):
        params["MaxSessionDuration"] = wanted.max_session_duration
        told.append(f"allows sessions of {wanted.max_session_duration} s")
    if params:
        yield _step(existing, "UpdateRole", ", ".join(told), params)


def _tag_steps(wanted: DesiredRole, existing: Role) -> t.Iterator[Step]:
    for operation, line, params in tag_changes(existing, wanted.tags, purge=wanted.purge_tags):
        yield _step(existing, operation, line, params)


def _deletion_steps(existing: Role) -> list[Step]:
    """Remove all that DeleteRole requires to be gone (API reference, DeleteRole), then the role."""
    subject = _subject(existing.name)
    profiles = [
        _removal(existing, "RemoveRoleFromInstanceProfile", f"leaves instance profile {name}", InstanceProfileName=name)
        for name in read_part(existing.instance_profiles, existing.name)
    ]
    attached = sorted(read_part(existing.attached, existing.name))
    inline = sorted(read_part(existing.inline, existing.name))
    return [
        *profiles,
        *(attachment("Detach", subject, arn, Phase.REMOVED_ROLES) for arn in attached),
        *(inline_deletion(subject, name, Phase.REMOVED_ROLES) for name in inline),
        _removal(existing, "DeleteRole", "deleted", closing=True),
    ]


def _removal(existing: Role, operation: str, line: str, *, closing: bool = False, **params: str) -> Step:
    return Step(
        subject=_subject(existing.name),
        operation=operation,
        params={"RoleName": existing.name, **params},
        line=line,
        phase=Phase.REMOVED_ROLES,
        cutting=True,
        closing=closing,
    )
