# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cut people off now, whatever state the lists are in: the deny is written first, all else is read and cut after it."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._apply.apply import REFUSALS, apply
from .._aws.calls import ask
from .._aws.errors import ReadError
from .._core.dates import stamp, stamped
from .._core.desired import DesiredUser, Suspension
from .._core.model import Credentials, Directory, User, fold
from .._core.revoked_sessions import LAG, is_over
from .._core.steps import Failure
from .._core.subjects import Subject
from .._core.suspension import DENY_NAME, is_denied, signed_by, tagged_suspension
from .._core.tags import employee_id_of
from .._directory.directory import read_directory
from .._directory.scope import Scope
from .._plan.after import after
from .._plan.sessions import revoking_steps, still_open
from .._plan.suspension import as_answered, boundary_denial, denial, is_denial, suspension_steps
from .lookup import may_be_name, name_directly, search
from .role_sessions import SessionReads

if t.TYPE_CHECKING:
    from .._apply.record import Record
    from .._aws.calls import Client
    from .._core.model import Account
    from .._core.steps import Step
    from .._directory.scope import Part
    from .lookup import Named

_PARTS: frozenset[Part] = frozenset({"attached", "inline", "memberships", "login_profile", "access_keys"})
_EMPTY = Directory({}, {})


@dataclasses.dataclass
class Cut:
    """What came of one person. ``directory`` is the account around the person, read after the deny.

    ``looked`` says whether it was seen that there was no deny before one was written. ``settled`` is true once no deny
    is to be written any more, ``in_force`` once AWS took one or showed it. ``ended`` are the roles whose sessions are
    refused, ``ended_now`` those of them to which this run wrote that.
    """

    name: str
    asked: str
    employee_id: str | None = None
    directory: Directory = _EMPTY
    looked: bool = False
    settled: bool = False
    in_force: bool = False
    at: str = ""
    ended: tuple[str, ...] = ()
    ended_now: tuple[str, ...] = ()

    @property
    def user(self) -> User | None:
        """Who it is, once read."""
        return self.directory.users.get(fold(self.name))

    @property
    def spelled(self) -> str:
        """The name as the account has it, as far as that is known: the names of sessions go by it."""
        return self.user.name if self.user else self.name

    @property
    def other_id(self) -> str | None:
        """What to tell where the employee id that was named is not the user's; the name was cut all the same."""
        borne = employee_id_of(self.user) if self.user else None
        if self.employee_id is None or self.user is None or borne == self.employee_id:
            return None
        bears = "no employee id" if borne is None else f"the employee id {borne}"
        return f"{self.user.name} bears {bears}, not {self.employee_id}; the name is what counts"


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
        self.sessions = SessionReads(iam)
        self.sessions_unread: str | None = None
        self.session_steps: list[Step] = []

    def run(self, entries: t.Sequence[str]) -> None:
        """Cut off everybody who is named. Entries that are no users' names are looked for after that."""
        named = name_directly(self._iam, entries)
        self.failures += named.failures
        absent = self._deny(named)
        self._cut_the_rest()
        self._end_sessions()
        self.failures += search(self._iam, absent)

    def _deny(self, named: Named) -> list[str]:
        """Deny them everything, and tell which entries are no users."""
        cuts: list[Cut] = []
        absent: list[str] = []
        for name, entry in named.names.items():
            if self._is_caller(name):
                what = "is who runs this; nothing was done to it"
                self.failures.append(Failure(Subject("user", name), "GetCallerIdentity", "CallerItself", what))
            elif any(fold(cut.name) == fold(name) for cut in cuts):
                continue
            elif not may_be_name(name) or (self._check_mode and not self._exists(name)):
                absent.append(entry)
            else:
                looked = name not in named.found
                settled = looked and self._is_denied(name)
                cuts.append(Cut(name, entry, named.ids.get(name), looked=looked, settled=settled, in_force=settled))
        absent += self._write_denials([cut for cut in cuts if not cut.settled])
        self.cuts = [cut for cut in cuts if cut.asked not in absent]
        return absent

    def _write_denials(self, cuts: t.Sequence[Cut]) -> list[str]:
        """Write the denies; tell which entries turned out to be no users."""
        if self._check_mode or not cuts:
            return []
        failures = self._accept(cuts, [denial(self._stranger(cut.name), "person") for cut in cuts])
        refused = {fold(each.subject.name) for each in failures if each.code in REFUSALS}
        again = [cut for cut in cuts if fold(cut.name) in refused]
        if again:
            # The boundary that this replaces is read first, so that a person can put it back.
            failures = [each for each in failures if fold(each.subject.name) not in refused]
            failures += self._accept(again, [boundary_denial(self._with_boundary(cut.name)) for cut in again])
        self.failures += [each for each in failures if each.code != "NoSuchEntity"]
        gone = {fold(each.subject.name) for each in failures if each.code == "NoSuchEntity"}
        return [cut.asked for cut in cuts if fold(cut.name) in gone]

    def _accept(self, cuts: t.Sequence[Cut], steps: t.Sequence[Step]) -> list[Failure]:
        """Write one deny each, and keep of whom AWS took it. It is not tried again in this run."""
        outcome = apply(self._iam, steps, tell=self._record.add)
        done = {fold(step.subject.name) for step, _answer in outcome.done}
        self.steps += [step for step, _answer in outcome.done]
        for cut in cuts:
            cut.settled, cut.in_force, cut.at = True, fold(cut.name) in done, now()
        return list(outcome.failures)

    def _stranger(self, name: str) -> User:
        """Somebody of whom nothing was read, for the deny needs no more than the name."""
        arn = f"arn:{self._account.partition}:iam::{self._account.account_id}:user/{name}"
        return User(name, arn=arn, tags={}, inline={}, attached={}, login_profile=False, credentials=Credentials())

    def _with_boundary(self, name: str) -> User:
        """The same with its permissions boundary, where that can be read."""
        stranger = self._stranger(name)
        try:
            found = read_directory(self._iam, Scope(users={name: frozenset()})).user(name)
        except ReadError:
            found = None
        return stranger if found is None else dataclasses.replace(stranger, boundary=found.boundary)

    def _is_caller(self, name: str) -> bool:
        kind, _slash, path = self._account.caller_arn.split(":", 5)[5].partition("/")
        return kind == "user" and fold(path.rpartition("/")[2]) == fold(name)

    def _is_denied(self, name: str) -> bool:
        """Whether a person's deny is there already. Who may not read it writes it again."""
        try:
            answer = ask(self._iam, "GetUserPolicy", {"UserName": name, "PolicyName": DENY_NAME}, f"user {name}")
        except ReadError:
            return False
        found = dataclasses.replace(self._stranger(name), inline={DENY_NAME: answer["PolicyDocument"]})
        return signed_by(found) == "person"

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
            steps = suspension_steps(wanted, cut.directory)
            planned += [step for step in steps if not (cut.settled and is_denial(step))]
        if self._check_mode:
            self.steps += planned
            return
        outcome = apply(self._iam, planned, tell=self._record.add)
        self.steps += [step for step, _answer in outcome.done]
        self.failures += outcome.failures

    def _end_sessions(self) -> None:
        """Refuse the sessions of roles that departments may assume, each role once for everybody."""
        if not self.cuts:
            return
        try:
            roles = self.sessions.open_to_departments()
        except ReadError as error:
            self.sessions_unread = str(error)
            return
        moment = datetime.datetime.now(datetime.UTC)
        lost = {cut.spelled: self._since(cut, moment) for cut in self.cuts}
        lost = {name: since for name, since in lost.items() if not is_over(since + LAG, moment)}
        to_end = {role.name: still_open(role, lost) for role in roles}
        refused = self._apply_sessions([step for role in roles for step in revoking_steps(role, lost, moment)])
        for cut in self.cuts:
            if cut.spelled in lost:
                cut.ended = tuple(name for name in to_end if name not in refused)
            cut.ended_now = tuple(name for name in cut.ended if cut.spelled in to_end[name])

    def _apply_sessions(self, steps: t.Sequence[Step]) -> set[str]:
        """Write the policies of the roles; the names of those that IAM did not take."""
        if self._check_mode:
            self.session_steps = list(steps)
            return set()
        outcome = apply(self._iam, steps, tell=self._record.add)
        self.session_steps = [step for step, _answer in outcome.done]
        self.failures += outcome.failures
        return {each.subject.name for each in outcome.failures}

    def _since(self, cut: Cut, moment: datetime.datetime) -> datetime.datetime:
        """Since when somebody is cut off: this run, or what the tag says of a suspension that was whole before."""
        tagged = tagged_suspension(cut.user) if cut.user else None
        if tagged is None or not cut.looked or self.steps_of(cut):
            return moment
        try:
            return stamped(tagged.at)
        except ValueError:
            return moment

    def reached(self, cut: Cut) -> Directory:
        """The account around somebody as it is once all was done, as far as it was read."""
        return after(cut.directory, [step for step in self._steps_of(cut) if cut.user])

    def is_cut(self, cut: Cut) -> bool:
        """Whether a deny is in force: one of this run, one that was seen, or one that was there in another form."""
        if self._check_mode or cut.in_force:
            return True
        user = self.reached(cut).users.get(fold(cut.name))
        return user is not None and is_denied(user)

    def steps_of(self, cut: Cut) -> list[Step]:
        """What was done to somebody, or would be, under the name that the account has for them."""
        user, steps = cut.user, self._steps_of(cut)
        subject = Subject("user", user.name if user else cut.name)
        if user and not self.is_cut(cut):
            steps = as_answered(steps, self.reached(cut))
        elif not self._check_mode and _was_cut_before(cut, steps):
            steps = []
        return [dataclasses.replace(step, subject=subject) for step in steps]

    def _steps_of(self, cut: Cut) -> list[Step]:
        return [step for step in self.steps if fold(step.subject.name) == fold(cut.name)]


def _was_cut_before(cut: Cut, steps: t.Iterable[Step]) -> bool:
    """Whether nothing was done to a suspended user but a deny that it may have had: IAM takes it twice."""
    if cut.user is None or tagged_suspension(cut.user) is None:
        return False
    return all(is_denial(step) and (not cut.looked or step.operation != "PutUserPolicy") for step in steps)


def now() -> str:
    """This moment, as the tag writes it."""
    return stamp(datetime.datetime.now(datetime.UTC))
