# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories in which first passwords are issued, and the moments at which a run can be paused or killed.

A story is an account and a run. Its moments are taken from an undisturbed run: before and after each call of IAM, and
at the steps of each mail.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox.client import MailboxClient
from tests.support.first_day import FirstDay, Letter
from tests.support.module_process import ModuleProcess
from tests.support.modules import run_in_process

MODULE = "iam_workforce"
MAIL: Final = "mail"
MAIL_MOMENTS = ("recipient", "data", "before", "after")
NAMES = ("asha.rao", "li.wei", "kim", "ola.berg")
DEPARTMENT = "sales"
POLICY = "IAMUserChangePassword"
GROUP = {"name": DEPARTMENT, "path": "/workforce/", "managed_policies": [f"arn:aws:iam::aws:policy/{POLICY}"]}
MANAGED = {"workforce:managed": "onboard"}
PENDING = {**MANAGED, "workforce:credential": "pending"}
DELIVERED = {**MANAGED, "workforce:credential": "delivered 2026-01-31T09:00:00Z mail"}
SEATED = {"groups": [DEPARTMENT]}
EARLIER = "Sent-months-ago-2026"
CHOSEN = "Chosen-long-ago-2026"
UNCLAIMED = {"password": EARLIER, "password_reset_required": True}
CLAIMED = {"password": CHOSEN, "password_reset_required": False}
DENY = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "WorkforceSuspendedByList", "Effect": "Deny", "Action": "*", "Resource": "*"}],
}
SUSPENDED = {
    "tags": {**MANAGED, "workforce:suspended": "2026-01-31T09:00:00Z list"},
    "inline_policies": {"workforce-suspended": DENY},
}


@dataclass(frozen=True)
class Story:
    """An account before the run, and the run's options beside the lists.

    `chosen` are passwords that people chose before, `mailed` those of earlier mails.
    """

    users: Sequence[Mapping[str, Any]] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    mailed: Mapping[str, str] = field(default_factory=dict)
    by: Sequence[Literal["mail", "file"]] = (MAIL,)


STORIES = {
    "joiners": Story(),
    "joiners by file": Story(by=("file",)),
    "joiners by mail and file": Story(by=(MAIL, "file")),
    # As killed runs leave them: without a password, with one that nobody received, with one that its owner claimed.
    "left pending": Story(
        users=[
            {"name": "asha.rao", "tags": PENDING, **SEATED},
            {"name": "li.wei", "tags": PENDING, **SEATED, **UNCLAIMED},
            {"name": "kim", "tags": PENDING, **SEATED, **CLAIMED},
            {"name": "ola.berg", "tags": PENDING, **UNCLAIMED},
        ],
        chosen={"kim": CHOSEN},
    ),
    "returners": Story(users=[{"name": name, **SUSPENDED} for name in NAMES[:3]]),
    "asked by name": Story(
        users=[
            {"name": "asha.rao", "tags": DELIVERED, **SEATED, **CLAIMED},
            {"name": "li.wei", "tags": DELIVERED, **SEATED, **UNCLAIMED},
            {"name": "kim", "tags": DELIVERED, **SEATED, **UNCLAIMED},
        ],
        options={"reissue": ["asha.rao", "li.wei"]},
        chosen={"asha.rao": CHOSEN},
        mailed={"li.wei": EARLIER, "kim": EARLIER},
    ),
}


@dataclass(frozen=True)
class Moment:
    """Where a run can be paused: at a call of IAM about a person, or at a step of the mail to a person."""

    operation: str
    subject: str | None
    when: str
    skip: int = 0

    def __str__(self) -> str:
        count = f" no. {self.skip + 1}" if self.skip else ""
        return f"{self.when} {self.operation}{count} of {self.subject}"


