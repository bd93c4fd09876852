# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection to an account: clients that all threads share, a count of their calls, and the caller's identity."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import secrets
import threading
import time
import typing as t

with contextlib.suppress(ImportError):  # AnsibleAWSModule reports that it is missing.
    from botocore.config import Config

from .._core.model import Account
from .._core.steps import Fault
from .._core.version import VERSION
from .assumed_role import AssumedRole
from .calls import ask
from .errors import DENIED, Faults, ReadError, SilentEndpointError
from .pace import CONNECT_TIMEOUT, ISSUING_THREADS, READ_TIMEOUT, RETRY_MODE, TOTAL_ATTEMPTS
from .progress import Progress

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .calls import Client

READ_PREFIXES = ("Get", "List", "Assume", "GenerateCredentialReport", "Simulate")
SILENT_FAILURES = 4
SILENT_SECONDS = 15.0
POLICIES_GUIDE = "https://github.com/workforce-collections/workforce.aws/blob/main/docs/policies.md"


class Calls:
    """Counts the HTTP requests of clients by operation. Each attempt counts. ``progress`` is told of the answers."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._lock = threading.Lock()
        self._counts: collections.Counter[str] = collections.Counter()

    def watch(self, client: Client) -> None:
        """Count this client's requests too."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"before-send.{service}", self._count)
        client.meta.events.register(f"response-received.{service}", self._answer)

    def _count(self, event_name: str, **kwargs: t.Any) -> None:
        with self._lock:
            self._counts[event_name.rsplit(".", 1)[-1]] += 1

    def _answer(self, exception: Exception | None = None, **kwargs: t.Any) -> None:
        if exception is None:
            self.progress.answered()

    def report(self) -> dict[str, t.Any]:
        """The counts so far: the total, reads, writes, and each operation."""
        with self._lock:
            counts = dict(sorted(self._counts.items()))
        read = sum(count for operation, count in counts.items() if operation.startswith(READ_PREFIXES))
        total = sum(counts.values())
        return {"total": total, "read": read, "write": total - read, "by_operation": counts}


class _Silence:
    """Stops the retries at an endpoint that has never answered: ten attempts with their pauses take minutes.

    An endpoint that answered once gets all attempts.
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
    """Clients of one account, under one identity. The client of STS is made when needed: that takes 60 ms.

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
        """``aws``, ``aws-cn``, ``aws-us-gov``…, derived from the region, without a call."""
        return str(self.iam.meta.partition)

    def read_account(self) -> Account:
        """The account, its caller, and its alias if the caller may read it."""
        identity = ask(self.sts, "GetCallerIdentity", {}, service="sts")
        return Account(identity["Account"], identity["Arn"], self._read_alias())

    def _read_alias(self) -> str | None:
        try:
            aliases = ask(self.iam, "ListAccountAliases", {})["AccountAliases"]
        except ReadError as error:
            # The alias is only shown to people, so the caller need not have this permission.
            if error.code in DENIED:
                return None
            raise
        return aliases[0] if aliases else None


def connect(module: AnsibleAWSModule) -> Connection:
    """The connection that a module's options describe. If they name a role, it is assumed.

    If the options themselves are wrong (an unknown profile, say), amazon.aws ends the module.
    """
    # Ansible's own name for the folder that it made before the module. `tmpdir` would make one where there is none.
    calls = Calls(Progress(module._module._tmpdir))
    run_id = secrets.token_hex(4)
    role = None
    if module.params.get("assume_role_arn"):
        role = AssumedRole(_client(module, "sts", calls, run_id), module.params)
    iam = _client(module, "iam", calls, run_id, role)
    return Connection(iam, lambda: _client(module, "sts", calls, run_id, role), calls, run_id)


def refuse_other_account(account: Account, expected: str | None) -> None:
    """Raise Faults if this is not the expected account."""
    if expected is not None and not expected.strip():
        # Else a variable that is empty by mistake would silently switch this check off.
        text = "account_id is blank; write the ID of the account that must be reached, or leave it out"
        raise Faults([Fault("account", text)])
    if expected is not None and expected != account.account_id:
        text = f"these credentials reach account {account.account_id}, but account_id says {expected}"
        raise Faults([Fault("account", text)])


def refuse_account(account: Account, expected: str | None) -> None:
    """Raise Faults in the wrong account, or if the caller is the root user, before anything is planned."""
    refuse_other_account(account, expected)
    if account.caller_arn.endswith(":root"):
        text = (
            "the caller is the account's root user, which must not run a daily job: "
            f"use a user or role with the policy in {POLICIES_GUIDE}"
        )
        raise Faults([Fault("account", text)])


def _client(
    module: AnsibleAWSModule, service: str, calls: Calls, run_id: str, role: AssumedRole | None = None
) -> Client:
    keys = {} if role is None else role.options()
    # STS needs a region, IAM does not. us-east-1 is in the standard partition, which IAM uses without a region.
    client = module.client(service, config=_config(run_id), region=module.region or "us-east-1", **keys)
    calls.watch(client)
    _Silence(client)
    if role is not None:
        role.sign_for(client)
    return client


def _config(run_id: str) -> Config:
    return Config(
        retries={"mode": RETRY_MODE, "total_max_attempts": TOTAL_ATTEMPTS},
        max_pool_connections=ISSUING_THREADS,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        user_agent_extra=f"workforce.aws/{VERSION} run/{run_id}",
    )
