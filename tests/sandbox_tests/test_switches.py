# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's shell: its process, its switches, its counts and its accounts."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore import UNSIGNED
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, ConnectionClosedError
from botocore.parsers import ResponseParserError

from tests.sandbox.client import Sandbox, SandboxError
from tests.sandbox.identity import credentials_of
from tests.sandbox.shell import Shell
from tests.sandbox.wire import Answer, Call, Request

SANDBOX = Path(__file__).parent.parent / "sandbox"
ACCOUNT = "123456789012"
OTHER_ACCOUNT = "210987654321"
ONCE = Config(retries={"total_max_attempts": 1}, max_pool_connections=16)
PASSWORD = "Correct-Horse-Battery-9"


@pytest.fixture
def iam(sandbox: Sandbox) -> Any:
    """A client that does not try again, so that a test sees each answer."""
    return sandbox.boto(config=ONCE)


def code_of(call: Callable[..., Any], **parameters: Any) -> str:
    with pytest.raises(ClientError) as raised:
        call(**parameters)
    return str(raised.value.response["Error"]["Code"])


def names(iam: Any) -> list[str]:
    return [user["UserName"] for user in iam.list_users()["Users"]]


def seconds_of(call: Callable[[], Any]) -> float:
    start = time.monotonic()
    call()
    return time.monotonic() - start


# The process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(number: signal.Signals) -> None:
    with Sandbox.start() as sandbox:
        sandbox.boto().list_users()
        sandbox.process.send_signal(number)
        assert sandbox.process.wait(timeout=10) == 0
        with pytest.raises(ConnectionRefusedError):
            sandbox.calls()


def test_it_ends_with_the_process_that_started_it() -> None:
    with Sandbox.start() as sandbox:
        assert sandbox.process.stdin is not None
        sandbox.process.stdin.close()
        assert sandbox.process.wait(timeout=10) == 0


def test_it_listens_on_one_loopback_address_only(sandbox: Sandbox) -> None:
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection(("127.0.0.2", urlsplit(sandbox.endpoint_url).port or 0), timeout=5)


