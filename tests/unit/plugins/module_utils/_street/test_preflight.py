# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before the first write: what the caller may not do of what is planned, all at once, and only what is certain."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredPolicy,
    DesiredRole,
    DesiredUser,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Account,
    Directory,
    Group,
    ManagedPolicy,
    Role,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._permissions.requests import requests_of, sampled
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._street.preflight import (
    MOST_CALLS,
    foresee_refusals,
    simulated_caller,
)

from tests.support.iam_double import IamDouble, aws_error

ARN = "arn:aws:iam::123456789012:"
CALLER = f"{ARN}user/automation"
ACCOUNT = Account("123456789012", CALLER)
MARK = {"workforce:managed": "onboard"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ASHA = User("asha", "/people/", tags=MARK, boundary=READ_ONLY, attached={}, inline={})
SALES = Group("sales", "/workforce/", attached={}, inline={})
ROLE = Role("deployer", "/workforce/", tags=MARK, boundary="", attached={}, inline={}, trust={})
POLICY = ManagedPolicy(
    "mine",
    "/workforce/",
    arn=f"{ARN}policy/workforce/mine",
    tags=MARK,
    versions={"v1": {}},
    default_version="v1",
)
ASKED = frozenset({"new", "mine", "deployer"})
BEFORE = Directory(
    {"asha": ASHA},
    {"sales": SALES},
    policies={"mine": POLICY},
    roles={"deployer": ROLE},
    asked_policies=ASKED,
    asked_roles=ASKED,
)


def _step(operation: str, kind: Any = "user", name: str = "asha", **params: Any) -> Step:
    key = {"user": "UserName", "group": "GroupName", "role": "RoleName"}.get(kind)
    return Step(Subject(kind, name), operation, {**({key: name} if key else {}), **params}, "line", Phase.USERS)


def _requests(*steps: Step, before: Directory = BEFORE) -> list[tuple[str, str, dict[str, Any]]]:
    found = requests_of(steps, before, before, ACCOUNT)
    return [(one.action, one.resource.removeprefix(ARN), dict(one.context)) for one in found]


RESOURCE_TAGS = {f"{prefix}:ResourceTag/workforce:managed": ("onboard",) for prefix in ("aws", "iam")}
BOUNDED = {**RESOURCE_TAGS, "iam:PermissionsBoundary": (READ_ONLY,)}


@pytest.mark.parametrize(
    ("step", "resource", "context"),
    [
        (_step("PutUserPolicy", PolicyName="x"), "user/people/asha", BOUNDED),
        (
            _step("AttachUserPolicy", PolicyArn=READ_ONLY),
            "user/people/asha",
            {**BOUNDED, "iam:PolicyARN": (READ_ONLY,)},
        ),
        (
            _step("PutUserPermissionsBoundary", PermissionsBoundary="arn:x"),
            "user/people/asha",
            {**RESOURCE_TAGS, "iam:PermissionsBoundary": ("arn:x",)},
        ),
        (
            _step("TagUser", Tags=[{"Key": "team", "Value": "a"}]),
            "user/people/asha",
            {**BOUNDED, "aws:RequestTag/team": ("a",), "aws:TagKeys": ("team",)},
        ),
        (_step("UntagUser", TagKeys=["team"]), "user/people/asha", {**BOUNDED, "aws:TagKeys": ("team",)}),
        (_step("AddUserToGroup", GroupName="sales"), "group/workforce/sales", {}),
        (_step("PutGroupPolicy", "group", "sales", PolicyName="x"), "group/workforce/sales", {}),
        (_step("DeleteVirtualMFADevice", SerialNumber=f"{ARN}mfa/asha"), "mfa/asha", {}),
        (_step("UpdateAssumeRolePolicy", "role", "deployer"), "role/workforce/deployer", RESOURCE_TAGS),
        (
            _step("CreatePolicyVersion", "policy", "mine", PolicyArn=f"{ARN}policy/workforce/mine"),
            "policy/workforce/mine",
            {"aws:ResourceTag/workforce:managed": ("onboard",)},
        ),
        (_step("CreateAccountAlias", "account", "x", AccountAlias="x"), "*", {}),
        (_step("UpdateAccountPasswordPolicy", "account", "x"), "*", {}),
    ],
    ids=lambda value: value.operation if isinstance(value, Step) else "",
)
def test_what_a_step_asks(step: Step, resource: str, context: dict[str, Any]) -> None:
    assert _requests(step) == [(f"iam:{step.operation}", resource, context)]


def test_a_creation_with_tags_is_a_tagging_too() -> None:
    tags = [{"Key": key, "Value": value} for key, value in MARK.items()]
    asked = {"aws:RequestTag/workforce:managed": ("onboard",), "aws:TagKeys": ("workforce:managed",)}
    own = {"aws:ResourceTag/workforce:managed": ("onboard",)}
    assert _requests(_step("CreateUser", name="new", Path="/x/", Tags=tags, PermissionsBoundary="arn:b")) == [
        ("iam:CreateUser", "user/x/new", {**asked, "iam:PermissionsBoundary": ("arn:b",)}),
        ("iam:TagUser", "user/x/new", {**asked, "iam:PermissionsBoundary": ("arn:b",), **RESOURCE_TAGS}),
    ]
    creation = Step(
        Subject("policy", "new"), "CreatePolicy", {"PolicyName": "new", "Tags": tags}, "new", Phase.POLICIES
    )
    assert _requests(creation) == [
        ("iam:CreatePolicy", "policy/new", asked),
        ("iam:TagPolicy", "policy/new", {**asked, **own}),
    ]


def test_what_is_not_known_or_not_ours_to_judge_is_not_asked() -> None:
    unread = Directory({"asha": User("asha"), "ben": User("ben", tags={})}, {})
    deliver = _step("Deliver", By=["mail"])
    denial = dataclasses.replace(_step("PutUserPolicy"), fallback=_step("AttachUserPolicy", PolicyArn=READ_ONLY))
    steps = (_step("DeleteUserPolicy"), _step("DeleteUserPolicy", name="ben"), _step("DeleteUserPolicy", name="nobody"))
    profile = _step("RemoveRoleFromInstanceProfile", "role", "deployer", InstanceProfileName="web")
    assert _requests(*steps, deliver, denial, profile, before=unread) == []


def test_every_step_of_a_plan_is_understood() -> None:
    """What is asked for the largest plan that there is: nothing of it is overlooked."""
    desired = Desired(
        groups=(
            DesiredGroup("new", "/workforce/", policies=(READ_ONLY,), inline={"x": {}}),
            DesiredGroup("sales", absent=True),
        ),
        users=(
            DesiredUser("new", tags=MARK, groups=("new",), policies=(READ_ONLY,), inline={"x": {}}),
            DesiredUser("asha", path="/", tags={"a": "b"}, boundary="", policies=(READ_ONLY,), groups=("new",)),
        ),
        policies=(
            DesiredPolicy("new", document={}, tags=MARK),
            DesiredPolicy("mine", document={"Version": "2012-10-17"}),
        ),
        roles=(
            DesiredRole("new", trust={}, tags=MARK),
            DesiredRole("deployer", trust={"Version": "x"}, policies=(READ_ONLY,)),
        ),
    )
    steps = make_plan(desired, BEFORE).steps
    found = requests_of(steps, BEFORE, after(BEFORE, steps), ACCOUNT)
    assert {request.step.operation for request in found} == {step.operation for step in steps}


def test_a_sample_has_each_kind_of_change_once() -> None:
    people = {f"u{number}": dataclasses.replace(ASHA, name=f"u{number}", path="/") for number in range(500)}
    odd = {"odd": dataclasses.replace(ASHA, name="odd", tags={})}
    directory = Directory({**people, **odd}, {"sales": SALES})
    steps = [_step("DeleteUserPolicy", name=name) for name in (*people, *odd)]
    steps += [_step("DeleteLoginProfile", name="u77")]
    found = sampled(requests_of(steps, directory, directory, ACCOUNT))
    assert [request.resource.rpartition("/")[2] for request in found] == ["u77", "u77", "odd"]


def _answer(decision: str = "implicitDeny", **more: Any) -> Any:
    def answer(**asked: Any) -> Mapping[str, Any]:
        results = [{"EvalResourceName": arn, "EvalResourceDecision": decision, **more} for arn in asked["ResourceArns"]]
        return {
            "EvaluationResults": [
                {"EvalActionName": action, "ResourceSpecificResults": results, **_of_the_organization(more)}
                for action in asked["ActionNames"]
            ]
        }

    return answer


def _of_the_organization(more: dict[str, Any]) -> dict[str, Any]:
    allowed = more.get("Organizations", True)
    return {"OrganizationsDecisionDetail": {"AllowedByOrganizations": allowed}}


def _told(iam: Any, steps: Sequence[Step], caller: str = CALLER, role: str | None = None) -> list[str]:
    faults = foresee_refusals(iam, steps, BEFORE, Account("123456789012", caller), role)
    assert all(fault.stops_giving and not fault.stops_cutting for fault in faults)
    return [str(fault) for fault in faults]


GIVING = [_step("PutGroupPolicy", "group", "sales", PolicyName="x", PolicyDocument="{}")]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (_answer("allowed"), None),
        (_answer(), "add the statement GiveDepartmentsInlinePolicies of `ansible-playbook workforce.aws.permissions`"),
        (_answer(MissingContextValues=["iam:ResourceTag/x", "aws:TagKeys"]), "add the statement GiveDepartmentsInline"),
        (_answer(MissingContextValues=["aws:SourceIp"]), None),
        (_answer(MissingContextValues=["aws:username"]), None),
        (_answer("explicitDeny", MatchedStatements=[{"SourcePolicyId": "guard"}]), "take the denial out of guard"),
        (_answer("explicitDeny", Organizations=False), None),
        (aws_error("AccessDenied"), None),
        (aws_error("NoSuchEntity"), None),
        (aws_error("ServiceFailure"), None),
    ],
)
def test_a_verdict_is_told_if_it_is_certain(answer: Any, told: str | None) -> None:
    found = _told(IamDouble(SimulatePrincipalPolicy=answer), GIVING)
    if told is None:
        assert found == []
    else:
        (text,) = found
        start = f"{CALLER}: may not iam:PutGroupPolicy on group/workforce/sales (department sales: line): "
        assert text.startswith(start + told)


