# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AssumeRole and what its keys open: trust policy, the caller's own policies, MFA, durations, the role's policies."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from botocore.config import Config
from moto.iam.models import iam_backends

from tests.sandbox import behaviour
from tests.sandbox.behaviour.account import Account
from tests.sandbox.behaviour.sessions.role_session import EXPIRED, INVALID, RoleSessionKey
from tests.sandbox.client import Sandbox

from ..calling import ACCOUNT, OTHER_ACCOUNT, client_of, names
from ..refusal import code_of, refused

ROLE = f"arn:aws:iam::{ACCOUNT}:role/deployer"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
POWER_USER = "arn:aws:iam::aws:policy/PowerUserAccess"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
# What AWS refuses must reach the sandbox.
UNCHECKED = Config(parameter_validation=False)
HARDWARE = "GAHT12345678"
MARK = {"workforce:role.deployer": "yes"}
# Who may become the role: members of departments that list it, under their own name.
OF_THE_CHART = {
    "StringEquals": {"aws:PrincipalTag/workforce:role.deployer": "yes", "sts:RoleSessionName": "${aws:username}"}
}
WITH_MFA = {**OF_THE_CHART, "Bool": {"aws:MultiFactorAuthPresent": "true"}}


def document(action: str, resource: str | None = "*", effect: str = "Allow", **more: Any) -> dict[str, Any]:
    named = {} if resource is None else {"Resource": resource}
    return {"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, **named, **more}]}


def trust(principal: Any, condition: Mapping[str, Any] | None = None, action: Any = "sts:AssumeRole") -> dict[str, Any]:
    more: dict[str, Any] = {"Condition": condition} if condition else {}
    return document(action, None, Principal={"AWS": principal}, **more)


def add_role(iam: Any, policy: Mapping[str, Any], **more: Any) -> None:
    iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(policy), **more)


def sts_of(sandbox: Sandbox, user: str) -> Any:
    key = sandbox.boto().create_access_key(UserName=user)["AccessKey"]
    return client_of(sandbox, key, "sts")


