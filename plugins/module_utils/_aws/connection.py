# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to an account: clients that all threads share, the calls that they make counted, and who we are there."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import secrets
import threading
import time
import typing as t

with contextlib.suppress(ImportError):  # AnsibleAWSModule tells it.
    from botocore.config import Config

from .._core.model import Account, Fault
from .._core.version import VERSION
from .calls import ask
from .errors import DENIED, Faults, ReadError, SilentEndpointError
from .pace import CONNECT_TIMEOUT, ISSUING_THREADS, READ_TIMEOUT, RETRY_MODE, TOTAL_ATTEMPTS

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .calls import Client

READ_PREFIXES = ("Get", "List", "Assume", "GenerateCredentialReport")
SILENT_FAILURES = 4
SILENT_SECONDS = 15.0
DEFAULT_SESSION_NAME = "workforce.aws"
RUNNER_POLICY = "https://github.com/workforce-collections/workforce.aws/blob/main/docs/runner-policy.json"


class Calls:
    """Counts the HTTP requests of clients by operation, every attempt being one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: collections.Counter[str] = collections.Counter()

    def watch(self, client: Client) -> None:
        """Count this client's requests too."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"before-send.{service}", self._count)

    def _count(self, event_name: str, **kwargs: t.Any) -> None:
        with self._lock:
            self._counts[event_name.rsplit(".", 1)[-1]] += 1

    def report(self) -> dict[str, t.Any]:
        """The counts so far: in all, of reads, of writes, by operation."""
        with self._lock:
            counts = dict(sorted(self._counts.items()))
        read = sum(count for operation, count in counts.items() if operation.startswith(READ_PREFIXES))
        total = sum(counts.values())
        return {"total": total, "read": read, "write": total - read, "by_operation": counts}


class _Silence:
    """Ends the attempts at an endpoint that has never answered: ten with their pauses would take minutes.

    One that answered once is given all attempts.
    """

    def __init__(self, client: Client, clock: t.Callable[[], float] = time.monotonic) -> None:
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register_first(f"before-send.{service}", self._before)
        client.meta.events.register(f"response-received.{service}", self._after)
        self._clock = clock
        self._endpoint = client.meta.endpoint_url
        self._answered = False
        self._since: float | None = None
        self._failures = 0
        self._last: object = None

    def _before(self, **kwargs: t.Any) -> None:
        if self._answered:
            return
        if self._since is None:
            self._since = self._clock()
        too_long = self._clock() - self._since > SILENT_SECONDS
        if self._failures >= SILENT_FAILURES or (self._failures and too_long):
            raise SilentEndpointError(f"{self._endpoint} does not answer ({self._last})")

    def _after(self, exception: Exception | None = None, **kwargs: t.Any) -> None:
        if exception is None:
            self._answered = True
        elif not isinstance(exception, SilentEndpointError):
            self._last = exception
            self._failures += 1


@dataclasses.dataclass(frozen=True)
class Connection:
    """Clients of one account, under one identity. A client of STS takes 60 ms to make, and few tasks need it.

    ``run_id`` is in the user agent of every call, which CloudTrail keeps.
    """

    iam: Client
    open_sts: t.Callable[[], Client]
    calls: Calls
    run_id: str = ""

    @functools.cached_property
    def sts(self) -> Client:
        """The client of STS."""
        return self.open_sts()

    @property
    def partition(self) -> str:
        """``aws``, ``aws-cn``, ``aws-us-gov``…, as the region says: no call is made for it."""
        return str(self.iam.meta.partition)

    def read_account(self) -> Account:
        """Which account this is and who we are in it. The alias is told where it may be read."""
        identity = ask(self.sts, "GetCallerIdentity", {}, service="sts")
        return Account(identity["Account"], identity["Arn"], self._read_alias())

    def _read_alias(self) -> str | None:
        try:
            aliases = ask(self.iam, "ListAccountAliases", {})["AccountAliases"]
        except ReadError as error:
            # A name for people, nothing is decided by it: a caller need not have this permission.
            if error.code in DENIED:
                return None
            raise
        return aliases[0] if aliases else None


def connect(module: AnsibleAWSModule) -> Connection:
    """The connection that a module's options ask for, with its role assumed where one is named.

    What is wrong with the options themselves (an unknown profile, say) ends the module inside amazon.aws.
    """
    calls = Calls()
    run_id = secrets.token_hex(4)
    keys: dict[str, str] = {}
    if module.params.get("assume_role_arn"):
        keys = _assume_role(_client(module, "sts", calls, run_id), module.params)
    iam = _client(module, "iam", calls, run_id, **keys)
    return Connection(iam, lambda: _client(module, "sts", calls, run_id, **keys), calls, run_id)


def refuse_other_account(account: Account, expected: str | None) -> None:
    """Stop in another account than the one that is expected. Raises Faults."""
    if expected is not None and not expected.strip():
        # A variable that is not set would take the guard away without a word.
        text = "account_id is blank; write the ID of the account that must be reached, or leave it out"
        raise Faults([Fault("account", text)])
    if expected is not None and expected != account.account_id:
        text = f"these credentials reach account {account.account_id}, but account_id says {expected}"
        raise Faults([Fault("account", text)])


def refuse_account(account: Account, expected: str | None) -> None:
    """Stop before anything is planned in the wrong account, or as the account's root user. Raises Faults."""
    refuse_other_account(account, expected)
    if account.caller_arn.endswith(":root"):
        text = (
            "the caller is the account's root user, which no daily job should be: "
            f"use a user or role with the policy in {RUNNER_POLICY}"
        )
        raise Faults([Fault("account", text)])


def _client(module: AnsibleAWSModule, service: str, calls: Calls, run_id: str, **keys: str) -> Client:
    # STS wants a region, IAM does not: this one leads to the standard partition, as IAM without a region does.
    client = module.client(service, config=_config(run_id), region=module.region or "us-east-1", **keys)
    calls.watch(client)
    _Silence(client)
    return client


def _config(run_id: str) -> Config:
    return Config(
        retries={"mode": RETRY_MODE, "total_max_attempts": TOTAL_ATTEMPTS},
        max_pool_connections=ISSUING_THREADS,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        user_agent_extra=f"workforce.aws/{VERSION} run/{run_id}",
    )


def _assume_role(sts: Client, params: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Temporary keys of the role, as options of a client. They stay inside this process."""
    role = params["assume_role_arn"]
    wanted = {"RoleArn": role, "RoleSessionName": params.get("role_session_name") or DEFAULT_SESSION_NAME}
    if params.get("external_id"):
        wanted["ExternalId"] = params["external_id"]
    keys = ask(sts, "AssumeRole", wanted, about=f"role {role}", service="sts")["Credentials"]
    return {
        "aws_access_key_id": keys["AccessKeyId"],
        "aws_secret_access_key": keys["SecretAccessKey"],
        "aws_session_token": keys["SessionToken"],
    }
