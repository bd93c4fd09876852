# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of roles, and who may assume them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings, ThisAccount
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._rights.assumption import (
    name_faults,
    with_rights,
    with_role_tags,
)
from ansible_collections.workforce.aws.plugins.module_utils._rights.rights import WrittenRights, written_rights

from tests.support.charts import DOCUMENT, chart
from tests.support.rights import ACCOUNT, DEPARTMENTS, EMPLOYEES, ROLE, chart_with, desired_with, faults_with

TRUST: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def trust(**statement: Any) -> dict[str, Any]:
    return {**TRUST, "Statement": [{**TRUST["Statement"][0], **statement}]}


def test_a_role_of_departments_trusts_the_account_s_users_with_the_tag() -> None:
    desired = desired_with(roles=[{**ROLE, "require_mfa": True, "max_session_duration": 14400, "managed_policies": []}])
    [role] = desired.roles
    [statement] = (role.trust or {})["Statement"]
    assert statement["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
    assert statement["Condition"] == {
        "StringEquals": {
            "aws:PrincipalTag/workforce:role.deployer": "yes",
            "sts:RoleSessionName": "${aws:username}",
        },
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    }
    assert (role.path, role.max_session_duration, role.policies, role.purge_policies) == (
        "/workforce/",
        14400,
        (),
        True,
    )


def test_people_of_the_departments_get_the_tag_and_others_lose_it() -> None:
    asha, li = desired_with(roles=[ROLE]).users
    assert ((asha.tags or {}).get("workforce:role.deployer"), asha.purge_tag_prefix) == ("yes", "workforce:role.")
    assert ("workforce:role.deployer" in (li.tags or {}), li.purge_tag_prefix) == (False, "workforce:role.")


def test_without_a_list_of_roles_nobody_s_tags_are_touched() -> None:
    assert [user.purge_tag_prefix for user in desired_with().users] == [None, None]
    assert [user.purge_tag_prefix for user in desired_with(roles=[]).users] == ["workforce:role."] * 2


def test_whose_departments_are_not_written_keeps_the_tags() -> None:
    settings = ChartSettings(everyone={"name": "everyone"})
    [asha] = desired_with(
        DEPARTMENTS, [{"name": "asha"}], settings=settings, roles=[ROLE, {"name": "reader", "assumed_by": ["everyone"]}]
    ).users
    assert (asha.purge_tag_prefix, "workforce:role.reader" in (asha.tags or {})) == (None, True)
    assert "workforce:role.deployer" not in (asha.tags or {})


def test_the_department_may_ask_for_its_roles_and_keeps_its_other_policies() -> None:
    roles = [ROLE, {"name": "reader", "path": "/", "assumed_by": ["Platform"]}]
    platform, sales = desired_with(roles=roles).groups
    [statement] = (platform.inline or {})["workforce-roles"]["Statement"]
    assert statement["Resource"] == [
        "arn:aws:iam::123456789012:role/reader",
        "arn:aws:iam::123456789012:role/workforce/deployer",
    ]
    assert (platform.purge_inline, sales.inline) == (False, None)
    assert "workforce-roles" in sales.inline_absent


def test_the_statement_stands_beside_the_policies_of_the_entry() -> None:
    departments = [{"name": "platform", "inline_policies": {"own": DOCUMENT}}]
    [platform] = desired_with(departments, [], roles=[ROLE]).groups
    assert (sorted(platform.inline or {}), platform.purge_inline) == (["own", "workforce-roles"], True)


def test_other_partitions_have_their_own_arns() -> None:
    chart, rights = chart_with(roles=[ROLE])
    desired = with_rights(chart.desired, rights, Account("123456789012", "arn:aws-cn:iam::123456789012:user/x"))
    assert "arn:aws-cn:iam::123456789012:root" in str(desired.roles[0].trust)
    assert "arn:aws-cn:iam::123456789012:role/" in str(desired.groups[0].inline)


def test_a_role_that_is_deleted_is_given_to_nobody() -> None:
    desired = desired_with(roles=[{**ROLE, "state": "absent"}])
    assert (desired.roles[0].absent, desired.roles[0].trust, desired.groups[0].inline) == (True, None, None)
    assert not any("workforce:role.deployer" in (user.tags or {}) for user in desired.users)


def test_a_role_may_have_a_trust_of_its_own() -> None:
    desired = desired_with(roles=[{"name": "machine", "assume_role_policy_document": TRUST}])
    assert (desired.roles[0].trust, desired.groups[0].inline) == (TRUST, None)


def test_a_run_limited_to_somebody_changes_no_role_and_the_person_s_tags() -> None:
    roles = [ROLE, {"name": "wrong", "assumed_by": ["nobody"], "max_session_duration": 1}]
    settings = ChartSettings(only=frozenset({"asha"}))
    desired = desired_with(settings=settings, roles=roles, policies=["wrong"], account_settings={"alias": "new-name"})
    assert (desired.roles, desired.policies, desired.account, desired.groups) == ((), (), None, ())
    [asha] = desired.users
    assert ("workforce:role.deployer" in (asha.tags or {}), asha.purge_tag_prefix) == (True, "workforce:role.")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({}, "does not say who may assume it; write assumed_by with departments, or assume_role_policy_document"),
        ({"assumed_by": ["platfrom"]}, "is assumed by the unknown department platfrom; did you mean platform?"),
        ({"assumed_by": "platform"}, "has a string (platform) for assumed_by; write a list of names"),
        ({"assumed_by": ["sales", "Sales"]}, "is assumed by the department sales more than once"),
        (
            {"assumed_by": [], "assume_role_policy_document": TRUST},
            "has both assumed_by and assume_role_policy_document",
        ),
        ({"assume_role_policy_document": TRUST, "require_mfa": True}, "has require_mfa without assumed_by"),
        (
            {"assumed_by": [], "max_session_duration": 3599},
            "has 3599 for max_session_duration; IAM allows 3600 to 43200",
        ),
        ({"assumed_by": [], "max_session_duration": 43201}, "has 43201 for max_session_duration; IAM allows 3600 to"),
        ({"assumed_by": [], "max_session_duration": True}, "has a boolean (True) for max_session_duration; a number"),
        ({"assumed_by": [], "path": "/aws-service-role/"}, "has the path /aws-service-role/, which AWS reserves"),
        ({"name": "AWSServiceRoleForSupport", "assumed_by": []}, "has a name that AWS keeps for roles of its own"),
        ({"name": "AWSReservedSSO_Admin", "assumed_by": []}, "has a name that AWS keeps for roles of its own"),
        ({"name": "r" * 65, "assumed_by": []}, "has a name of 65 characters; IAM allows 64"),
        (
            {"name": "a,b", "assumed_by": ["sales"]},
            "is assumed by departments, whose people get the role's name in a tag",
        ),
        ({"assumed_by": [], "policies": []}, "has the unknown key policies"),
        ({"assume_role_policy_document": trust(Principal="*")}, "in assume_role_policy_document, trusts everybody (*)"),
        (
            {"assume_role_policy_document": trust(Principal={"AWS": ["*"]})},
            "in assume_role_policy_document, trusts everybody",
        ),
        (
            {"assume_role_policy_document": {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}}},
            "in assume_role_policy_document, has no Principal in statement 1",
        ),
        ({"assume_role_policy_document": trust(Resource="*")}, "in assume_role_policy_document, has Resource"),
        ({"assume_role_policy_document": "{"}, "in assume_role_policy_document, is not JSON"),
        ({"assume_role_policy_document": []}, "in assume_role_policy_document, is a list"),
    ],
)
def test_what_is_wrong_is_told(entry: dict[str, Any], fault: str) -> None:
    one = {"name": "deployer", **entry}
    told = faults_with(roles=[one])
    assert any(line.startswith(f"role {one['name']}: {fault}") for line in told), told


