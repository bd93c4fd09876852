# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials go out by the ways that the plan names (mail, file), until one of these ways is lost."""

from __future__ import annotations

import typing as t

from .._core.delivery import DeliveryError
from .._core.model import fold

if t.TYPE_CHECKING:
    from .._core.delivery import Delivery, Recipient, SignIn
    from .._core.steps import Step
    from .issuance import Issuance


class Ways:
    """The ways of one run, shared by its threads. ``recipients`` are by :func:`fold` of their names."""

    def __init__(
        self, deliveries: t.Sequence[Delivery], recipients: t.Mapping[str, Recipient], sign_in: SignIn
    ) -> None:
        self._deliveries = {delivery.name: delivery for delivery in deliveries}
        self._recipients = recipients
        self._sign_in = sign_in
        self._lost: DeliveryError | None = None

    def check(self) -> None:
        """Raise DeliveryError once a way is lost: what cannot be delivered is not made, and what may work stays."""
        if self._lost is not None:
            raise DeliveryError(str(self._lost), self._lost.code, self._lost.advice, lost=True)

    def deliver(self, step: Step, issuance: Issuance) -> None:
        """Deliver by each way of the step. Raises DeliveryError."""
        recipient = self._recipients[fold(step.subject.name)]
        issuance.by = tuple(step.params["By"])
        # A file can be written again unnoticed, a mail cannot be taken back: it goes last.
        for name in sorted(issuance.by, key=lambda name: name == "mail"):
            self.check()
            try:
                self._deliveries[name].deliver(issuance.issued(step.subject.name), recipient, self._sign_in)
            except DeliveryError as error:
                if error.lost:
                    self._lost = error
                raise
