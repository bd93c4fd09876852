# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of one customer managed policy. Pure."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.managed_policies import policy_arn
from .._core.model import ManagedPolicy, read_part
from .._core.steps import Fault, Phase, Step
from .._core.subjects import Subject
from .._core.tags import is_marked
from .policies import WORDS
from .tags import tag_changes, tag_list

if t.TYPE_CHECKING:
    from .._core.desired import DesiredPolicy
    from .._core.model import Directory, Document

VERSIONS_PER_POLICY = 5
"""What an account allows where GetAccountSummary was not read (IAM user guide, quotas; not adjustable)."""


def policy_entity_steps(wanted: DesiredPolicy, directory: Directory, quotas: t.Mapping[str, int]) -> list[Step]:
    """Create, change or delete one customer managed policy."""
    existing = directory.policy(wanted.name)
    if wanted.absent:
        return [] if existing is None else _deletion_steps(existing)
    if existing is None:
        return [_creation(wanted)]
    return [*_tag_steps(wanted, existing), *_version_steps(wanted, existing, quotas)]


def policy_entity_faults(wanted: DesiredPolicy, directory: Directory) -> t.Iterator[Fault]:
    """What keeps one customer managed policy from becoming what is wanted."""
    who = f"policy {wanted.name}"
    existing = directory.policy(wanted.name)
    if existing is None:
        if not wanted.absent and wanted.document is None:
            yield Fault(who, "does not exist yet: give its document as policy")
        return
    if wanted.ours_only and not is_marked(read_part(existing.tags, existing.name)):
        yield Fault(who, "exists in the account and is not managed: adopt: true in its entry takes it over")
    if wanted.path is not None and wanted.path != existing.path:
        yield Fault(
            who, f"lies under the path {existing.path}; IAM cannot move a policy: write that path, or another name"
        )
    if wanted.absent and existing.boundary_of:
        names = ", ".join(map(str, existing.boundary_of))
        yield Fault(who, f"is the permissions boundary of {names}: give them another one before the policy is deleted")


def _subject(name: str) -> Subject:
    return Subject("policy", name)


def _creation(wanted: DesiredPolicy) -> Step:
    params: dict[str, t.Any] = {"PolicyName": wanted.name, "PolicyDocument": documents.text(wanted.document or {})}
    if wanted.path is not None:
        params["Path"] = wanted.path
    if wanted.description:
        params["Description"] = wanted.description
    if wanted.tags:
        params["Tags"] = tag_list(wanted.tags)
    return Step(_subject(wanted.name), "CreatePolicy", params, "new", Phase.POLICIES)


def _tag_steps(wanted: DesiredPolicy, existing: ManagedPolicy) -> t.Iterator[Step]:
    for operation, line, params in tag_changes(existing, wanted.tags, purge=wanted.purge_tags):
        yield _step(existing, operation, line, params)


def _step(existing: ManagedPolicy, operation: str, line: str, params: t.Mapping[str, t.Any], **marks: t.Any) -> Step:
    params = {"PolicyArn": policy_arn(existing), **params}
    return Step(_subject(existing.name), operation, params, line, Phase.POLICIES, **marks)


def _version_steps(wanted: DesiredPolicy, existing: ManagedPolicy, quotas: t.Mapping[str, int]) -> list[Step]:
    """Put the document in force, as a new version where no version has it; then delete the others if asked."""
    if wanted.document is None:
        return []
    having = version_with(existing, wanted.document)
    if having is None:
        steps = _room(existing, quotas.get("VersionsPerPolicyQuota", VERSIONS_PER_POLICY))
        params = {"PolicyDocument": documents.text(wanted.document), "SetAsDefault": wanted.make_default}
        line = "changes" if wanted.make_default else "gets a version that is not in force"
        steps.append(_step(existing, "CreatePolicyVersion", line, params))
    elif having != existing.default_version and wanted.make_default:
        line = f"changes: version {having} is in force again"
        steps = [_step(existing, "SetDefaultPolicyVersion", line, {"VersionId": having})]
    else:
        steps = []
    if wanted.only_version:
        gone = {step.params.get("VersionId") for step in steps if step.operation == "DeletePolicyVersion"}
        left = [one for one in read_part(existing.versions, existing.name) if one != having and one not in gone]
        steps += [_version_deletion(existing, version) for version in left]
    return steps


def version_with(policy: ManagedPolicy, document: Document) -> str | None:
    """The version whose document means the same, the one in force before the newest; None if there is none.

    Raises KeyError if a version that must be compared was not read.
    """
    versions = read_part(policy.versions, policy.name)
    others = [version for version in reversed(list(versions)) if version != policy.default_version]
    for version in (policy.default_version or "", *others):
        if documents.same(read_part(versions[version], f"version {version} of {policy.name}"), document):
            return version
    return None


def _room(existing: ManagedPolicy, quota: int) -> list[Step]:
    """Delete the oldest version that is not in force where the policy has as many as IAM allows."""
    if len(read_part(existing.versions, existing.name)) < quota:
        return []
    return [_version_deletion(existing, _others(existing)[0])]


def _others(existing: ManagedPolicy) -> list[str]:
    """The versions that are not in force, the oldest first."""
    return [one for one in read_part(existing.versions, existing.name) if one != existing.default_version]


def _version_deletion(existing: ManagedPolicy, version: str) -> Step:
    return _step(existing, "DeletePolicyVersion", f"loses version {version}", {"VersionId": version}, inner=True)


def _deletion_steps(existing: ManagedPolicy) -> list[Step]:
    """Detach the policy from everything that has it, then delete its other versions and the policy itself."""
    arn = policy_arn(existing)
    steps = []
    for carrier in read_part(existing.attached_to, existing.name):
        words = WORDS[carrier.kind]
        steps.append(
            _removal(
                existing,
                f"Detach{words.entity}Policy",
                f"is detached from {carrier}",
                {words.parameter: carrier.name, "PolicyArn": arn},
            )
        )
    for version in _others(existing):
        params = {"PolicyArn": arn, "VersionId": version}
        steps.append(_removal(existing, "DeletePolicyVersion", f"loses version {version}", params, inner=True))
    return [*steps, _removal(existing, "DeletePolicy", "deleted", {"PolicyArn": arn}, closing=True)]


def _removal(existing: ManagedPolicy, operation: str, line: str, params: t.Mapping[str, t.Any], **marks: t.Any) -> Step:
    return Step(_subject(existing.name), operation, params, line, Phase.REMOVED_POLICIES, cutting=True, **marks)
