# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies have what an inventory and its features need, and nothing of what it does not use."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core import documents
from ansible_collections.workforce.aws.plugins.module_utils._permissions.facts import FEATURES, Facts, Feature, Own
from ansible_collections.workforce.aws.plugins.module_utils._permissions.pages import json_text, page_text
from ansible_collections.workforce.aws.plugins.module_utils._permissions.principals import PRINCIPALS, statements
from ansible_collections.workforce.aws.plugins.module_utils._permissions.sizes import MAX_SIZE, as_policies
from ansible_collections.workforce.aws.plugins.module_utils._permissions.statement import Statement
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import _EFFECTS
from hypothesis import given
from hypothesis import strategies as st

from tests.support.shipped_policies import COMMAND, files
from tests.support.signatures import condition_keys, resource_kinds

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OWN = Own("x", "/workforce/", removed=True, adopted=True)
EVERYTHING = Facts(
    adopted=("old",),
    inline_departments=(("/workforce/", "sales"), (None, "old")),
    department_policies=(READ_ONLY,),
    employee_policies=(READ_ONLY,),
    employee_boundaries=(READ_ONLY,),
    protected=("/machines/", "root-mail"),
    policies=(OWN, Own("y")),
    roles=(OWN, Own("y")),
    role_policies=(READ_ONLY,),
    role_boundaries=(READ_ONLY,),
    features=frozenset(FEATURES),
)
NOTHING = Facts()
# What each feature needs, beyond what is there without it.
NEEDED: dict[Feature, set[str]] = {
    "access_keys": {"CreateAccessKey", "DeleteAccessKey"},
    "account_alias": {"CreateAccountAlias", "DeleteAccountAlias"},
    "department_removal": {"DeleteGroup"},
    "other_groups": set(),
    "passwords": {"CreateLoginProfile", "GetAccountPasswordPolicy"},
    "password_policy": {"GetAccountPasswordPolicy", "UpdateAccountPasswordPolicy"},
    "policy_names": {"ListPolicies"},
    "removal": {
        "DeactivateMFADevice",
        "DeleteAccessKey",
        "DeleteSSHPublicKey",
        "DeleteServiceSpecificCredential",
        "DeleteSigningCertificate",
        "DeleteUser",
        "DeleteVirtualMFADevice",
        "ListMFADevices",
        "ListSSHPublicKeys",
        "ListServiceSpecificCredentials",
        "ListSigningCertificates",
        "ListVirtualMFADevices",
    },
    "renames": {"UpdateUser"},
}
# Parts of the facts that are empty without what they are about, and what they need.
GIVEN: dict[str, set[str]] = {
    "inline_departments": {"PutGroupPolicy"},
    "department_policies": {"AttachGroupPolicy"},
    "employee_policies": set(),
    "employee_boundaries": set(),
    "policies": {
        *("CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion"),
        *("TagPolicy", "UntagPolicy", "ListEntitiesForPolicy", "DetachRolePolicy"),
    },
    "roles": {
        *("CreateRole", "TagRole", "UntagRole", "UpdateRole", "UpdateAssumeRolePolicy", "DeleteRole"),
        *("PutRolePolicy", "DeleteRolePolicy", "DetachRolePolicy", "DeleteRolePermissionsBoundary"),
        "GetRole",
    },
}


def _allowed(about: Facts) -> set[str]:
    found = statements("runner", about)
    return {action for statement in found if not statement.denies for action in statement.actions}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_brings_its_operations_and_no_other_does(feature: Feature) -> None:
    alone = _allowed(dataclasses.replace(NOTHING, features=frozenset({feature})))
    assert alone - _allowed(NOTHING) == NEEDED[feature]


@pytest.mark.parametrize("part", GIVEN)
def test_what_is_not_in_the_inventory_is_not_in_the_policy(part: str) -> None:
    alone = dataclasses.replace(NOTHING, **{part: getattr(EVERYTHING, part)})
    assert _allowed(alone) - _allowed(NOTHING) == GIVEN[part]
    assert len(statements("runner", alone)) > len(statements("runner", NOTHING))


def test_all_that_a_plan_can_have_is_allowed() -> None:
    """But for a delivery, which is no call of IAM, and what only modules of one subject plan."""
    of_others = {"DeleteAccountPasswordPolicy", "RemoveRoleFromInstanceProfile", "UpdateLoginProfile"}
    assert set(_EFFECTS) - _allowed(EVERYTHING) == {"Deliver", *of_others}


@given(st.sets(st.sampled_from(FEATURES)), st.sets(st.sampled_from(FEATURES)), st.sets(st.sampled_from(sorted(GIVEN))))
def test_less_is_never_more(one: set[Feature], other: set[Feature], left_out: set[str]) -> None:
    more = dataclasses.replace(EVERYTHING, features=frozenset(one | other))
    nothing: dict[str, Any] = dict.fromkeys(left_out, ())
    less = dataclasses.replace(more, features=frozenset(one), **nothing)
    assert _pairs(less) <= _pairs(more)


