# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mail with first credentials says, and the message that carries it. Pure, but for the message's id."""

from __future__ import annotations

import dataclasses
import datetime
import html
import typing as t
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from .letter_parts import Part, html_block, html_blocks, html_page, plain
from .templates import Template

if t.TYPE_CHECKING:
    from email.headerregistry import Address

    from .._core.delivery import Issued, Recipient, SignIn

# In 7 bits the body goes through every server; whatever is not short ASCII lines becomes quoted-printable or base64.
_POLICY: t.Final = SMTP.clone(cte_type="7bit")
_MFA_STEPS: t.Final = (
    "Enrol an MFA device, such as an authenticator app on your phone: open Security credentials in the menu under your "
    "name, and choose Assign MFA device.",
    "Sign out, and sign in again with a code of the device. Until then AWS refuses you everything else.",
)
_MFA_OF_KEYS: t.Final = (
    "AWS refuses this key everything, except to enrol an MFA device and to begin a session with it.",
    "To enrol a device: aws iam create-virtual-mfa-device, then aws iam enable-mfa-device.",
    "To begin a session: aws sts get-session-token with --serial-number and --token-code.",
)
_TITLE: t.Final = "Your sign-in to AWS"
_ROLES: t.Final = "Roles that you may switch to once you are signed in:"


@dataclasses.dataclass(frozen=True)
class Stationery:
    """What all mails of a run share. ``contact`` is whom to ask; ``subject``, ``text`` and ``html`` replace ours."""

    sender: Address
    reply_to: Address | None = None
    contact: str | None = None
    subject: str | None = None
    text: str | None = None
    html: str | None = None

    @property
    def whom_to_ask(self) -> str:
        return self.contact or (self.reply_to or self.sender).addr_spec


def write_letter(
    stationery: Stationery,
    to: Address,
    issued: Issued,
    recipient: Recipient,
    sign_in: SignIn,
    *,
    now: datetime.datetime,
) -> EmailMessage:
    """The message. ``now`` is the moment of delivery, from which the password's days are counted."""
    fields = _fields(stationery, issued, recipient, sign_in, now)
    message = EmailMessage(policy=_POLICY)
    message["From"] = stationery.sender
    message["To"] = to
    if stationery.reply_to is not None:
        message["Reply-To"] = stationery.reply_to
    message["Subject"] = _one_line(_subject(stationery, fields, sign_in))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=stationery.sender.domain)
    # So that nobody's absence note answers, and no loop begins (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    _fill(message, stationery, issued, fields, sign_in)
    return message


def _fill(
    message: EmailMessage, stationery: Stationery, issued: Issued, fields: t.Mapping[str, str], sign_in: SignIn
) -> None:
    """The bodies: ours, or the templates' for people who get a password."""
    parts = letter_parts(issued, fields, sign_in)
    company = sign_in.alias or stationery.sender.display_name or "AWS"
    text, page = plain(parts), html_page(parts, title=_TITLE, company=company, name=fields["name"])
    if issued.password is not None:
        key = _key_parts(fields) if issued.secret_access_key is not None else ()
        if stationery.text is not None:
            text = _filled(stationery.text, fields) + _unless_named(stationery.text, plain(key))
        if stationery.html is not None:
            page = _filled_page(stationery.html, fields, sign_in) + _unless_named(stationery.html, html_blocks(key))
        elif stationery.text is not None:
            page = ""
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")


def letter_parts(issued: Issued, fields: t.Mapping[str, str], sign_in: SignIn) -> tuple[Part, ...]:
    """The mail as it is without templates, whatever was issued."""
    parts = [Part("talk", ("You have access to AWS.",))]
    if issued.password is None:
        parts.append(_account_part(sign_in))
    if issued.password is not None:
        parts += _password_parts(issued, fields, sign_in)
    if issued.secret_access_key is not None:
        parts += _key_parts(fields)
    return (*parts, Part("talk", (fields["contact"],), "Whom to ask:"))


