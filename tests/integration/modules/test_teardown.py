# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leavers with everything that a user can have: each step goes wrong once, in every way, and the next run finishes."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply import sender
from ansible_collections.workforce.aws.plugins.module_utils._aws import connection, pace

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Run, document

MANAGED = {"workforce:managed": "onboard"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
WHOLE = {
    "path": "/staff/",
    "tags": {**MANAGED, "Site": "Pune"},
    "permissions_boundary": READ_ONLY,
    "groups": ["sales", "theirs"],
    "managed_policies": [READ_ONLY],
    "inline_policies": {"own": document("s3:*"), "more": document("ec2:*")},
    "password": "Secret-1-secret",
}
CHART = {
    "departments": [{"name": "sales"}],
    "employees": [
        {"name": "asha", "departments": [], "state": "absent"},
        {"name": "eve", "departments": [], "state": "absent"},
        {"name": "kim", "departments": [], "state": "suspended"},
        {"name": "new.one", "departments": ["sales"]},
    ],
}
TEARDOWN = [
    "DeleteLoginProfile", "DeleteAccessKey", "DeleteSigningCertificate", "DeleteSSHPublicKey",
    "DeleteServiceSpecificCredential", "DeactivateMFADevice", "DeleteVirtualMFADevice", "DeleteUserPolicy",
    "DetachUserPolicy", "RemoveUserFromGroup", "DeleteUser",
]  # fmt: skip
REFUSALS = ["AccessDenied", "DeleteConflict", "LimitExceeded", "ServiceFailure"]
PASSING: list[dict[str, Any]] = [
    {"code": "Throttling"},
    {"mode": "lose_connection_before"},
    {"mode": "lose_connection_after"},
    {"mode": "malformed"},
]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Botocore's pauses and our own are not waited for."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(pace, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(pace, "SILENCE", 0.2)


@pytest.fixture
def empty(sandbox: Sandbox, iam: Any) -> dict[str, Any]:
    """Two who are to be removed and one who is to be suspended, all with everything; gives the state without people."""
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}, {"name": "theirs"}])
    state: dict[str, Any] = sandbox.state()
    for name in ("asha", "eve", "kim"):
        sandbox.seed(users=[{"name": name, **WHOLE}])
        give_credentials(iam, name)
    sandbox.clear_calls()
    return state


def finished(sandbox: Sandbox, empty: dict[str, Any]) -> None:
    """Nothing of those who were removed is left anywhere; the others are as asked."""
    state = sandbox.state()
    kim, joiner = state["users"].pop("kim"), state["users"].pop("new.one")
    assert "workforce-suspended" in kim["inline_policies"]
    assert set(kim["access_keys"].values()) == {"Inactive"}
    assert joiner["groups"] == ["sales"]
    # What is kim's: everything stays but the password and the keys' status.
    (serial,) = kim["mfa_devices"]
    assert list(state["virtual_mfa_devices"]) == [serial]
    state["virtual_mfa_devices"] = {}
    for name, group in state["groups"].items():
        assert group["users"] == (["kim", "new.one"] if name == "sales" else ["kim"])
        group["users"] = []
    assert state == empty


def test_without_a_fault(run: Run, sandbox: Sandbox, empty: dict[str, Any]) -> None:
    done = run("iam_workforce", CHART)
    assert {one["name"]: one["how"] for one in done["leavers"]} == {
        "asha": "removed",
        "eve": "removed",
        "kim": "suspended",
    }
    finished(sandbox, empty)
    assert set(TEARDOWN) <= set(sandbox.calls()["by_operation"])
    assert run("iam_workforce", CHART)["changed"] is False


@pytest.mark.parametrize("code", [REFUSALS[1], *(pytest.param(one, marks=pytest.mark.long) for one in REFUSALS[2:])])
@pytest.mark.parametrize("operation", TEARDOWN)
def test_refused(run: Run, sandbox: Sandbox, empty: dict[str, Any], operation: str, code: str) -> None:
    """One of the two cannot be finished: the other is, and so are those who are suspended and who join."""
    match = {"SerialNumber": "arn:aws:iam::123456789012:mfa/asha"} if "MFA" in operation else {"UserName": "asha"}
    sandbox.fail(operation, code, status=409, match=match, count=None)
    failed = run("iam_workforce", CHART)
    assert failed["failed"] is True
    # A device that is still in use cannot be deleted either.
    more = ["DeleteVirtualMFADevice"] if operation == "DeactivateMFADevice" else []
    assert sorted({one["operation"] for one in failed["failures"]}) == sorted([operation, *more])
    assert {one["subject"] for one in failed["failures"]} == {"user asha"}
    assert f"user asha: {operation} failed with {code}" in failed["msg"]
    state = sandbox.state()["users"]
    assert set(state) == {"asha", "kim", "new.one"}
    # Whatever else went wrong, each other way in is closed.
    ways = {
        "DeleteLoginProfile": "login_profile",
        "DeleteAccessKey": "access_keys",
        "DeleteSSHPublicKey": "ssh_public_keys",
    }
    for step, way in ways.items():
        assert bool(state["asha"][way]) is (step == operation), way
    sandbox.switch(errors=[])
    again = run("iam_workforce", CHART)
    assert "failed" not in again, again["msg"]
    assert [one["name"] for one in again["leavers"]] == ["asha"]
    finished(sandbox, empty)


