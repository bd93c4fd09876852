# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy before the sandbox that throttles, fails, delays and loses a share of the calls: microburst, from PyPI."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox.client import wait_for

HOST = "127.0.0.1"
LAUNCHER = str(Path(__file__).with_name("seeded_microburst.py"))
READY_WITHIN = 30.0
# These were done: the sandbox is asked, and the connection is cut before the first byte of its answer.
LOST_ANSWER = {"response": {"abort_bytes": 0}}


@dataclass(frozen=True)
class Fault:
    """What happens to this share of all calls of IAM, or of those of one operation, as a rule of microburst."""

    share: float
    rule: Mapping[str, Any]


FAULTS = {
    # Nobody can read a password back: this is where a first one could become two.
    "lost password": Fault(0.03, {"operation": "CreateLoginProfile", **LOST_ANSWER}),
    "throttled": Fault(0.30, {"error": {"code": "Throttling", "status": 400, "message": "Rate exceeded"}}),
    "failed": Fault(0.05, {"error": {"code": "ServiceFailure", "status": 500, "message": "Unexpected"}}),
    "reset": Fault(0.01, {"reset": True}),
    "lost": Fault(0.01, LOST_ANSWER),
    "slow": Fault(0.05, {"latency": {"min": 200, "max": 1500}}),
}


@dataclass(frozen=True)
class FaultProxy:
    """A running proxy."""

    port: int

    @property
    def endpoint_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def requests(self) -> int:
        """How many requests came."""
        return int(self._ask("health")["requests_seen"])

    def fired(self) -> dict[str, int]:
        """How often each of FAULTS happened."""
        return {name: rule["fired_count"] for name, rule in zip(FAULTS, self._ask("rules"), strict=True)}

    def lost_answers(self) -> int:
        """How many calls were done without an answer."""
        fired = self.fired()
        return fired["lost"] + fired["lost password"]

    def is_ready(self) -> bool:
        try:
            return bool(self._ask("health")["status"] == "ok")
        except OSError:
            return False

    def _ask(self, name: str) -> Any:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", f"/_microburst/{name}")
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


def rules() -> list[dict[str, Any]]:
    """FAULTS for microburst. It takes the first rule whose draw succeeds, so each share is one of what is left."""
    left, made = 1.0, []
    for fault in FAULTS.values():
        made.append({"service": "iam", "probability": fault.share / left, **fault.rule})
        if "operation" not in fault.rule:
            left -= fault.share
    return made


@contextmanager
def fault_proxy(sandbox: Sandbox, folder: Path, seed: int) -> Iterator[FaultProxy]:
    """A proxy before this sandbox. The seed draws the same faults again; which call meets which, threads decide."""
    config = folder / "microburst.yml"
    config.write_text(json.dumps({"rules": rules()}), encoding="utf-8")
    proxy = FaultProxy(_free_port())
    # The name of the host is part of a signature, so the proxy signs anew, with the keys of the environment.
    command = [sys.executable, "-P", LAUNCHER, str(seed), "--resign", "--host", HOST, "--port", str(proxy.port)]
    command += ["--upstream", sandbox.endpoint_url, "--config", str(config)]
    with (folder / "microburst.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=sandbox.env())
    try:
        assert wait_for(proxy.is_ready, bool, READY_WITHIN), (folder / "microburst.log").read_text(encoding="utf-8")
        yield proxy
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])
