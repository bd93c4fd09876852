# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of customer managed policies."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredPolicy
from ansible_collections.workforce.aws.plugins.module_utils._core.managed_policies import Policy
from ansible_collections.workforce.aws.plugins.module_utils._rights.policies import PolicyFile, namesakes

from tests.support.charts import DOCUMENT
from tests.support.rights import POLICY, ROLE, chart_with, desired_with, faults_with


def test_an_entry_becomes_a_policy_of_ours() -> None:
    [policy] = desired_with(policies=[{**POLICY, "description": "bills", "tags": {"team": "a"}}]).policies
    assert policy == DesiredPolicy(
        "billing",
        path="/workforce/",
        document=DOCUMENT,
        description="bills",
        tags={"team": "a", "workforce:managed": "onboard"},
        ours_only=True,
    )


def test_without_tags_in_the_entry_only_the_mark_is_written() -> None:
    [policy] = desired_with(policies=[POLICY]).policies
    assert (policy.tags, policy.purge_tags) == ({"workforce:managed": "onboard"}, False)


def test_a_document_may_be_text_or_stand_in_a_file() -> None:
    text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
    in_file = {"name": "other", "policy_file": "other.json"}
    policies = desired_with(
        policies=[{"name": "billing", "policy": text}, in_file], files={"other.json": PolicyFile(text)}
    ).policies
    assert policies[0].document == policies[1].document != None  # noqa: E711  # both, and not null


def test_absent_and_adopted_ones() -> None:
    gone, taken = desired_with(policies=[{"name": "a", "state": "absent"}, {**POLICY, "adopt": "yes"}]).policies
    assert (gone.absent, gone.ours_only, taken.ours_only) == (True, True, False)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({}, "has neither policy nor policy_file; write its document"),
        ({"policy": DOCUMENT, "policy_file": "a.json"}, "has both policy and policy_file; write one of them"),
        ({"policy_file": "gone.json"}, "policy_file gone.json does not exist"),
        ({"policy_file": "yaml.json"}, "policy_file yaml.json is not JSON"),
        ({"policy_file": 3}, "has a number (3) for policy_file; write the name of a file of JSON"),
        ({"policy": "{"}, "in policy, is not JSON"),
        ({"policy": {**DOCUMENT, "Version": "2008-10-17"}}, "in policy, has not the Version 2012-10-17"),
        ({"policy_file": "old.json"}, "policy_file old.json has not the Version 2012-10-17"),
        ({"policy": DOCUMENT, "path": "workforce"}, "has the path workforce; a path is /"),
        ({"policy": DOCUMENT, "path": "/aws-service-role/"}, "has the path /aws-service-role/, which AWS reserves"),
        ({"policy": DOCUMENT, "state": "gone"}, "has gone for state; one of present, absent belongs there"),
        ({"policy": DOCUMENT, "adopt": "perhaps"}, "has a string (perhaps) for adopt; true or false"),
        ({"policy": DOCUMENT, "tags": {"workforce:managed": "x"}}, "has the tag workforce:managed; keys that begin"),
        ({"policy": DOCUMENT, "policies": []}, "has the unknown key policies; did you mean policy_file?"),
    ],
)
def test_what_is_wrong_is_told(entry: dict[str, Any], fault: str) -> None:
    files = {
        "gone.json": PolicyFile(fault="does not exist"),
        "yaml.json": PolicyFile("Version: 1"),
        "old.json": PolicyFile('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'),
        "a.json": PolicyFile("{}"),
    }
    told = faults_with(policies=[{"name": "billing", **entry}], files=files)
    assert any(one.startswith(f"policy billing: {fault}") for one in told), told


def test_names_are_judged_and_compared_without_case() -> None:
    told = faults_with(
        policies=[POLICY, {**POLICY, "name": "Billing"}, {"policy": DOCUMENT}, {**POLICY, "name": "a b"}]
    )
    assert "policies billing and Billing: are one name to IAM, which compares without case (entries 1 and 2)" in told
    assert "entry 3 of policies: has no name" in told
    assert any(one.startswith("policy 'a b': has ' ' in the name") for one in told)


def test_a_list_that_is_none_stops_nobody_from_being_cut_off() -> None:
    _chart, rights = chart_with(policies="null", roles={}, account_settings=[])
    assert [str(fault) for fault in rights.faults] == [
        "policies: is a string (null); it must be a list of policies ([] for none)",
        "account_settings: is a list; a mapping with alias or password_policy or require_mfa belongs there",
        "roles: is a mapping; it must be a list of roles ([] for none)",
    ]
    assert not any(fault.stops_cutting for fault in rights.faults)


def test_a_policy_that_is_deleted_is_given_to_nobody() -> None:
    arn = "arn:aws:iam::123456789012:policy/workforce/billing"
    told = faults_with(
        [{"name": "platform", "managed_policies": ["Billing"]}],
        [{"name": "asha", "departments": ["platform"], "boundary": arn}],
        policies=[{"name": "billing", "state": "absent"}],
        roles=[{**ROLE, "managed_policies": ["billing", "arn:aws:iam::aws:policy/job-function/Billing"]}],
    )
    text = "has the policy billing, which policies deletes: take it out, or its state absent"
    assert told == [f"department platform: {text}", f"employee asha: {text}", f"role deployer: {text}"]


def test_who_is_deleted_may_be_named_by_aws_alone() -> None:
    departments = [{"name": "platform", "managed_policies": ["arn:aws:iam::aws:policy/job-function/Billing"]}]
    assert faults_with(departments, [], policies=[{"name": "billing", "state": "absent"}]) == []


def test_a_policy_named_like_one_of_aws_is_told() -> None:
    listing = [
        Policy("arn:aws:iam::aws:policy/ReadOnlyAccess", "ReadOnlyAccess"),
        Policy("arn:aws:iam::1:policy/a", "a"),
    ]
    policies = desired_with(policies=[{**POLICY, "name": "readonlyaccess"}, {**POLICY, "name": "a"}]).policies
    [warning] = namesakes(policies, listing)
    assert "readonlyaccess has the name of AWS's own arn:aws:iam::aws:policy/ReadOnlyAccess" in warning
