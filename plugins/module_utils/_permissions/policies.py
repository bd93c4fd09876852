# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer managed policies: those that the inventory lists, and that carry the mark."""

from __future__ import annotations

import typing as t

from .statement import MARKED_POLICY, MARKING, REFERENCE, Statement, joined, one_of

if t.TYPE_CHECKING:
    from .facts import Facts, Own


def policies(facts: Facts) -> list[Statement]:
    """Their creation, their versions, and their deletion on request."""
    if not facts.policies:
        return []
    return [_create(facts), _keep(facts), *_adopt(facts), *_detach(facts)]


def own_resources(facts: Facts, kind: str, listed: t.Iterable[Own]) -> tuple[str, ...]:
    """The ARNs of these: those under our path by the path, all others one by one."""
    names = {f"{facts.path}*" if _is_ours(one, facts) else f"{one.path}{one.name}" for one in listed}
    return tuple(facts.arn(f"{kind}{name}") for name in sorted(names))


def _is_ours(one: Own, facts: Facts) -> bool:
    return facts.path != "/" and one.path.startswith(facts.path)


def _create(facts: Facts) -> Statement:
    return Statement(
        "CreatePolicies",
        "policies",
        ("CreatePolicy",),
        own_resources(facts, "policy", facts.policies),
        "makes the listed customer managed policies, with the mark",
        "IAM has no condition on the text of a policy: what a policy says is up to the holder",
        REFERENCE,
        MARKING,
    )


def _keep(facts: Facts) -> Statement:
    removed = ("DeletePolicy",) if any(policy.removed for policy in facts.policies) else ()
    return Statement(
        "KeepPolicies",
        "policies",
        ("CreatePolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion", "TagPolicy", "UntagPolicy", *removed),
        own_resources(facts, "policy", facts.policies),
        "gives the policies their new versions and tags; deletes those that are to go",
        "IAM has no condition on the text of a version: whoever has such a policy can be given anything by it. Keep "
        "the policies of the job itself, and boundaries, out of these paths and without the mark",
        REFERENCE,
        MARKED_POLICY,
    )


def _adopt(facts: Facts) -> list[Statement]:
    adopted = [policy for policy in facts.policies if policy.adopted]
    if not adopted:
        return []
    return [
        Statement(
            "AdoptPolicies",
            "policies",
            ("TagPolicy",),
            tuple(facts.arn(f"policy{policy.path}{policy.name}") for policy in adopted),
            "gives the mark to policies that exist and whose entries say adopt",
            conditions=joined(MARKING),
        )
    ]


def _detach(facts: Facts) -> list[Statement]:
    removed = [facts.arn(f"policy{policy.path}{policy.name}") for policy in facts.policies if policy.removed]
    if not removed:
        return []
    return [
        Statement(
            "DetachRemovedPolicies",
            "policies",
            ("DetachGroupPolicy", "DetachRolePolicy", "DetachUserPolicy"),
            (facts.arn("group/*"), facts.arn("role/*"), facts.arn("user/*")),
            "detaches policies that are to be deleted from whoever has them",
            "who has them beside the chart is not known beforehand",
            REFERENCE,
            one_of("iam:PolicyARN", removed),
        )
    ]
