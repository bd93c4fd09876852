# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real botocore clients against the sandbox, and against endpoints where nobody answers."""

from __future__ import annotations

import re
import socket
import time
import types
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws import assumed_role, pace
from ansible_collections.workforce.aws.plugins.module_utils._aws import connection as connection_module
from ansible_collections.workforce.aws.plugins.module_utils._aws.assumed_role import AssumedRole
from ansible_collections.workforce.aws.plugins.module_utils._aws.connection import (
    Calls,
    Connection,
    connect,
    refuse_other_account,
)
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import Faults, ReadError
from ansible_collections.workforce.aws.plugins.module_utils._aws.progress import FILE, Progress, read_progress
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._core.version import VERSION
from botocore.config import Config

from tests.sandbox.client import Sandbox
from tests.support.iam_double import IamDouble, aws_error

ROLE = "arn:aws:iam::210987654321:role/onboarding"


class Module:
    """The part of amazon.aws's AnsibleAWSModule that a connection is made with."""

    def __init__(self, url: str, keys: dict[str, str], region: str | None = None, **params: str) -> None:
        self.params = params
        self.region = region
        self._module = types.SimpleNamespace(_tmpdir=None)
        self._url = url
        self._keys = keys

    def client(self, service: str, region: str, config: Config, **keys: str) -> Any:
        session = boto3.session.Session()
        given: dict[str, Any] = {**self._keys, **keys}
        return session.client(service, region_name=region, endpoint_url=self._url, config=config, **given)  # type: ignore[call-overload]  # any service's name


def connected(module: Module) -> Connection:
    return connect(module)  # type: ignore[arg-type]  # a double


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.reset()
    return running


def module_for(sandbox: Sandbox, **params: str) -> Module:
    found = sandbox.credentials()
    keys = {"aws_access_key_id": found["access_key_id"], "aws_secret_access_key": found["secret_access_key"]}
    return Module(sandbox.endpoint_url, keys, **params)


def test_the_account_its_alias_and_the_caller_are_read(sandbox: Sandbox) -> None:
    connection = connected(module_for(sandbox))
    connection.iam.create_account_alias(AccountAlias="practice")
    account = connection.read_account()
    assert (account.account_id, account.alias, account.partition) == ("123456789012", "practice", "aws")
    assert account.caller_arn == "arn:aws:iam::123456789012:user/automation"
    assert connection.partition == "aws"


def test_every_request_is_counted_as_the_account_sees_it(sandbox: Sandbox) -> None:
    connection = connected(module_for(sandbox))
    connection.read_account()
    sandbox.fail("CreateUser", "Throttling", status=400)
    connection.iam.create_user(UserName="a")
    assert connection.calls.report() == {
        "total": 4,
        "read": 2,
        "write": 2,
        "by_operation": {"CreateUser": 2, "GetCallerIdentity": 1, "ListAccountAliases": 1},
    }
    assert sandbox.calls()["total"] == 4


def test_the_answers_are_told_and_what_is_not_answered_is_none(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).touch()
    monkeypatch.setattr(connection_module, "SILENT_FAILURES", 1)
    module = module_for(sandbox)
    module._module._tmpdir = str(tmp_path)
    connected(module).read_account()
    assert read_progress(tmp_path / FILE) == (2, None)
    module._url = "http://127.0.0.1:9"
    with pytest.raises(ReadError):
        connected(module).read_account()
    assert read_progress(tmp_path / FILE) == (0, None)


def test_an_account_without_an_alias_has_none(sandbox: Sandbox) -> None:
    assert connected(module_for(sandbox)).read_account().alias is None


def test_an_alias_that_may_not_be_read_is_done_without(sandbox: Sandbox) -> None:
    sandbox.fail("ListAccountAliases", "AccessDenied", status=403)
    assert connected(module_for(sandbox)).read_account().alias is None


def test_an_alias_that_cannot_be_read_is_an_error() -> None:
    sts = IamDouble(GetCallerIdentity={"Account": "1", "Arn": "arn:aws:iam::1:user/a"})
    with pytest.raises(ReadError, match="ListAccountAliases failed with ExpiredToken"):
        Connection(
            IamDouble(ListAccountAliases=aws_error("ExpiredToken")), lambda: sts, Calls(Progress(None))
        ).read_account()


