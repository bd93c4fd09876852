# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_managed_policy, iam_role and iam_account: each behaviour in the quartet, the account read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, document, task

ACCOUNT = "123456789012"
POWER = "arn:aws:iam::aws:policy/PowerUserAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"


ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def trust(principal: str = ROOT) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_the_three_as_they_are_made(quick_quartets: Quartets, run: Run) -> None:
    """By real playbooks they run in test_examples.py."""
    policy, role, account = quick_quartets(
        [
            task(
                "iam_managed_policy",
                name="buckets",
                path="/team/",
                description="lists",
                policy=document(["s3:ListBucket", "s3:GetObject"]),
                tags={"team": "finance"},
            ),
            task(
                "iam_role",
                name="deployer",
                description="ships",
                assume_role_policy_document=trust(ACCOUNT),  # IAM stores the account's root for it
                managed_policies=["PowerUserAccess", "buckets"],
                inline_policies={"own": document("ec2:*")},
                boundary="buckets",
                max_session_duration=7200,
                tags={"team": "platform"},
            ),
            task("iam_account", alias="example-corp", min_pw_length=14, require_symbols=True, allow_pw_change=True),
        ]
    )
    arn = f"arn:aws:iam::{ACCOUNT}:policy/team/buckets"
    stored = account.state["policies"][arn]
    assert stored["versions"] == {"v1": document(["s3:ListBucket", "s3:GetObject"])}
    assert (stored["description"], stored["tags"]) == ("lists", {"team": "finance"})
    assert policy.run["policy"]["arn"] == arn
    found = account.state["roles"]["deployer"]
    assert found["assume_role_policy"] == trust()
    assert found["attached_policies"] == sorted([arn, POWER])
    assert found["inline_policies"] == {"own": document("ec2:*")}
    assert (found["description"], found["tags"]) == ("ships", {"team": "platform"})
    assert found["permissions_boundary"] == arn
    assert role.run["iam_role"]["max_session_duration"] == 7200
    assert account.state["aliases"] == ["example-corp"]
    rules = account.run_again["iam_account"]["password_policy"]
    assert rules["min_pw_length"] == 14
    # The account had no policy: what AWS itself asks for is kept.
    kept = {"require_numbers", "require_uppercase", "require_lowercase"}
    assert {name for name, value in rules.items() if value is True} == {"require_symbols", "allow_pw_change", *kept}
    assert [one.run["api_calls"]["write"] for one in (policy, role, account)] == [1, 4, 2]
    assert [one.run_again["api_calls"]["read"] for one in (policy, account)] == [3, 2]
    for one in (policy, role, account):
        assert one.run_again["api_calls"]["write"] == one.check["api_calls"]["write"] == 0
    everything = run("iam_directory_info", {"include": ["policies", "roles", "account"]})
    assert everything["counts"] == {"users": 0, "groups": 0, "policies": 1, "roles": 1}
    assert everything["policies"][0]["policy"] == document(["s3:ListBucket", "s3:GetObject"])
    assert everything["roles"][0]["assume_role_policy_document"] == trust()
    assert everything["account"] == {"alias": "example-corp", "password_policy": rules}
    assert everything["api_calls"]["total"] == 4
    assert run("iam_directory_info", {"path_prefix": "/team/", "include": ["policies", "roles"]})["roles"] == []


def test_life_of_a_policy(quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    user, group, role = "asha", "sales", "deployer"
    sandbox.seed(users=[{"name": user}], groups=[{"name": group}])
    arn = iam.create_policy(PolicyName="Own", PolicyDocument=json.dumps(document("s3:A1")))["Policy"]["Arn"]
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(trust()))
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    changes = [
        task("iam_managed_policy", name="own", policy=json.dumps(document(f"s3:A{number}"))) for number in range(2, 7)
    ]
    outcomes = quick_quartets(
        [
            *changes,
            task("iam_managed_policy", name="own", policy=document("s3:A3")),
            task("iam_managed_policy", name="own", policy=document("s3:A9"), make_default=False),
            task("iam_managed_policy", name="own", policy=document("s3:A3"), only_version=True, tags={"a": "b"}),
            task("iam_managed_policy", name="own", tags={}),
            task("iam_managed_policy", name="own", state="absent"),
        ]
    )
    states = [one.state["policies"].get(arn) for one in outcomes]
    assert list(states[4]["versions"]) == ["v2", "v3", "v4", "v5", "v6"]  # the oldest one made room
    assert (states[5]["default_version"], outcomes[5].run["api_calls"]["write"]) == ("v3", 1)
    assert list(states[6]["versions"]) == ["v3", "v4", "v5", "v6", "v7"]
    assert (states[6]["default_version"], states[6]["versions"]["v7"]) == ("v3", document("s3:A9"))
    assert (states[7]["versions"], states[7]["tags"]) == ({"v3": document("s3:A3")}, {"a": "b"})
    assert states[8]["tags"] == {}
    assert states[9] is None
    assert outcomes[9].run["policy"]["policy_name"] == "Own"
    assert outcomes[9].run["diff"]["after"] == {}
    assert outcomes[9].state["roles"][role]["attached_policies"] == []


