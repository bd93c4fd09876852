# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox as tests use it: start it, point tools at it, set its switches, read what it saw."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlencode, urlsplit

import boto3
from botocore.config import Config

from .calls.variables import DEFAULT_REGION, leading_to
from .mailbox.client import MailboxClient, wait_for

READY = "sandbox ready on "
# What would lead a tool elsewhere than the sandbox, or to other credentials.
FOREIGN = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_URL", "AWS_REGION")


_threads = threading.local()


def boto_session() -> boto3.session.Session:
    """This thread's one session: it reads the models of the services once, not for each client."""
    if not hasattr(_threads, "session"):
        _threads.session = boto3.session.Session()
    session: boto3.session.Session = _threads.session
    return session


class SandboxError(RuntimeError):
    """The sandbox did not start, or refused what a test asked of it."""


class SandboxMailbox(MailboxClient):
    """The mailbox of a sandbox that was started with one."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def _ask(self, method: str, name: str, given: dict[str, Any] | None = None) -> Any:
        return self._sandbox._ask(method, name, given)


class Sandbox:
    """A running sandbox: `with Sandbox.start() as sandbox:`."""

    def __init__(self, process: subprocess.Popen[str], endpoint_url: str) -> None:
        self.process = process
        self.endpoint_url = endpoint_url
        self.mailbox = SandboxMailbox(self)

    @classmethod
    def start(
        cls, *account_ids: str, port: int = 0, stderr: IO[str] | None = None, mail: bool = False, enforce: bool = False
    ) -> Self:
        """Start a sandbox of its own process; it also ends when this process does, however that ends."""
        command = [sys.executable, str(Path(__file__).parent), "--port", str(port), "--until-stdin-closes"]
        if mail:
            command.append("--mail")
        if enforce:
            command.append("--enforce")
        if account_ids:
            command += ["--account-id", *account_ids]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(READY):
                return cls(process, line.removeprefix(READY).strip())
        raise SandboxError(f"the sandbox ended with {process.wait()} before it was ready")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> int:
        """Stop it and give its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            code = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        return code

    def credentials(self, account_id: str | None = None) -> dict[str, str]:
        """The fixed credentials of an account, which comes to life with this if it is new."""
        query = {"account_id": account_id} if account_id else {}
        found: dict[str, str] = self._ask("GET", "credentials", query)
        return found

    def env(self, account_id: str | None = None) -> dict[str, str]:
        """This process's environment, with the variables that lead AWS's tools to the sandbox."""
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {**kept, **self.variables(account_id)}

    def variables(self, account_id: str | None = None) -> dict[str, str]:
        """Only the variables that lead AWS's tools to the sandbox."""
        credentials = self.credentials(account_id)
        return leading_to(self.endpoint_url, credentials["access_key_id"], credentials["secret_access_key"])

    def boto(self, service: str = "iam", account_id: str | None = None, config: Config | None = None) -> Any:
        """A plain boto3 client of an account. (`Any`: boto3 makes its clients' classes at run time.)"""
        credentials = self.credentials(account_id)
        return boto_session().client(  # type: ignore[call-overload]  # any service's name
            service,
            region_name=DEFAULT_REGION,
            endpoint_url=self.endpoint_url,
            aws_access_key_id=credentials["access_key_id"],
            aws_secret_access_key=credentials["secret_access_key"],
            config=config,
        )

    def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """What the mailbox got."""
        return self.mailbox.mails(to)

    def reset(self) -> None:
        """Everything back to new: every account, the counts, the switches, the quotas."""
        self._ask("POST", "reset")

    def calls(self, log: int = 100) -> dict[str, Any]:
        """Counts of API calls (`total`, `by_operation`, `by_kind`, `errors`) and the `log` of the last ones."""
        found: dict[str, Any] = self._ask("GET", "calls", {"log": log})
        return found

    def clear_calls(self) -> None:
        self._ask("DELETE", "calls")

    def state(self, account_id: str | None = None) -> dict[str, Any]:
        """The whole IAM state of an account."""
        found: dict[str, Any] = self._ask("GET", "state", {"account_id": account_id} if account_id else {})
        return found

    def seed(self, account_id: str | None = None, **what: Any) -> dict[str, int]:
        """Fill an account without API calls: `groups=[...]`, `users=[...]`."""
        found: dict[str, int] = self._ask("POST", "seed", {"account_id": account_id, **what})
        return found

    def switch(self, **switches: Any) -> dict[str, Any]:
        """Set switches; those left out stay as they are. Gives all of them."""
        found: dict[str, Any] = self._ask("POST", "switches", switches)
        return found

    def switches(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("GET", "switches")
        return found

    def fail(self, operation: str, code: str = "ServiceFailure", **rule: Any) -> None:
        """Fail the next calls of an operation: `status`, `message`, `count`, `skip`, `match`, `mode`."""
        self._ask("POST", "errors", {"operation": operation, "code": code, **rule})

    def quotas(self, account_id: str | None = None, **numbers: int) -> None:
        """Set quotas, by their names in GetAccountSummary."""
        self._ask("POST", "quotas", {"account_id": account_id, **numbers})

    def pause(self, operation: str, when: str = "before", match: dict[str, str] | None = None, skip: int = 0) -> None:
        """Hold the next such call until `resume`, after `skip` of them passed."""
        self.switch(pause={"operation": operation, "when": when, "match": match or {}, "skip": skip})

    def paused(self) -> dict[str, Any]:
        """Which calls are held: `calls`, longest first."""
        found: dict[str, Any] = self._ask("GET", "paused")
        return found

    def wait_paused(self, timeout: float = 30, count: int = 1) -> dict[str, Any]:
        """Wait until so many calls are held, and tell which."""
        found = wait_for(self.paused, lambda found: len(found["calls"]) >= count, timeout)
        if found is None:
            raise SandboxError(f"no call was held within {timeout} s")
        return found

    def resume(self, drop: bool = False, count: int | None = None) -> int:
        """Let held calls go on, or drop them as if they never arrived or were never answered.

        All of them, or so many of those that wait longest.
        """
        return int(self._ask("POST", "resume", {"drop": drop, "count": count})["resumed"])

    def https(self) -> tuple[int, str]:
        """The port of the same sandbox behind TLS, under AWS's sign-in names, and the authority to trust, as PEM."""
        found = self._ask("POST", "https")
        return found["port"], found["authority"]

    def _ask(self, method: str, name: str, given: dict[str, Any] | None = None) -> Any:
        url = f"/_sandbox/{name}"
        body = json.dumps(given or {}) if method == "POST" else None
        if body is None and given:
            url += "?" + urlencode(given)
        connection = http.client.HTTPConnection(urlsplit(self.endpoint_url).netloc, timeout=120)
        try:
            connection.request(method, url, body=body)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise SandboxError(f"{method} {name}: {answer['error']}")
        return answer