def test_one_fault_names_the_first_resources_of_an_operation() -> None:
    groups = {f"g{number}": Group(f"g{number}", "/workforce/") for number in range(5)}
    steps = [_step("CreateGroup", "group", name, Path="/workforce/") for name in groups]
    (told,) = _told(IamDouble(SimulatePrincipalPolicy=_answer()), steps)
    assert "on group/workforce/g0, group/workforce/g1, group/workforce/g2 and 2 more (department g0: line)" in told


def test_the_deny_of_whoever_lost_the_mark_has_statements_of_its_own() -> None:
    deny_all = "arn:aws:iam::aws:policy/AWSDenyAll"
    steps = [
        _step("AttachUserPolicy", PolicyArn=deny_all),
        _step("PutUserPermissionsBoundary", PermissionsBoundary=deny_all),
    ]
    attach, bound = _told(IamDouble(SimulatePrincipalPolicy=_answer()), steps)
    assert ("statement DenyAnybody of" in attach, "statement DenyByBoundary of" in bound) == (True, True)


def test_the_questions_are_few() -> None:
    arns = [f"arn:aws:iam::aws:policy/p{number}" for number in range(60)]
    steps = [_step("AttachGroupPolicy", "group", "sales", PolicyArn=arn) for arn in arns]
    iam = IamDouble(SimulatePrincipalPolicy=_answer("allowed"))
    assert _told(iam, [*steps, *GIVING]) == []
    assert len(iam.calls) == MOST_CALLS
    silent = IamDouble(SimulatePrincipalPolicy=aws_error("AccessDenied"))
    assert (_told(silent, steps), len(silent.calls)) == ([], 1)
    assert _told(IamDouble(), []) == []


@pytest.mark.parametrize(
    ("caller", "role", "source"),
    [
        (CALLER, None, CALLER),
        (f"{ARN}user/jobs/automation", None, f"{ARN}user/jobs/automation"),
        ("arn:aws-cn:sts::123456789012:assumed-role/job/s", None, "arn:aws-cn:iam::123456789012:role/job"),
        ("arn:aws:sts::123456789012:assumed-role/job/s", f"{ARN}role/jobs/job", f"{ARN}role/jobs/job"),
        ("arn:aws:sts::123456789012:assumed-role/job/s", f"{ARN}role/jobs/other", f"{ARN}role/job"),
        ("arn:aws:sts::123456789012:federated-user/x", None, None),
        (f"{ARN}root", None, None),
    ],
)
def test_by_which_name_the_simulator_knows_the_caller(caller: str, role: str | None, source: str | None) -> None:
    assert simulated_caller(caller, role) == source


def test_a_role_has_no_user_name() -> None:
    answer = _answer(MissingContextValues=["aws:username"])
    session = "arn:aws:sts::123456789012:assumed-role/job/s"
    assert len(_told(IamDouble(SimulatePrincipalPolicy=answer), GIVING, caller=session)) == 1
