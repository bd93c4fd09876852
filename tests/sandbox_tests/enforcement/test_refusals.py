# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""With `enforce` the sandbox says no, in AWS's words, to users and to sessions of roles."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox
from tests.sandbox.enforcement import needs
from tests.sandbox_tests.calling import client_of

from .conftest import Allowing
from .operations import IAM, parameters, served

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
POWER_USER = "arn:aws:iam::aws:policy/PowerUserAccess"
CARL = f"{IAM}:user/carl"
UNCHECKED = Config(retries={"total_max_attempts": 1}, parameter_validation=False)


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement} for statement in statements]}


def allow(action: str, resource: str = "*") -> dict[str, Any]:
    return {"Action": action, "Resource": resource}


def outcome(client: Any, operation: str, given: dict[str, Any]) -> str:
    """ "OK", or the code of the error: one other than AccessDenied says that the call was allowed."""
    try:
        getattr(client, xform_name(operation))(**given)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "OK"


def test_who_may_nothing_is_refused_everything(company: Sandbox, iam: Any) -> None:
    """In AWS's words, which name the action and the resource; nothing is changed."""
    key = iam.create_access_key(UserName="carl")["AccessKey"]
    before = company.state()
    for service in ("iam", "sts"):
        client = client_of(company, key, service, config=UNCHECKED)
        for operation in served(service):
            if operation in (*needs.FREE, "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"):
                continue
            with pytest.raises(ClientError) as raised:
                getattr(client, xform_name(operation))(**parameters(service, operation))
            error = raised.value.response["Error"]
            start = f"User: {CARL} is not authorized to perform: {service}:{operation} on resource: "
            assert error["Code"] == "AccessDenied", (operation, error)
            assert error["Message"].startswith(start)
            end = f"because no identity-based policy allows the {service}:{operation} action"
            assert error["Message"].endswith(end), error
    assert company.state() == before


def test_what_needs_no_permission(carl: Allowing) -> None:
    """STS API reference: GetCallerIdentity, also with an explicit deny."""
    sts = carl(
        {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}, service="sts"
    )
    assert sts.get_caller_identity()["Arn"] == CARL


def test_the_sandboxs_own_key_may_all(company: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="new")
    company.switch(policies=[document(allow("iam:GetUser", f"{IAM}:user/staff/*"))])
    assert outcome(iam, "GetUser", {"UserName": "asha"}) == "OK"
    assert outcome(iam, "GetUser", {"UserName": "boss"}) == "AccessDenied"


