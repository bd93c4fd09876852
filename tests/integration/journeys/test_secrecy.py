# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody saw a secret but its owner: whatever a run writes down, shows or leaves behind.

Every password and key that was delivered is read from the mailbox and the files, and searched for in everything else,
with the password of the mail server. So that the search is known to look, another secret is told on purpose by tasks
beside ours: it must be found in every kind of place.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.role import ROLE
from tests.support.secrecy import Search
from tests.support.sinks import Run

PLANTED = "Planted-2026!told&on-purpose"
MAIL_SERVER = "the mail server's password"
RECORD = "changes.jsonl"
SECRET_KEY = "Secret access key:"
MAY_CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
DEPARTMENTS = [{"name": "sales", "managed_policies": ["IAMUserChangePassword"]}]
# Without pipelining, which a play may not have and `async` cannot, Ansible writes a module with its arguments to a file
# before it starts it, and keeps it when told to. The role's own run has none.
MODULE_FILE = re.compile(r"AnsiballZ_\w+\.py|ansible-local-\w+/tmp\w+")
# Where a run writes things down, whatever starts it.
SINKS = (
    r"^stdout$",
    r"^ansible\.log$",
    r"^command lines$",
    r"^environments$",
    r"^facts/|/fact_cache/",
    r"^passing remote/.+AnsiballZ_command",
    r"^passing async/",
)
DELIVERED = {
    f"the secret of {name}_{what}.csv"
    for name in ("asha.rao", "eva.janssen", "kim.lee", "ben.carter", "dina.farouk")
    for what in ("credentials", "accessKeys")
}
LOOP: dict[str, Any] = {"loop": ["ben.carter", "dina.farouk"], "loop_control": {"extended": True}}


class Story:
    """A run in which people are issued credentials and things go wrong, and what of it was seen where."""

    def __init__(self, sandbox: Sandbox, folder: Path, **settings: str) -> None:
        self._sandbox = sandbox
        self._files = folder / "credentials"
        self._files.mkdir()
        self.run = Run(folder, sandbox, apart=[self._files], settings=settings)
        mail = sandbox.mailbox.settings()
        self._mail_password = str(mail["password"])
        self.vault = self.run.vault("mail.vault", {"mail_password": self._mail_password})
        self.mail = {**mail, "password": "{{ mail_password }}"}
        self.credentials = {"mail": self.mail, "file": {"directory": str(self._files)}}

    def role(self, *names: str, **settings: Any) -> dict[str, Any]:
        """The role for these people, whose failure is only shown."""
        variables = {f"onboard_{name}": value for name, value in chart(*names).items()}
        variables |= {"onboard_credentials": self.credentials, "onboard_on_failure": "warn"}
        variables["onboard_record"] = str(self.run.folder / RECORD)
        return {**ROLE, "vars": {**variables, **settings}}

    def module(self, *names: str, **keywords: Any) -> dict[str, Any]:
        """The module for these people, whose failure does not end the play."""
        options = {**chart(*names), "credentials": self.credentials}
        return {"name": "Issue", "workforce.aws.iam_workforce": options, "ignore_errors": True, **keywords}

    def delivered(self) -> dict[str, str]:
        """Every secret that reached its owner, by a label."""
        found: dict[str, str] = {}
        for number, mail in enumerate(self._sandbox.mailbox.mails()):
            lines = mail["text"].splitlines()
            found[f"the password of mail {number}"] = first_password(mail)
            if SECRET_KEY in lines:
                found[f"the key of mail {number}"] = lines[lines.index(SECRET_KEY) + 1]
        for file in self._files.glob("*.csv"):
            with file.open(encoding="utf-8", newline="") as opened:
                (row,) = csv.DictReader(opened)
            found[f"the secret of {file.name}"] = row.get("Password") or row["Secret access key"]
        return found

    def sightings(self) -> list[str]:
        """What was seen that should not have been."""
        # What was mailed and written to a file too is searched for once.
        labels = {secret: label for label, secret in self.delivered().items()}
        search = Search({label: secret for secret, label in {**labels, self._mail_password: MAIL_SERVER}.items()})
        return [str(each) for each in search.within(self.run.seen)]

    def planted(self) -> set[str]:
        """The places where the planted secret was seen."""
        return {each.place for each in Search({"planted": PLANTED}).within(self.run.seen)}


def chart(*names: str) -> dict[str, Any]:
    """The lists for these people. The first is to have an access key too."""
    people = [
        {"name": name, "email": f"{name}@example.com", "departments": ["sales"], "access_key": number == 0}
        for number, name in enumerate(names)
    ]
    return {"departments": DEPARTMENTS, "employees": people}


