# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The years of an organisation, day after day: after each run the account is what the list says of that day.

People of the optional data set, with returners, namesakes and people in two departments added. The account is read
back by boto3 alone, and each day's writes are counted. Most days run the module in this process, with that day's clock;
every eighth is a real `ansible-playbook` of the role.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import multiprocessing
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._identity.beside_settings import KINDS
from ansible_collections.workforce.aws.plugins.module_utils._tasks import workforce

from tests.sandbox.client import Sandbox, SandboxError
from tests.support import history as told
from tests.support.history import Account, History, Leavers, Seat
from tests.support.modules import run_in_process
from tests.support.playbooks import PlaybookResult, start_playbook
from tests.support.processes import kill_all, kill_alone
from tests.support.role import RUN

FIRST, LAST = datetime.date(1985, 6, 3), datetime.date(2002, 12, 30)
LIST_TAG = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ list")
DENY = [{"Sid": "WorkforceSuspendedByList", "Effect": "Deny", "Action": "*", "Resource": "*"}]
PASSWORD = "A-Password-2026"
NO_BRAKES = {"max_losses": "100%", "max_gains": 100_000}
ONBOARD = "workforce.aws.onboard"
Playbook = Callable[..., PlaybookResult]
Start = Callable[..., subprocess.Popen[bytes]]
Clock = Callable[[datetime.date], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the day on which the module believes to run: at noon, UTC."""

    def at(day: datetime.date) -> None:
        now = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
        frozen = SimpleNamespace(now=lambda _zone: now)
        monkeypatch.setattr(workforce, "datetime", SimpleNamespace(datetime=frozen, UTC=datetime.UTC))

    return at


@dataclass
class Replay:
    """One replay: the account that should be, and the sandbox's that is."""

    sandbox: Sandbox
    iam: Any
    clock: Clock
    account: Account
    watched: list[str]
    figures: Counter[str] = field(default_factory=Counter)

    def options(self, day: datetime.date, *, announce: bool = True) -> dict[str, Any]:
        unlisted = {} if self.account.leavers == "ends_on" else {"unlisted": self.account.leavers}
        days = self.account.remove_after_days
        more = unlisted if days is None else {**unlisted, "remove_after_days": days}
        return {**told.chart_of(self.account, day, announce=announce), **more}

    def day(self, day: datetime.date) -> None:
        """A day's run; where a brake stops it, it names exactly as many as the list says, and nothing was written."""
        options, before = self.options(day), {seat.name for seat in self.account.seats.values() if seat.suspended}
        managed = len(self.account.seats)
        writes = self.account.go_to(day)
        options |= told.confirmed_renames(writes)
        losses = len(told.losers(self.account, writes, before))
        gains = len(told.gainers(writes))
        stops = {"losses": losses > min(25, max(3, managed / 10))}
        stops["gains"] = managed >= 20 and gains > max(20, managed / 4)
        self.clock(day)
        self.sandbox.clear_calls()
        confirmed = {}
        if any(stops.values()):
            stopped = self.run(options)
            assert stopped["failed"] is True
            assert self.sandbox.calls(log=0)["by_kind"].get("write", 0) == 0
            numbers = {"losses": losses, "gains": gains}
            for brake, stop in stops.items():
                assert (f"-e onboard_confirm_{brake}={numbers[brake]}" in stopped["msg"]) is stop, stopped["msg"]
            confirmed = {f"confirm_{brake}": numbers[brake] for brake, stop in stops.items() if stop}
            self.figures["stopped by a brake"] += 1
        done = self.run({**options, **confirmed})
        assert "failed" not in done, done["msg"]
        self.check(day, writes)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        return run_in_process("iam_workforce", options, sandbox=self.sandbox)

    def check(self, day: datetime.date, writes: Sequence[told.Write] | None) -> None:
        """The account is that of the day, and the writes were those that lead there."""
        if writes is not None:
            assert writes_of(self.sandbox) == told.operations(writes), day
            self.figures["writes"] += len(writes)
        found = self.look()
        expected = {seat.name: (employee_id, seat) for employee_id, seat in self.account.seats.items()}
        assert set(found) == set(expected), day
        for name, (employee_id, seat) in expected.items():
            assert found[name] == (employee_id, seat.groups, seat.suspended), f"{name} on {day}"
        groups = {group["GroupName"] for group in self.iam.list_groups(MaxItems=1000)["Groups"]}
        assert groups == self.account.departments
        self._credentials()
        self.figures["days"] += 1

    def look(self) -> dict[str, tuple[str, set[str], bool]]:
        """Everybody's employee id, groups and whether they are suspended, by name."""
        pages = self.iam.get_paginator("get_account_authorization_details").paginate(Filter=["User"])
        return {user["UserName"]: _seen(user) for page in pages for user in page["UserDetailList"]}

    def _credentials(self) -> None:
        """Those who are watched have what they should; who has none yet is given a password and an access key."""
        seats = [self.account.seats[one] for one in self.watched if one in self.account.seats]
        for seat in seats:
            keys = self.iam.list_access_keys(UserName=seat.name)["AccessKeyMetadata"]
            assert [key["Status"] for key in keys] == ([] if seat.key is None else [seat.key]), seat.name
            assert self._has_password(seat.name) is seat.password, seat.name
            if not seat.suspended and seat.key is None:
                self.iam.create_access_key(UserName=seat.name)
                self.iam.create_login_profile(UserName=seat.name, Password=PASSWORD)
                seat.key, seat.password = "Active", True

    def _has_password(self, name: str) -> bool:
        try:
            self.iam.get_login_profile(UserName=name)
        except self.iam.exceptions.NoSuchEntityException:
            return False
        return True


def _seen(user: dict[str, Any]) -> tuple[str, set[str], bool]:
    tags = {tag["Key"]: tag["Value"] for tag in user.get("Tags", [])}
    policies = {policy["PolicyName"]: policy["PolicyDocument"] for policy in user.get("UserPolicyList", [])}
    assert tags.pop("workforce:managed") == "onboard"
    employee_id = tags.pop("workforce:employee-id")
    suspended = tags.pop("workforce:suspended", None)
    assert not tags
    assert (user["AttachedManagedPolicies"], user.get("PermissionsBoundary")) == ([], None), user["UserName"]
    if suspended is None:
        assert policies == {}, user["UserName"]
    else:
        assert LIST_TAG.fullmatch(suspended), suspended
        assert {name: document["Statement"] for name, document in policies.items()} == {"workforce-suspended": DENY}
    return employee_id, set(user["GroupList"]), suspended is not None


def writes_of(sandbox: Sandbox) -> Counter[str]:
    """The writes since the counts were cleared, the test's own apart."""
    by_operation = Counter(sandbox.calls(log=0)["by_operation"])
    reads = ("Get", "List", "Generate", "Simulate")
    return Counter({name: count for name, count in by_operation.items() if not name.startswith(reads)})


def days(count: int) -> list[datetime.date]:
    """So many days, from the first to the last year."""
    return [FIRST + (LAST - FIRST) * number // (count - 1) for number in range(count)]


def replay(
    sandbox: Sandbox, iam: Any, clock: Clock, leavers: Leavers, dates: Sequence[datetime.date], *, share: int = 1
) -> Replay:
    """Of every third person only, where `share` is 3."""
    history: History = told.history_of([row for row in told.data_set() if int(row["employee_id"]) % share == 0])
    watched = told.add_made_up_people(history, dates)
    return Replay(sandbox, iam, clock, Account(history, leavers), watched)


def by_playbook(replayed: Replay, day: datetime.date, playbook: Playbook) -> None:
    """A day by the role. Its clock is today's: what had ended then has ended, and nothing is told of the future."""
    options = replayed.options(day, announce=False)
    writes = replayed.account.go_to(day)
    options |= told.confirmed_renames(writes)
    replayed.sandbox.clear_calls()
    variables = {f"onboard_{name}": value for name, value in {**options, **NO_BRAKES}.items()}
    playbook(ONBOARD, extra_vars=variables).succeeded().result(RUN)
    replayed.check(day, writes)


def replay_all(replayed: Replay, dates: Sequence[datetime.date], playbook: Playbook) -> None:
    for number, day in enumerate(dates):
        if number % 8 == 5:
            by_playbook(replayed, day, playbook)
        else:
            replayed.day(day)
    # A second run of the last day finds nothing to do.
    replayed.clock(dates[-1])
    replayed.sandbox.clear_calls()
    assert replayed.run(replayed.options(dates[-1]))["changed"] is False
    assert writes_of(replayed.sandbox) == Counter()
    print(f"{replayed.account.leavers}: {dict(replayed.figures)}, {len(replayed.account.seats)} users at the end")


def test_six_days(sandbox: Sandbox, iam: Any, clock: Clock, playbook: Playbook) -> None:
    dates = days(6)
    replay_all(replay(sandbox, iam, clock, "ends_on", dates, share=3), dates, playbook)


@pytest.mark.long
@pytest.mark.parametrize("leavers", get_args(Leavers))
def test_sixty_four_days(sandbox: Sandbox, iam: Any, clock: Clock, playbook: Playbook, leavers: Leavers) -> None:
    dates = days(64)
    replay_all(replay(sandbox, iam, clock, leavers, dates), dates, playbook)


@pytest.mark.long
@pytest.mark.parametrize("leavers", ["ends_on", "suspend"])
def test_removed_when_suspended_long_enough(sandbox: Sandbox, iam: Any, clock: Clock, leavers: Leavers) -> None:
    """Who is suspended is removed 250 days later, and whoever comes back after that is new."""
    dates = days(64)
    replayed = replay(sandbox, iam, clock, leavers, dates, share=3)
    replayed.account.remove_after_days = 250
    for day in dates:
        replayed.day(day)
    print(f"removed later, {leavers}: {dict(replayed.figures)}, {len(replayed.account.seats)} users at the end")


DEEDS = ("stranger", "policy", "inline", "group", "boundary", "department")
SHADOW, STRANGER = "shadow-admins", "mallory"


@dataclass
class Adversary:
    """Somebody who gives access by hand: one deed a day, in turn, to a person or a department that is there."""

    replayed: Replay

    def do(self, number: int) -> tuple[str, str]:
        """The deed of a day; gives the kind and the subject of what the next run is to tell."""
        iam, deed = self.replayed.iam, DEEDS[number % len(DEEDS)]
        people = sorted(seat.name for seat in self.replayed.account.seats.values() if not seat.suspended)
        departments = sorted(self.replayed.account.departments)
        name, department = people[number * 7919 % len(people)], departments[number * 7919 % len(departments)]
        document = json.dumps({"Version": "2012-10-17", "Statement": [{**DENY[0], "Effect": "Allow"}]})
        if deed == "stranger":
            iam.create_user(UserName=STRANGER)
            iam.add_user_to_group(GroupName=department, UserName=STRANGER)
            return "members", department
        if deed == "policy":
            iam.attach_user_policy(UserName=name, PolicyArn=told.POLICY)
        elif deed == "inline":
            iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=document)
        elif deed == "group":
            iam.create_group(GroupName=SHADOW)
            iam.add_user_to_group(GroupName=SHADOW, UserName=name)
            return "user_groups", name
        elif deed == "boundary":
            iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=told.POLICY)
            return "boundaries", name
        else:
            iam.put_group_policy(GroupName=department, PolicyName="own", PolicyDocument=document)
            return "department_policies", department
        return "user_policies", name

    def withdraw(self) -> None:
        """What is nobody's in the account goes again; it fails where a run left somebody in it."""
        iam = self.replayed.iam
        with contextlib.suppress(iam.exceptions.NoSuchEntityException):
            iam.delete_group(GroupName=SHADOW)
        with contextlib.suppress(iam.exceptions.NoSuchEntityException):
            iam.delete_user(UserName=STRANGER)

    def day(self, day: datetime.date, number: int) -> None:
        """The day's run; the deed; the next morning's run, which tells it; one that settles it; and a quiet one."""
        replayed = self.replayed
        replayed.day(day)
        kind, subject = self.do(number)
        options = replayed.options(day)
        morning = replayed.run(options)
        assert [(one["kind"], one["subject"]) for one in morning["beside"]] == [(kind, subject)], day
        words = morning["msg"] if kind == "members" else "\n".join(morning["summary"])
        assert (STRANGER if kind == "members" else subject) in words
        assert ("msg" in morning, morning["changed"]) == (kind == "members", False)
        # A department's policy is everybody's in it: more than the brake lets go without a word.
        members = len(replayed.iam.get_group(GroupName=subject)["Users"]) if kind == "department_policies" else 1
        replayed.sandbox.clear_calls()
        settled = replayed.run({**options, "beside": "remove", "max_losses": members})
        assert ("msg" in settled, writes_of(replayed.sandbox).total()) == (False, 1), settled.get("msg")
        quiet = replayed.run({**options, "beside": "fail"})
        assert (quiet["beside_count"], quiet["changed"], "msg" in quiet) == (0, False, False)
        self.withdraw()
        # Everybody has what they should have, and nobody lost anything else.
        replayed.check(day, None)
        replayed.figures[kind] += 1


