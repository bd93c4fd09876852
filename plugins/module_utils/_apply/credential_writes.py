# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords and access keys are made, replaced and deleted in IAM; what another run or the owner made stays."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .._aws.errors import code_of, was_replayed
from .._core.model import fold
from .issuance import derived
from .other_runs import ANOTHER_RUN, SIGNED_IN
from .protocols import Settled

if t.TYPE_CHECKING:
    from .._core.steps import Step
    from .._credentials.passwords import PasswordRules
    from .issuance import Issuance
    from .other_runs import OtherRuns
    from .protocols import Sends

ONE_DATE = 1.0
"""Seconds that one CreateDate lasts. Nothing is created in the second of a deletion: no two profiles look alike."""

CREATIONS_OF_ONE = 4
"""How often one password is created at the most: each time the answer may be lost."""


class _GoneError(Exception):
    """There is nothing to delete."""


class CredentialWrites:
    """Writes the credentials of one run's people. ``marked`` are the keys of those whom this run marked as pending.

    ``check_way`` raises when what is made could not be delivered.
    """

    def __init__(
        self,
        rules: PasswordRules,
        others: OtherRuns,
        check_way: t.Callable[[], None],
        marked: t.Collection[str],
    ) -> None:
        self._rules = rules
        self._others = others
        self._check_way = check_way
        self._marked = marked

    def make_password(self, step: Step, issuance: Issuance, sender: Sends) -> None:
        """Draw a password and create it. Raises Settled where another run was first."""
        for turn in range(1, CREATIONS_OF_ONE + 1):
            if self._create_password(step, issuance, sender, turn):
                return
            issuance.replaced = True
            self.delete_password(step, sender)
            sender.pause(ONE_DATE)

    def _create_password(self, step: Step, issuance: Issuance, sender: Sends, turn: int) -> bool:
        """Whether it is created. False where there is a password already that has to be replaced."""
        self._check_way()
        issuance.password = self._rules.generate(step.subject.name)
        # Until it is delivered a reset is required of every password: that tells a claimed one from ours.
        creation = derived(step, "CreateLoginProfile", PasswordResetRequired=True)
        try:
            answer = sender.send(dataclasses.replace(creation, secrets={"Password": issuance.password}))
        except Exception as error:
            if code_of(error) != "EntityAlreadyExists":
                raise
            # It may be ours: the answer to our first attempt was lost, and nobody can read a password back. And a user
            # whom we marked as pending must get a new one, whatever another run has delivered meanwhile.
            marked = turn == 1 and fold(step.subject.name) in self._marked
            if turn < CREATIONS_OF_ONE and (was_replayed(error) or marked):
                return False
            raise Settled(ANOTHER_RUN) from None
        issuance.created = answer["LoginProfile"]["CreateDate"]
        return True

    def delete_password(self, step: Step, sender: Sends, *, even_if_claimed: bool = False) -> None:
        """Delete the login profile. Raises Settled where its owner has claimed the password."""

        def guard() -> None:
            profile = self._others.profile(step)
            if profile is None:
                # What another run makes from now on is not ours to delete.
                raise _GoneError
            if not profile.reset_required:
                raise Settled(SIGNED_IN)

        try:
            sender.send(derived(step, "DeleteLoginProfile"), before=None if even_if_claimed else guard)
        except _GoneError:
            return
        except Exception as error:
            if code_of(error) != "NoSuchEntity":
                raise

    def make_key(self, step: Step, issuance: Issuance, sender: Sends) -> None:
        """Create an access key."""
        self._check_way()
        key = sender.send(derived(step, "CreateAccessKey"))["AccessKey"]
        issuance.key_id, issuance.key_secret = key["AccessKeyId"], key["SecretAccessKey"]

    def make_again(self, step: Step, issuance: Issuance, sender: Sends) -> None:
        """Replace what another run has changed while it was delivered. The mark is ``pending`` already."""
        if issuance.password is not None:
            self.delete_password(step, sender)
            sender.pause(ONE_DATE)
            self.make_password(step, issuance, sender)
        if issuance.key_id is not None and not self._others.has_key(step, issuance.key_id):
            self.make_key(step, issuance, sender)

    def take_back_key(self, step: Step, issuance: Issuance, sender: Sends) -> None:
        """Delete a key that was not delivered: nobody has it, and the next run would make another beside it."""
        if issuance.key_id is not None and issuance.delivered_at is None:
            with contextlib.suppress(Exception):
                sender.send(derived(step, "DeleteAccessKey", AccessKeyId=issuance.key_id))
