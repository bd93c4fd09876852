# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The issuer: draws first credentials, sets them in IAM, hands them over and records it, beside other runs.

Whatever the runs do at the same time, the last mail that a person gets is to hold the password that IAM has. Three
rules bring that about. A password is only ever set by CreateLoginProfile, which one of the runs wins. A mail is sent
only while the profile is still ours, which its CreateDate tells, and after it that is asked again: a run whose
password was replaced while its mail was under way cannot know whose mail came last, and issues anew. And before
anything that was delivered is replaced, the mark says ``pending``, so that a run that dies is finished by the next.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import random
import typing as t

from .._aws.calls import items
from .._aws.errors import code_of
from .._core.credential_mark import Mark, parse_mark, tag_of
from .._core.delivery import DeliveryError, Issued
from .._core.model import LoginProfile, Step, Subject, User, fold
from .._directory.single import with_sign_in
from .recovery import was_replayed

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.delivery import Delivery, Recipient, SignIn
    from .._credentials.passwords import PasswordRules

    Answer = t.Mapping[str, t.Any]

ROUNDS = 5
ROUND_PAUSE = (0.2, 1.0)
"""Seconds between two rounds, drawn anew each time: two runs that disturb each other fall out of step."""

ONE_DATE = 1.0
"""Seconds that one CreateDate lasts. Nothing is created in the second of a deletion: no two profiles look alike."""

SIGHT_PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds after which a profile of ours is looked for again: IAM does not show it everywhere at once."""

SIGNED_IN = "has signed in meanwhile and chosen a password: it stays"
ANOTHER_RUN = "is being issued a password by another run at this moment: that one goes on"
NOBODY_WINS = "other runs kept replacing the password while it was delivered"


class Settled(Exception):  # noqa: N818 # it is no error: somebody else has done it, or does it now
    """Nothing more is to be done for this person in this run, and nothing failed."""


class _GoneError(Exception):
    """There is nothing to delete."""


class Run(t.Protocol):
    """What the issuer needs of the run that it works for."""

    def send(self, step: Step, before: t.Callable[[], object] | None = None) -> Answer:
        """IAM's answer. What passes by itself is sent again; ``before`` is called right before each time."""

    def pause(self, seconds: float) -> None:
        """Wait. Raises when the run was interrupted."""

    def finish(self) -> None:
        """From here on this person's steps are done although the run is interrupted."""


