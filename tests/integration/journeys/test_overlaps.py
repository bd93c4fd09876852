# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs of the same lists at the same time: the last mail that everybody got works, whoever was held meanwhile."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.issuing import MAIL, NAMES, STORIES, Moment, Trial, address_of
from tests.support.module_process import ModuleProcess

INTERLEAVINGS = 30
LI, KIM = NAMES[1:3]
# With the mails that this person gets: a run that finds its password replaced mails nothing, or once more.
CHOSEN = {
    "before it sets the password": (Moment("CreateLoginProfile", KIM, "before"), 1),
    "before it knows that it has": (Moment("CreateLoginProfile", KIM, "after"), 1),
    "between its check and the end of its mail": (Moment(MAIL, address_of(KIM), "before"), 3),
    "before it knows that it has mailed": (Moment(MAIL, address_of(KIM), "after"), 3),
    "before it says so in the account": (Moment("TagUser", KIM, "before"), 2),
}
# The others are left to the long run.
AT_LEAST = ("before it knows that it has", "between its check and the end of its mail")


class Overlap:
    """Two runs of one story."""

    def __init__(self, story: str, sandbox: Sandbox, folder: Path) -> None:
        self.trial = Trial(STORIES[story], sandbox, folder)
        self.figures: Counter[str] = Counter()

    def start(self, moment: Moment) -> ModuleProcess:
        """A run that goes on until it is held, or else to its end."""
        self.trial.hold(moment)
        run = self.trial.start()
        self.figures["runs held" if self.trial.is_held(moment, run) else "runs not held"] += 1
        return run

    def judge(self, *results: dict[str, Any]) -> None:
        for result in results:
            self.figures["runs that failed"] += "failed" in result
            if "failed" in result:
                print(result["msg"])
        self.figures["mails"] += len(self.trial.mailbox.mails())
        self.trial.day.judge()


@pytest.mark.parametrize(
    ("moment", "mails"),
    [
        pytest.param(*chosen, id=name, marks=() if name in AT_LEAST else pytest.mark.long)
        for name, chosen in CHOSEN.items()
    ],
)
def test_one_is_held_while_the_other_runs(sandbox: Sandbox, tmp_path: Path, moment: Moment, mails: int) -> None:
    overlap = Overlap("joiners", sandbox, tmp_path)
    first = overlap.start(moment)
    second = overlap.trial.run()
    overlap.trial.let_go(drop=False)
    overlap.judge(first.result(), second)
    assert overlap.figures["runs held"] == 1
    assert overlap.figures["runs that failed"] == 0
    assert len(sandbox.mailbox.mails(address_of(KIM))) == mails


def test_two_passwords_of_one_second(sandbox: Sandbox, tmp_path: Path) -> None:
    """IAM's dates are of whole seconds: a run must not take for its own what another made right after it."""
    overlap = Overlap("left pending", sandbox, tmp_path)
    first = overlap.start(Moment("DeleteLoginProfile", LI, "before"))
    second = overlap.start(Moment("CreateLoginProfile", LI, "after"))
    assert overlap.figures["runs held"] == 2
    # The first deletes what the second has just made, and goes on to its end before the second hears of it.
    sandbox.resume(count=1)
    results = [first.result()]
    overlap.trial.let_go(drop=False)
    overlap.judge(*results, second.result())
    assert overlap.figures["runs that failed"] == 0


def interleave(overlap: Overlap, moments: list[Moment], chance: random.Random) -> None:
    """Both are held once, and go on one after the other or together."""
    first = overlap.start(chance.choice(moments))
    second = overlap.start(chance.choice(moments))
    if chance.random() < 0.5:
        # Of two calls the one that waits longer goes first, and its run as far as it comes in this time.
        overlap.trial.sandbox.resume(count=1)
        time.sleep(chance.uniform(0, 1.5))
    overlap.trial.let_go(drop=False)
    overlap.judge(first.result(), second.result())


@pytest.mark.long
@pytest.mark.parametrize("story", STORIES)
def test_interleaved_at_every_call(sandbox: Sandbox, tmp_path: Path, story: str) -> None:
    moments = Overlap(story, sandbox, tmp_path).trial.moments()
    figures: Counter[str] = Counter()
    for seed in range(INTERLEAVINGS):
        overlap = Overlap(story, sandbox, tmp_path)
        try:
            interleave(overlap, moments, random.Random(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        figures += overlap.figures
    print(f"{INTERLEAVINGS} interleavings of {story!r}: {dict(figures)}")
