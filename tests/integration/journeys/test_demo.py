# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`, from its first line to its last, and interrupted in the middle of a write."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.client import Sandbox
from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places

LISTENS = "The practice AWS account listens on "


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo that has begun. All that it starts carries a mark in its environment."""
    environment = {**clean_environment(Places.here()), "DEMO_MARK": str(tmp_path)}
    process = subprocess.Popen(
        [str(Places.here().python), "-m", "tests.tools.demo"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        yield process
        if process.poll() is None:
            process.kill()


def _left(mark: Path) -> list[str]:
    """What still runs of all that carries the mark."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DEMO_MARK={mark}".encode() in environ.read_bytes():
                found.append(environ.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


@pytest.mark.journey
def test_demo(demo: subprocess.Popen[str], tmp_path: Path) -> None:
    printed, _nothing = demo.communicate(timeout=300)
    assert demo.returncode == 0, printed
    assert printed.count("$ ansible-playbook onboard.yml") == 3
    assert printed.count("60 employees and 9 departments are listed") == 3
    assert "- Nothing to change\n" in printed
    assert "customer-support    8 people   AWSSupportAccess, CloudWatchReadOnlyAccess" in printed
    assert "asked AWS 6 questions and wrote nothing" in printed
    assert _left(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc to see what is left running")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_ended_in_the_middle_of_a_write(
    demo: subprocess.Popen[str], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    assert demo.stdout is not None
    for line in demo.stdout:
        if LISTENS in line:
            sandbox = Sandbox(demo, line.partition(LISTENS)[2].split(" ")[0].rstrip(".\n"))
            break
    sandbox.pause("CreateUser")
    sandbox.wait_paused(timeout=120)
    assert any("iam_workforce" in command for command in _left(tmp_path))
    # Ctrl-C reaches everything in the terminal, a service manager's signal the demo alone.
    os.killpg(demo.pid, number) if number == signal.SIGINT else demo.send_signal(number)
    demo.communicate(timeout=60)
    assert demo.returncode == code
    end = time.monotonic() + 30
    while _left(tmp_path) and time.monotonic() < end:
        time.sleep(0.2)
    assert _left(tmp_path) == []
