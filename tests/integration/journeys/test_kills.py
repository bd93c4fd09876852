# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First credentials, killed anywhere: the next run leaves everybody with one password that works, in their hands.

The module's own process is killed by SIGKILL while several people's credentials are on their way; what it had sent is
lost or arrives all the same. Some of those who got a mail sign in before the next run.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.sandbox.client import Sandbox
from tests.support.issuing import MAIL, NAMES, STORIES, Moment, Story, Trial, address_of
from tests.support.playbooks import start_playbook
from tests.support.processes import kill_alone

LATENCY_MS = 10
# What was on its way to the account when its sender was killed has arrived after this.
SETTLED = 0.1
RANDOM_KILLS = 30


class Campaign:
    """Trials of one story, and their count."""

    def __init__(self, story: str, sandbox: Sandbox, folder: Path) -> None:
        self._story: Story = STORIES[story]
        self._sandbox = sandbox
        self._folder = folder
        self.figures: Counter[str] = Counter()

    def trial(self) -> Trial:
        trial = Trial(self._story, self._sandbox, self._folder)
        self._sandbox.switch(latency_ms=LATENCY_MS)
        return trial

    def moments(self) -> list[Moment]:
        return self.trial().moments()

    def kill_at(self, moment: Moment, seed: int) -> None:
        """Kill a run at this moment, and judge what the next one makes of it."""
        chance = random.Random(seed)
        trial = self.trial()
        trial.hold(moment)
        run = trial.start()
        held = trial.is_held(moment, run)
        # The others go on meanwhile, some further than others.
        time.sleep(chance.uniform(0, 0.2))
        self._end(trial, run.kill() and held, drop=chance.random() < 0.5)
        self._next_run(trial, chance, str(moment))

    def kill_after(self, seconds: float, seed: int) -> None:
        """Kill a run some time after its start, and the next one in the same way; the third is left alone."""
        chance = random.Random(seed)
        trial = self.trial()
        for daily, share in ((False, 1.0), (True, chance.random())):
            run = trial.start(daily=daily)
            time.sleep(seconds * share)
            self._end(trial, run.kill(), drop=False)
            self._claim(trial, chance)
        self._next_run(trial, chance, f"{seconds:.2f} s, seed {seed}")

    def _end(self, trial: Trial, killed: bool, *, drop: bool) -> None:
        self.figures["runs that were killed" if killed else "runs that ended first"] += 1
        trial.let_go(drop=drop)
        time.sleep(SETTLED)

    def _claim(self, trial: Trial, chance: random.Random) -> None:
        """Some of those who could sign in do; nobody who is finished is mailed again."""
        trial.day.look()
        for name in trial.day.able():
            if chance.random() < 0.3:
                trial.day.claim(name)
                self.figures["claimed between runs"] += 1

    def _next_run(self, trial: Trial, chance: random.Random, told: str) -> None:
        self._claim(trial, chance)
        before = len(trial.mailbox.mails())
        trial.run()
        self.figures["next runs that finished"] += 1
        self.figures["mails of the next run"] += len(trial.mailbox.mails()) - before
        if chance.random() < 0.2:
            self.figures["further runs"] += 1
            self._run_for_nothing(trial)
        try:
            trial.day.judge()
        except AssertionError as error:
            raise AssertionError(f"killed {told}: {error}") from error

    def _run_for_nothing(self, trial: Trial) -> None:
        """Nothing is left to do, and nobody is mailed."""
        mails = len(trial.mailbox.mails())
        assert trial.run()["changed"] is False
        assert len(trial.mailbox.mails()) == mails


@pytest.fixture
def campaign(sandbox: Sandbox, tmp_path: Path, request: pytest.FixtureRequest) -> Campaign:
    return Campaign(request.param, sandbox, tmp_path)


@pytest.mark.parametrize("campaign", ["joiners"], indirect=True)
def test_a_few(campaign: Campaign) -> None:
    asha, li, kim, ola = NAMES
    moments = [
        Moment("CreateLoginProfile", kim, "after"),
        Moment(MAIL, address_of(ola), "recipient"),
        Moment(MAIL, address_of(asha), "after"),
        Moment("TagUser", li, "before"),
    ]
    for seed, moment in enumerate(moments):
        campaign.kill_at(moment, seed)
    assert campaign.figures["runs that were killed"] == len(moments)


@pytest.mark.long
@pytest.mark.parametrize("campaign", STORIES, indirect=True)
def test_at_every_moment(campaign: Campaign, request: pytest.FixtureRequest) -> None:
    moments = campaign.moments()
    for seed, moment in enumerate(moments):
        campaign.kill_at(moment, seed)
    print(f"{len(moments)} moments of {request.node.callspec.params['campaign']!r}: {dict(campaign.figures)}")


@pytest.mark.long
@pytest.mark.parametrize("campaign", STORIES, indirect=True)
def test_at_random(campaign: Campaign, request: pytest.FixtureRequest) -> None:
    """Two runs are killed one after the other."""
    start = time.monotonic()
    campaign.trial().run(daily=False)
    whole = time.monotonic() - start
    chance = random.Random(2026)
    for seed in range(RANDOM_KILLS // 2):
        campaign.kill_after(chance.uniform(0.3, 1.0) * whole, seed)
    print(f"at random in {request.node.callspec.params['campaign']!r}: {dict(campaign.figures)}")


ALIVE = ("CreateLoginProfile", "GetLoginProfile", MAIL, "TagUser")


@pytest.mark.long
@pytest.mark.parametrize("story", ["joiners", "left pending"])
def test_the_playbook_alone_is_killed(sandbox: Sandbox, tmp_path: Path, story: str) -> None:
    """Its module lives on, held while the next run starts: until that has ended, or only for a while."""
    every = Trial(STORIES[story], sandbox, tmp_path).moments()
    kinds = {(one.operation, one.when, one.skip): one for one in every if one.operation in ALIVE}
    figures: Counter[str] = Counter()
    for number, moment in enumerate(kinds.values()):
        if moment.when == "greeting":
            continue
        trial = Trial(STORIES[story], sandbox, tmp_path)
        trial.hold(moment)
        variables = {f"onboard_{name}": value for name, value in trial.options(daily=False).items()}
        playbook = start_playbook("workforce.aws.onboard", sandbox=sandbox, tmp_path=tmp_path, extra_vars=variables)
        assert trial.is_held(moment, playbook), moment
        orphans = kill_alone(playbook)
        assert orphans.modules, "nothing lives on"
        figures["playbooks that were killed"] += 1
        following = trial.start(daily=True)
        if number % 2:
            following.result()
        else:
            time.sleep(0.2 * (number % 5))
        trial.let_go(drop=False)
        figures["next runs that failed"] += "failed" in following.result()
        orphans.wait()
        try:
            trial.day.judge()
        except AssertionError as error:
            raise AssertionError(f"killed {moment}: {error}") from error
    print(f"{story!r}: {dict(figures)}")
