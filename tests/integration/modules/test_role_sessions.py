# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An open session of a role: it works, is refused once its holder is cut off or moves, and a new one works later."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox, boto_session
from tests.support.modules import document, run_in_process

DEPLOYER = "arn:aws:iam::123456789012:role/workforce/deployer"
POLICY = "workforce-revoked-sessions"
PEOPLE = [{"name": name, "departments": ["platform"], "console": False} for name in ("Asha.Rao", "li.wei")]
CHART: dict[str, Any] = {
    "departments": [{"name": "platform", "managed_policies": []}, {"name": "sales", "managed_policies": []}],
    "employees": PEOPLE,
    "roles": [
        {
            "name": "deployer",
            "assumed_by": ["platform"],
            "managed_policies": ["IAMReadOnlyAccess"],
            "inline_policies": {},
        },
        {"name": "reader", "assumed_by": ["platform", "sales"], "managed_policies": ["IAMReadOnlyAccess"]},
    ],
}


def client(sandbox: Sandbox, service: str, key: dict[str, str]) -> Any:
    return boto_session().client(  # type: ignore[call-overload]  # any service's name
        service,
        region_name="us-east-1",
        endpoint_url=sandbox.endpoint_url,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key.get("SessionToken"),
    )


def session(sandbox: Sandbox, key: dict[str, str], name: str) -> Any:
    sts = client(sandbox, "sts", key)
    return client(sandbox, "iam", sts.assume_role(RoleArn=DEPLOYER, RoleSessionName=name)["Credentials"])


def works(iam: Any) -> bool:
    try:
        iam.list_users()
    except ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
        return False
    return True


def run(sandbox: Sandbox, **changes: Any) -> dict[str, Any]:
    result = run_in_process("iam_workforce", {**CHART, **changes}, sandbox=sandbox)
    assert "failed" not in result, result
    return result


def page(result: dict[str, Any]) -> str:
    return "\n".join(result["summary"])


def test_open_sessions_end_and_new_ones_begin(sandbox: Sandbox, iam: Any) -> None:
    run(sandbox)
    keys = {one["name"]: iam.create_access_key(UserName=one["name"])["AccessKey"] for one in PEOPLE}
    asha, li = (session(sandbox, keys[name], name) for name in ("Asha.Rao", "li.wei"))
    assert works(asha)
    _is_cut_by_a_person(sandbox, iam, asha, li)
    _returns(sandbox, iam, keys["Asha.Rao"], asha)
    _moves_and_leaves(sandbox, iam, keys["li.wei"], li)


def _is_cut_by_a_person(sandbox: Sandbox, iam: Any, asha: Any, li: Any) -> None:
    told = run_in_process("iam_offboard", {"who": "asha.rao"}, sandbox=sandbox, check=True)
    assert "loses the open sessions of deployer, reader" in told["offboarded"][0]["done"]
    assert works(asha)
    cut = run_in_process("iam_offboard", {"who": "asha.rao"}, sandbox=sandbox)
    assert (works(asha), works(li)) == (False, True)
    [person] = cut["offboarded"]
    assert person["done"][-1] == "loses the open sessions of deployer, reader"
    assert (person["ended_role_sessions"], person["role_sessions"]) == (["deployer", "reader"], [])
    assert "  Open sessions of deployer, reader are refused" in page(cut)
    again = run_in_process("iam_offboard", {"who": "asha.rao"}, sandbox=sandbox)
    assert (again["changed"], again["api_calls"]["write"]) == (False, 0)
    # Nor does the daily run, whose list of the role's inline policies is exact, take it away.
    assert run(sandbox)["api_calls"]["write"] == 0
    [statement] = iam.get_role_policy(RoleName="deployer", PolicyName=POLICY)["PolicyDocument"]["Statement"]
    assert statement["Condition"]["StringLike"] == {"aws:userid": ["*:Asha.Rao"]}


def _returns(sandbox: Sandbox, iam: Any, key: dict[str, str], asha: Any) -> None:
    back = run(sandbox, readmit=["Asha.Rao"], readmit_keys=True)
    assert "~ deployer: no longer refuses the open sessions of 1 person" in page(back)
    assert iam.list_role_policies(RoleName="deployer")["PolicyNames"] == []
    assert works(session(sandbox, key, "Asha.Rao"))
    assert works(asha)


def _moves_and_leaves(sandbox: Sandbox, iam: Any, key: dict[str, str], li: Any) -> None:
    moved = [PEOPLE[0], {**PEOPLE[1], "departments": ["sales"]}]
    told = run(sandbox, employees=moved)
    assert "~ deployer: ends the open sessions of 1 person" in page(told)
    assert (told["roles"]["changed"], told["role_sessions"]) == ([], ["deployer ends the open sessions of li.wei"])
    assert not works(li)
    with pytest.raises(ClientError, match="AccessDenied"):
        session(sandbox, key, "li.wei")
    # A run that is limited to Asha reads the roles for her, and a fault of another entry keeps her session in nobody's
    # way. A role without room is told.
    sandbox.quotas(RolePolicySizeQuota=400)
    iam.put_role_policy(RoleName="reader", PolicyName="own", PolicyDocument=json.dumps(document("s3:Get" + "x" * 250)))
    left = [{**PEOPLE[0], "state": "suspended"}]
    failed = run_in_process("iam_workforce", {**CHART, "employees": left, "only": ["Asha.Rao"]}, sandbox=sandbox)
    assert "role reader: PutRolePolicy failed with LimitExceeded" in failed["msg"], failed
    assert "Asha.Rao" in str(iam.get_role_policy(RoleName="deployer", PolicyName=POLICY)["PolicyDocument"])
    sandbox.quotas(RolePolicySizeQuota=10240)
    # The next run finishes, and a user who is removed leaves no session behind.
    done = run_in_process(
        "iam_workforce", {**CHART, "employees": [*left, {**moved[1], "state": "absent"}]}, sandbox=sandbox
    )
    assert "~ reader: ends the open sessions of Asha.Rao and 1 person" in page(done)
