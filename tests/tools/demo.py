# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: the example company on a sandbox: a preview, a run, a first sign-in, and the same run again.

demo.sh starts it in the environment of the checks. However it ends, it leaves nothing running.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

import yaml

from tests.sandbox.client import Sandbox
from tests.tools.new_hire import NewHire, NewHireError
from tests.tools.places import ROOT

COMPANY = ROOT / "examples" / "company"
ENDING = (signal.SIGTERM, signal.SIGHUP)
# How long a module that waits for a call has to notice the end of the run.
PATIENCE = 10
NEW_HIRE = "asha.rao"
# Set if the demo keeps its pages open at the end. Then only a terminal can end it.
STAY = "WORKFORCE_DEMO_STAY"


class DemoError(Exception):
    """The demo did not show what it promises."""


def main() -> int:
    """Run the demo. Returns the exit code."""
    for number in ENDING:
        signal.signal(number, _end)
    try:
        with Sandbox.start(mail=True) as sandbox, tempfile.TemporaryDirectory(prefix="demo-") as folder:
            show(sandbox, Path(folder))
            if not os.environ.get(STAY):
                say("`make demo STAY=1` leaves the pages open, for you to be the next new hire.")
            elif sys.stdin.isatty():
                stay(sandbox)
            else:
                say("STAY=1 needs a terminal, where Ctrl-C ends it: this one has ended, and with it its pages.")
    except (DemoError, NewHireError) as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left running.", file=sys.stderr)
        return 130
    return 0


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def show(sandbox: Sandbox, folder: Path) -> None:
    """The story."""
    say(f"The practice AWS account listens on {sandbox.endpoint_url}. The company is in {COMPANY.relative_to(ROOT)}/.")
    settings = write_settings(sandbox, folder / "mail.yml")
    say("Joiners get their first password by mail. These settings lead to a mail server of the demo's own:")
    print(as_shown(settings))
    options = ("-e", f"@{folder / 'mail.yml'}")

    say("1. A preview: what would change. Nothing is written, nobody is mailed.")
    play(sandbox, *options, "--check", "--diff")
    if sandbox.calls()["by_kind"].get("write") or sandbox.mails():
        raise DemoError("the preview wrote to the account, or mailed")

    say("2. The run.")
    play(sandbox, *options)
    show_mails(sandbox)

    say(f"3. A first day. {NEW_HIRE} opens the mail's link, as a browser does:")
    for line in NewHire(NEW_HIRE, *sandbox.mails(f"{NEW_HIRE}@example.com")).first_day():
        print(f"  {line}")

    say("4. The same run again, as tomorrow morning: nothing is left to do.")
    run_again(sandbox, *options)

    say("What is in the account now:")
    for line in census(sandbox):
        print(f"  {line}")
    say("The practice account ends with this demo. For a real one, copy examples/company/ and edit its three files.")


def write_settings(sandbox: Sandbox, file: Path) -> dict[str, Any]:
    """Write settings that send the company's mail to the sandbox and let everyone choose their own password."""
    settings = {
        "onboard_credentials": {
            "mail": sandbox.mailbox.settings(),
            "expire_after_days": 14,
            "sign_in_url": f"{sandbox.endpoint_url}/console/${{account_id}}",
        },
        "onboard_everyone": {"name": "everyone"},
    }
    # JSON is YAML too.
    file.touch(mode=0o600)
    file.write_text(json.dumps(settings), encoding="utf-8")
    return settings


def as_shown(settings: dict[str, Any]) -> str:
    """The settings as YAML, without the mail server's password."""
    shown = json.loads(json.dumps(settings))
    shown["onboard_credentials"]["mail"]["password"] = "(from your vault)"
    return "\n".join(f"  {line}" for line in yaml.safe_dump(shown, sort_keys=False).splitlines())


def show_mails(sandbox: Sandbox) -> None:
    """Show how many people were mailed, and one mail as its reader sees it."""
    mails = sandbox.mails()
    say(f"{len(mails)} people were mailed. This is the mail to {NEW_HIRE}:")
    (mail,) = sandbox.mails(f"{NEW_HIRE}@example.com")
    for name in ("from", "to", "subject"):
        print(f"  | {name.capitalize()}: {mail[name]}")
    for line in ["", *mail["text"].splitlines()]:
        print(f"  | {line}".rstrip())
    print(f"\n  All mails: {sandbox.endpoint_url}/mail")


def run_again(sandbox: Sandbox, *options: str) -> None:
    """The same run, which must neither write nor mail."""
    mailed = len(sandbox.mails())
    sandbox.clear_calls()
    play(sandbox, *options)
    again = sandbox.calls()
    if again["by_kind"].get("write"):
        raise DemoError("the second run wrote to the account")
    if len(sandbox.mails()) != mailed:
        raise DemoError("the second run mailed somebody again")
    print(f"\n  This run asked AWS {again['total']} questions, wrote nothing and mailed nobody.")


def stay(sandbox: Sandbox) -> None:
    """Keep the pages open, so that the user can be the next new hire."""
    say("Be the next new hire yourself: open a mail, follow its link, sign in.")
    print(f"  The mailbox:      {sandbox.endpoint_url}/mail")
    print(f"  The sign-in page: {sandbox.endpoint_url}/console/{sandbox.credentials()['account_id']}")
    print("  Ctrl-C ends it.", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("\nNothing is left running.")


def play(sandbox: Sandbox, *options: str) -> None:
    """Run the company's playbook as a user would, and wait for its end."""
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
    """End a playbook as Ctrl-C does. Ansible then ends the processes that it started."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def environment(sandbox: Sandbox) -> dict[str, str]:
    """The environment of a user: with the company's ansible.cfg, and with colours in a terminal."""
    found = sandbox.env()
    found.update(ANSIBLE_CONFIG=str(COMPANY / "ansible.cfg"), NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    if sys.stdout.isatty() and "NO_COLOR" in found:
        del found["NO_COLOR"], found["ANSIBLE_NOCOLOR"]
    return found


def census(sandbox: Sandbox) -> list[str]:
    """Every department with its people, as read from the account."""
    iam = sandbox.boto("iam")
    groups = sorted(group["GroupName"] for group in iam.list_groups(PathPrefix="/workforce/")["Groups"])
    lines = []
    for group in groups:
        names = [user["UserName"] for user in iam.get_group(GroupName=group)["Users"]]
        attached = iam.list_attached_group_policies(GroupName=group)["AttachedPolicies"]
        inline = iam.list_group_policies(GroupName=group)["PolicyNames"]
        policies = [policy["PolicyName"] for policy in attached] + inline
        people = "person" if len(names) == 1 else "people"
        lines.append(f"{group:18}{len(names):3} {people}   {', '.join(policies)}")
    return lines


def say(text: str) -> None:
    """A line of the story."""
    print(f"\n=== {text}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
