# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: the example company on a sandbox, first as a preview, then for real, then once more.

Started by demo.sh, in the environment of the checks. Whatever ends it, it leaves nothing running.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from tests.sandbox.client import Sandbox
from tests.tools.places import ROOT

COMPANY = ROOT / "examples" / "company"
ENDING = (signal.SIGTERM, signal.SIGHUP)
# A module that is held up in a call is given this long to notice that the run was ended.
PATIENCE = 10


class DemoError(Exception):
    """Something that the demo promises did not come true."""


def main() -> int:
    """Run the demo and give its exit code."""
    for number in ENDING:
        signal.signal(number, _end)
    try:
        with Sandbox.start() as sandbox:
            show(sandbox)
    except DemoError as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left running.", file=sys.stderr)
        return 130
    return 0


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def show(sandbox: Sandbox) -> None:
    """The story."""
    say(f"The practice AWS account listens on {sandbox.endpoint_url}. The company is in {COMPANY.relative_to(ROOT)}/.")

    say("1. A preview: what would change. Nothing is written.")
    play(sandbox, "--check", "--diff")
    if sandbox.calls()["by_kind"].get("write"):
        raise DemoError("the preview wrote to the account")

    say("2. The run.")
    play(sandbox)
    sandbox.clear_calls()

    say("3. The same run again, as tomorrow morning: nothing is left to do.")
    play(sandbox)
    again = sandbox.calls()
    if again["by_kind"].get("write"):
        raise DemoError("the second run wrote to the account")

    say("What is in the account now:")
    for line in census(sandbox):
        print(f"  {line}")
    print(f"  The last run asked AWS {again['total']} questions and wrote nothing.")
    say("The practice account ends with this demo. For a real one, copy examples/company/ and edit two files.")


def play(sandbox: Sandbox, *options: str) -> None:
    """Run the company's playbook as its people would, and wait for its end."""
    command = ["ansible-playbook", "onboard.yml", *options]
    print(f"\n$ {' '.join(command)}", flush=True)
    process = subprocess.Popen(command, cwd=COMPANY, env=environment(sandbox))
    try:
        code = process.wait()
    except BaseException:
        stop(process)
        raise
    if code != 0:
        raise DemoError(f"ansible-playbook ended with {code}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a playbook as Ctrl-C does; Ansible then ends what it started."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def environment(sandbox: Sandbox) -> dict[str, str]:
    """The user's view: the company's own ansible.cfg, and colours where there is a terminal."""
    found = sandbox.env()
    found.update(ANSIBLE_CONFIG=str(COMPANY / "ansible.cfg"), NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    if sys.stdout.isatty() and "NO_COLOR" in found:
        del found["NO_COLOR"], found["ANSIBLE_NOCOLOR"]
    return found


def census(sandbox: Sandbox) -> list[str]:
    """Every department with its people, as read back from the account."""
    iam = sandbox.boto("iam")
    groups = sorted(group["GroupName"] for group in iam.list_groups(PathPrefix="/workforce/")["Groups"])
    lines = []
    for group in groups:
        names = [user["UserName"] for user in iam.get_group(GroupName=group)["Users"]]
        attached = iam.list_attached_group_policies(GroupName=group)["AttachedPolicies"]
        inline = iam.list_group_policies(GroupName=group)["PolicyNames"]
        policies = [policy["PolicyName"] for policy in attached] + inline
        lines.append(f"{group:18}{len(names):3} people   {', '.join(policies)}")
    return lines


def say(text: str) -> None:
    """A line of the story."""
    print(f"\n=== {text}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
