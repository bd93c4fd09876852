# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's own managed policies, over a thousand: all of them are judged good, and read back as they were written."""

from __future__ import annotations

import dataclasses
import json
import random
import typing as t
from urllib.parse import quote, unquote

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredPolicy
from ansible_collections.workforce.aws.plugins.module_utils._core.documents import parse, same, size, text
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, ManagedPolicy, fold
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Plan
from ansible_collections.workforce.aws.plugins.module_utils._documents.policy import managed_policy_faults
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.quotas import quota_faults
from moto.iam.aws_managed_policies import aws_managed_policies_data

AWS: t.Final[dict[str, t.Any]] = json.loads(aws_managed_policies_data)
DESIRED: t.Final = Desired(policies=tuple(DesiredPolicy(name, document=AWS[name]["Document"]) for name in AWS))
EMPTY: t.Final = Directory({}, {}, asked_policies=frozenset(map(fold, AWS)))


def test_all_of_them_have_the_grammar() -> None:
    faults = {name: list(managed_policy_faults(parse(policy["Document"]))) for name, policy in AWS.items()}
    assert len(faults) > 1500
    assert {name: told for name, told in faults.items() if told} == {}


def test_written_and_read_back_they_are_planned_again_without_a_change() -> None:
    made = make_plan(DESIRED, EMPTY)
    assert len(made.steps) == len(AWS)
    written = after(EMPTY, made.steps)
    read = {
        key: dataclasses.replace(policy, versions={version: stored(document) for version, document in versions(policy)})
        for key, policy in written.policies.items()
    }
    assert make_plan(DESIRED, dataclasses.replace(written, policies=read)) == Plan()


def test_a_change_in_one_statement_is_seen() -> None:
    for name in sorted(AWS)[::5]:
        document = parse(AWS[name]["Document"])
        other = json.loads(text(document))
        statements = other["Statement"] if isinstance(other["Statement"], list) else [other["Statement"]]
        statements[-1]["Effect"] = "Deny" if statements[-1]["Effect"] == "Allow" else "Allow"
        assert not same(document, other), name


def test_those_that_are_too_long_are_refused_by_their_name() -> None:
    steps = make_plan(DESIRED, EMPTY).steps
    summary = {"Policies": 0, "PoliciesQuota": 5000, "PolicySizeQuota": 6144}
    found = {fault.who: fault.what for fault in quota_faults(steps, after(EMPTY, steps), summary)}
    long = {f"policy {name}": size(policy["Document"]) for name, policy in AWS.items()}
    assert set(found) == {who for who, characters in long.items() if characters > 6144}
    assert 50 < len(found) < 200
    assert str(long["policy AWSBackupFullAccess"]) in found["policy AWSBackupFullAccess"]


def versions(policy: ManagedPolicy) -> list[tuple[str, t.Any]]:
    return list((policy.versions or {}).items())


def stored(document: t.Any) -> dict[str, t.Any]:
    """The document as IAM answers with it: URL-encoded text, scalars of conditions as texts; here in any order."""
    back: dict[str, t.Any] = json.loads(unquote(quote(text(document), safe="")))
    statements = back["Statement"] if isinstance(back["Statement"], list) else [back["Statement"]]
    for statement in statements:
        for tests in statement.get("Condition", {}).values():
            tests.update({key: str(value).lower() for key, value in tests.items() if isinstance(value, (bool, int))})
    random.Random(5).shuffle(statements)
    return {**back, "Statement": statements if len(statements) > 1 else statements[0]}