def test_a_trust_in_everybody_may_be_narrowed_by_a_condition() -> None:
    narrowed = trust(Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-aaaaaaaaaa"}})
    assert faults_with(roles=[{"name": "a", "assume_role_policy_document": narrowed}]) == []


def test_departments_that_are_no_list_are_not_called_unknown() -> None:
    told = faults_with("departments", [], roles=[ROLE])
    assert not any("unknown department" in one for one in told)


def test_departments_of_other_accounts_are_known_and_have_nobody_here() -> None:
    here, there = {"name": "ops"}, {"name": "platform", "accounts": ["training"]}
    read = chart([here, there], [{"name": "asha", "departments": ["ops"]}], account=ThisAccount("production"))
    rights = written_rights(WrittenRights(roles=[ROLE]), read, ChartSettings())
    assert (rights.faults, rights.roles is not None) == ((), True)
    assert with_role_tags(read, rights).desired.users[0].tags == {"workforce:managed": "onboard"}


def test_roles_that_are_listed_twice_are_told() -> None:
    told = faults_with(roles=[ROLE, ROLE, {**ROLE, "name": "Deployer"}])
    assert (
        "roles deployer and Deployer: are one name to IAM, which compares without case (entries 1 and 2 and 3)" in told
    )


def test_nothing_is_taken_because_of_roles_with_faults() -> None:
    chart, rights = chart_with(roles=[{**ROLE, "assumed_by": ["platfrom"]}])
    desired = with_rights(chart.desired, rights, ACCOUNT)
    assert all("workforce-roles" not in group.inline_absent for group in desired.groups)
    assert [user.purge_tag_prefix for user in desired.users] == [None, None]


def test_more_tags_than_iam_allows_are_told() -> None:
    employees = [{**EMPLOYEES[0], "tags": {f"t{number}": "x" for number in range(49)}}]
    assert faults_with(DEPARTMENTS, employees, roles=[ROLE]) == [
        "employee asha: would have 51 tags with 1 for roles; IAM allows 50"
    ]


def test_the_name_of_the_departments_policy_is_kept() -> None:
    departments = [{"name": "platform", "inline_policies": {"Workforce-Roles": DOCUMENT}}]
    chart, rights = chart_with(departments, [], roles=[ROLE])
    [fault] = name_faults(chart.desired, rights)
    assert str(fault).startswith("department platform: has the inline policy workforce-roles, a name that the")
    chart, rights = chart_with(departments, [])
    assert name_faults(chart.desired, rights) == []