def leak() -> list[dict[str, Any]]:
    """Tasks that tell a secret in every way that the search is to notice."""
    return [
        {"name": "Tell it", "ansible.builtin.debug": {"msg": f"x {PLANTED}"}},
        {"name": "Remember it", "ansible.builtin.set_fact": {"planted": f"x {PLANTED}", "cacheable": True}},
        {
            "name": "Pass it on",
            "ansible.builtin.command": {"argv": ["sh", "-c", "sleep 0.3", PLANTED]},
            "environment": {"PLANTED": PLANTED},
        },
        {"name": "Let it run", "ansible.builtin.command": {"argv": ["echo", PLANTED]}, "async": 30, "poll": 1},
    ]


def not_found(places: set[str], *kinds: str) -> list[str]:
    """The kinds of places, as patterns, of which none is among the places."""
    return [kind for kind in kinds if not any(re.search(kind, place) for place in places)]


def test_nobody_saw_it(sandbox: Sandbox, tmp_path: Path) -> None:
    """By ansible-runner, with the files of modules kept, async, in a loop, refused, and failing in the middle."""
    story = Story(sandbox, tmp_path, ANSIBLE_KEEP_REMOTE_FILES="1")
    sandbox.mailbox.refuse("recipient", match="li.wei@example.com")
    sandbox.fail("TagUser", match={"UserName": "kim.lee"}, mode="malformed", count=None)
    sandbox.seed(users=[{"name": name, "managed_policies": [MAY_CHANGE]} for name in LOOP["loop"]])
    one = {"user_name": "{{ item }}", "email": "{{ item }}@example.com", "issue_access_key": True, **story.credentials}
    tasks = [
        *leak(),
        story.role("asha.rao", "li.wei"),
        story.module("eva.janssen", **{"async": 60, "poll": 1}),
        {"name": "Issue", "workforce.aws.iam_credential": one, "register": "issued", "ignore_errors": True, **LOOP},
        {"name": "Show it", "ansible.builtin.debug": {"var": "issued"}},
        story.module("kim.lee", ignore_errors=False),
    ]
    plays = [{"name": "Test", "hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks}]
    assert story.run.play_by_runner(plays, *story.vault) != 0
    assert not_found(story.planted(), *SINKS, r"artifacts/.+/stdout$", r"artifacts/.+/job_events/") == []
    assert [each for each in story.sightings() if MAIL_SERVER not in each or not MODULE_FILE.search(each)] == []
    assert set(story.delivered()) >= DELIVERED


def screen(story: Story, callback: str, *more: dict[str, Any]) -> None:
    """A run of the role without exception: not even Ansible's own files have the mail server's password."""
    tasks = [
        *leak(),
        story.role("asha.rao", "li.wei", onboard_connection={"debug_botocore_endpoint_logs": True}),
        {"name": "Show it", "ansible.builtin.debug": {"var": "onboard_result"}},
        {"name": "Keep it", "ansible.builtin.set_fact": {"kept": "{{ onboard_result }}", "cacheable": True}},
        *more,
    ]
    plays = [{"name": "Test", "hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks}]
    code = story.run.play(plays, *story.vault, callback=callback)
    assert code == 0, story.run.seen["stdout"].decode()
    assert not_found(story.planted(), *SINKS) == []
    assert b"CreateLoginProfile" in story.run.seen[RECORD]
    assert story.sightings() == []


@pytest.mark.long  # test_nobody_saw_it searches the events, which are JSON too
def test_nobody_saw_it_as_json(sandbox: Sandbox, tmp_path: Path) -> None:
    story = Story(sandbox, tmp_path)
    sandbox.mailbox.refuse("recipient", match="li.wei@example.com")
    screen(story, "ansible.posix.json")
    assert len(sandbox.mailbox.mails("asha.rao@example.com")) == 1


@pytest.mark.long  # test_nobody_saw_it searches what the default callback prints
@pytest.mark.parametrize("count", [2, None])
def test_nobody_saw_it_as_yaml(sandbox: Sandbox, tmp_path: Path, count: int | None) -> None:
    """With settings that are wrong, too."""
    story = Story(sandbox, tmp_path, ANSIBLE_CALLBACK_RESULT_FORMAT="yaml")
    settings = wrong_settings(story.mail)[:count]
    wrong = [story.role("asha.rao", onboard_credentials=each) for each in settings]
    screen(story, "ansible.builtin.default", *wrong)


def wrong_settings(mail: dict[str, Any]) -> list[Any]:
    """Forms in which the password stands where it is not looked for, or beside something that is wrong."""
    return [
        {"mail": {**mail, "passwort": "{{ mail_password }}"}},
        {"mail": {**mail, "security": "none", "port": "smtp"}},
        {"mail": [mail]},
        {"mail": "password={{ mail_password }}"},
        {"mail": mail, "password": "{{ mail_password }}"},
        "{{ mail_password }}",
        {"mail": {**mail, "password": "{{ mail_password ~ 'x' }}"}},
        {"mail": {**mail, "sender": "nobody"}},
    ]