def test_policies_of_groups_and_boundaries_count_too(company: Sandbox, iam: Any, carl: Allowing) -> None:
    client = carl()
    iam.attach_group_policy(GroupName="sales", PolicyArn=ADMIN)
    assert outcome(client, "GetUser", {"UserName": "boss"}) == "AccessDenied"
    iam.add_user_to_group(GroupName="sales", UserName="carl")
    assert outcome(client, "GetUser", {"UserName": "boss"}) == "OK"
    iam.put_user_permissions_boundary(UserName="carl", PermissionsBoundary=POWER_USER)
    with pytest.raises(ClientError, match="because no permissions boundary allows the iam:GetUser action"):
        client.get_user(UserName="boss")
    carl({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:GetU*", "Resource": "*"}})
    with pytest.raises(ClientError, match="with an explicit deny in an identity-based policy"):
        client.get_user(UserName="boss")


def test_the_account_may_let_all_change_their_password(iam: Any, carl: Allowing) -> None:
    """The account's policy grants iam:ChangePassword and iam:GetAccountPasswordPolicy (IAM user guide)."""
    client = carl()
    iam.create_login_profile(UserName="carl", Password="Correct-Horse-Battery-9")
    change = {"OldPassword": "Correct-Horse-Battery-9", "NewPassword": "Correct-Horse-Battery-8"}
    iam.update_account_password_policy(MinimumPasswordLength=8)
    for operation, given in (("ChangePassword", change), ("GetAccountPasswordPolicy", {})):
        assert outcome(client, operation, given) == "AccessDenied"
    iam.update_account_password_policy(MinimumPasswordLength=8, AllowUsersToChangePassword=True)
    for operation, given in (("ChangePassword", change), ("GetAccountPasswordPolicy", {})):
        assert outcome(client, operation, given) == "OK"
    assert outcome(client, "GetAccountSummary", {}) == "AccessDenied"


# As the collection makes it for a department that may become the role.
OF_MEMBERS: dict[str, Any] = {
    "Effect": "Allow",
    "Action": "sts:AssumeRole",
    "Principal": {"AWS": f"{IAM}:root"},
    "Condition": {
        "StringEquals": {
            "aws:PrincipalTag/workforce:role.deployer": "yes",
            "sts:RoleSessionName": "${aws:username}",
        }
    },
}


def test_a_role_is_for_whom_its_trust_names(company: Sandbox, iam: Any, carl: Allowing) -> None:
    """PowerUserAccess alone lets nobody in, nor does a session that is named after another."""
    sts = carl(document(allow("sts:AssumeRole")), service="sts")
    trust = json.dumps({"Version": "2012-10-17", "Statement": OF_MEMBERS})
    iam.update_assume_role_policy(RoleName="deployer", PolicyDocument=trust)
    own = {"RoleArn": f"{IAM}:role/staff/deployer", "RoleSessionName": "carl"}
    with pytest.raises(ClientError) as raised:
        sts.assume_role(**own)
    assert raised.value.response["Error"]["Message"] == (
        f"User: {CARL} is not authorized to perform: sts:AssumeRole on resource: {own['RoleArn']}"
    )
    iam.tag_user(UserName="carl", Tags=[{"Key": "workforce:role.deployer", "Value": "yes"}])
    assert outcome(sts, "AssumeRole", own) == "OK"
    assert outcome(sts, "AssumeRole", {**own, "RoleSessionName": "boss"}) == "AccessDenied"
    assert outcome(sts, "AssumeRole", {**own, "RoleArn": f"{IAM}:role/nowhere"}) == "AccessDenied"
    _with_mfa(iam, sts, own)
    iam.delete_user_policy(UserName="carl", PolicyName="p0")
    assert outcome(sts, "AssumeRole", own) == "AccessDenied"


def _with_mfa(iam: Any, sts: Any, own: dict[str, str]) -> None:
    """A trust that wants MFA lets in who gives the code of a device of their own."""
    condition = {**OF_MEMBERS["Condition"], "Bool": {"aws:MultiFactorAuthPresent": "true"}}
    trust = json.dumps({"Version": "2012-10-17", "Statement": {**OF_MEMBERS, "Condition": condition}})
    iam.update_assume_role_policy(RoleName="deployer", PolicyDocument=trust)
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    iam.enable_mfa_device(UserName="carl", SerialNumber="GAHT12345678", **codes)
    assert outcome(sts, "AssumeRole", own) == "AccessDenied"
    assert outcome(sts, "AssumeRole", {**own, "SerialNumber": "GAHT00000000", "TokenCode": "123456"}) == "AccessDenied"
    assert outcome(sts, "AssumeRole", {**own, "SerialNumber": "GAHT12345678", "TokenCode": "123456"}) == "OK"


def test_a_users_session_tells_of_mfa(company: Sandbox, iam: Any, carl: Allowing) -> None:
    """GetSessionToken needs no permission; with a device's code its keys are with MFA, plain ones are not."""
    asking = {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": "900"}}
    with_mfa = document({**allow("iam:GetUser"), "Condition": asking})
    without = {"Effect": "Deny", "NotAction": "iam:ListMFADevices", "Resource": "*"}
    force = {**without, "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
    sts = carl(with_mfa, {"Version": "2012-10-17", "Statement": force}, service="sts")
    assert outcome(carl(), "GetUser", {"UserName": "boss"}) == "AccessDenied"
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    iam.enable_mfa_device(UserName="carl", SerialNumber="GAHT12345678", **codes)
    keys = sts.get_session_token(SerialNumber="GAHT12345678", TokenCode="123456")["Credentials"]
    assert outcome(client_of(company, keys), "GetUser", {"UserName": "boss"}) == "OK"


def test_a_session_may_what_its_role_and_its_own_policy_allow(company: Sandbox, iam: Any, carl: Allowing) -> None:
    sts = carl(document(allow("sts:AssumeRole")), service="sts")
    iam.attach_role_policy(RoleName="deployer", PolicyArn=ADMIN)
    own = {"RoleArn": f"{IAM}:role/staff/deployer", "RoleSessionName": "carl"}
    wide = client_of(company, sts.assume_role(**own)["Credentials"])
    assert outcome(wide, "GetUser", {"UserName": "boss"}) == "OK"
    limits = json.dumps(document(allow("iam:GetUser", f"{IAM}:user/staff/*")))
    narrow = client_of(company, sts.assume_role(**own, Policy=limits)["Credentials"])
    assert outcome(narrow, "GetUser", {"UserName": "asha"}) == "OK"
    with pytest.raises(ClientError, match="because no session policy allows the iam:GetUser action") as raised:
        narrow.get_user(UserName="boss")
    who = "arn:aws:sts::123456789012:assumed-role/deployer/carl"
    assert raised.value.response["Error"]["Message"].startswith(f"User: {who} is not authorized")
    revoked = {"DateLessThan": {"aws:TokenIssueTime": "2100-01-01T00:00:00Z"}, "StringLike": {"aws:userid": "*:carl"}}
    cut = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": revoked}
    text = json.dumps({"Version": "2012-10-17", "Statement": cut})
    iam.put_role_policy(RoleName="deployer", PolicyName="workforce-revoked-sessions", PolicyDocument=text)
    assert outcome(wide, "GetUser", {"UserName": "boss"}) == "AccessDenied"


def test_without_enforcement_a_user_may_all(company: Sandbox, carl: Allowing) -> None:
    client = carl()
    assert outcome(client, "ListUsers", {}) == "AccessDenied"
    company.switch(enforce=False)
    assert outcome(client, "ListUsers", {}) == "OK"
