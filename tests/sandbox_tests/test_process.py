# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process of a sandbox: how it starts, what it prints, how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox

from .calling import OTHER_ACCOUNT, client_of

SANDBOX = Path(__file__).parent.parent / "sandbox"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(number: signal.Signals) -> None:
    with Sandbox.start() as sandbox:
        sandbox.boto().list_users()
        sandbox.process.send_signal(number)
        assert sandbox.process.wait(timeout=10) == 0
        with pytest.raises(ConnectionRefusedError):
            sandbox.calls()


def test_it_ends_with_the_process_that_started_it() -> None:
    """And so does its evaluator, which is started with the first question; `--enforce` outlives a reset."""
    with Sandbox.start(enforce=True) as sandbox:
        sandbox.reset()
        iam = sandbox.boto()
        iam.create_user(UserName="carl")
        assert _children(sandbox) == []
        with pytest.raises(ClientError, match="no identity-based policy allows the iam:ListUsers action"):
            client_of(sandbox, iam.create_access_key(UserName="carl")["AccessKey"]).list_users()
        (evaluator,) = _children(sandbox)
        assert sandbox.process.stdin is not None
        sandbox.process.stdin.close()
        assert sandbox.process.wait(timeout=10) == 0
        assert not Path("/proc", evaluator).exists()


def _children(sandbox: Sandbox) -> list[str]:
    """The ids of the processes that it started."""
    tasks = Path("/proc", str(sandbox.process.pid), "task").iterdir()
    return [child for task in tasks for child in (task / "children").read_text(encoding="utf-8").split()]


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
