# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs side by side: whether the password and the key that IAM has are still the ones that this run made.

A login profile's CreateDate tells. A password may have been replaced by another run, and claimed by its owner.
"""

from __future__ import annotations

import typing as t

from .._aws.calls import items
from .._core.model import User
from .._directory.single import with_sign_in
from .protocols import Settled

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import LoginProfile
    from .._core.steps import Step
    from .issuance import Issuance
    from .protocols import Sends

SIGHT_PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds after which a profile that we made is looked for again: IAM does not show it everywhere at once."""

SIGNED_IN = "has signed in meanwhile and chosen a password: it stays"
ANOTHER_RUN = "is being issued a password by another run at this moment: that one goes on"


class OtherRuns:
    """Reads what IAM has now. Raises Settled where the person has claimed a password, or another run issues one."""

    def __init__(self, iam: Client) -> None:
        self._iam = iam

    def profile(self, step: Step) -> LoginProfile | None:
        """The user's login profile, as IAM has it now."""
        user = with_sign_in(self._iam, User(step.subject.name), frozenset({"login_profile"}))
        return user.login_profile or None

    def has_key(self, step: Step, key_id: str) -> bool:
        """Whether the user has this access key now."""
        params = {"UserName": step.subject.name}
        keys = items(self._iam, "ListAccessKeys", "AccessKeyMetadata", params, str(step.subject))
        return any(key["AccessKeyId"] == key_id for key in keys)

    def expect_ours(self, step: Step, issuance: Issuance, sender: Sends) -> None:
        """Before a delivery. Raises Settled unless IAM has what is about to be delivered."""
        if issuance.created is None:
            if issuance.key_id is not None and not self.has_key(step, issuance.key_id):
                raise Settled(ANOTHER_RUN)
            return
        for pause in (*SIGHT_PAUSES, None):
            profile = self.profile(step)
            if profile is not None and not profile.reset_required:
                raise Settled(SIGNED_IN)
            if profile is not None and profile.create_date == issuance.created:
                return
            created = None if profile is None else profile.create_date
            if pause is None or (created is not None and created > issuance.created):
                raise Settled(ANOTHER_RUN)
            sender.pause(pause)

    def is_still_ours(self, step: Step, issuance: Issuance) -> bool:
        """After a delivery: whether what was delivered works. Raises Settled where a later mail is certain to come."""
        if issuance.created is None:
            return issuance.key_id is None or self.has_key(step, issuance.key_id)
        profile = self.profile(step)
        if profile is None:
            # The run that deleted it has not made another yet. It is mailed after ours, by that run or by the next.
            raise Settled(ANOTHER_RUN)
        return profile.create_date == issuance.created or not profile.reset_required