def _password_parts(issued: Issued, fields: t.Mapping[str, str], sign_in: SignIn) -> list[Part]:
    parts = [
        Part("link", (sign_in.url,), "Sign in here:"),
        _account_part(sign_in),
        Part("value", (fields["name"],), "User name:"),
        Part("value", (fields["password"],), "First password:"),
        Part("talk", _validity(issued, fields)),
        Part("steps", _steps(issued, fields["mfa"].splitlines()), "What to do:"),
    ]
    if issued.reset_required and sign_in.password_rules:
        parts.append(Part("list", sign_in.password_rules, "The rules for your own password:"))
    if fields["role_urls"]:
        parts.append(Part("link", tuple(fields["role_urls"].splitlines()), _ROLES))
    return parts


def _account_part(sign_in: SignIn) -> Part:
    called = f", also called {sign_in.alias}" if sign_in.alias else ""
    return Part("talk", (f"The account is {sign_in.account_id}{called}.",))


def _subject(stationery: Stationery, fields: t.Mapping[str, str], sign_in: SignIn) -> str:
    """With the account, for whoever has access to several gets a mail for each."""
    if stationery.subject:
        return Template(stationery.subject).fill(fields)
    return f"{_TITLE} account {sign_in.alias or sign_in.account_id}"


def _validity(issued: Issued, fields: t.Mapping[str, str]) -> tuple[str, ...]:
    lines = []
    if issued.reset_required:
        lines.append("It works only until you have signed in for the first time and chosen your own.")
    if fields["expires_on"]:
        lines.append(f"If you have not signed in by {fields['expires_on']}, it is taken back.")
    return (*lines, "Give it to nobody. No one will ever ask you for it.")


def _steps(issued: Issued, mfa: t.Sequence[str]) -> tuple[str, ...]:
    steps = [
        "Open the address above.",
        "Enter the user name and the first password: copy it, do not type it.",
    ]
    if issued.reset_required:
        steps.append("Choose a password of your own when you are asked for it.")
    steps += mfa
    if issued.reset_required:
        steps.append("Delete this mail.")
    return tuple(steps)


def _key_parts(fields: t.Mapping[str, str]) -> list[Part]:
    parts = [
        Part("talk", ("An access key for programs and the command line was made for you.",)),
        Part("value", (fields["access_key_id"],), "Access key ID:"),
        Part("value", (fields["secret_access_key"],), "Secret access key:"),
        Part("talk", ("It works until somebody takes it back.", "Keep it where only you can read it.")),
    ]
    return [*parts, Part("talk", _MFA_OF_KEYS)] if fields["mfa"] else parts


def _fields(
    stationery: Stationery, issued: Issued, recipient: Recipient, sign_in: SignIn, now: datetime.datetime
) -> dict[str, str]:
    """The fields of templates. Where a tag of the employee has the name of one of our fields, ours counts."""
    days = sign_in.expire_after_days
    return {
        **recipient.fields,
        "name": issued.user_name,
        "sign_in_url": sign_in.url,
        "account_id": sign_in.account_id,
        "account_alias": sign_in.alias or "",
        "password": issued.password or "",
        "password_rules": "\n".join(f"- {rule}" for rule in sign_in.password_rules),
        "expire_after_days": "" if days is None else str(days),
        "expires_on": "" if days is None else (now + datetime.timedelta(days=days)).date().isoformat(),
        "mfa": "\n".join(_MFA_STEPS) if recipient.require_mfa else "",
        "contact": stationery.whom_to_ask,
        "role_urls": "\n".join(recipient.role_urls),
        "access_key_id": issued.access_key_id or "",
        "secret_access_key": issued.secret_access_key or "",
    }


def _filled(template: str, fields: t.Mapping[str, str]) -> str:
    return Template(template).fill(fields).rstrip("\n") + "\n"


def _filled_page(template: str, fields: t.Mapping[str, str], sign_in: SignIn) -> str:
    escaped = {field: html.escape(value) for field, value in fields.items()}
    escaped["password_rules"] = html_block(Part("list", sign_in.password_rules))
    return _filled(template, escaped)


def _unless_named(template: str, key: str) -> str:
    """The key's part, where the template does not name the secret key: AWS shows it only once."""
    if not key or "secret_access_key" in Template(template).fields():
        return ""
    return "\n" + key


def _one_line(text: str) -> str:
    """The subject on one line, so that no field can begin another header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
