# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_group by real playbooks: each behaviour in the quartet, the account read back."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, document, task

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
S3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


def test_life_of_a_group(quartets: Quartets, quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(users=[{"name": "asha.rao"}, {"name": "li.wei"}, {"name": "Kim"}])
    own = iam.create_policy(PolicyName="own", Path="/team/", PolicyDocument=_text())["Policy"]["Arn"]
    purge = {"purge_policies": True, "purge_inline_policies": True, "purge_users": True}
    (created,) = quick_quartets(
        [task("iam_group", name="data-science", managed_policies=["ReadOnlyAccess", "job-function/Billing"])]
    )
    # By a real playbook, because it has options of every form.
    (added,) = quartets(
        [
            task(
                "iam_group",
                name="data-science",
                managed_policies=[own],
                inline_policies={"a": document("s3:Get*"), "b": _text()},
                users=["asha.rao", "LI.WEI"],
            ),
        ]
    )
    replaced, emptied = quick_quartets(
        [
            task(
                "iam_group",
                name="DATA-science",
                path="/workforce/",
                managed_policies=[S3, READ_ONLY],
                inline_policies={"b": document("s3:List*")},
                users=["Kim", "li.wei"],
                **purge,
            ),
            task("iam_group", name="data-science", managed_policies=[], inline_policies={}, users=[], **purge),
        ]
    )
    group = created.state["groups"]["data-science"]
    assert (group["path"], group["attached_policies"]) == ("/", sorted([READ_ONLY, BILLING]))
    group = added.state["groups"]["data-science"]
    assert group["attached_policies"] == sorted([READ_ONLY, BILLING, own])
    assert group["inline_policies"] == {"a": document("s3:Get*"), "b": document("iam:ListUsers")}
    assert group["users"] == ["asha.rao", "li.wei"]
    group = replaced.state["groups"]["data-science"]
    assert group["path"] == "/workforce/"
    assert group["attached_policies"] == sorted([READ_ONLY, S3])
    assert group["inline_policies"] == {"b": document("s3:List*")}
    assert group["users"] == ["Kim", "li.wei"]
    assert group["arn"] == iam.get_group(GroupName="data-science")["Group"]["Arn"]
    group = emptied.state["groups"]["data-science"]
    assert (group["attached_policies"], group["inline_policies"], group["users"]) == ([], {}, [])
    four = [created, added, replaced, emptied]
    # Exactly the differences: one write each.
    assert [each.run["api_calls"]["write"] for each in four] == [3, 5, 1 + 3 + 2 + 2, 2 + 1 + 2]
    assert [each.run_again["api_calls"]["write"] for each in four] == [0] * 4
    assert [each.check["api_calls"]["write"] for each in four] == [0] * 4


def test_results_are_those_of_the_account(quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(users=[{"name": "asha.rao"}])
    options = {"name": "finance", "path": "/workforce/", "managed_policies": [BILLING], "users": ["asha.rao"]}
    (four,) = quick_quartets([task("iam_group", **options, inline_policies={"a": document("iam:PutGroup*")})])
    group, user = iam.get_group(GroupName="finance")["Group"], iam.get_user(UserName="asha.rao")["User"]
    assert (
        four.run["iam_group"]
        == four.run_again["iam_group"]
        == {
            "group": {
                "arn": group["Arn"],
                "create_date": group["CreateDate"].isoformat(),
                "group_id": group["GroupId"],
                "group_name": "finance",
                "path": "/workforce/",
            },
            "users": [
                {
                    "arn": user["Arn"],
                    "create_date": user["CreateDate"].isoformat(),
                    "path": "/",
                    "user_id": user["UserId"],
                    "user_name": "asha.rao",
                }
            ],
            "attached_policies": [{"policy_arn": BILLING, "policy_name": "Billing"}],
            "inline_policies": {"a": document("iam:PutGroup*")},
        }
    )
    # Check mode knows all but what only IAM gives.
    predicted = four.check["iam_group"]
    assert predicted["group"] == {"group_name": "finance", "path": "/workforce/"}
    assert {**predicted, "group": {}} == {**four.run["iam_group"], "group": {}}
    assert four.run["diff"] == {
        "before": {},
        "after": {
            "group_name": "finance",
            "path": "/workforce/",
            "users": ["asha.rao"],
            "attached_policies": [{"policy_arn": BILLING, "policy_name": "Billing"}],
            "inline_policies": {"a": document("iam:PutGroup*")},
        },
    }
    # Told where it is written, in check mode too, and not again.
    told = (
        "group finance, inline policy a: makes its holder an administrator: iam:PutGroupPolicy, in statement 1 "
        "(it writes any policy for a group of the holder)"
    )
    assert [told in str(each.get("warnings")) for each in (four.check, four.run, four.run_again)] == [True, True, False]


def test_deletion_with_everything_in_its_way(quick_quartets: Quartets, sandbox: Sandbox) -> None:
    group = {"name": "old", "managed_policies": [READ_ONLY, BILLING], "inline_policies": {"a": document("s3:Get*")}}
    users = [{"name": f"user-{number}", "groups": ["old"]} for number in range(3)]
    sandbox.seed(groups=[group, {"name": "kept"}], users=users)
    gone, nothing = quick_quartets([task("iam_group", name="OLD", state="absent")]), sandbox.state()
    assert list(nothing["groups"]) == ["kept"]
    assert len(nothing["users"]) == 3
    assert gone[0].run["api_calls"]["write"] == 3 + 2 + 1 + 1
    assert gone[0].run["diff"]["after"] == {}
    assert gone[0].run["diff"]["before"]["users"] == ["user-0", "user-1", "user-2"]
    assert gone[0].run_again["api_calls"]["by_operation"] == {"GetGroup": 1}
    assert "iam_group" not in gone[0].run


def test_nothing_to_do(run: Run, sandbox: Sandbox) -> None:
    stored = document(["s3:GetObject", "s3:ListBucket"])
    sandbox.seed(groups=[{"name": "data-science", "inline_policies": {"Own": stored}}])
    other_words = {
        "Statement": {"Resource": ["*"], "Action": ["s3:ListBucket", "s3:GetObject"], "Effect": "Allow"},
        "Version": "2012-10-17",
    }
    before = sandbox.state()
    same = {"name": "Data-Science", "inline_policies": {"own": other_words}, "purge_inline_policies": True}
    assert run("iam_group", same)["changed"] is False
    assert run("iam_group", {"name": "data-science"})["changed"] is False
    assert sandbox.state() == before


def test_members_beyond_a_page(run: Run, sandbox: Sandbox, iam: Any) -> None:
    names = [f"user-{number:03}" for number in range(150)]
    sandbox.seed(groups=[{"name": "large"}], users=[{"name": name, "groups": ["large"]} for name in names])
    same = run("iam_group", {"name": "large", "users": names, "purge_users": True})
    assert same["changed"] is False
    assert len(same["iam_group"]["users"]) == 150
    assert run("iam_group", {"name": "large", "state": "absent"})["changed"] is True
    assert iam.list_groups()["Groups"] == []


def _text() -> str:
    return '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}]}'