class Trial:
    """One story, on a new account and an empty mailbox."""

    def __init__(self, story: Story, sandbox: Sandbox, folder: Path) -> None:
        self.story = story
        self.sandbox = sandbox
        self.mailbox: MailboxClient = sandbox.mailbox
        self.folder = folder
        self._held_before = 0
        sandbox.reset()
        self.mailbox.reset()
        if story.users:
            sandbox.seed(groups=[GROUP], users=list(story.users))
        self._files = Path(tempfile.mkdtemp(dir=folder, prefix="files-"))
        self.day = FirstDay(
            sandbox,
            folder=self._files,
            addresses={name: address_of(name) for name in NAMES},
            letters=self._letters,
            chosen=dict(story.chosen),
            mailed=story.mailed,
            reissued=set(story.options.get("reissue", ())),
        )

    def _letters(self) -> list[Letter]:
        return [Letter(mail["recipients"][0], mail["text"]) for mail in self.mailbox.mails()]

    def options(self, *, daily: bool) -> dict[str, Any]:
        """The options of the story's run, or of an ordinary daily run."""
        ways = {MAIL: self.mailbox.settings(), "file": {"directory": str(self._files)}}
        return {
            "departments": [{"name": DEPARTMENT, "managed_policies": [POLICY]}],
            "employees": [{"name": name, "email": address_of(name), "departments": [DEPARTMENT]} for name in NAMES],
            "credentials": {way: ways[way] for way in self.story.by},
            **({} if daily else self.story.options),
        }

    def start(self, *, daily: bool = False) -> ModuleProcess:
        return ModuleProcess.start(MODULE, self.options(daily=daily), self.sandbox, self.folder)

    def run(self, *, daily: bool = True) -> dict[str, Any]:
        """A run that is not disturbed. It must succeed."""
        result = run_in_process(MODULE, self.options(daily=daily), sandbox=self.sandbox)
        assert "failed" not in result, result["msg"]
        return result

    def moments(self) -> list[Moment]:
        """All moments of the story's run from its first write on, roughly in order."""
        self.sandbox.clear_calls()
        self.run(daily=False)
        mailed = [mail["recipients"][0] for mail in self.mailbox.mails()]
        calls = [*_moments_of(self.sandbox.calls(log=1000)["log"])]
        greeting = [Moment(MAIL, "*", "greeting")] if mailed else []
        return [*calls, *greeting, *(Moment(MAIL, address, when) for address in mailed for when in MAIL_MOMENTS)]

    def hold(self, moment: Moment) -> None:
        """Pause the next run at this moment."""
        self._held_before = self._count_held(moment)
        if moment.operation == MAIL:
            self.mailbox.pause(moment.when, match=str(moment.subject))
            return
        kind = "GroupName" if moment.subject == DEPARTMENT else "UserName"
        match = {} if moment.subject is None else {kind: moment.subject}
        self.sandbox.pause(moment.operation, when=moment.when, match=match, skip=moment.skip)

    def is_held(self, moment: Moment, run: ModuleProcess | subprocess.Popen[bytes]) -> bool:
        """Wait until the run is paused at this moment. False if it ends before."""
        while True:
            alive = run.alive if isinstance(run, ModuleProcess) else run.poll() is None
            if self._count_held(moment) > self._held_before:
                return True
            if not alive:
                return False
            time.sleep(0.02)

    def _count_held(self, moment: Moment) -> int:
        return len(self.mailbox.paused() if moment.operation == MAIL else self.sandbox.paused()["calls"])

    def let_go(self, *, drop: bool) -> None:
        """Let everything that is paused go on, and pause nothing more. With `drop`, the call or its answer is lost."""
        self.sandbox.switch(pause=None)
        self.mailbox.switch(pause=None)
        self.sandbox.resume(drop=drop)
        self.mailbox.resume(drop=drop)


def address_of(name: str) -> str:
    return f"{name}@example.com"


def _moments_of(log: Sequence[Mapping[str, Any]]) -> Iterator[Moment]:
    """Before and after each write, and each read that checks whether a password was claimed or replaced."""
    seen: Counter[tuple[str, str | None]] = Counter()
    for call in log:
        if call["kind"] == "write" or call["operation"] == "GetLoginProfile":
            key = call["operation"], call["group"] if call["subject"] is None else call["subject"]
            for when in ("before", "after"):
                yield Moment(*key, when, seen[key])
            seen[key] += 1
