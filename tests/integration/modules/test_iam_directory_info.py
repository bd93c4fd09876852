# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_directory_info by real playbooks, beside what was put into the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._directory import bulk

from tests.sandbox.client import Sandbox
from tests.support.modules import Run, document, task
from tests.support.playbooks import PlaybookResult

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def _fill(sandbox: Sandbox) -> None:
    group = {"name": "data-science", "path": "/workforce/", "managed_policies": [READ_ONLY]}
    sandbox.seed(
        groups=[{**group, "inline_policies": {"own": document("s3:*")}}, {"name": "Admins"}],
        users=[
            {"name": "asha.rao", "groups": ["data-science", "Admins"], "tags": {"Team": "data"}},
            {"name": "li.wei", "path": "/workforce/", "permissions_boundary": READ_ONLY},
        ],
    )


def test_whole_and_parts(playbook: Callable[..., PlaybookResult], sandbox: Sandbox, iam: Any) -> None:
    _fill(sandbox)
    names = {"users": ["ASHA.RAO", "nobody"], "groups": ["data-science", "nothing"]}
    before = sandbox.state()
    run = playbook(
        [
            {**task("iam_directory_info"), "name": "whole", "check_mode": True},
            {**task("iam_directory_info", path_prefix="/workforce/"), "name": "path"},
            {**task("iam_directory_info", **names), "name": "names"},
        ]
    ).succeeded()
    whole, path, named = (run.result(name) for name in ("whole", "path", "names"))
    assert sandbox.state() == before
    user, group = iam.get_user(UserName="asha.rao")["User"], iam.get_group(GroupName="data-science")["Group"]
    asha = {
        "arn": user["Arn"],
        "create_date": user["CreateDate"].isoformat(),
        "user_id": user["UserId"],
        "user_name": "asha.rao",
        "path": "/",
        "tags": {"Team": "data"},
        "groups": ["Admins", "data-science"],
        "attached_policies": [],
        "inline_policies": {},
    }
    science = {
        "arn": group["Arn"],
        "create_date": group["CreateDate"].isoformat(),
        "group_id": group["GroupId"],
        "group_name": "data-science",
        "path": "/workforce/",
        "users": ["asha.rao"],
        "attached_policies": [{"policy_arn": READ_ONLY, "policy_name": "ReadOnlyAccess"}],
        "inline_policies": {"own": document("s3:*")},
    }
    assert [user["user_name"] for user in whole["users"]] == ["asha.rao", "li.wei"]
    assert [group["group_name"] for group in whole["groups"]] == ["Admins", "data-science"]
    assert whole["users"][0] == asha
    assert whole["users"][1]["permissions_boundary"]["permissions_boundary_arn"] == READ_ONLY
    assert whole["groups"][1] == science
    assert (whole["consistent"], whole["counts"]) == (True, {"users": 2, "groups": 2})
    assert whole["api_calls"]["by_operation"] == {"GetAccountAuthorizationDetails": 1, "GetAccountSummary": 1}
    assert [user["user_name"] for user in path["users"]] == ["li.wei"]
    assert path["groups"] == [science]
    # By name the same is found, whatever was asked of IAM for it.
    assert (named["users"], named["groups"]) == ([asha], [science])
    assert named["counts"] == {"users": 1, "groups": 1}
    assert [result["changed"] for result in (whole, path, named)] == [False] * 3


def test_many_names_are_read_at_once(run: Run, sandbox: Sandbox) -> None:
    names = [f"user-{number}" for number in range(50)]
    sandbox.seed(users=[{"name": name} for name in names])
    found = run("iam_directory_info", {"users": names[:20]})
    assert [user["user_name"] for user in found["users"]] == sorted(names[:20])
    assert found["api_calls"]["total"] == 2
    assert found["consistent"] is True


def test_a_directory_that_does_not_add_up(run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(bulk, "agrees", lambda _directory, _summary: False)
    monkeypatch.setattr(bulk.read_whole, "__defaults__", (None, pauses.append))
    sandbox.seed(users=[{"name": "asha.rao"}])
    found = run("iam_directory_info", {})
    assert found["consistent"] is False
    assert len(found["users"]) == 1
    assert "GetAccountSummary counted other numbers" in str(found["warnings"])
    # Read again, three times, with a pause before each.
    assert found["api_calls"]["by_operation"]["GetAccountAuthorizationDetails"] == 4
    assert len(pauses) == 3


def test_pages(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "all"}], users=[{"name": f"u-{n:04}", "groups": ["all"]} for n in range(1500)])
    found = run("iam_directory_info", {})
    assert found["counts"] == {"users": 1500, "groups": 1}
    assert len(found["groups"][0]["users"]) == 1500
    assert found["api_calls"]["by_operation"]["GetAccountAuthorizationDetails"] == 2


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"path_prefix": "workforce"}, "path_prefix: has the path workforce"),
        ({"users": ["asha rao"]}, "user 'asha rao': has ' ' in the name"),
        ({"groups": [""]}, "has an empty name"),
        ({"include": ["roles"], "groups": ["a"]}, "include: adds to the whole directory"),
        ({"path_prefix": "/", "users": ["asha.rao"]}, "mutually exclusive"),
    ],
)
def test_bad_options(run: Run, sandbox: Sandbox, options: dict[str, Any], fault: str) -> None:
    refused = run("iam_directory_info", options)
    assert refused["failed"] is True
    assert fault in refused["msg"]
    assert sandbox.calls()["total"] == 0