@pytest.mark.parametrize("count", [7, pytest.param(64, marks=pytest.mark.long)])
def test_what_somebody_gives_by_hand_is_told_and_settled_each_day(
    sandbox: Sandbox, iam: Any, clock: Clock, count: int
) -> None:
    dates = days(count)
    adversary = Adversary(replay(sandbox, iam, clock, "suspend", dates, share=6 if count == 7 else 3))
    for number, day in enumerate(dates):
        adversary.day(day, number)
    found = {kind: count for kind, count in adversary.replayed.figures.items() if kind in KINDS}
    assert (set(found), sum(found.values())) == (set(KINDS), count)
    print(f"given by hand: {dict(adversary.replayed.figures)}")


FORGERIES = ("a colleague's id", "a joiner's id", "nobody's id", "no id", "another mark", "no mark", "no tag")


@dataclass
class TagWriter:
    """Somebody who may write tags on their own user alone, and writes something else on it each morning."""

    replayed: Replay

    def pick(self, names: dict[str, str], writes: Sequence[told.Write], number: int) -> tuple[str, Seat]:
        """Who of those of yesterday it is, by employee id: a leaver where there is one, or somebody with no news."""
        busy, leaving = {name for _operation, name in writes}, {name for one, name in writes if one == "PutUserPolicy"}
        seats = [one for one in sorted(self.replayed.account.seats.items()) if names.get(one[0]) == one[1].name]
        leavers = [one for one in seats if one[1].name in leaving]
        quiet = [one for one in seats if one[1].name not in busy and not one[1].suspended]
        chosen = leavers if leavers and number % 2 else quiet
        return chosen[number * 7919 % len(chosen)]

    def forge(self, employee_id: str, name: str, joiners: Sequence[str], number: int) -> str:
        """Write, or take away, what the forgery of the day is; gives its name."""
        iam, forgery = self.replayed.iam, FORGERIES[number % len(FORGERIES)]
        ids = {
            "a colleague's id": next(one for one in self.replayed.account.seats if one != employee_id),
            "a joiner's id": joiners[0] if joiners else "9998",
            "nobody's id": "9999",
        }
        if forgery in ids:
            iam.tag_user(UserName=name, Tags=[{"Key": "workforce:employee-id", "Value": ids[forgery]}])
        elif forgery == "another mark":
            iam.tag_user(UserName=name, Tags=[{"Key": "workforce:managed", "Value": "x"}])
        else:
            keys = {"no id": ["workforce:employee-id"], "no mark": ["workforce:managed"]}
            iam.untag_user(UserName=name, TagKeys=keys.get(forgery, ["workforce:employee-id", "workforce:managed"]))
        return forgery

    def day(self, day: datetime.date, number: int) -> None:
        """The forgery, the day's run, what it came to, the tags as they were, and a run that finds all in step."""
        replayed = self.replayed
        before = {employee_id: seat.name for employee_id, seat in replayed.account.seats.items()}
        options = {**replayed.options(day), **NO_BRAKES}
        writes = replayed.account.go_to(day)
        joiners = sorted(set(replayed.account.seats) - set(before))
        if before:
            employee_id, seat = self.pick(before, writes, number)
            forgery = self.forge(employee_id, seat.name, joiners, number)
            replayed.clock(day)
            done = replayed.run({**options, **told.confirmed_renames(writes)})
            # Whose id is gone is whom the name says; the run writes it again.
            assert ("msg" in done) is (forgery != "no id"), (day, forgery, done.get("msg"))
            assert forgery == "no id" or seat.name in done["msg"], (day, forgery, done["msg"])
            self._others_are_right(employee_id, day)
            user = replayed.sandbox.state()["users"][seat.name]
            assert set(user["groups"]) <= seat.groups
            assert ("workforce-suspended" in user["inline_policies"]) is seat.suspended, (day, forgery)
            tags = {"workforce:managed": "onboard", "workforce:employee-id": employee_id}
            replayed.iam.tag_user(
                UserName=seat.name, Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
            )
            replayed.figures[forgery] += 1
        self._all_in_step(day, options, writes)

    def _all_in_step(self, day: datetime.date, options: dict[str, Any], writes: Sequence[told.Write]) -> None:
        self.replayed.clock(day)
        done = self.replayed.run({**options, **told.confirmed_renames(writes)})
        assert "failed" not in done, done["msg"]
        self.replayed.check(day, None)

    def _others_are_right(self, employee_id: str, day: datetime.date) -> None:
        users = self.replayed.sandbox.state()["users"]
        for other, seat in self.replayed.account.seats.items():
            if other != employee_id:
                user = users[seat.name]
                found = (user["tags"]["workforce:employee-id"], set(user["groups"]))
                assert found == (other, seat.groups), f"{seat.name} on {day}"
                assert ("workforce-suspended" in user["inline_policies"]) is seat.suspended, f"{seat.name} on {day}"


