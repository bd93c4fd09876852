# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deliveries of credentials: the recipient, what is delivered, and the error. Values only."""

from __future__ import annotations

import dataclasses
import typing as t

MAIL: t.Final = "mail"
"""How the delivery by mail is called."""


@dataclasses.dataclass(frozen=True)
class Recipient:
    """A person who gets credentials. ``address`` is the mail address or None; ``fields`` fill in the mail's texts.

    ``fields`` always has ``name``. If they are known, it also has ``email``, ``employee_id``, ``departments`` (joined
    by commas), and the tags by their keys. ``require_mfa``: without MFA the person may do nothing but enrol a device.
    ``role_urls`` are the links with which they switch to their roles.
    """

    name: str
    address: str | None = None
    fields: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    require_mfa: bool = False
    role_urls: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class SignIn:
    """What all recipients of an account are told. ``password_rules`` are sentences."""

    url: str
    account_id: str
    alias: str | None = None
    password_rules: tuple[str, ...] = ()
    expire_after_days: int | None = None


@dataclasses.dataclass(frozen=True)
class Issued:
    """The credentials themselves. Until they are delivered, they exist only here and in IAM."""

    user_name: str
    password: str | None = dataclasses.field(default=None, repr=False)
    reset_required: bool = True
    access_key_id: str | None = dataclasses.field(default=None, repr=False)
    secret_access_key: str | None = dataclasses.field(default=None, repr=False)


class DeliveryError(Exception):
    """A delivery failed. The text says what happened; ``advice`` says what to do next.

    ``code`` is the name of smtplib's or Python's exception, with SMTP's three digits if there are any. ``lost`` is true
    if the mail server or the folder cannot be used at all, so that every other delivery would fail too.
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

    @property
    def at_once(self) -> int:
        """How many deliveries can wait for somebody else's answer at the same time; 1 where none waits."""

    def reaches(self, recipient: Recipient) -> bool:
        """Whether this person can be reached this way."""

    def try_out(self) -> None:
        """Check before anything is issued: connection, TLS and login; the folder. Raises DeliveryError."""

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        """Deliver everything or nothing. Raises DeliveryError."""

    def warnings(self) -> t.Sequence[str]:
        """Warnings for the person who runs the task."""

    def close(self) -> None:
        """Close connections."""
