# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gains or loses access by steps about roles, their tags and customer managed policies. Pure. Keys of users.

What a department's policy ``workforce-roles`` says of its roles counts by the tags of its people: without the tag it
opens nothing.
"""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.managed_policies import policy_name
from .._core.model import fold
from .._core.statements import allows, denies, narrows, statements, widens
from .._core.tags import tag_value
from .._plan.sessions import is_about_sessions
from .._rights.assumption import POLICY_NAME
from .becoming import role_of_tag
from .change import inline

if t.TYPE_CHECKING:
    from .._core.model import Directory, Document, Role
    from .._core.steps import Step
    from .change import Change

    Keys = t.AbstractSet[str]

_MFA = "aws:MultiFactorAuthPresent"
_NOBODY: Keys = frozenset()
_NEW_DOCUMENT = {"CreatePolicyVersion", "SetDefaultPolicyVersion"}


def is_of_roles(step: Step) -> bool:
    """Whether the step is about what a department's policy says of its roles."""
    return fold(step.params.get("PolicyName", "")) == POLICY_NAME


def loses_role(step: Step, change: Change) -> bool:
    """Whether a user loses the tag of a role that is there."""
    keys = [role_of_tag(key) for key in step.params["TagKeys"]] if step.operation == "UntagUser" else []
    return any(key is not None and _exists(key, change.before) for key in keys)


def gains_role(step: Step, change: Change) -> bool:
    """Whether a user who is there gets the tag of a role."""
    if step.operation != "TagUser":
        return False
    user = change.old(fold(step.subject.name))
    new = [tag for tag in step.params["Tags"] if user is None or tag_value(user, fold(tag["Key"])) != tag["Value"]]
    keys = [role_of_tag(tag["Key"]) for tag in new]
    return any(key is not None and _exists(key, change.after) for key in keys)


def _exists(role: str, directory: Directory) -> bool:
    return role in directory.roles or not directory.all_roles


def losers(step: Step, change: Change) -> Keys:
    """Who loses access by a step about a role or a customer managed policy."""
    if step.operation in _NEW_DOCUMENT and narrows(*_versions(step, change)):
        return change.becoming_before.reached(step.params["PolicyArn"])
    if "RoleName" not in step.params or is_about_sessions(step):
        return _NOBODY
    role = change.before.roles.get(fold(step.params["RoleName"]))
    people = change.becoming_before.people(role)
    if step.operation == "UpdateAssumeRolePolicy":
        return people if _closes(*_trusts(role, step)) else people - change.becoming_after.people(_after(step, change))
    return people if role is not None and _takes_from_role(step, role, change) else _NOBODY


def gainers(step: Step, change: Change) -> Keys:
    """Who gains access by a step about a role or a customer managed policy."""
    if step.operation in _NEW_DOCUMENT and widens(*_versions(step, change)):
        return change.becoming_after.reached(step.params["PolicyArn"])
    if "RoleName" not in step.params or is_about_sessions(step):
        return _NOBODY
    before, role = change.before.roles.get(fold(step.params["RoleName"])), _after(step, change)
    people = change.becoming_after.people(role)
    if step.operation == "CreateRole":
        return people
    if step.operation == "UpdateAssumeRolePolicy":
        return people if _opens(*_trusts(before, step)) else people - change.becoming_before.people(before)
    return people if _gives_to_role(step, before, change) else _NOBODY


def _after(step: Step, change: Change) -> Role | None:
    return change.after.roles.get(fold(step.params["RoleName"]))


def _takes_from_role(step: Step, role: Role, change: Change) -> bool:
    if step.operation == "AttachRolePolicy":
        return denies(change.document(step.params["PolicyArn"]))
    if step.operation == "PutRolePolicy":
        return narrows(inline(role, step.params["PolicyName"]), documents.parse(step.params["PolicyDocument"]))
    return step.operation in ("DetachRolePolicy", "DeleteRolePolicy", "PutRolePermissionsBoundary", "DeleteRole")


def _gives_to_role(step: Step, role: Role | None, change: Change) -> bool:
    if step.operation in ("PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"):
        return role is not None and role.boundary != ""
    if step.operation == "AttachRolePolicy":
        document = change.document(step.params["PolicyArn"])
        return document is None or allows(document)
    if step.operation == "DetachRolePolicy":
        return denies(change.document(step.params["PolicyArn"]))
    if step.operation not in ("PutRolePolicy", "DeleteRolePolicy"):
        return False
    new = documents.parse(step.params["PolicyDocument"]) if step.operation == "PutRolePolicy" else None
    return widens(inline(role, step.params["PolicyName"]), new)


def _versions(step: Step, change: Change) -> tuple[Document | None, Document | None]:
    """The document in force before and after."""
    key = fold(policy_name(step.params["PolicyArn"]))
    before, after = change.before.policies.get(key), change.after.policies.get(key)
    return (None if before is None else before.document), (None if after is None else after.document)


def _trusts(role: Role | None, step: Step) -> tuple[Document | None, Document]:
    return (None if role is None else role.trust), documents.parse(step.params["PolicyDocument"])


def _closes(old: Document | None, new: Document) -> bool:
    """Whether who may become the role before and after must do more for it, as far as that can be told."""
    if documents.same(_without_mfa(old), _without_mfa(new)):
        return not _asks_mfa(old) and _asks_mfa(new)
    return narrows(old, new)


def _opens(old: Document | None, new: Document) -> bool:
    if documents.same(_without_mfa(old), _without_mfa(new)):
        return _asks_mfa(old) and not _asks_mfa(new)
    return widens(old, new)


def _asks_mfa(document: Document | None) -> bool:
    return any(_MFA in (one.get("Condition") or {}).get("Bool", {}) for one in statements(document))


def _without_mfa(document: Document | None) -> Document:
    return {**(document or {}), "Statement": [_not_asking(one) for one in statements(document)]}


def _not_asking(statement: Document) -> Document:
    condition = dict(statement.get("Condition") or {})
    left = {key: value for key, value in condition.pop("Bool", {}).items() if key != _MFA}
    condition = {**condition, "Bool": left} if left else condition
    bare = {key: value for key, value in statement.items() if key != "Condition"}
    return {**bare, "Condition": condition} if condition else bare
