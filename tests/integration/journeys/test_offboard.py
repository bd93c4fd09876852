# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workforce.aws.offboard from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import document
from tests.support.playbooks import PlaybookResult
from tests.support.role import allowed_operations, operations_seen, policies_of, settings_of

Playbook = Callable[..., PlaybookResult]
# As the collection writes it: the sessions of such a role have the names of their people, so that they can be ended.
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {
                    "aws:PrincipalTag/workforce:role.deployer": "yes",
                    "sts:RoleSessionName": "${aws:username}",
                }
            },
        }
    ],
}
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
OFFBOARD = "workforce.aws.offboard"
ONBOARD = "workforce.aws.onboard"
CUT = {"tags": {"workforce:managed": "onboard"}, "password": "abcABC123!x"}


def test_with_everything_else_broken_and_many_hosts(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    """What no template can make sense of is not looked at, nor is a mail server; an account is touched once.

    Full quotas and somebody else's typo are in nobody's way either.
    """
    sandbox.seed(users=[{"name": "asha.rao", **CUT}, {"name": "li.wei", **CUT}])
    sandbox.quotas(UsersQuota=2, AttachedPoliciesPerUserQuota=0, GroupsPerUserQuota=0)
    broken = {
        "employees": "{{ nothing | from_yaml }}",
        "departments": "{{ 1 / 0 }}",
        "onboard_employees": 7,
        "onboard_employees_from": ["not/there.csv"],
        "onboard_credentials": {"mail": {"host": "127.0.0.1", "port": 9, "sender": "it@example.com"}},
    }
    hosts: dict[str, Any] = {"web1": {}, "web2": {}}
    inventory = {"all": {"vars": {**broken, "ansible_connection": "ssh", "ansible_become": True}, "hosts": hosts}}
    done = playbook(
        OFFBOARD, inventory=inventory, arguments=["-e", "who=asha.rao,li.wie", "-e", "onboard_record=changes.jsonl"]
    )
    assert done.rc == 2
    assert done.result("Fail because not everything was done", host="web1")["msg"] == (
        "Not everything was done: 1 FAILED (the page above tells all of it)"
    )
    summary = "\n".join(done.page("Show what was cut", host="web1"))
    assert "Did you mean li.wei?" in summary
    assert "asha.rao was cut off at " in summary
    assert "ansible-playbook workforce.aws.onboard -e onboard_readmit=asha.rao" in summary
    assert (done.changed("web1"), done.changed("web2")) == (1, 0)
    assert (tmp_path / "changes.jsonl").read_text(encoding="utf-8").count('"done"') == 3
    state = sandbox.state()
    assert state["users"]["asha.rao"]["tags"]["workforce:suspended"].endswith("Z person")
    assert state["users"]["li.wei"]["login_profile"] is not None


def test_several_accounts(playbook: Playbook, sandbox: Sandbox) -> None:
    """It cuts in all of them, and says where they were and where not; that is no failure."""
    numbers = {"shop": "123456789012", "build": "222222222222", "training": "333333333333"}
    sandbox.seed(users=[{"name": "asha.rao", **CUT}])
    sandbox.seed(account_id=numbers["build"], users=[{"name": "asha.rao", **CUT}, {"name": "li.wei", **CUT}])
    hosts = {
        name: {
            "onboard_account": name,
            "onboard_account_id": number,
            "onboard_connection": settings_of(sandbox, number),
        }
        for name, number in numbers.items()
    }
    done = playbook(OFFBOARD, inventory={"all": {"hosts": hosts}}, arguments=["-e", "who=asha.rao,li.wei"]).succeeded()
    assert done.page("Show where they were, and where not", "training") == [
        "All accounts:",
        "  asha.rao was cut off in shop (123456789012), build (222222222222)",
        "  asha.rao is not in training (333333333333)",
        "  li.wei was cut off in build (222222222222)",
        "  li.wei is not in shop (123456789012), training (333333333333)",
    ]
    assert all(user["login_profile"] is None for user in sandbox.state(numbers["build"])["users"].values())


def test_a_typo_is_named_and_fails(playbook: Playbook, sandbox: Sandbox) -> None:
    sandbox.seed(users=[{"name": "asha.rao", **CUT}])
    failed = playbook(OFFBOARD, arguments=["-e", "who=asha.roa"])
    assert failed.rc == 2
    assert "Did you mean asha.rao?" in failed.page("Show what was cut")[-1]


def test_without_who_and_without_a_connection(playbook: Playbook, sandbox: Sandbox) -> None:
    for arguments in ([], ["-e", "who="], ["-e", "who=' , '"]):
        failed = playbook(OFFBOARD, arguments=arguments)
        assert failed.rc == 2
        message = failed.result("Fail because not everything was done")["msg"]
        assert message.startswith("who: names nobody, so nothing is done")
        assert "-e who=asha.rao" in message
    failed = playbook(OFFBOARD, arguments=["-e", "who=asha.rao", "-e", "onboard_connection=profile=a-secret"]).failed()
    assert failed.result("Check how the account is reached")["msg"] == (
        "onboard_connection is no dictionary: write it as {profile: people-admin}, or leave it out."
    )
    assert "a-secret" not in failed.text()
    assert sandbox.calls()["total"] == 0


def test_policy_is_what_it_does(playbook: Playbook, sandbox: Sandbox, iam: Any) -> None:
    """By name, by key and by id, with policies of every kind, and denies that do not fit: nothing more is asked."""
    tags = {"workforce:employee-id": "1042"}
    inline = {"own": document("s3:*")}
    sales = {"name": "sales", "managed_policies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "inline_policies": inline}
    sandbox.seed(
        groups=[sales],
        users=[
            {"name": "asha.rao", **CUT, "inline_policies": inline, "groups": ["sales"]},
            {"name": "li.wei", "tags": tags, "managed_policies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]},
            {"name": "robot"},
        ],
        roles=[{"name": "deployer", "path": "/workforce/", "trust": TRUST, "tags": {"workforce:managed": "onboard"}}],
    )
    key = iam.create_access_key(UserName="robot")["AccessKey"]["AccessKeyId"]
    sandbox.quotas(UserPolicySizeQuota=60, AttachedPoliciesPerUserQuota=1)
    sandbox.clear_calls()
    sandbox.switch(policies=policies_of("offboard"))
    done = playbook(OFFBOARD, extra_vars={"who": f"asha.rao, 1042:li.wei\n{key},1042"}).failed()
    sandbox.switch(policies=None)
    assert "FAILED user 1042: 1042 is the employee id of li.wei" in "\n".join(done.page("Show what was cut"))
    users = sandbox.state()["users"]
    assert [users[name]["permissions_boundary"] for name in ("asha.rao", "li.wei")] == [None, DENY_ALL]
    assert operations_seen(sandbox) == allowed_operations("offboard")
    ours = [call["user_agent"] for call in sandbox.calls(log=1000)["log"]]
    run_id = done.result("Cut them off")["run_id"]
    assert all(f" run/{run_id}" in agent for agent in ours)
    # Who lost the mark, or never had it, is denied by AWS's own policy: the holder may write no policy on them. The
    # one place of li.wei is taken.
    for name in ("asha.rao", "robot"):
        attached = iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]
        assert [policy["PolicyName"] for policy in attached] == ["AWSDenyAll"]


def test_the_morning_after(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    """Whoever was cut off by a person stays out, though still in the list, until a person lets them in again."""
    chart = {
        "departments": [{"name": "sales", "managed_policies": ["ReadOnlyAccess"]}],
        "employees": [{"name": name, "departments": ["sales"]} for name in ("asha.rao", "li.wei")],
    }
    playbook(ONBOARD, extra_vars=chart, arguments=["-e", "onboard_record=changes.jsonl"]).succeeded()
    # One group with its policy, two people, two memberships.
    assert (tmp_path / "changes.jsonl").read_text(encoding="utf-8").count('"done"') == 6
    before = sandbox.state()
    playbook(OFFBOARD, arguments=["-e", "who=asha.rao"]).succeeded()
    cut = sandbox.state()
    sandbox.clear_calls()
    daily = playbook(ONBOARD, extra_vars=chart).succeeded()
    assert sandbox.calls()["by_kind"]["write"] == 0
    assert "asha.rao" in "\n".join(daily.page("workforce.aws.onboard : Show the summary"))
    # So each later morning begins as this one did.
    assert sandbox.state() == cut
    playbook(ONBOARD, extra_vars=chart, arguments=["-e", "onboard_readmit=asha.rao"]).succeeded()
    assert sandbox.state() == before