def test_a_role_is_assumed_once_and_both_clients_use_it(sandbox: Sandbox) -> None:
    sandbox.credentials("210987654321")
    connection = connected(module_for(sandbox, assume_role_arn=ROLE, external_id="xyz", role_session_name="morning"))
    account = connection.read_account()
    assert account.account_id == "210987654321"
    assert account.caller_arn == "arn:aws:sts::210987654321:assumed-role/onboarding/morning"
    connection.iam.create_user(UserName="there")
    assert connection.calls.report()["by_operation"]["AssumeRole"] == 1
    assert sandbox.boto().list_users()["Users"] == []


def test_what_is_asked_of_assume_role(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {"AccessKeyId": "AKIA", "SecretAccessKey": "s", "SessionToken": "t"}
    end = datetime.now(UTC) + timedelta(hours=1)
    made: list[tuple[str, dict[str, str | None]]] = []
    sts = IamDouble(AssumeRole={"Credentials": {**keys, "Expiration": end}})

    def client(module: Module, service: str, calls: Calls, run_id: str, role: AssumedRole | None = None) -> IamDouble:
        made.append((service, {} if role is None else role.options()))
        return sts

    monkeypatch.setattr(connection_module, "_client", client)
    connected(Module("", {}, assume_role_arn=ROLE))
    assert sts.calls == [("assume_role", {"RoleArn": ROLE, "RoleSessionName": "workforce.aws"})]
    options = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "s", "aws_session_token": "t"}
    assert made == [("sts", {}), ("iam", options)]
    connected(Module("", {}, assume_role_arn=ROLE, external_id="x", role_session_name="y"))
    assert sts.calls[1][1] == {"RoleArn": ROLE, "RoleSessionName": "y", "ExternalId": "x"}


def test_a_session_that_ends_is_renewed_for_both_clients(sandbox: Sandbox) -> None:
    sandbox.credentials("210987654321")
    # STS tells the end in whole seconds.
    sandbox.switch(session_seconds=2)
    connection = connected(module_for(sandbox, assume_role_arn=ROLE))
    before = connection.read_account()
    time.sleep(2)
    connection.iam.create_user(UserName="there")
    assert connection.read_account() == before
    assert list(sandbox.state("210987654321")["users"]) == ["there"]
    assert sandbox.calls()["errors"] == {}


def test_a_session_that_is_about_to_end_is_renewed_once(sandbox: Sandbox) -> None:
    sandbox.credentials("210987654321")
    sandbox.switch(session_seconds=assumed_role.RENEWED_BEFORE - 1)
    connection = connected(module_for(sandbox, assume_role_arn=ROLE))
    sandbox.switch(session_seconds=None)
    sandbox.clear_calls()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: connection.iam.list_account_aliases(), range(16)))
    assert sandbox.calls()["by_operation"] == {"AssumeRole": 1, "ListAccountAliases": 16}


def test_a_session_that_may_not_be_renewed(sandbox: Sandbox) -> None:
    """While the keys hold the run goes on; then the message names the role, and not the call that needed it."""
    sandbox.credentials("210987654321")
    sandbox.switch(session_seconds=assumed_role.RENEWED_BEFORE - 1)
    connection = connected(module_for(sandbox, assume_role_arn=ROLE))
    sandbox.fail("AssumeRole", "ExpiredToken", status=403, count=None)
    connection.iam.create_user(UserName="there")
    sandbox.switch(errors=[], session_seconds=assumed_role.AWAITED_BEFORE - 1)
    connection = connected(module_for(sandbox, assume_role_arn=ROLE))
    sandbox.fail("AssumeRole", "ExpiredToken", status=403, count=None)
    with pytest.raises(ReadError, match=f"AssumeRole of role {ROLE} failed with ExpiredToken.*sign in or assume"):
        connection.iam.create_user(UserName="elsewhere")
    assert list(sandbox.state("210987654321")["users"]) == ["there"]


def test_a_role_that_may_not_be_assumed(sandbox: Sandbox) -> None:
    sandbox.fail("AssumeRole", "AccessDenied", status=403, message="no")
    with pytest.raises(ReadError, match=f"Allow sts:AssumeRole on role {ROLE}.*trust policy"):
        connected(module_for(sandbox, assume_role_arn=ROLE))


def test_expired_credentials(sandbox: Sandbox) -> None:
    sandbox.switch(expired_credentials=True)
    with pytest.raises(ReadError, match=r"GetCallerIdentity failed with ExpiredToken.*sign in or assume"):
        connected(module_for(sandbox)).read_account()