@pytest.mark.parametrize("count", [7, pytest.param(64, marks=pytest.mark.long)])
def test_who_writes_tags_on_their_own_user_changes_nothing_for_anybody(
    sandbox: Sandbox, iam: Any, clock: Clock, count: int
) -> None:
    dates = days(count + 1)
    writer = TagWriter(replay(sandbox, iam, clock, "ends_on", dates, share=6 if count == 7 else 3))
    for number, day in enumerate(dates):
        writer.day(day, number)
    print(f"tags written: {dict(writer.replayed.figures)}")


def hold(replayed: Replay, write: told.Write, when: str) -> None:
    """Hold this write when it comes."""
    operation, name = write
    kind = "GroupName" if operation in ("CreateGroup", "AttachGroupPolicy") else "UserName"
    replayed.sandbox.pause(operation, when=when, match={kind: name})


def crash(replayed: Replay, options: dict[str, Any], write: told.Write, when: str) -> bool:
    """Run in a process that is killed at this write; whether it came to that."""
    hold(replayed, write, when)
    process = multiprocessing.get_context("fork").Process(target=replayed.run, args=(options,), daemon=True)
    process.start()
    try:
        replayed.sandbox.wait_paused()
    except SandboxError:
        return False
    finally:
        process.kill()
        process.join()
        replayed.sandbox.resume(drop=True)
    return True


