# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is delivered to a person, to whom, and what is raised when it did not arrive. Values only."""

from __future__ import annotations

import dataclasses
import typing as t

MAIL: t.Final = "mail"
"""How the delivery by mail is called."""


@dataclasses.dataclass(frozen=True)
class Recipient:
    """Who gets credentials. ``address`` is where mail goes, or None; ``fields`` are the employee's own, for texts.

    ``fields`` always has ``name``; ``email``, ``employee_id``, ``departments`` (joined by commas) and the tags by
    their keys where they are known.
    """

    name: str
    address: str | None = None
    fields: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class SignIn:
    """What everybody of an account is told. ``password_rules`` are sentences; ``expire_after_days`` or None."""

    url: str
    account_id: str
    alias: str | None = None
    password_rules: tuple[str, ...] = ()
    expire_after_days: int | None = None


@dataclasses.dataclass(frozen=True)
class Issued:
    """The credentials themselves: they exist here and in IAM, and nowhere else until they are delivered."""

    user_name: str
    password: str | None = dataclasses.field(default=None, repr=False)
    reset_required: bool = True
    access_key_id: str | None = dataclasses.field(default=None, repr=False)
    secret_access_key: str | None = dataclasses.field(default=None, repr=False)


class DeliveryError(Exception):
    """A delivery that did not succeed, told to a person: what (``message``), its ``code``, and what to do next.

    ``code`` is the name of smtplib's or Python's exception, or SMTP's three digits with it. ``lost`` is true when the
    mail server or the folder cannot be used at all, so that every other delivery will fail too.
    """

    def __init__(self, message: str, code: str, advice: str = "", *, lost: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.advice = advice
        self.lost = lost


class Delivery(t.Protocol):
    """One way to deliver credentials: mail, or file. Used by several threads at once."""

    name: str
    """Its name in the mark and in the summary: ``mail``, ``file``."""

    def reaches(self, recipient: Recipient) -> bool:
        """Whether this person can be reached this way."""

    def try_out(self) -> None:
        """All that can be known before anything is issued: connect, TLS, login; the folder. Raises DeliveryError."""

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        """Deliver all of it or nothing. Raises DeliveryError."""

    def warnings(self) -> t.Sequence[str]:
        """What the one who runs this should know."""

    def close(self) -> None:
        """Close connections."""