def become(sts: Any, name: str = "asha", role: str = ROLE, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = sts.assume_role(RoleArn=role, RoleSessionName=name, **more)
    return answer


@pytest.fixture
def company(sandbox: Sandbox, iam: Any) -> Sandbox:
    """Platform may become deployer; bo of sales has PowerUserAccess, which allows sts:AssumeRole on everything."""
    sandbox.seed(
        groups=[
            {"name": "platform", "inline_policies": {"workforce-roles": document("sts:AssumeRole", ROLE)}},
            {"name": "sales", "managed_policies": [POWER_USER]},
        ],
        users=[
            {"name": "asha", "path": "/staff/", "groups": ["platform"], "tags": MARK},
            {"name": "bo", "groups": ["sales"]},
            {"name": "cy", "tags": MARK},
        ],
    )
    return sandbox


def test_the_trust_of_the_chart(company: Sandbox, iam: Any) -> None:
    """A role for one department: its member comes in under its own name; not the PowerUser of another department, not
    one whom no policy of its own allows it, not under another's name.
    """
    add_role(iam, trust(ROOT, OF_THE_CHART))
    asha = sts_of(company, "asha")
    answer = become(asha)
    role_id = iam.get_role(RoleName="deployer")["Role"]["RoleId"]
    face = {"Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/asha", "AssumedRoleId": f"{role_id}:asha"}
    assert answer["AssumedRoleUser"] == face
    identity = client_of(company, answer["Credentials"], "sts").get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (face["Arn"], face["AssumedRoleId"])
    denied = "User: {} is not authorized to perform: sts:AssumeRole on resource: " + ROLE
    with refused("AccessDenied", denied.format(f"arn:aws:iam::{ACCOUNT}:user/bo")):
        become(sts_of(company, "bo"), "bo")
    with refused("AccessDenied"):
        become(sts_of(company, "cy"), "cy")
    with refused("AccessDenied", denied.format(f"arn:aws:iam::{ACCOUNT}:user/staff/asha")):
        become(asha, "bo")
    iam.untag_user(UserName="asha", TagKeys=["Workforce:role.deployer"])
    with refused("AccessDenied"):
        become(asha)


def test_a_user_who_is_named_needs_no_policy(company: Sandbox, iam: Any) -> None:
    """Within the account a trust policy that names the user is enough (IAM user guide, Policy evaluation logic); a
    deny of the user's own stands against it, and who is made anew under that name is somebody else.
    """
    add_role(iam, trust(f"arn:aws:iam::{ACCOUNT}:user/cy"))
    cy = sts_of(company, "cy")
    become(cy, "whatever")
    with refused("AccessDenied"):
        become(sts_of(company, "bo"), "bo")
    deny = json.dumps(document("sts:*", effect="Deny"))
    iam.put_user_policy(UserName="cy", PolicyName="deny", PolicyDocument=deny)
    with refused("AccessDenied"):
        become(cy)
    iam.delete_user_policy(UserName="cy", PolicyName="deny")
    become(cy)
    for key in iam.list_access_keys(UserName="cy")["AccessKeyMetadata"]:
        iam.delete_access_key(UserName="cy", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="cy")
    iam.create_user(UserName="cy")
    with refused("AccessDenied"):
        become(sts_of(company, "cy"))


def test_a_trust_policy_can_deny(company: Sandbox, iam: Any) -> None:
    """An explicit deny in the trust policy stands against all else; {"AWS": "*"} is everybody."""
    policy = trust("*")
    policy["Statement"] += document("sts:AssumeRole", None, "Deny", Principal={"AWS": ROOT})["Statement"]
    policy["Statement"][1]["Condition"] = {"StringLike": {"aws:username": "b*"}}
    add_role(iam, policy)
    become(sts_of(company, "cy"))
    with refused("AccessDenied"):
        become(sts_of(company, "bo"))


def test_mfa_in_the_call(company: Sandbox, iam: Any) -> None:
    """AssumeRole: SerialNumber and TokenCode make aws:MultiFactorAuthPresent true, for the call and in the session."""
    add_role(iam, trust(ROOT, WITH_MFA))
    iam.enable_mfa_device(
        UserName="asha", SerialNumber=HARDWARE, AuthenticationCode1="123456", AuthenticationCode2="654321"
    )
    allowed = document("iam:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    iam.put_role_policy(RoleName="deployer", PolicyName="p", PolicyDocument=json.dumps(allowed))
    asha = sts_of(company, "asha")
    with refused("AccessDenied", "not authorized to perform: sts:AssumeRole"):
        become(asha)
    with refused("AccessDenied", "MultiFactorAuthentication failed, must provide both"):
        become(asha, SerialNumber=HARDWARE)
    with refused("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code."):
        become(asha, SerialNumber="GAHT87654321", TokenCode="123456")
    session = become(asha, SerialNumber=HARDWARE, TokenCode="123456")["Credentials"]
    assert names(client_of(company, session)) == ["asha", "bo", "cy"]


def test_how_long_a_session_lasts(company: Sandbox, iam: Any) -> None:
    """DurationSeconds: an hour unless asked, 900 at least, the role's MaxSessionDuration at most (API reference)."""
    add_role(iam, trust(ROOT, OF_THE_CHART), MaxSessionDuration=7200)
    asha = sts_of(company, "asha")
    for asked, seconds in ((None, 3600), (900, 900), (7200, 7200)):
        more: dict[str, Any] = {"DurationSeconds": asked} if asked else {}
        left = become(asha, **more)["Credentials"]["Expiration"] - datetime.now(UTC)
        assert abs(left.total_seconds() - seconds) < 60
    with refused("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."):
        become(asha, DurationSeconds=7201)
    for wrong in (899, 43201):
        with refused("ValidationError", "durationSeconds"):
            become(company.boto("sts", config=UNCHECKED), DurationSeconds=wrong)


def test_from_one_role_to_the_next(company: Sandbox, iam: Any) -> None:
    """Role chaining: by the role's own policies; an hour at most, however long the role allows (99designs/aws-vault
    #263); a session has no aws:username, so the trust of the chart lets no session in.
    """
    add_role(iam, trust(ROOT, OF_THE_CHART))
    next_role = f"arn:aws:iam::{ACCOUNT}:role/x/next"
    policy = json.dumps(trust(ROLE))
    iam.create_role(RoleName="next", Path="/x/", AssumeRolePolicyDocument=policy, MaxSessionDuration=43200)
    session = client_of(company, become(sts_of(company, "asha"))["Credentials"], "sts")
    chained = become(session, "y2", next_role)
    assert chained["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/next/y2"
    with refused("ValidationError", "exceeds the 1 hour session limit for roles assumed by role chaining."):
        become(session, "y2", next_role, DurationSeconds=3601)
    iam.update_assume_role_policy(RoleName="next", PolicyDocument=json.dumps(trust(ROOT)))
    with refused("AccessDenied"):
        become(session, "y2", next_role)
    allow = json.dumps(document("sts:AssumeRole"))
    iam.put_role_policy(RoleName="deployer", PolicyName="next", PolicyDocument=allow)
    become(session, "y2", next_role)
    with refused("AccessDenied"):
        become(session, "asha")


def test_what_a_session_may(company: Sandbox, iam: Any) -> None:
    """A session is held to the policies and the boundary of its role, as they are when it calls, and to the policy that
    it began with; the role remembers when it was used; a session ends with its role, and opens nothing with another's
    token.
    """
    add_role(iam, trust(ROOT, OF_THE_CHART))
    assert iam.get_role(RoleName="deployer")["Role"]["RoleLastUsed"] == {}
    keys = become(sts_of(company, "asha"))["Credentials"]
    session = client_of(company, keys)
    with refused("AccessDenied", f"User: arn:aws:sts::{ACCOUNT}:assumed-role/deployer/asha is not authorized"):
        session.list_users()
    iam.attach_role_policy(RoleName="deployer", PolicyArn=ADMIN)
    session.create_user(UserName="new")
    iam.put_role_permissions_boundary(RoleName="deployer", PermissionsBoundary=READ_ONLY)
    assert names(session) == ["asha", "bo", "cy", "new"]
    with refused("AccessDenied"):
        session.create_user(UserName="newer")
    narrow = become(sts_of(company, "asha"), Policy=json.dumps(document("iam:GetUser")))["Credentials"]
    assert client_of(company, narrow).get_user(UserName="bo")["User"]["UserName"] == "bo"
    with refused("AccessDenied"):
        client_of(company, narrow).list_users()
    used = iam.get_role(RoleName="deployer")["Role"]["RoleLastUsed"]
    assert used["Region"] == "us-east-1"
    assert abs((used["LastUsedDate"] - datetime.now(UTC)).total_seconds()) < 60
    assert code_of(client_of(company, {**keys, "SessionToken": "another"}).list_users) == "InvalidClientTokenId"
    iam.detach_role_policy(RoleName="deployer", PolicyArn=ADMIN)
    iam.delete_role(RoleName="deployer")
    assert code_of(session.list_users) == "InvalidClientTokenId"


def test_the_end_of_a_session() -> None:
    """ExpiredToken: as soon as its seconds are over."""
    behaviour.install()
    account = cast(Account, iam_backends[ACCOUNT]["aws"])
    session = RoleSessionKey(account, None, ROLE, "asha", 900)  # type: ignore[abstract]  # moto's hook, to mypy only
    end = session.create_date + timedelta(seconds=900)
    assert session.refusal(session.session_token, end - timedelta(seconds=1)) is None
    assert session.refusal(session.session_token, end) == EXPIRED
    assert session.refusal("another", end) == INVALID


def test_a_session_that_is_cut(company: Sandbox, iam: Any) -> None:
    """A deny by aws:TokenIssueTime and aws:userid cuts the sessions that somebody has now, and no other: not another's,
    and not one that begins later (IAM user guide, Revoking IAM role temporary security credentials).
    """
    iam.tag_user(UserName="bo", Tags=[{"Key": key, "Value": value} for key, value in MARK.items()])
    add_role(iam, trust(ROOT, OF_THE_CHART))
    iam.attach_role_policy(RoleName="deployer", PolicyArn=ADMIN)
    asha, bo = sts_of(company, "asha"), sts_of(company, "bo")
    before, other = (client_of(company, become(sts, name)["Credentials"]) for sts, name in ((asha, "asha"), (bo, "bo")))
    assert names(before)
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    condition = {
        "DateLessThan": {"aws:TokenIssueTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}"},
        "StringLike": {"aws:userid": "*:asha"},
    }
    deny = json.dumps(document("*", effect="Deny", Condition=condition))
    iam.put_role_policy(RoleName="deployer", PolicyName="workforce-revoked-sessions", PolicyDocument=deny)
    with refused("AccessDenied", "with an explicit deny"):
        before.list_users()
    assert names(other)
    # Sessions know their beginning to the second.
    time.sleep(max(0, (moment - datetime.now(UTC)).total_seconds()))
    assert names(client_of(company, become(asha)["Credentials"]))


def test_into_another_account(company: Sandbox, iam: Any) -> None:
    """Another account: its trust policy and a policy of the caller's own, both; the external id that the trust asks."""
    other = company.boto("iam", account_id=OTHER_ACCOUNT)
    role = f"arn:aws:iam::{OTHER_ACCOUNT}:role/deployer"
    cy = f"arn:aws:iam::{ACCOUNT}:user/cy"
    add_role(other, trust([cy, f"arn:aws:iam::{ACCOUNT}:user/bo"], {"StringEquals": {"sts:ExternalId": "told"}}))
    with refused("AccessDenied"):
        become(sts_of(company, "cy"), "cy", role, ExternalId="told")
    bo = sts_of(company, "bo")
    with refused("AccessDenied"):
        become(bo, "bo", role)
    answer = become(bo, "bo", role, ExternalId="told")
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{OTHER_ACCOUNT}:assumed-role/deployer/bo"
    with refused("AccessDenied"):
        become(bo, "bo", role.replace("deployer", "none"), ExternalId="told")


def test_the_sandboxs_own_caller(company: Sandbox, iam: Any) -> None:
    """The fixed caller may all, so the trust policy alone decides; with policies it is held to them. The root assumes
    no role (IAM user guide). What the sandbox adds: it enters an account by a role that nobody made.
    """
    sts = company.boto("sts")
    add_role(iam, trust(ROOT))
    become(sts)
    become(sts, role=ROLE.replace("deployer", "nobody-made-it"))
    company.switch(policies=[document("iam:*")])
    with refused("AccessDenied"):
        become(sts)
    with refused("AccessDenied"):
        become(sts, role=ROLE.replace("deployer", "nobody-made-it"))
    company.switch(policies=[document("sts:AssumeRole", ROLE)])
    become(sts)
    company.switch(policies=None)
    iam.update_assume_role_policy(RoleName="deployer", PolicyDocument=json.dumps(trust(ROOT, OF_THE_CHART)))
    with refused("AccessDenied"):
        become(sts)
    company.switch(caller="root")
    with refused("AccessDenied", "Roles may not be assumed by root accounts."):
        become(sts)


def test_tags_of_sessions(company: Sandbox, iam: Any) -> None:
    """TestSTSAssumeRoleTagging::test_assume_role_tag_validation, test_iam_role_chaining_override_transitive_tags of
    LocalStack; who may not sts:TagSession passes none.
    """
    both = ["sts:AssumeRole", "sts:TagSession"]
    next_role = f"arn:aws:iam::{ACCOUNT}:role/next"
    add_role(iam, trust(f"arn:aws:iam::{ACCOUNT}:user/cy", action=both))
    tagged = {"StringEquals": {"aws:PrincipalTag/team": "a"}}
    iam.create_role(RoleName="next", AssumeRolePolicyDocument=json.dumps(trust(ROLE, tagged, both)))
    cy = sts_of(company, "cy")
    team = [{"Key": "Team", "Value": "a"}]
    for tags, keys, message in (
        (team, ["other"], "The specified transitive tag key must be included in the requested tags."),
        ([*team, {"Key": "team", "Value": "b"}], [], "Duplicate tag keys found. Please note that Tag keys are case"),
    ):
        with refused("InvalidParameterValue", message):
            become(cy, Tags=tags, TransitiveTagKeys=keys)
    with refused("AccessDenied"):
        become(client_of(company, become(cy)["Credentials"], "sts"), "z9", next_role)
    session = client_of(company, become(cy, Tags=team, TransitiveTagKeys=["team"])["Credentials"], "sts")
    become(session, "z9", next_role)
    for key in ("Team", "TEAM"):
        with refused("InvalidParameterValue", "conflicts with a transitive tag key from the calling session."):
            become(session, "z9", next_role, Tags=[{"Key": key, "Value": "b"}])
    iam.update_assume_role_policy(
        RoleName="deployer", PolicyDocument=json.dumps(trust(f"arn:aws:iam::{ACCOUNT}:user/cy"))
    )
    with refused("AccessDenied", "not authorized to perform: sts:TagSession"):
        become(cy, Tags=team)