def one_of(writes: Sequence[told.Write], number: int) -> told.Write:
    """A write in the middle of those of a kind that is another one each day."""
    kinds = sorted({operation for operation, _name in writes})
    chosen = [write for write in writes if write[0] == kinds[number % len(kinds)]]
    return chosen[len(chosen) // 2]


def replay_with_crashes(replayed: Replay, dates: Sequence[datetime.date]) -> Iterator[bool]:
    """Each day twice: killed in the middle of a write that is another kind each day, then whole."""
    for number, day in enumerate(dates):
        options = {**replayed.options(day), **NO_BRAKES}
        writes = replayed.account.go_to(day)
        options |= told.confirmed_renames(writes)
        replayed.clock(day)
        if writes:
            yield crash(replayed, options, one_of(writes, number), ("before", "after")[number % 2])
        done = replayed.run(options)
        assert "failed" not in done, done["msg"]
        replayed.check(day, None)
        replayed.figures["writes of the second run"] += done["api_calls"]["write"]
        replayed.figures["writes"] += len(writes)


@pytest.mark.long  # test_kills.py kills a few runs in make test
@pytest.mark.parametrize("count", [6, 64])
def test_crash_in_the_middle_of_each_day(sandbox: Sandbox, iam: Any, clock: Clock, count: int) -> None:
    dates = days(count)
    replayed = replay(sandbox, iam, clock, "ends_on", dates, share=3 if count == 6 else 1)
    crashes = list(replay_with_crashes(replayed, dates))
    assert crashes
    assert all(crashes)
    print(f"{sum(crashes)} crashes: {dict(replayed.figures)}")


@pytest.fixture
def start(sandbox: Sandbox, tmp_path: Path) -> Start:
    """`start_playbook` against the sandbox."""
    return partial(start_playbook, sandbox=sandbox, tmp_path=tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("leavers", ["ends_on", "remove"])
def test_everything_is_killed_in_the_middle_of_each_day(
    sandbox: Sandbox, iam: Any, playbook: Playbook, start: Start, leavers: Leavers
) -> None:
    """`ansible-playbook` dies at a write with all its processes; the next one leaves the account as it should be."""
    dates = days(16)
    replayed = replay(sandbox, iam, no_clock, leavers, dates, share=3)
    for day, variables, write, when in days_of_playbooks(replayed, dates):
        hold(replayed, write, when)
        first = start(ONBOARD, extra_vars=variables)
        try:
            sandbox.wait_paused(timeout=120)
        finally:
            replayed.figures["processes killed"] += kill_all(first)
        sandbox.resume(drop=True)
        playbook(ONBOARD, extra_vars=variables).succeeded()
        replayed.check(day, None)
    print(f"all killed, {leavers}: {dict(replayed.figures)}")


@pytest.mark.long
@pytest.mark.parametrize("at_once", [True, False], ids=["at work", "late"])
def test_ansible_playbook_is_killed_and_its_module_lives_on(
    sandbox: Sandbox, iam: Any, playbook: Playbook, start: Start, at_once: bool
) -> None:
    """The module's write is held until the next run has read the account, or until that one has ended.

    Then it goes on with its own plan, which the other one carries out too, or has carried out.
    """
    dates = days(16)
    replayed = replay(sandbox, iam, no_clock, "ends_on", dates, share=3)
    for day, variables, write, when in days_of_playbooks(replayed, dates):
        hold(replayed, write, when)
        first = start(ONBOARD, extra_vars=variables)
        try:
            sandbox.wait_paused(timeout=120)
            left = kill_alone(first)
        finally:
            first.kill()
        assert left.modules, "nothing lives on"
        ended = beside(replayed, partial(playbook, ONBOARD, extra_vars=variables), at_once)
        left.wait()
        replayed.figures["runs beside it that failed"] += ended.rc != 0
        if ended.rc != 0:
            print(ended.result(RUN)["msg"])
        playbook(ONBOARD, extra_vars=variables).succeeded()
        replayed.check(day, None)
    print(f"lives on, {'at once' if at_once else 'late'}: {dict(replayed.figures)}")


def no_clock(day: datetime.date) -> None:
    """The clock of another process is not ours to set."""


def days_of_playbooks(
    replayed: Replay, dates: Sequence[datetime.date]
) -> Iterator[tuple[datetime.date, dict[str, Any], told.Write, str]]:
    """Each day with writes: the role's variables, a write of another kind each day, and when to hold it."""
    for number, day in enumerate(dates):
        options = {**replayed.options(day, announce=False), **NO_BRAKES}
        writes = replayed.account.go_to(day)
        options |= told.confirmed_renames(writes)
        variables = {f"onboard_{name}": value for name, value in options.items()}
        if writes:
            replayed.figures["writes"] += len(writes)
            yield day, variables, one_of(writes, number), ("before", "after")[number % 2]


def beside(replayed: Replay, run: Callable[[], PlaybookResult], at_once: bool) -> PlaybookResult:
    """Another run while the module of the last one is held, which goes on when the new one has read, or has ended."""
    if at_once:
        replayed.sandbox.pause("GetAccountAuthorizationDetails", when="after")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        if at_once:
            replayed.sandbox.wait_paused(timeout=120, count=2)
            replayed.sandbox.resume()
        ended = running.result()
    replayed.sandbox.resume()
    return ended
