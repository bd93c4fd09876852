# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cut people off now, whatever state the lists are in: the deny is written first, all else is read and cut after it."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._apply.apply import apply
from .._aws.calls import ask
from .._aws.errors import ReadError
from .._core import documents
from .._core.dates import stamp
from .._core.model import Credentials, DesiredUser, Directory, Failure, Subject, Suspension, User, fold
from .._core.suspension import DENY, DENY_NAME, suspension_of
from .._directory.directory import read_directory
from .._directory.scope import Scope
from .._plan.suspension import denial, suspension_steps
from .lookup import may_be_name, name_directly, search

if t.TYPE_CHECKING:
    from .._apply.record import Record
    from .._aws.calls import Client
    from .._core.model import Account, Step
    from .._directory.scope import Part

_PARTS: frozenset[Part] = frozenset({"attached", "inline", "memberships", "login_profile", "access_keys"})
_EMPTY = Directory({}, {})


@dataclasses.dataclass
class Cut:
    """What came of one person. ``directory`` is the account around the person, read after the deny."""

    name: str
    asked: str
    directory: Directory = _EMPTY
    denied: bool = False
    at: str = ""

    @property
    def user(self) -> User | None:
        """Who it is, once read."""
        return self.directory.users.get(fold(self.name))


class Offboarding:
    """One run. Nobody's failure keeps another one in."""

    def __init__(self, iam: Client, account: Account, record: Record, *, check_mode: bool) -> None:
        self._iam = iam
        self._account = account
        self._record = record
        self._check_mode = check_mode
        self.cuts: list[Cut] = []
        self.steps: list[Step] = []
        self.failures: list[Failure] = []

    def run(self, entries: t.Sequence[str]) -> None:
        """Cut off everybody who is named; who is no user's name is looked for once the others are denied."""
        named = name_directly(self._iam, entries)
        self.failures += named.failures
        certain = {name for name, entry in named.names.items() if name != entry}
        absent = self._deny(named.names, certain)
        found = search(self._iam, absent)
        self.failures += found.failures
        self._deny(found.names, set(found.names))
        self._cut_the_rest()

    def _deny(self, names: t.Mapping[str, str], certain: t.Collection[str]) -> list[str]:
        """Deny them everything, and tell which entries are no users. Of the certain ones nothing is asked before."""
        cuts: list[Cut] = []
        absent: list[str] = []
        for name, entry in names.items():
            if self._is_caller(name):
                what = "is who runs this; nothing was done to it"
                self.failures.append(Failure(Subject("user", name), "GetCallerIdentity", "CallerItself", what))
            elif any(fold(cut.name) == fold(name) for cut in (*self.cuts, *cuts)):
                continue
            elif not may_be_name(name) or (self._check_mode and not self._exists(name)):
                absent.append(entry)
            else:
                cuts.append(Cut(name, entry, denied=name not in certain and self._is_denied(name)))
        absent += self._apply_denials(cuts)
        self.cuts += [cut for cut in cuts if cut.asked not in absent]
        return absent

    def _apply_denials(self, cuts: t.Sequence[Cut]) -> list[str]:
        lacking = [cut for cut in cuts if not cut.denied]
        if self._check_mode or not lacking:
            return []
        steps = [denial(self._stranger(cut.name)) for cut in lacking]
        outcome = apply(self._iam, steps, tell=self._record.add)
        self.steps += [step for step, _answer in outcome.done]
        gone = {fold(each.subject.name) for each in outcome.failures if each.code == "NoSuchEntity"}
        self.failures += [each for each in outcome.failures if each.code != "NoSuchEntity"]
        for cut in lacking:
            # Whether it was taken or not, it is not tried again in this run.
            cut.denied, cut.at = True, now()
        return [cut.asked for cut in lacking if fold(cut.name) in gone]

    def _stranger(self, name: str) -> User:
        """Somebody of whom nothing was read, for the deny needs no more than the name."""
        arn = f"arn:{self._account.partition}:iam::{self._account.account_id}:user/{name}"
        return User(name, arn=arn, tags={}, inline={}, attached={}, login_profile=False, credentials=Credentials())

    def _is_caller(self, name: str) -> bool:
        kind, _slash, path = self._account.caller_arn.split(":", 5)[5].partition("/")
        return kind == "user" and fold(path.rpartition("/")[2]) == fold(name)

    def _is_denied(self, name: str) -> bool:
        """Whether the deny is there already. Who may not read it writes it again."""
        try:
            answer = ask(self._iam, "GetUserPolicy", {"UserName": name, "PolicyName": DENY_NAME}, f"user {name}")
        except ReadError:
            return False
        return documents.same(answer["PolicyDocument"], DENY)

    def _exists(self, name: str) -> bool:
        return read_directory(self._iam, Scope(users={name: frozenset()})).user(name) is not None

    def _cut_the_rest(self) -> None:
        """Console password, access keys, tag."""
        planned: list[Step] = []
        for cut in self.cuts:
            try:
                cut.directory = read_directory(self._iam, Scope(users={cut.name: _PARTS}))
            except ReadError as error:
                self.failures.append(Failure(Subject("user", cut.name), error.operation, error.code, str(error)))
                continue
            wanted = DesiredUser(cut.name, create=False, suspend=Suspension("person", now()))
            planned += [step for step in suspension_steps(wanted, cut.directory) if not (cut.denied and _denies(step))]
        if self._check_mode:
            self.steps += planned
            return
        outcome = apply(self._iam, planned, tell=self._record.add)
        self.steps += [step for step, _answer in outcome.done]
        self.failures += outcome.failures

    def steps_of(self, cut: Cut) -> list[Step]:
        """What was done to somebody, or would be, under the name that the account has for them."""
        user = cut.user
        subject = Subject("user", user.name if user else cut.name)
        steps = [step for step in self.steps if fold(step.subject.name) == fold(cut.name)]
        if user and suspension_of(user) and all(_denies(step) for step in steps) and not self._check_mode:
            # A deny that was written without a look, for somebody who was suspended already, changes nothing.
            return []
        return [dataclasses.replace(step, subject=subject) for step in steps]


def _denies(step: Step) -> bool:
    return step.operation in ("PutUserPolicy", "AttachUserPolicy")


def now() -> str:
    """This moment, as the tag writes it."""
    return stamp(datetime.datetime.now(datetime.UTC))
