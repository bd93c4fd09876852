# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example company's people, one of each of its nine departments, by access key where AWS says no.

Each may do what the department's policies say and is refused what they do not. Calls of IAM and STS are made; those of
other services, which no sandbox serves, are put to the outside evaluator with the policies that the account gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox
from tests.sandbox.evaluator import Evaluator, Question
from tests.support.authenticator import give_device
from tests.support.job_user import client_with
from tests.support.modules import run_in_process
from tests.support.shipped_policies import company_lists

ACCOUNT = "123456789012"
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/workforce/deployer"
Asked = tuple[str, str] | tuple[str, str, Mapping[str, str]]
"""An action, a resource, and what the request says beside them."""


@dataclass(frozen=True)
class Sample:
    """Operations of IAM, and actions of other services, that somebody may do and may not do."""

    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()
    elsewhere: tuple[Asked, ...] = ()
    not_elsewhere: tuple[Asked, ...] = ()


def _object(bucket: str) -> str:
    return f"arn:aws:s3:::example-company-{bucket}/a"


ENCRYPTED = {"s3:x-amz-server-side-encryption": "AES256"}
INSTANCE = f"arn:aws:ec2:us-east-1:{ACCOUNT}:instance/i-0123456789abcdef0"
GATEWAY = f"arn:aws:ec2:us-east-1:{ACCOUNT}:internet-gateway/igw-0123456789abcdef0"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f"
# Operations of IAM that need no more than these parameters.
PARAMETERS: dict[str, dict[str, Any]] = {
    "CreateUser": {"UserName": "mallory"},
    "CreateAccessKey": {"UserName": "asha.rao"},
    "AttachUserPolicy": {"UserName": "ben.carter", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
    "GetUser": {"UserName": "asha.rao"},
    "TagUser": {"UserName": "ben.carter", "Tags": [{"Key": "workforce:role.deployer", "Value": "yes"}]},
    "PutRolePolicy": {"RoleName": "deployer", "PolicyName": "p", "PolicyDocument": json.dumps({})},
    "UpdateAssumeRolePolicy": {"RoleName": "deployer", "PolicyDocument": json.dumps({})},
}
WRITES = ("CreateUser", "CreateAccessKey", "AttachUserPolicy", "TagUser", "PutRolePolicy", "UpdateAssumeRolePolicy")
READS = ("ListUsers", "GetUser", "GetAccountAuthorizationDetails")
DEPARTMENTS = {
    "engineering": Sample(
        may=("ListRoles",),
        may_not=(*WRITES, "ListUsers", "GetUser"),
        elsewhere=(("ec2:TerminateInstances", INSTANCE), ("lambda:InvokeFunction", FUNCTION)),
        not_elsewhere=(("organizations:LeaveOrganization", "*"),),
    ),
    "platform": Sample(
        may=READS,
        may_not=WRITES,
        elsewhere=(("cloudtrail:LookupEvents", "*"), ("ec2:CreateInternetGateway", GATEWAY)),
        not_elsewhere=(("ec2:TerminateInstances", INSTANCE), ("s3:GetObject", _object("evidence"))),
    ),
    "data-science": Sample(
        may_not=(*WRITES, *READS),
        elsewhere=(("s3:PutObject", _object("scratch")), ("s3:GetObject", _object("invoices"))),
        not_elsewhere=(("s3:PutObject", _object("invoices")), ("ec2:TerminateInstances", INSTANCE)),
    ),
    "security": Sample(
        may=READS,
        may_not=WRITES,
        elsewhere=(("s3:GetObject", _object("evidence")), ("guardduty:ListDetectors", "*")),
        not_elsewhere=(("s3:PutObject", _object("evidence")), ("s3:GetObject", _object("invoices"))),
    ),
    "finance": Sample(
        may_not=(*WRITES, *READS),
        elsewhere=(("s3:GetObject", _object("invoices")), ("aws-portal:ViewBilling", "*")),
        not_elsewhere=(("s3:GetObject", _object("personnel")), ("s3:PutObject", _object("invoices"))),
    ),
    "people-operations": Sample(
        may_not=(*WRITES, *READS),
        elsewhere=(("s3:GetObject", _object("personnel")), ("s3:PutObject", _object("personnel"), ENCRYPTED)),
        not_elsewhere=(("s3:PutObject", _object("personnel")), ("s3:GetObject", _object("invoices"))),
    ),
    "sales": Sample(
        may_not=(*WRITES, *READS),
        elsewhere=(("s3:GetObject", _object("prices")),),
        not_elsewhere=(("s3:PutObject", _object("prices")), ("s3:GetObject", _object("personnel"))),
    ),
    "customer-support": Sample(
        may_not=(*WRITES, "ListUsers"),
        elsewhere=(("support:CreateCase", "*"), ("autoscaling:DescribeAutoScalingGroups", "*")),
        not_elsewhere=(("ec2:TerminateInstances", INSTANCE), ("s3:GetObject", _object("prices"))),
    ),
    "audit": Sample(
        may=READS,
        may_not=WRITES,
        elsewhere=(("s3:GetObject", _object("evidence")), ("cloudtrail:DescribeTrails", "*")),
        not_elsewhere=(("s3:PutObject", _object("evidence")), ("ec2:TerminateInstances", INSTANCE)),
    ),
}


def test_what_the_people_of_nine_departments_may(sandbox: Sandbox, iam: Any, evaluator: Evaluator) -> None:
    lists = company_lists()
    options = {name.removeprefix("onboard_"): value for name, value in lists.items()}
    done = run_in_process("iam_workforce", {**options, "everyone": {"name": "everyone"}}, sandbox=sandbox)
    assert "failed" not in done, done["msg"]
    sandbox.switch(enforce=True)
    with_mfa = {department["name"] for department in lists["departments"] if department.get("require_mfa")}
    assert DEPARTMENTS.keys() == {department["name"] for department in lists["departments"]}
    for department, sample in DEPARTMENTS.items():
        name = next(one["name"] for one in lists["employees"] if one["departments"] == [department])
        client = client_with(sandbox, iam.create_access_key(UserName=name)["AccessKey"])
        for operation in (*sample.may, *sample.may_not):
            said = _said(client, operation, PARAMETERS.get(operation, {}))
            assert (said == "AccessDenied") is (operation in sample.may_not), (name, operation, said)
        documents = [json.dumps(document) for document in _documents(iam, name)]
        for asked in (*sample.elsewhere, *sample.not_elsewhere):
            allowed = _judged(evaluator, name, documents, asked, mfa=True)
            assert allowed is (asked in sample.elsewhere), (name, asked)
            # By key alone nobody shows a device.
            without = _judged(evaluator, name, documents, asked, mfa=False)
            assert without is (allowed and department not in with_mfa), (name, asked)
    _role(sandbox, iam)


def _said(client: Any, operation: str, parameters: Mapping[str, Any]) -> str:
    try:
        getattr(client, xform_name(operation))(**parameters)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "OK"


def _documents(iam: Any, name: str) -> Iterator[dict[str, Any]]:
    """What the account gives somebody through departments; nobody has policies of their own."""
    for group in (one["GroupName"] for one in iam.list_groups_for_user(UserName=name)["Groups"]):
        for inline in iam.list_group_policies(GroupName=group)["PolicyNames"]:
            yield iam.get_group_policy(GroupName=group, PolicyName=inline)["PolicyDocument"]
        for attached in iam.list_attached_group_policies(GroupName=group)["AttachedPolicies"]:
            arn = attached["PolicyArn"]
            version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
            yield iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def _judged(evaluator: Evaluator, name: str, documents: list[str], asked: Asked, *, mfa: bool) -> bool:
    action, resource, *said = asked
    user = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    present = {"aws:MultiFactorAuthPresent": ["true"]} if mfa else {}
    context = {
        "aws:username": [name],
        **present,
        **{key: [value] for given in said for key, value in dict(given).items()},
    }
    return evaluator.judge(Question(user, action, resource, ACCOUNT, documents, context)).verdict == "allowed"


def _role(sandbox: Sandbox, iam: Any) -> None:
    """Platform's people become deployer under their own name, with MFA; a holder of PowerUserAccess elsewhere never."""

    def session(name: str, called: str = "", *, mfa: bool = True) -> Any:
        key = iam.create_access_key(UserName=name)["AccessKey"]
        serial, app = devices[name]
        code = {"SerialNumber": serial, "TokenCode": app.code()} if mfa else {}
        sts = client_with(sandbox, key, "sts")
        return sts.assume_role(RoleArn=DEPLOYER, RoleSessionName=called or name, **code)["Credentials"]

    devices = {name: give_device(iam, name) for name in ("qing.zhao", "tomas.horvat", "elena.petrova")}
    deployer = client_with(sandbox, session("qing.zhao"))
    assert (_said(deployer, "ListRoles", {}), _said(deployer, "ListUsers", {})) == ("OK", "AccessDenied")
    refused: tuple[Callable[[], object], ...] = (
        lambda: session("qing.zhao", mfa=False),
        lambda: session("tomas.horvat", "pavel.novak"),
        lambda: session("elena.petrova"),
    )
    for attempt in refused:
        with pytest.raises(ClientError, match="is not authorized to perform: sts:AssumeRole on resource"):
            attempt()