@pytest.mark.parametrize(
    "failure",
    [PASSING[2], *(pytest.param(one, marks=pytest.mark.long) for one in PASSING[:2])],
    ids=lambda one: one.get("mode") or one["code"],
)
@pytest.mark.parametrize("operation", TEARDOWN)
def test_passing(run: Run, sandbox: Sandbox, empty: dict[str, Any], operation: str, failure: dict[str, Any]) -> None:
    """What passes by itself is not seen: an answer that was lost is no failure, and nothing is left."""
    sandbox.fail(operation, **failure)
    done = run("iam_workforce", CHART)
    assert "failed" not in done, done["msg"]
    finished(sandbox, empty)


@pytest.mark.parametrize("operation", [TEARDOWN[1], *(pytest.param(one, marks=pytest.mark.long) for one in TEARDOWN)])
def test_a_connection_that_stays_lost(run: Run, sandbox: Sandbox, empty: dict[str, Any], operation: str) -> None:
    sandbox.fail(operation, mode="lose_connection_before", count=None)
    failed = run("iam_workforce", CHART)
    assert {one["subject"] for one in failed["failures"]} == {"user asha", "user eve"} | (
        {"user kim"} if operation == "DeleteLoginProfile" else set()
    )
    assert all("Check the network" in one["advice"] for one in failed["failures"] if one["operation"] == operation)
    assert "new.one" in sandbox.state()["users"]
    sandbox.switch(errors=[])
    assert "failed" not in run("iam_workforce", CHART)
    finished(sandbox, empty)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A write is tried again for a second instead of two minutes, and botocore tries it twice."""
    monkeypatch.setattr(sender, "Pace", partial(pace.Pace, patience=1))
    monkeypatch.setattr(connection, "TOTAL_ATTEMPTS", 2)
    # The adaptive mode would slow all writes down for seconds.
    monkeypatch.setattr(connection, "RETRY_MODE", "standard")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("operation", [TEARDOWN[1], *(pytest.param(one, marks=pytest.mark.long) for one in TEARDOWN)])
def test_throttled_for_longer_than_anybody_waits(
    run: Run, sandbox: Sandbox, empty: dict[str, Any], operation: str
) -> None:
    throttled_at_every_try(run, sandbox, operation)
    finished(sandbox, empty)


@pytest.mark.long
def test_throttled_for_longer_than_the_module_waits(run: Run, sandbox: Sandbox, empty: dict[str, Any]) -> None:
    """With all its patience, and without a second try by hand: two minutes."""
    throttled_at_every_try(run, sandbox, "DetachUserPolicy")
    finished(sandbox, empty)


def throttled_at_every_try(run: Run, sandbox: Sandbox, operation: str) -> None:
    """One who is to be removed is throttled at this step: the others are done, it is said, the next run finishes."""
    match = {"SerialNumber": "arn:aws:iam::123456789012:mfa/asha"} if "MFA" in operation else {"UserName": "asha"}
    sandbox.fail(operation, "Throttling", status=400, match=match, count=None)
    failed = run("iam_workforce", CHART)
    assert f"user asha: {operation} failed with Throttling" in failed["msg"]
    assert {one["subject"] for one in failed["failures"]} == {"user asha"}
    told = next(one["advice"] for one in failed["failures"] if one["operation"] == operation)
    assert "run again" in told.lower(), told
    state = sandbox.state()["users"]
    assert set(state) == {"asha", "kim", "new.one"}
    assert "workforce-suspended" in state["kim"]["inline_policies"]
    sandbox.switch(errors=[])
    again = run("iam_workforce", CHART)
    assert "failed" not in again, again["msg"]


def test_offboard_and_readmit_give_the_account_back(run: Run, sandbox: Sandbox, empty: dict[str, Any]) -> None:
    before = sandbox.state()
    chart = {**CHART, "employees": [{"name": name, "departments": ["sales"]} for name in ("asha", "eve", "kim")]}
    assert "failed" not in run("iam_offboard", {"who": ["asha", "eve"]})
    held = run("iam_workforce", chart)
    assert (held["changed"], [one["name"] for one in held["held"]]) == (False, ["asha", "eve"])
    back = run("iam_workforce", {**chart, "readmit": ["asha"]})
    assert [one["name"] for one in back["held"]] == ["eve"]
    back = run("iam_workforce", {**chart, "readmit": ["eve"], "readmit_keys": True})
    assert back["returned"] == [{"name": "eve", "inactive_access_keys": []}]
    assert run("iam_workforce", chart)["changed"] is False
    state = sandbox.state()
    for name in ("asha", "eve"):
        assert state["users"][name].pop("login_profile") is None
        before["users"][name].pop("login_profile")
    assert set(state["users"]["asha"].pop("access_keys").values()) == {"Inactive"}
    assert set(before["users"]["asha"].pop("access_keys").values()) == {"Active"}
    assert state == before