def _pairs(about: Facts) -> set[tuple[str, str, str]]:
    """What is allowed on what, under which condition."""
    return {
        (action, resource, json.dumps(statement.document().get("Condition"), sort_keys=True))
        for statement in statements("runner", about)
        for action in statement.actions
        for resource in statement.resources
    }


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_only_keys_and_resources_that_iam_knows_for_an_operation(principal: Any) -> None:
    for statement in statements(principal, dataclasses.replace(EVERYTHING, required_boundary=(READ_ONLY,))):
        if statement.denies:
            continue
        keys = {key.partition("/")[0] for tests in statement.conditions.values() for key in tests}
        kinds = {_kind(resource) for resource in statement.resources}
        for action in statement.actions:
            own = resource_kinds(action)
            assert kinds & own, (statement.sid, action)
            for kind in kinds & own:
                assert keys <= condition_keys(action, kind), (statement.sid, action)


def _kind(resource: str) -> str:
    return resource if resource == "*" else resource.split(":", 5)[5].partition("/")[0]


@pytest.mark.parametrize("principal", PRINCIPALS)
@pytest.mark.parametrize("about", [NOTHING, EVERYTHING])
def test_each_statement_says_what_it_is_for_and_why_it_is_no_narrower(principal: Any, about: Facts) -> None:
    for statement in statements(principal, about):
        assert statement.why
        assert bool(statement.cannot) is bool(statement.source)
        assert statement.source.startswith("https://docs.aws.amazon.com/") or not statement.source
        wide = any(resource.endswith(("*", ":*")) for resource in statement.resources)
        assert statement.cannot or statement.conditions or not wide, statement.sid


def test_a_required_boundary_is_asked_of_all_that_is_made_and_written() -> None:
    boundary = "arn:aws:iam::123456789012:policy/boundary"
    found = statements("runner", dataclasses.replace(EVERYTHING, required_boundary=(boundary,)))
    asked = {"ArnEquals": {"iam:PermissionsBoundary": boundary}}
    by_action = {action: statement for statement in found for action in statement.actions if not statement.denies}
    for action in ("CreateUser", "PutUserPolicy", "CreateRole", "PutRolePolicy", "AttachRolePolicy"):
        assert asked.items() <= _without_policies(by_action[action]).items(), action
    assert not {"DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary"} & by_action.keys()
    setting = [one for one in found if "PutUserPermissionsBoundary" in one.actions]
    assert [one.sid for one in setting] == ["BoundEmployees", "DenyByBoundary"]


def _without_policies(statement: Statement) -> dict[str, Any]:
    found = {operator: dict(keys) for operator, keys in statement.conditions.items()}
    found.get("ArnEquals", {}).pop("iam:PolicyARN", None)
    return found


def test_an_account_that_is_known_stands_in_every_arn() -> None:
    known = dataclasses.replace(EVERYTHING, account_id="123456789012", partition="aws-cn")
    for statement in statements("runner", known):
        starts = {":".join(resource.split(":")[:5]) for resource in statement.resources if resource != "*"}
        assert starts <= {"arn:aws-cn:iam::123456789012", "arn:aws-cn:iam::aws"}


def test_a_large_policy_is_split_by_subject_and_says_the_same() -> None:
    many = tuple(("/workforce/", f"department-with-a-long-name-{number:03}") for number in range(300))
    listed = tuple(f"arn:aws:iam::123456789012:policy/policy-with-a-long-name-{number:03}" for number in range(120))
    about = dataclasses.replace(EVERYTHING, inline_departments=many, department_policies=listed)
    found = as_policies("job", statements("runner", about))
    assert [policy.name for policy in found] == [f"job-{number}" for number in range(1, len(found) + 1)]
    assert len(found) > 3
    for policy in found:
        assert policy.size <= MAX_SIZE
        documents.parse(json.dumps(policy.document))
    resources = {
        resource
        for policy in found
        for statement in policy.statements
        if statement.sid.startswith("GiveDepartmentsInlinePolicies")
        for resource in statement.resources
    }
    assert resources == {f"arn:aws:iam::*:group/workforce/{name}" for _path, name in many}
    attached = [
        arn
        for policy in found
        for statement in policy.statements
        if statement.sid.startswith("GiveDepartmentsPolicies")
        for arn in statement.conditions["ArnEquals"]["iam:PolicyARN"]
    ]
    assert sorted(attached) == sorted(listed)
    (whole,) = as_policies("job", statements("runner", NOTHING))
    assert whole.name == "job"


@pytest.mark.parametrize("limit", [2500, MAX_SIZE])
def test_the_page_is_the_json_with_comments(limit: int) -> None:
    found = as_policies("job", statements("runner", EVERYTHING), limit)
    page = page_text(found, ["A heading."])
    plain = "".join(line + "\n" for line in page.splitlines() if not line.startswith("#"))
    decoder, rest, read = json.JSONDecoder(), plain.strip(), []
    while rest:
        document, end = decoder.raw_decode(rest)
        read.append(document)
        rest = rest[end:].strip()
    assert read == [policy.document for policy in found]
    assert json.loads(json_text(found)) == (read if len(read) > 1 else read[0])
    assert max(map(len, page.splitlines())) <= 140
    for policy in found:
        for statement in policy.statements:
            assert f"# {statement.sid}: " in page


def test_the_files_are_what_the_generator_makes() -> None:
    for path, text in files():
        assert path.read_text(encoding="utf-8") == text, f"write them anew: {COMMAND}"
