# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_membership by real playbooks, from both sides."""

from __future__ import annotations

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, task


def test_from_the_users_side(quartets: Quartets, quick_quartets: Quartets, sandbox: Sandbox) -> None:
    groups = [{"name": name, "path": "/workforce/"} for name in ("sales", "finance", "data")]
    user = {"name": "asha.rao", "groups": ["Admins", "sales"]}
    sandbox.seed(groups=[{"name": "Admins"}, {"name": "ops"}, *groups], users=[user])
    (joined,) = quick_quartets([task("iam_membership", user="asha.rao", groups=["FINANCE", "ops"])])
    # By a real playbook, because it has most options.
    (exact_below,) = quartets(
        [task("iam_membership", user="ASHA.rao", groups=["data"], purge_groups=True, purge_path="/workforce/")]
    )
    exact, left = quick_quartets(
        [
            task("iam_membership", user="asha.rao", groups=["data", "finance"], purge_groups=True),
            task("iam_membership", user="asha.rao", groups=["data", "sales"], state="absent"),
        ]
    )
    assert joined.run["groups"] == ["Admins", "finance", "ops", "sales"]
    assert joined.run["diff"]["after"]["groups"] == joined.run["groups"]
    assert exact_below.run["groups"] == ["Admins", "data", "ops"]
    assert exact.run["groups"] == ["data", "finance"]
    assert left.run["groups"] == ["finance"]
    for four in (joined, exact_below, exact, left):
        assert four.state["users"]["asha.rao"]["groups"] == sorted(four.run["groups"])
        assert four.check["groups"] == four.run["groups"] == four.run_again["groups"]
    assert [four.run["api_calls"]["write"] for four in (joined, exact_below, exact, left)] == [2, 3, 3, 1]


def test_from_the_groups_side(quick_quartets: Quartets, sandbox: Sandbox) -> None:
    people = [{"name": name, "path": "/people/"} for name in ("asha.rao", "li.wei", "Kim")]
    sandbox.seed(groups=[{"name": "sales"}], users=[*people, {"name": "robot", "groups": ["sales"]}])
    joined, exact_below, left, exact = quick_quartets(
        [
            task("iam_membership", group="SALES", users=["asha.rao", "LI.wei"]),
            task("iam_membership", group="sales", users=["kim"], purge_users=True, purge_path="/people/"),
            task("iam_membership", group="sales", users=["kim", "asha.rao"], state="absent"),
            task("iam_membership", group="sales", users=[], purge_users=True),
        ]
    )
    assert joined.run["users"] == ["asha.rao", "li.wei", "robot"]
    assert exact_below.run["users"] == ["Kim", "robot"]
    assert left.run["users"] == ["robot"]
    assert exact.run["users"] == []
    for four in (joined, exact_below, left, exact):
        assert four.state["groups"]["sales"]["users"] == four.run["users"] == four.check["users"]


def test_movers_join_before_they_leave(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "old"}, {"name": "new"}], users=[{"name": "asha.rao", "groups": ["old"]}])
    moved = run("iam_membership", {"user": "asha.rao", "groups": ["new"], "purge_groups": True})
    assert moved["groups"] == ["new"]
    writes = [call["operation"] for call in sandbox.calls()["log"]][-2:]
    assert writes == ["AddUserToGroup", "RemoveUserFromGroup"]


def test_a_full_user_leaves_before_joining(run: Run, sandbox: Sandbox) -> None:
    sandbox.quotas(GroupsPerUserQuota=1)
    sandbox.seed(groups=[{"name": "old"}, {"name": "new"}], users=[{"name": "asha.rao", "groups": ["old"]}])
    moved = run("iam_membership", {"user": "asha.rao", "groups": ["new"], "purge_groups": True})
    assert moved["groups"] == ["new"]
    writes = [call["operation"] for call in sandbox.calls()["log"]][-2:]
    assert writes == ["RemoveUserFromGroup", "AddUserToGroup"]