@dataclasses.dataclass
class _Held:
    """What one person is being issued. Secrets live here and nowhere else, and not for long."""

    reset_required: bool = True
    password: str | None = dataclasses.field(default=None, repr=False)
    made: datetime.datetime | None = None
    key_id: str | None = dataclasses.field(default=None, repr=False)
    key_secret: str | None = dataclasses.field(default=None, repr=False)
    replaced: bool = False
    delivered_at: datetime.datetime | None = None
    by: tuple[str, ...] = ()

    def secrets(self) -> frozenset[str]:
        return frozenset(secret for secret in (self.password, self.key_secret) if secret)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Issuer:
    """Does the issuing steps of one run; its threads share it, each with persons of its own.

    ``recipients`` are by :func:`fold` of their names; ``awaiting`` are the keys of those who are to be delivered to,
    ``marked`` of those whom this run marks as pending itself, over whatever another run wrote meanwhile.
    """

    def __init__(
        self,
        iam: Client,
        rules: PasswordRules,
        deliveries: t.Sequence[Delivery],
        recipients: t.Mapping[str, Recipient],
        sign_in: SignIn,
        *,
        awaiting: t.Collection[str] = (),
        marked: t.Collection[str] = (),
        clock: t.Callable[[], datetime.datetime] = _now,
    ) -> None:
        self._iam = iam
        self._rules = rules
        self._deliveries = {delivery.name: delivery for delivery in deliveries}
        self._recipients = recipients
        self._sign_in = sign_in
        self._awaiting = awaiting
        self._marked = marked
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._lost: DeliveryError | None = None

    def write(self, step: Step, run: Run) -> Step:
        """Do the step, and say what was done: the moment, say, was not known to the plan. Raises Settled."""
        writers = {
            "DeleteLoginProfile": self._delete,
            "CreateLoginProfile": self._create,
            "CreateAccessKey": self._create_key,
            "Deliver": self._deliver,
            "TagUser": self._mark,
        }
        try:
            return writers[step.operation](step, run)
        except Settled:
            self._take_back_key(step, run)
            self.forget(step.subject)
            raise

    def forget(self, subject: Subject) -> frozenset[str]:
        """Let go of what a person was being issued: the secrets that what is told of it must not repeat."""
        held = self._held.pop(fold(subject.name), None)
        return frozenset() if held is None else held.secrets()

    def _holding(self, step: Step) -> _Held:
        return self._held.setdefault(fold(step.subject.name), _Held())

    # The steps

    def _delete(self, step: Step, run: Run) -> Step:
        """Delete the password, unless its owner has claimed it since it was looked at."""
        awaited = fold(step.subject.name) in self._awaiting
        if awaited:
            self._refuse_lost()
            self._holding(step).replaced = True
        self._clear(step, run, even_if_claimed=bool(step.params.get("EvenIfClaimed")))
        if awaited:
            run.pause(ONE_DATE)
        return step

    def _create(self, step: Step, run: Run) -> Step:
        held = self._holding(step)
        held.reset_required = bool(step.params["PasswordResetRequired"])
        self._make_password(step, held, run)
        return step

    def _create_key(self, step: Step, run: Run) -> Step:
        self._make_key(step, self._holding(step), run)
        return step

    def _deliver(self, step: Step, run: Run) -> Step:
        """Hand over what is in IAM now. After each round it is asked whether it still is."""
        held = self._holding(step)
        try:
            for round_ in range(ROUNDS):
                if round_:
                    self._issue_anew(step, held, run)
                self._expect_ours(step, held, run)
                # A mail that is under way arrives: what belongs to it is done, come what may.
                run.finish()
                self._hand_over(step, held)
                if self._is_still_right(step, held):
                    return step
                held.replaced = True
                self._send_mark(step, Mark("pending"), run)
            raise DeliveryError(NOBODY_WINS, "Overtaken", "Let one run end before the next begins, then run again.")
        except Settled:
            raise
        except Exception:
            self._leave_pending(step, held, run)
            raise

    def _mark(self, step: Step, run: Run) -> Step:
        """Write the mark that the plan could not know: with the moment, and the deliveries."""
        planned = parse_mark(next(iter(step.params["Tags"]))["Value"])
        held = self._held.get(fold(step.subject.name), _Held())
        mark = dataclasses.replace(planned, at=held.delivered_at or self._clock(), by=held.by)
        done = self._send_mark(step, mark, run)
        if held.password is not None and not held.reset_required:
            # Last of all: for the next run, a password without a reset before it is delivered is a claimed one.
            run.send(_derived(step, "UpdateLoginProfile", PasswordResetRequired=False))
        self.forget(step.subject)
        return done

    # What they are made of

    def _clear(self, step: Step, run: Run, *, even_if_claimed: bool = False) -> None:
        def guard() -> None:
            profile = self._profile(step)
            if profile is None:
                # What another run makes from now on is not ours to delete.
                raise _GoneError
            if not profile.reset_required:
                raise Settled(SIGNED_IN)

        try:
            run.send(_derived(step, "DeleteLoginProfile"), before=None if even_if_claimed else guard)
        except _GoneError:
            return
        except Exception as error:
            if code_of(error) != "NoSuchEntity":
                raise

    def _make_password(self, step: Step, held: _Held, run: Run, *, once_more: bool = True) -> None:
        self._refuse_lost()
        held.password = self._rules.generate(step.subject.name)
        # Until it is delivered a reset is required of every password: that tells a claimed one from ours.
        creation = _derived(step, "CreateLoginProfile", PasswordResetRequired=True)
        try:
            answer = run.send(dataclasses.replace(creation, secrets={"Password": held.password}))
        except Exception as error:
            if code_of(error) != "EntityAlreadyExists":
                raise
            # It may be ours, the answer lost on its way: nobody can read a password back. And over what another run has
            # finished we may have written ``pending``.
            if not once_more or not (was_replayed(error) or fold(step.subject.name) in self._marked):
                raise Settled(ANOTHER_RUN) from None
            held.replaced = True
            self._clear(step, run)
            run.pause(ONE_DATE)
            self._make_password(step, held, run, once_more=False)
            return
        held.made = answer["LoginProfile"]["CreateDate"]

    def _make_key(self, step: Step, held: _Held, run: Run) -> None:
        self._refuse_lost()
        key = run.send(_derived(step, "CreateAccessKey"))["AccessKey"]
        held.key_id, held.key_secret = key["AccessKeyId"], key["SecretAccessKey"]

    def _issue_anew(self, step: Step, held: _Held, run: Run) -> None:
        """Our mail may be the last one, and what it says is no longer so. The mark is ``pending`` already."""
        run.pause(random.uniform(*ROUND_PAUSE))  # noqa: S311 # spreads the runs, guards nothing
        if held.password is not None:
            self._clear(step, run)
            run.pause(ONE_DATE)
            self._make_password(step, held, run)
        if held.key_id is not None and not self._has_key(step, held.key_id):
            self._make_key(step, held, run)

    def _expect_ours(self, step: Step, held: _Held, run: Run) -> None:
        """Raise Settled unless IAM has what we are about to deliver."""
        if held.made is None:
            if held.key_id is not None and not self._has_key(step, held.key_id):
                raise Settled(ANOTHER_RUN)
            return
        for pause in (*SIGHT_PAUSES, None):
            profile = self._profile(step)
            if profile is not None and not profile.reset_required:
                raise Settled(SIGNED_IN)
            if profile is not None and profile.create_date == held.made:
                return
            is_overtaken = profile is not None and profile.create_date is not None and profile.create_date > held.made
            if is_overtaken or pause is None:
                raise Settled(ANOTHER_RUN)
            run.pause(pause)

    def _is_still_right(self, step: Step, held: _Held) -> bool:
        """Whether the mail that just went out is right. Raises Settled where a later one is certain to come."""
        if held.made is None:
            return held.key_id is None or self._has_key(step, held.key_id)
        profile = self._profile(step)
        if profile is None:
            # Whoever deleted it has not yet made another: theirs is mailed after ours, by them or by the next run.
            raise Settled(ANOTHER_RUN)
        return profile.create_date == held.made or not profile.reset_required

    def _hand_over(self, step: Step, held: _Held) -> None:
        issued = Issued(
            user_name=step.subject.name,
            password=held.password,
            reset_required=held.reset_required,
            access_key_id=held.key_id,
            secret_access_key=held.key_secret,
        )
        recipient = self._recipients[fold(step.subject.name)]
        held.by = tuple(step.params["By"])
        # A file can be written again unnoticed, a mail cannot be taken back: it goes last.
        for name in sorted(held.by, key=lambda name: name == "mail"):
            self._refuse_lost()
            try:
                self._deliveries[name].deliver(issued, recipient, self._sign_in)
            except DeliveryError as error:
                if error.lost:
                    self._lost = error
                raise
        held.delivered_at = self._clock()

    def _refuse_lost(self) -> None:
        """Issue nothing more once a way is gone: what cannot be delivered is not made, and what may work stays."""
        if self._lost is not None:
            raise DeliveryError(str(self._lost), self._lost.code, self._lost.advice, lost=True)

    def _leave_pending(self, step: Step, held: _Held, run: Run) -> None:
        """After a failure. A run that was overtaken may have written ``delivered`` over the plan's ``pending``."""
        if held.replaced:
            with contextlib.suppress(Exception):
                self._send_mark(step, Mark("pending"), run)

    def _send_mark(self, step: Step, mark: Mark, run: Run) -> Step:
        done = dataclasses.replace(_derived(step, "TagUser", Tags=[tag_of(mark)]), line=step.line)
        run.send(done)
        return done

    def _take_back_key(self, step: Step, run: Run) -> None:
        """A key that nobody was given opens nothing for anybody; the next run would make another beside it."""
        held = self._held.get(fold(step.subject.name))
        if held is not None and held.key_id is not None and held.delivered_at is None:
            with contextlib.suppress(Exception):
                run.send(_derived(step, "DeleteAccessKey", AccessKeyId=held.key_id))

    def _profile(self, step: Step) -> LoginProfile | None:
        user = with_sign_in(self._iam, User(step.subject.name), frozenset({"login_profile"}))
        return user.login_profile or None

    def _has_key(self, step: Step, key_id: str) -> bool:
        params = {"UserName": step.subject.name}
        keys = items(self._iam, "ListAccessKeys", "AccessKeyMetadata", params, str(step.subject))
        return any(key["AccessKeyId"] == key_id for key in keys)


def _derived(step: Step, operation: str, **params: t.Any) -> Step:
    """The IAM write that a step comes to."""
    return dataclasses.replace(step, operation=operation, params={"UserName": step.subject.name, **params})
