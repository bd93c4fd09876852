# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one person is issued in one run, and the single IAM writes that an issuing step is made of."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.credential_mark import tag_of
from .._core.delivery import Issued

if t.TYPE_CHECKING:
    import datetime

    from .._core.credential_mark import Mark
    from .._core.steps import Step
    from .protocols import Sends


@dataclasses.dataclass
class Issuance:
    """What one person is issued. Secrets are here and nowhere else, and are deleted when the person's steps end.

    ``created`` is the CreateDate of the password's login profile: it tells our password from that of another run.
    ``replaced`` says that this run deleted a password, or may have: if it fails, the mark has to be ``pending``.
    """

    reset_required: bool = True
    password: str | None = dataclasses.field(default=None, repr=False)
    created: datetime.datetime | None = None
    key_id: str | None = dataclasses.field(default=None, repr=False)
    key_secret: str | None = dataclasses.field(default=None, repr=False)
    replaced: bool = False
    delivered_at: datetime.datetime | None = None
    by: tuple[str, ...] = ()

    def secrets(self) -> frozenset[str]:
        """What no message may repeat."""
        return frozenset(secret for secret in (self.password, self.key_secret) if secret)

    def issued(self, user_name: str) -> Issued:
        """The credentials as a delivery takes them."""
        return Issued(
            user_name=user_name,
            password=self.password,
            reset_required=self.reset_required,
            access_key_id=self.key_id,
            secret_access_key=self.key_secret,
        )


def derived(step: Step, operation: str, **params: t.Any) -> Step:
    """One IAM write for the user of a step."""
    return dataclasses.replace(step, operation=operation, params={"UserName": step.subject.name, **params})


def send_mark(step: Step, mark: Mark, sender: Sends) -> Step:
    """Write the mark. The answer is the write, with the line of the step."""
    done = derived(step, "TagUser", Tags=[tag_of(mark)])
    sender.send(done)
    return done
