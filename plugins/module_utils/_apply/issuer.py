# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The issuer: makes first credentials, delivers them and marks the user, while other runs may do the same.

Whatever the runs do at the same time, the last mail that a person gets has to hold the password that IAM has. Three
rules see to that. A password is only ever set by CreateLoginProfile: one of the runs succeeds, the others are told that
there is one. A mail is sent only while IAM has our password, and after the mail that is asked again: a run whose
password was replaced meanwhile cannot know whose mail came last, and issues another. And before anything that was
delivered is replaced, the mark says ``pending``: if this run dies, the next one finishes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import random
import typing as t

from .._aws.pace import ISSUING_THREADS
from .._core.credential_mark import Mark, parse_mark
from .._core.delivery import DeliveryError
from .._core.model import fold
from .credential_writes import ONE_DATE, CredentialWrites
from .issuance import Issuance, derived, send_mark
from .other_runs import OtherRuns
from .protocols import Settled
from .ways import Ways

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.delivery import Delivery, Recipient, SignIn
    from .._core.steps import Step
    from .._core.subjects import Subject
    from .._credentials.passwords import PasswordRules
    from .protocols import Sends

ROUNDS = 5
ROUND_PAUSE = (0.2, 1.0)
"""Seconds between two rounds, drawn anew each time: two runs that disturb each other fall out of step."""

NOBODY_WINS = "other runs kept replacing the password while it was delivered"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Issuer:
    """Does the issuing steps of one run. Its threads share it; each works for persons of its own.

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
        self._ways = Ways(deliveries, recipients, sign_in)
        self.threads = ISSUING_THREADS - 1 + max((delivery.at_once for delivery in deliveries), default=1)
        self._others = OtherRuns(iam)
        self._writes = CredentialWrites(rules, self._others, self._ways.check, marked)
        self._awaiting = awaiting
        self._clock = clock
        self._issuances: dict[str, Issuance] = {}

    def write(self, step: Step, sender: Sends) -> Step:
        """Do the step. The answer is the step that was done, with what the plan did not know. Raises Settled."""
        writers = {
            "DeleteLoginProfile": self._delete,
            "CreateLoginProfile": self._create,
            "CreateAccessKey": self._create_key,
            "Deliver": self._deliver,
            "TagUser": self._mark,
        }
        try:
            return writers[step.operation](step, sender)
        except Settled:
            self._writes.take_back_key(step, self._issuance(step), sender)
            self.forget(step.subject)
            raise

    def forget(self, subject: Subject) -> frozenset[str]:
        """Delete what is held for this person. The answer is their secrets, which no message may repeat."""
        issuance = self._issuances.pop(fold(subject.name), None)
        return frozenset() if issuance is None else issuance.secrets()

    def _issuance(self, step: Step) -> Issuance:
        return self._issuances.setdefault(fold(step.subject.name), Issuance())

    def _delete(self, step: Step, sender: Sends) -> Step:
        """Delete the password, unless its owner has claimed it since it was looked at."""
        awaited = fold(step.subject.name) in self._awaiting
        if awaited:
            self._ways.check()
            self._issuance(step).replaced = True
        self._writes.delete_password(step, sender, even_if_claimed=bool(step.params.get("EvenIfClaimed")))
        if awaited:
            sender.pause(ONE_DATE)
        return step

    def _create(self, step: Step, sender: Sends) -> Step:
        issuance = self._issuance(step)
        issuance.reset_required = bool(step.params["PasswordResetRequired"])
        self._writes.make_password(step, issuance, sender)
        return step

    def _create_key(self, step: Step, sender: Sends) -> Step:
        self._writes.make_key(step, self._issuance(step), sender)
        return step

    def _deliver(self, step: Step, sender: Sends) -> Step:
        """Deliver what is in IAM now; then ask whether IAM still has it, and if not, make and deliver another."""
        issuance = self._issuance(step)
        try:
            for round_ in range(ROUNDS):
                if round_:
                    sender.pause(random.uniform(*ROUND_PAUSE))  # noqa: S311 # spreads the runs, guards nothing
                    self._writes.make_again(step, issuance, sender)
                self._others.expect_ours(step, issuance, sender)
                # A mail that is under way arrives: the person's remaining steps are done, come what may.
                sender.finish()
                with sender.aside():
                    self._ways.deliver(step, issuance)
                issuance.delivered_at = self._clock()
                if self._others.is_still_ours(step, issuance):
                    return step
                issuance.replaced = True
                send_mark(step, Mark("pending"), sender)
            raise DeliveryError(NOBODY_WINS, "Overtaken", "Let one run end before the next begins, then run again.")
        except Settled:
            raise
        except Exception:
            if issuance.replaced:
                # Another run may have written ``delivered`` over our ``pending``, and nothing of ours was delivered.
                with contextlib.suppress(Exception):
                    send_mark(step, Mark("pending"), sender)
            raise

    def _mark(self, step: Step, sender: Sends) -> Step:
        """Write the mark with what the plan could not know: the moment, and the ways."""
        planned = parse_mark(next(iter(step.params["Tags"]))["Value"])
        issuance = self._issuance(step)
        mark = dataclasses.replace(planned, at=issuance.delivered_at or self._clock(), by=issuance.by)
        done = send_mark(step, mark, sender)
        if issuance.password is not None and not issuance.reset_required:
            # Last of all: for the next run, a password without a reset before it is delivered is a claimed one.
            sender.send(derived(step, "UpdateLoginProfile", PasswordResetRequired=False))
        self.forget(step.subject)
        return done