def test_no_credentials(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(ReadError, match=r"NoCredentialsError.*Give credentials"):
        connected(Module(sandbox.endpoint_url, {})).read_account()


def test_throttled_reads_wait(sandbox: Sandbox) -> None:
    sandbox.fail("ListAccountAliases", "Throttling", status=400, count=3)
    connected(module_for(sandbox)).read_account()
    assert sandbox.calls()["by_operation"]["ListAccountAliases"] == 4


def test_calls_carry_our_name_and_keep_the_agreed_pace(sandbox: Sandbox) -> None:
    connection = connected(module_for(sandbox))
    for client in (connection.iam, connection.sts):
        config = client.meta.config
        assert config.user_agent_extra == f"workforce.aws/{VERSION} run/{connection.run_id}"
        assert config.retries == {"mode": "adaptive", "total_max_attempts": 10}
        assert config.max_pool_connections == max(pace.THREADS, pace.ISSUING_THREADS)


def test_each_run_has_an_id_in_every_call(sandbox: Sandbox) -> None:
    role = {"assume_role_arn": ROLE, "role_session_name": "workforce.aws"}
    connection, other = connected(module_for(sandbox, **role)), connected(module_for(sandbox))
    assert re.fullmatch(r"[0-9a-f]{8}", connection.run_id)
    assert connection.run_id != other.run_id
    seen: list[str] = []
    connection.iam.meta.events.register(
        "before-send.iam", lambda request, **more: seen.append(request.headers["User-Agent"])
    )
    connection.read_account()
    assert f"run/{connection.run_id}" in str(seen[0])


def test_what_answers_something_else_is_told(sandbox: Sandbox) -> None:
    sandbox.fail("GetCallerIdentity", mode="malformed", count=None)
    with pytest.raises(ReadError, match="not in the form of AWS's answers"):
        connected(module_for(sandbox)).read_account()


# Endpoints where nobody answers

KEYS: dict[str, str] = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}


@contextmanager
def mute() -> Iterator[str]:
    """An endpoint that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_closed_endpoint_is_given_up_soon() -> None:
    start = time.monotonic()
    with pytest.raises(ReadError, match=r"EndpointConnectionError|does not answer") as caught:
        connected(Module(closed(), KEYS)).read_account()
    assert time.monotonic() - start < 15
    assert "endpoint_url" in str(caught.value)


def test_a_mute_endpoint_is_given_up_after_the_seconds_of_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "READ_TIMEOUT", 0.3)
    monkeypatch.setattr(connection_module, "SILENT_SECONDS", 0.2)
    with mute() as url:
        connection = connected(Module(url, KEYS))
        with pytest.raises(ReadError, match=r"SilentEndpointError: http://127.*does not answer.*nothing there answers"):
            connection.read_account()
    assert connection.calls.report()["total"] == 1


def test_the_real_limits_end_within_half_a_minute() -> None:
    # One attempt may start just before the silence is over and take its whole time.
    assert connection_module.SILENT_SECONDS + pace.CONNECT_TIMEOUT < 30
    assert pace.READ_TIMEOUT < 30
    assert pace.READ_TIMEOUT > connection_module.SILENT_SECONDS


def test_many_first_calls_at_once_are_no_silence(sandbox: Sandbox) -> None:
    sandbox.switch(latency_ms=100)
    connection = connected(module_for(sandbox))
    with ThreadPoolExecutor(2 * connection_module.SILENT_FAILURES) as pool:
        list(pool.map(lambda _: connection.iam.list_account_aliases(), range(2 * connection_module.SILENT_FAILURES)))


def test_an_endpoint_that_answered_once_is_given_every_attempt(sandbox: Sandbox) -> None:
    connection = connected(module_for(sandbox))
    connection.read_account()
    sandbox.fail("CreateUser", mode="lose_connection_before", count=6)
    connection.iam.create_user(UserName="a")
    assert connection.calls.report()["by_operation"]["CreateUser"] == 7


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_account_takes_no_guard_away(blank: str) -> None:
    account = Account("123456789012", "arn:aws:iam::123456789012:user/automation")
    with pytest.raises(Faults, match="account_id is blank"):
        refuse_other_account(account, blank)
    with pytest.raises(Faults, match="account_id says 999999999999"):
        refuse_other_account(account, "999999999999")
    refuse_other_account(account, "123456789012")
    refuse_other_account(account, None)
