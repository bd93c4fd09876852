# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo STAY=1`, from its first line to its last, and the demo interrupted in the middle of a write."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.client import Sandbox
from tests.support.browsing import Browsing
from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places

LISTENS = "The practice AWS account listens on "


@pytest.fixture
def terminal() -> Iterator[int]:
    """What a program takes for the keyboard of a person."""
    ours, theirs = os.openpty()
    yield theirs
    os.close(theirs)
    os.close(ours)


@pytest.fixture
def demo(tmp_path: Path, terminal: int) -> Iterator[subprocess.Popen[str]]:
    """A demo that has begun, and stays. All that it starts carries a mark in its environment."""
    environment = {**clean_environment(Places.here()), "DEMO_MARK": str(tmp_path), "WORKFORCE_DEMO_STAY": "1"}
    process = subprocess.Popen(
        [str(Places.here().python), "-m", "tests.tools.demo"],
        cwd=ROOT,
        env=environment,
        stdin=terminal,
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


def _until(demo: subprocess.Popen[str], words: str) -> str:
    """What the demo prints, up to the line with these words."""
    assert demo.stdout is not None
    printed = []
    for line in demo.stdout:
        printed.append(line)
        if words in line:
            return "".join(printed)
    raise AssertionError(f"the demo ended with {demo.wait()} before it said {words!r}:\n{''.join(printed)}")


def _be_the_new_hire(mailbox: str, name: str) -> None:
    """By what the pages show alone: the list of mails, the mail, its link, the forms."""
    with Browsing() as browsing:
        browsing.open(mailbox)
        assert "60 mails" in browsing.text
        number = re.findall(rf'<td>{name}@example.com</td><td><a href="/mail/(\d+)"', browsing.page)[0]
        browsing.open(f"{mailbox}/{number}")
        lines = browsing.text.splitlines()
        first = lines[lines.index("First password:") + 1]
        browsing.open(next(line for line in lines if line.startswith("http://")))
        browsing.send(username=name, password=first)
        browsing.send(old=first, new="My-own-choice-88", again="My-own-choice-88")
        assert f"You are {name}" in browsing.text


def test_demo(demo: subprocess.Popen[str], tmp_path: Path) -> None:
    printed = _until(demo, "Ctrl-C ends it")
    assert printed.count("$ ansible-playbook onboard.yml") == 3
    assert printed.count("60 employees and 10 departments are listed") == 3
    assert "60 people were mailed. This is the mail to asha.rao:" in printed
    assert "tries the mailed password once more: Your authentication information is incorrect." in printed
    assert "\nNothing to change\n" in printed
    assert "customer-support    8 people   AWSSupportAccess, CloudWatchReadOnlyAccess" in printed
    assert "questions, wrote nothing and mailed nobody" in printed
    _be_the_new_hire(re.findall(r"The mailbox: +(\S+)", printed)[0], "ben.carter")
    os.killpg(demo.pid, signal.SIGINT)
    printed, _nothing = demo.communicate(timeout=60)
    assert demo.returncode == 0, printed
    assert _left(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc to see what is left running")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_ended_in_the_middle_of_a_write(
    demo: subprocess.Popen[str], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    listens = _until(demo, LISTENS)
    sandbox = Sandbox(demo, listens.partition(LISTENS)[2].split(" ")[0].rstrip(".\n"))
    sandbox.pause("CreateUser")
    sandbox.wait_paused(timeout=120)
    # The module comes to its interpreter by a pipe: nothing more stands in its command.
    assert str(Places.here().python) in [command.strip() for command in _left(tmp_path)]
    # Ctrl-C reaches everything in the terminal, a service manager's signal the demo alone.
    os.killpg(demo.pid, number) if number == signal.SIGINT else demo.send_signal(number)
    demo.communicate(timeout=60)
    assert demo.returncode == code
    # A module whose account is gone tries its lost call again until nothing was answered for 20 seconds.
    end = time.monotonic() + 60
    while _left(tmp_path) and time.monotonic() < end:
        time.sleep(0.2)
    assert _left(tmp_path) == []