def test_life_of_a_role(quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    iam.create_role(
        RoleName="Deployer", AssumeRolePolicyDocument=json.dumps(trust()), Tags=[{"Key": "x", "Value": "y"}]
    )
    iam.attach_role_policy(RoleName="Deployer", PolicyArn=POWER)
    iam.put_role_policy(RoleName="Deployer", PolicyName="old", PolicyDocument=json.dumps(document("s3:*")))
    iam.create_instance_profile(InstanceProfileName="web")
    iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="Deployer")
    untouched = {"name": "deployer", "assume_role_policy_document": trust()}
    (same,) = quick_quartets([task("iam_role", **untouched)], changed=False)
    changed, bare, gone = quick_quartets(
        [
            task(
                "iam_role",
                name="deployer",
                assume_role_policy_document=trust(f"arn:aws:iam::{ACCOUNT}:role/Deployer"),
                managed_policies=["Billing"],
                inline_policies={"new": document("ec2:*")},
                purge_inline_policies=True,
                boundary=POWER,
                max_session_duration=3600 * 12,
                description="ships",
                tags={"team": "platform"},
            ),
            task(
                "iam_role",
                name="deployer",
                managed_policies=[],
                boundary="",
                tags={},
                description="",
                inline_policies={},
            ),
            task("iam_role", name="deployer", state="absent"),
        ]
    )
    assert same.run["iam_role"]["attached_policies"] == [{"policy_arn": POWER, "policy_name": "PowerUserAccess"}]
    role = changed.state["roles"]["Deployer"]
    assert role["attached_policies"] == [BILLING]
    assert role["inline_policies"] == {"new": document("ec2:*")}
    assert (role["permissions_boundary"], role["tags"]) == (POWER, {"team": "platform"})
    assert changed.run["iam_role"]["max_session_duration"] == 43200
    role = bare.state["roles"]["Deployer"]
    assert (role["attached_policies"], role["tags"], role["permissions_boundary"]) == ([], {}, None)
    assert role["inline_policies"] == {"new": document("ec2:*")}
    assert "Deployer" not in gone.state["roles"]
    assert gone.run["diff"]["after"] == {}


def test_rules_for_passwords_are_not_lost(quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    first, aged, endless, none, nameless = quick_quartets(
        [
            task("iam_account", require_symbols=True, pw_reuse_prevent=5),
            task("iam_account", pw_max_age=90),
            task("iam_account", pw_max_age=0, alias="acme"),
            task("iam_account", password_policy_state="absent"),
            task("iam_account", alias=""),
        ]
    )
    assert first.run["iam_account"]["password_policy"]["min_pw_length"] == 8
    rules = aged.run["iam_account"]["password_policy"]
    assert (rules["require_symbols"], rules["pw_reuse_prevent"], rules["pw_max_age"]) == (True, 5, 90)
    assert "pw_max_age" not in endless.run["iam_account"]["password_policy"]
    assert endless.state["aliases"] == ["acme"]
    assert none.state["password_policy"] is None
    assert nameless.state["aliases"] == []


def test_all_faults_are_told_and_nothing_is_written(run: Run, sandbox: Sandbox) -> None:
    before = sandbox.state()
    wrong = {
        "iam_managed_policy": {
            "name": "a b",
            "path": "x",
            "policy": "{",
            "description": "☂",
            "only_version": True,
            "make_default": False,
            "tags": {"workforce:managed": "x"},
        },
        "iam_role": {
            "name": "new",
            "max_session_duration": 60,
            "purge_inline_policies": True,
            "description": "x" * 1001,
        },
        "iam_account": {"alias": "-a", "min_pw_length": 5, "pw_max_age": 1096, "pw_reuse_prevent": 25},
    }
    told = {name: run(name, options)["faults"] for name, options in wrong.items()}
    assert {name: len(faults) for name, faults in told.items()} == {
        "iam_managed_policy": 6,
        "iam_role": 4,
        "iam_account": 4,
    }, told
    assert sandbox.state() == before


@pytest.mark.long
def test_all_policies_of_aws_as_customer_policies(run: Run, sandbox: Sandbox) -> None:
    """Written, read back and planned again, a batch after the other: the account has room for 1,500."""
    documents = {name: found["Document"] for name, found in json.loads(aws_managed_policies_data).items()}
    names, refused, batch = sorted(documents), set(), 500
    for start in range(0, len(names), batch):
        policies = [{"name": f"own-{name}", "policy": documents[name]} for name in names[start : start + batch]]
        lists: dict[str, Any] = {"departments": [], "employees": []}
        told = run("iam_workforce", {**lists, "policies": policies}).get("faults", [])
        refused |= {fault.partition(":")[0].removeprefix("policy own-") for fault in told}
        fitting = [one for one in policies if one["name"].removeprefix("own-") not in refused]
        assert run("iam_workforce", {**lists, "policies": fitting})["changed"] is True
        again = run("iam_workforce", {**lists, "policies": fitting})
        assert (again["changed"], again["api_calls"]["write"]) == (False, 0)
        assert len(sandbox.state()["policies"]) == len(fitting)
        gone = [{"name": one["name"], "state": "absent"} for one in fitting]
        assert "failed" not in run("iam_workforce", {**lists, "policies": gone})
        assert sandbox.state()["policies"] == {}
    too_long = {name for name, document in documents.items() if len("".join(json.dumps(document).split())) > 6144}
    assert refused == too_long