def test_it_prints_its_exports() -> None:
    command = [sys.executable, str(SANDBOX), "--port", "0", "--exports", "--account-id", OTHER_ACCOUNT]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _time in range(6)]
    finally:
        process.terminate()
        process.communicate()
    exports = dict(line.removeprefix("export ").split("=", 1) for line in lines[:4])
    assert set(exports) == {"AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"}
    assert exports["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert exports["AWS_ACCESS_KEY_ID"].startswith("AKIA")
    assert len(exports["AWS_SECRET_ACCESS_KEY"]) >= 40
    assert lines[4] == f"# sign-in page: {exports['AWS_ENDPOINT_URL']}/console/{OTHER_ACCOUNT}"
    assert lines[5] == f"sandbox ready on {exports['AWS_ENDPOINT_URL']}"


def test_a_taken_port_is_told(sandbox: Sandbox) -> None:
    port = str(urlsplit(sandbox.endpoint_url).port)
    ended = subprocess.run(
        [sys.executable, str(SANDBOX), "--port", port], capture_output=True, text=True, check=False, timeout=30
    )
    assert ended.returncode == 1
    assert ended.stderr == f"sandbox: port {port}: Address already in use\n"


def test_connections_are_kept_alive(sandbox: Sandbox) -> None:
    connection = http.client.HTTPConnection(urlsplit(sandbox.endpoint_url).netloc)
    connection.request("GET", "/_sandbox/calls")
    first = connection.getresponse()
    first.read()
    used = connection.sock
    connection.request("GET", "/_sandbox/switches")
    second = connection.getresponse()
    second.read()
    assert (first.version, second.status) == (11, 200)
    assert connection.sock is used
    assert used is not None
    connection.close()


# Callers and accounts


@pytest.mark.parametrize(
    ("caller", "arn"),
    [
        ("user", f"arn:aws:iam::{ACCOUNT}:user/automation"),
        ("root", f"arn:aws:iam::{ACCOUNT}:root"),
        ("role", f"arn:aws:sts::{ACCOUNT}:assumed-role/automation/sandbox"),
    ],
)
def test_the_caller_has_the_face_that_is_switched(sandbox: Sandbox, caller: str, arn: str) -> None:
    sandbox.switch(caller=caller)
    identity = sandbox.boto("sts").get_caller_identity()
    assert (identity["Arn"], identity["Account"]) == (arn, ACCOUNT)


def test_the_caller_is_in_the_account_once_it_is_created(sandbox: Sandbox, iam: Any) -> None:
    assert names(iam) == []
    assert code_of(iam.get_user) == "NoSuchEntity"
    user = iam.create_user(UserName="automation", Path="/ci/")["User"]
    identity = sandbox.boto("sts").get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (user["Arn"], user["UserId"])
    assert iam.get_user()["User"]["UserId"] == user["UserId"]


def test_an_assumed_role_opens_its_own_account(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    role_arn = f"arn:aws:iam::{OTHER_ACCOUNT}:role/onboarding"
    role = sandbox.boto("sts").assume_role(RoleArn=role_arn, RoleSessionName="morning")["Credentials"]
    session = boto3.session.Session(
        role["AccessKeyId"], role["SecretAccessKey"], role["SessionToken"], region_name="us-east-1"
    )
    there = session.client("iam", endpoint_url=sandbox.endpoint_url)
    there.create_user(UserName="bo")
    identity = session.client("sts", endpoint_url=sandbox.endpoint_url).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{OTHER_ACCOUNT}:assumed-role/onboarding/morning"
    assert (names(iam), names(there)) == (["asha"], ["bo"])
    assert names(sandbox.boto(account_id=OTHER_ACCOUNT)) == ["bo"]
    assert sandbox.state(OTHER_ACCOUNT) != sandbox.state()


def test_the_key_of_a_user_shows_that_user_until_it_is_inactive(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    key = iam.create_access_key(UserName="asha")["AccessKey"]
    session = boto3.session.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name="us-east-1")
    sts = session.client("sts", endpoint_url=sandbox.endpoint_url)
    assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/asha"
    iam.update_access_key(UserName="asha", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert code_of(sts.get_caller_identity) == "InvalidClientTokenId"


def test_credentials_that_do_not_open_anything(sandbox: Sandbox, iam: Any) -> None:
    stranger = boto3.session.Session("AKIAAAAAAAAAAAAAAAAA", "x" * 40, region_name="us-east-1")
    assert code_of(stranger.client("iam", endpoint_url=sandbox.endpoint_url).list_users) == "InvalidClientTokenId"
    right = sandbox.credentials()
    forger = boto3.session.Session(right["access_key_id"], right["secret_access_key"] + "x", region_name="us-east-1")
    assert code_of(forger.client("iam", endpoint_url=sandbox.endpoint_url).list_users) == "SignatureDoesNotMatch"
    unsigned = Config(signature_version=UNSIGNED)
    assert code_of(sandbox.boto(config=unsigned).list_users) == "MissingAuthenticationToken"
    sandbox.switch(expired_credentials=True)
    assert code_of(iam.list_users) == "ExpiredToken"
    assert code_of(sandbox.boto("sts").get_caller_identity) == "ExpiredToken"


def test_a_service_the_sandbox_does_not_have_is_refused_by_name(sandbox: Sandbox) -> None:
    with pytest.raises(ClientError, match="the sandbox knows iam and sts, not s3"):
        sandbox.boto("s3", config=ONCE).list_buckets()


# Counts


def test_calls_are_counted_and_logged_without_values(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    iam.create_login_profile(UserName="asha", Password=PASSWORD)
    assert code_of(iam.create_user, UserName="asha") == "EntityAlreadyExists"
    sandbox.boto("sts").get_caller_identity()
    calls = sandbox.calls()
    assert calls["total"] == 4
    assert calls["by_operation"] == {"CreateLoginProfile": 1, "CreateUser": 2, "GetCallerIdentity": 1}
    assert calls["by_kind"] == {"read": 1, "write": 3}
    assert calls["errors"] == {"EntityAlreadyExists": 1}
    entry = calls["log"][1]
    assert (entry["operation"], entry["subject"], entry["outcome"]) == ("CreateLoginProfile", "asha", "OK")
    assert entry["parameters"] == ["Password", "UserName"]
    assert "Boto3" in entry["user_agent"]
    assert PASSWORD not in json.dumps(calls)
    assert [each["outcome"] for each in sandbox.calls(log=2)["log"]] == ["EntityAlreadyExists", "OK"]
    sandbox.clear_calls()
    assert sandbox.calls()["total"] == 0


def test_what_botocore_tries_again_is_counted_again(sandbox: Sandbox) -> None:
    sandbox.fail("ListUsers", "Throttling", count=2)
    patient = sandbox.boto(config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    assert names(patient) == []
    assert sandbox.calls()["by_operation"] == {"ListUsers": 3}


def test_threads_that_share_a_client_lose_no_call(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="all")

    def hire(number: int) -> None:
        iam.create_user(UserName=f"user-{number}")
        iam.add_user_to_group(UserName=f"user-{number}", GroupName="all")

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(hire, range(120)))
    assert len(iam.get_group(GroupName="all", MaxItems=1000)["Users"]) == 120
    assert sandbox.calls()["by_operation"] == {
        "AddUserToGroup": 120,
        "CreateGroup": 1,
        "CreateUser": 120,
        "GetGroup": 1,
    }


def test_one_of_many_who_create_the_same_name_wins(iam: Any) -> None:
    def create(_number: int) -> str:
        try:
            iam.create_user(UserName="asha")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "created"

    with ThreadPoolExecutor(12) as pool:
        outcomes = sorted(pool.map(create, range(24)))
    assert outcomes == ["EntityAlreadyExists"] * 23 + ["created"]


def test_calls_are_answered_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell([ACCOUNT])
    inside: list[str] = []
    crowds: list[int] = []

    def slow_answer(call: Call) -> Answer:
        inside.append(call.operation)
        time.sleep(0.02)
        crowds.append(len(inside))
        inside.pop()
        return Answer(200, b"")

    monkeypatch.setattr(shell.backend, "answer", slow_answer)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: shell.answer(signed_request("ListUsers")), range(6)))
    assert crowds == [1] * 6


def signed_request(operation: str) -> Request:
    own = credentials_of(ACCOUNT)
    body = f"Action={operation}&Version=2010-05-08"
    request = AWSRequest("POST", "http://sandbox/", data=body)
    SigV4Auth(Credentials(own.access_key_id, own.secret_access_key), "iam", "us-east-1").add_auth(request)
    headers = Message()
    for name, value in {**request.headers, "Host": "sandbox"}.items():
        headers[name] = value
    return Request("POST", "/", headers, body.encode())


# Switches


def test_reset_makes_everything_new(sandbox: Sandbox, iam: Any) -> None:
    new = sandbox.state()
    fresh_switches = sandbox.switches()
    iam.create_user(UserName="asha")
    sandbox.quotas(UsersQuota=1)
    sandbox.switch(latency_ms=1, visibility_delay=1, throttle={"rate": 9, "burst": 9}, caller="root")
    sandbox.fail("ListUsers")
    sandbox.pause("DeleteUser")
    sandbox.reset()
    assert sandbox.switches() == fresh_switches
    assert sandbox.state() == new
    assert sandbox.calls()["total"] == 0
    for name in ("asha", "bo"):
        iam.create_user(UserName=name)


def test_quotas_are_set_for_all_or_one_account(sandbox: Sandbox, iam: Any) -> None:
    sandbox.quotas(UsersQuota=1)
    sandbox.quotas(OTHER_ACCOUNT, UsersQuota=2)
    for client, room in ((iam, 1), (sandbox.boto(account_id=OTHER_ACCOUNT), 2)):
        for number in range(room):
            client.create_user(UserName=f"user-{number}")
        assert code_of(client.create_user, UserName="late") == "LimitExceeded"


def test_latency_is_slept_side_by_side(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(latency_ms=500)

    def eight_calls() -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: iam.list_users(), range(8)))

    assert 0.5 <= seconds_of(eight_calls) < 8 * 0.5


def test_a_token_bucket_throttles_what_exceeds_it(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(throttle={"rate": 0.5, "burst": 3})
    for _time in range(3):
        iam.list_users()
    with pytest.raises(ClientError, match=r"Throttling.*Rate exceeded") as raised:
        iam.list_users()
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    sandbox.boto("sts").get_caller_identity()
    sandbox.boto(account_id=OTHER_ACCOUNT, config=ONCE).list_users()
    time.sleep(2)
    iam.list_users()
    sandbox.switch(throttle=None)
    for _time in range(5):
        iam.list_users()


def test_errors_are_for_the_calls_that_match(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="g")
    sandbox.fail("CreateUser", "ConcurrentModification", count=2, skip=1, match={"UserName": "bo"})
    iam.create_user(UserName="asha")
    iam.create_user(UserName="bo")
    iam.delete_user(UserName="bo")
    for _time in range(2):
        with pytest.raises(ClientError) as raised:
            iam.create_user(UserName="bo")
        assert raised.value.response["Error"]["Code"] == "ConcurrentModification"
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    iam.create_user(UserName="bo")
    assert names(iam) == ["asha", "bo"]


def test_an_error_may_stay_and_have_its_own_words(sandbox: Sandbox, iam: Any) -> None:
    sandbox.fail("*", "Oddity", status=418, message="a < b & c", count=None)
    for call in (iam.list_users, iam.list_groups, iam.list_users):
        with pytest.raises(ClientError, match="a < b & c") as raised:
            call()
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 418
    sandbox.switch(errors=[])
    iam.list_users()


def test_access_denied_names_the_action_as_aws_does(sandbox: Sandbox, iam: Any) -> None:
    sandbox.fail("TagUser", "AccessDenied")
    with pytest.raises(ClientError, match=r"user/automation is not authorized to perform: iam:TagUser") as raised:
        iam.tag_user(UserName="asha", Tags=[{"Key": "k", "Value": "v"}])
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize(
    ("mode", "error", "applied"),
    [
        ("lose_connection_before", ConnectionClosedError, False),
        ("lose_connection_after", ConnectionClosedError, True),
        ("malformed", ResponseParserError, True),
    ],
)
def test_an_answer_may_be_lost(sandbox: Sandbox, iam: Any, mode: str, error: type[Exception], applied: bool) -> None:
    sandbox.fail("CreateUser", mode=mode)
    with pytest.raises(error):
        iam.create_user(UserName="asha")
    assert names(iam) == (["asha"] if applied else [])
    assert sandbox.calls()["by_operation"]["CreateUser"] == 1


def test_a_lost_answer_meets_its_own_success_when_tried_again(sandbox: Sandbox) -> None:
    sandbox.fail("CreateUser", mode="lose_connection_after")
    patient = sandbox.boto(config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    assert code_of(patient.create_user, UserName="asha") == "EntityAlreadyExists"


# Visibility


def test_what_was_just_created_is_not_seen_for_a_while(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="old")
    sandbox.switch(visibility_delay=60)
    iam.create_user(UserName="Asha")
    iam.create_group(GroupName="new")
    assert code_of(iam.get_user, UserName="ASHA") == "NoSuchEntity"
    assert code_of(iam.add_user_to_group, UserName="asha", GroupName="old") == "NoSuchEntity"
    assert code_of(iam.get_group, GroupName="new") == "NoSuchEntity"
    assert code_of(iam.create_user, UserName="asha") == "EntityAlreadyExists"
    assert names(iam) == []
    details = iam.get_account_authorization_details()
    assert details["UserDetailList"] == []
    assert [group["GroupName"] for group in details["GroupDetailList"]] == ["old"]
    sandbox.switch(visibility_delay=0)
    iam.add_user_to_group(UserName="asha", GroupName="new")
    assert names(iam) == ["Asha"]
    assert [group["GroupName"] for group in iam.list_groups()["Groups"]] == ["new", "old"]


def test_what_was_created_comes_to_sight_by_itself(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(visibility_delay=1)
    start = time.monotonic()
    iam.create_user(UserName="asha")
    waiter = iam.get_waiter("user_exists")
    waiter.wait(UserName="asha", WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})
    assert time.monotonic() - start >= 1
    assert names(iam) == ["asha"]


def test_policies_and_login_profiles_are_not_seen_either(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    sandbox.switch(visibility_delay=60)
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    arn = iam.create_policy(PolicyName="p", PolicyDocument=document)["Policy"]["Arn"]
    iam.create_login_profile(UserName="asha", Password=PASSWORD)
    assert code_of(iam.attach_user_policy, UserName="asha", PolicyArn=arn) == "NoSuchEntity"
    assert iam.list_policies(Scope="Local")["Policies"] == []
    assert code_of(iam.get_login_profile, UserName="asha") == "NoSuchEntity"
    assert code_of(iam.create_login_profile, UserName="asha", Password=PASSWORD) == "EntityAlreadyExists"
    assert code_of(iam.create_policy, PolicyName="p", PolicyDocument=document) == "EntityAlreadyExists"
    iam.get_user(UserName="asha")
    sandbox.switch(visibility_delay=0)
    iam.attach_user_policy(UserName="asha", PolicyArn=arn)
    iam.get_login_profile(UserName="asha")
    assert [policy["Arn"] for policy in iam.list_policies(Scope="Local")["Policies"]] == [arn]


# Pause


@pytest.mark.parametrize(("when", "meanwhile"), [("before", []), ("after", ["asha"])])
def test_a_call_is_held_until_it_is_resumed(sandbox: Sandbox, iam: Any, when: str, meanwhile: list[str]) -> None:
    sandbox.pause("CreateUser", when=when, match={"UserName": "asha"})
    with ThreadPoolExecutor(1) as pool:
        held: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        found = sandbox.wait_paused(10)
        assert found["calls"] == [{"operation": "CreateUser", "subject": "asha", "when": when}]
        assert names(iam) == meanwhile
        assert not held.done()
        assert sandbox.resume() == 1
        assert held.result(10)["User"]["UserName"] == "asha"
    assert names(iam) == ["asha"]


def test_a_held_call_may_be_dropped(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("CreateUser")
    with ThreadPoolExecutor(1) as pool:
        held: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        sandbox.wait_paused(10)
        sandbox.resume(drop=True)
        assert isinstance(held.exception(10), ConnectionClosedError)
    assert names(iam) == []


@pytest.mark.parametrize(
    "switches",
    [
        {"pause": {"operation": "CreateUser", "when": "before"}},
        {"pause": {"operation": "CreateUser", "when": "after"}},
        {"latency_ms": 2000},
    ],
)
def test_a_reset_drops_what_is_on_its_way(sandbox: Sandbox, iam: Any, switches: dict[str, Any]) -> None:
    sandbox.switch(**switches)
    with ThreadPoolExecutor(1) as pool:
        late: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        if "pause" in switches:
            sandbox.wait_paused(10)
        else:
            time.sleep(1)
        sandbox.reset()
        assert isinstance(late.exception(10), ConnectionClosedError)
    assert sandbox.calls()["total"] == 0
    assert names(iam) == []


def test_only_one_call_is_held(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("ListUsers")
    held = threading.Thread(target=iam.list_users)
    held.start()
    sandbox.wait_paused(10)
    assert seconds_of(iam.list_users) < 10
    sandbox.resume()
    held.join(10)
    assert not held.is_alive()
    with pytest.raises(SandboxError, match="no call was held"):
        sandbox.wait_paused(0.1)


def test_the_call_that_waits_longest_goes_first(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("CreateUser", skip=1)
    iam.create_user(UserName="passes")
    with ThreadPoolExecutor(2) as pool:
        first: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        sandbox.wait_paused(10)
        sandbox.pause("CreateUser")
        second: Future[Any] = pool.submit(iam.create_user, UserName="li")
        assert [call["subject"] for call in sandbox.wait_paused(10, count=2)["calls"]] == ["asha", "li"]
        assert sandbox.resume(count=1) == 1
        first.result(10)
        assert names(iam) == ["asha", "passes"]
        assert not second.done()
        assert sandbox.resume() == 1
        second.result(10)


# The control interface


@pytest.mark.parametrize(
    ("switches", "message"),
    [
        ({"latency": 1}, "there is no switch latency"),
        ({"latency_ms": -1}, "-1 is not a duration"),
        ({"caller": "nobody"}, "caller 'nobody' is none of user, root, role"),
        ({"throttle": {"rate": 0}}, "a rate above 0"),
        ({"pause": {"operation": "ListUsers", "when": "never"}}, "neither before nor after"),
        ({"errors": [{"operation": "ListUsers", "code": "X", "mode": "y"}]}, "mode 'y' is none of"),
        ({"errors": [{"operation": "ListUsers", "times": 1}]}, "ErrorRule has no times"),
        ({"errors": [{}]}, "operation"),
    ],
)
def test_a_wrong_switch_is_refused_and_changes_nothing(
    sandbox: Sandbox, switches: dict[str, Any], message: str
) -> None:
    before = sandbox.switches()
    with pytest.raises(SandboxError, match=message):
        sandbox.switch(visibility_delay=5, **switches)
    assert sandbox.switches() == before


def test_an_unknown_quota_or_address_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="NoSuchQuota"):
        sandbox.quotas(NoSuchQuota=1)
    with pytest.raises(SandboxError, match="not an account id"):
        sandbox.credentials("12")
    connection = http.client.HTTPConnection(urlsplit(sandbox.endpoint_url).netloc)
    connection.request("GET", "/_sandbox/nothing")
    response = connection.getresponse()
    assert (response.status, "there is no GET nothing" in response.read().decode()) == (404, True)
    connection.request("POST", "/_sandbox/switches", body="{")
    assert connection.getresponse().status == 400
    connection.close()


def test_a_seed_fills_the_account_without_calls(sandbox: Sandbox, iam: Any) -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    own_policy = f"arn:aws:iam::{ACCOUNT}:policy/p"
    aws_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    made = sandbox.seed(
        policies=[{"name": "p", "document": document}],
        groups=[
            {"name": "g", "path": "/x/", "managed_policies": [aws_policy], "inline_policies": {"i": document}},
            {"name": "h"},
        ],
        users=[
            {
                "name": "asha",
                "path": "/y/",
                "tags": {"k": "v"},
                "groups": ["g", "h"],
                "managed_policies": [own_policy],
                "inline_policies": {"j": document},
                "permissions_boundary": own_policy,
                "password": PASSWORD,
                "password_reset_required": True,
            },
            {"name": "bo"},
        ],
    )
    assert made == {"policies": 1, "groups": 2, "users": 2}
    assert sandbox.calls()["total"] == 0
    assert iam.get_group(GroupName="g")["Group"]["Path"] == "/x/"
    assert iam.list_attached_group_policies(GroupName="g")["AttachedPolicies"][0]["PolicyArn"] == aws_policy
    assert iam.get_group_policy(GroupName="g", PolicyName="i")["PolicyDocument"] == document
    user = iam.get_user(UserName="asha")["User"]
    assert (user["Path"], user["Tags"]) == ("/y/", [{"Key": "k", "Value": "v"}])
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == own_policy
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="asha")["Groups"]] == ["g", "h"]
    assert iam.list_attached_user_policies(UserName="asha")["AttachedPolicies"][0]["PolicyArn"] == own_policy
    assert iam.get_user_policy(UserName="asha", PolicyName="j")["PolicyDocument"] == document
    assert iam.get_login_profile(UserName="asha")["LoginProfile"]["PasswordResetRequired"] is True
    assert names(iam) == ["asha", "bo"]


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        ({"people": []}, "people in the seed"),
        ({"users": [{"name": "asha", "team": "x"}]}, "team in users: asha"),
        ({"users": [{"name": "asha", "groups": ["none"]}]}, "NoSuchEntity|none cannot be found"),
    ],
)
def test_a_wrong_seed_is_refused(sandbox: Sandbox, seed: dict[str, Any], message: str) -> None:
    with pytest.raises(SandboxError, match=message):
        sandbox.seed(**seed)


def test_a_full_account_is_seeded_and_read_in_seconds(sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(
        groups=[{"name": f"g-{number}"} for number in range(300)],
        users=[
            {"name": f"u-{number}", "groups": [f"g-{(number + step) % 300}" for step in range(3)]}
            for number in range(5000)
        ],
    )
    paginator = iam.get_paginator("get_account_authorization_details")
    start = time.monotonic()
    pages = list(paginator.paginate(Filter=["User", "Group"], PaginationConfig={"PageSize": 1000}))
    assert time.monotonic() - start < 20
    assert len(pages) == 6
    assert sum(len(user["GroupList"]) for page in pages for user in page["UserDetailList"]) == 15000
