# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps for users, groups and roles: attached and inline policies, memberships, and the order of giving and taking."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.managed_policies import policy_name
from .._core.model import Group, User, fold, read_part
from .._core.revoked_sessions import POLICY_NAME as REVOKED_SESSIONS
from .._core.steps import Step
from .._core.subjects import Subject
from .._core.suspension import DENY_NAME, kept_policy
from .excess import excess_inline, excess_policies

if t.TYPE_CHECKING:
    from .._core.desired import DesiredCarrier
    from .._core.model import Carrier, Document
    from .._core.steps import Phase
    from .._core.subjects import SubjectKind

Steps = list[Step]


class Words(t.NamedTuple):
    """The names of IAM's operations, parameters and quotas for a kind of subject."""

    entity: str  # as in AttachUserPolicy
    parameter: str  # as in UserName
    attached_quota: str
    inline_quota: str


WORDS: t.Mapping[str, Words] = {
    "user": Words("User", "UserName", "AttachedPoliciesPerUserQuota", "UserPolicySizeQuota"),
    "group": Words("Group", "GroupName", "AttachedPoliciesPerGroupQuota", "GroupPolicySizeQuota"),
    "role": Words("Role", "RoleName", "AttachedPoliciesPerRoleQuota", "RolePolicySizeQuota"),
}


def kind_of(carrier: Carrier) -> SubjectKind:
    """The kind of subject that the policies' carrier is."""
    return "user" if isinstance(carrier, User) else "group" if isinstance(carrier, Group) else "role"


def policy_steps(wanted: DesiredCarrier, existing: Carrier, phase: Phase, quotas: t.Mapping[str, int]) -> Steps:
    """Attach, detach, put and delete the policies of one subject."""
    subject = Subject(kind_of(existing), existing.name)
    return [
        *_attached_steps(wanted, existing, subject, phase, quotas),
        *_inline_steps(wanted, existing, subject, phase, quotas),
    ]


def give_then_take(gives: Steps, takes: Steps, have: int, quota: int | None) -> Steps:
    """Give first, so that nobody is without access in between. If the quota does not allow that, take first."""
    if quota is not None and have + len(gives) > quota:
        return takes + gives
    return gives + takes


def _attached_steps(
    wanted: DesiredCarrier,
    existing: Carrier,
    subject: Subject,
    phase: Phase,
    quotas: t.Mapping[str, int],
) -> Steps:
    if wanted.policies is None and not wanted.policies_absent:
        return []
    attached = read_part(existing.attached, existing.name)
    words = WORDS[subject.kind]
    written = dict.fromkeys(wanted.policies or ())
    gives = [attachment("Attach", subject, arn, phase) for arn in written if arn not in attached]
    excess = set(attached) - set(written) if wanted.purge_policies else set()
    if isinstance(existing, User):
        excess = {arn for arn in excess if not kept_policy(existing, arn)}
    excess |= excess_policies(wanted, existing)
    takes = [attachment("Detach", subject, arn, phase) for arn in sorted(excess)]
    return give_then_take(gives, takes, len(attached), quotas.get(words.attached_quota))


def attachment(verb: t.Literal["Attach", "Detach"], subject: Subject, arn: str, phase: Phase) -> Step:
    """Attach or detach a managed policy."""
    words = WORDS[subject.kind]
    gain = "gains" if verb == "Attach" else "loses"
    return Step(
        subject=subject,
        operation=f"{verb}{words.entity}Policy",
        params={words.parameter: subject.name, "PolicyArn": arn},
        line=f"{gain} {policy_name(arn)}",
        phase=phase,
        cutting=verb == "Detach",
    )


def _inline_steps(
    wanted: DesiredCarrier,
    existing: Carrier,
    subject: Subject,
    phase: Phase,
    quotas: t.Mapping[str, int],
) -> Steps:
    if wanted.inline is None and not wanted.inline_absent:
        return []
    written = wanted.inline or {}
    inline = read_part(existing.inline, existing.name)
    stored = {fold(name): name for name in inline}
    changes = {
        stored.get(fold(name), name): document
        for name, document in written.items()
        if fold(name) not in stored or not documents.same(inline[stored[fold(name)]], document)
    }
    keep = {fold(name) for name in written}
    # What denies a suspended user, or sessions of a role, is not in the list of policies, and no list removes it.
    keep |= {DENY_NAME} if subject.kind == "user" else {REVOKED_SESSIONS} if subject.kind == "role" else set()
    excess = {name for key, name in stored.items() if key not in keep} if wanted.purge_inline else set()
    excess |= excess_inline(wanted, existing)
    # IAM's quota is on the sum: write policies that get smaller first, to make room.
    growth = {name: documents.size(new) - _size(inline.get(name)) for name, new in changes.items()}
    gives = [
        _put(subject, name, changes[name], name in inline, phase) for name in sorted(growth, key=growth.__getitem__)
    ]
    takes = [inline_deletion(subject, name, phase) for name in sorted(excess, key=fold)]
    used = sum(documents.size(document) for document in inline.values())
    quota = quotas.get(WORDS[subject.kind].inline_quota)
    fits = quota is None or used + sum(growth.values()) <= quota
    return gives + takes if fits else takes + gives


def _put(subject: Subject, name: str, document: Document, replaces: bool, phase: Phase) -> Step:
    words = WORDS[subject.kind]
    return Step(
        subject=subject,
        operation=f"Put{words.entity}Policy",
        params={words.parameter: subject.name, "PolicyName": name, "PolicyDocument": documents.text(document)},
        line=f"{'changes' if replaces else 'gains'} inline policy {name}",
        phase=phase,
    )


def inline_deletion(subject: Subject, name: str, phase: Phase) -> Step:
    """Delete an inline policy."""
    words = WORDS[subject.kind]
    return Step(
        subject=subject,
        operation=f"Delete{words.entity}Policy",
        params={words.parameter: subject.name, "PolicyName": name},
        line=f"loses inline policy {name}",
        phase=phase,
        cutting=True,
    )


def membership(
    verb: t.Literal["Add", "Remove"], user: str, group: str, phase: Phase, needs: tuple[Subject, ...] = ()
) -> Step:
    """Add a user to a group or remove one. The user is the subject, so that users are changed in parallel."""
    add = verb == "Add"
    return Step(
        subject=Subject("user", user),
        operation="AddUserToGroup" if add else "RemoveUserFromGroup",
        params={"GroupName": group, "UserName": user},
        line=f"{'joins' if add else 'leaves'} {group}",
        phase=phase,
        cutting=not add,
        needs=needs,
    )


def _size(document: Document | None) -> int:
    return 0 if document is None else documents.size(document)
