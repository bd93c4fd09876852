# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors of mail, told to people: what failed and what to do. No text has a password or a recipient's address."""

from __future__ import annotations

import smtplib
import socket
import ssl
import typing as t

from .._core.delivery import DeliveryError
from .mail_server import TLS_PORT

if t.TYPE_CHECKING:
    from .mail_server import MailServer, Scrubber

# X509_V_ERR_… of OpenSSL, as SSLCertVerificationError.verify_code gives them.
_EXPIRED, _NOT_YET, _WRONG_HOST, _WRONG_ADDRESS = 10, 9, 62, 64
_UNTRUSTED = (18, 19, 20, 21)
_CLOSING: t.Final = 421
# What smtplib makes of an answer without three digits.
_NO_CODE: t.Final = -1


class TemporaryDeliveryError(DeliveryError):
    """Refused with a code that means "not now": 4xx. ``crowded`` if fewer connections may help."""

    crowded = False


class NotConnectedError(DeliveryError):
    """There is no connection for a mail, and nothing was said of it. Another connection may still work."""


class NotConnectedForNowError(NotConnectedError, TemporaryDeliveryError):
    """The server does not want this connection now: 4xx."""


def not_connected(server: MailServer, error: Exception, scrub: Scrubber) -> NotConnectedError:
    """Why there is no encrypted connection, or no login. Nobody can be mailed then."""
    kind = NotConnectedForNowError if 400 <= getattr(error, "smtp_code", 0) < 500 else NotConnectedError
    for known in (_certificate_told, _security_told, _login_told, _reach_told):
        told = known(server, error, scrub)
        if told is not None:
            message, advice = told
            return kind(f"{server}: {message}", code_of(error), advice, lost=True)
    return kind(f"{server}: {scrub(str(error))}", code_of(error), "Check the mail settings.", lost=True)


def code_of(error: Exception) -> str:
    """The name of the exception's class, and SMTP's three digits where there are any."""
    number = getattr(error, "smtp_code", None)
    return type(error).__name__ if number in (None, _NO_CODE) else f"{type(error).__name__} {number}"


_Told: t.TypeAlias = "tuple[str, str] | None"


def _certificate_told(server: MailServer, error: Exception, scrub: Scrubber) -> _Told:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return None
    advice = "The connection is not made: have the server's certificate corrected."
    if error.verify_code in (_EXPIRED, _NOT_YET):
        why, advice = error.verify_message, "The server needs a new certificate; check this machine's clock too."
    elif error.verify_code in (_WRONG_HOST, _WRONG_ADDRESS):
        why, advice = error.verify_message, "Set host to the name that the server's certificate has."
    elif error.verify_code in _UNTRUSTED:
        why, advice = error.verify_message, "If it is your own server, set ca_path to the certificate of its CA."
    else:
        why = error.verify_message
    return f"its certificate cannot be trusted: {scrub(why)}", advice


def _security_told(server: MailServer, error: Exception, scrub: Scrubber) -> _Told:
    if isinstance(error, ssl.SSLError):
        advice = "It may want `security: starttls`." if server.security == "tls" else "Check what the server supports."
        return f"no TLS came about: {scrub(error.reason or str(error))}", advice
    if isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error):
        advice = (
            "Nothing is ever sent in plain text. Use a port where the server offers STARTTLS, "
            f"or its TLS port, often {TLS_PORT}, with `security: tls`."
        )
        return "it offers no STARTTLS", advice
    return None


def _login_told(server: MailServer, error: Exception, scrub: Scrubber) -> _Told:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"it refused the login of {server.username}: {_reply(error, scrub)}",
            "Check username and password; many services want a password made for programs.",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        if "ASCII" in str(error):
            return "it offers no login for letters outside ASCII", "Choose a username and a password in ASCII."
        return "it offers no login", "Remove username and password, or use the port that is meant for sending."
    return None


_WHY_NOT_REACHED: t.Final[tuple[tuple[tuple[type[Exception], ...], str, str], ...]] = (
    (
        (smtplib.SMTPServerDisconnected,),
        "it closed the connection",
        "Check port and security, and whether it serves this machine at all.",
    ),
    ((ConnectionRefusedError,), "nothing listens on that port", "Check host and port."),
    ((socket.gaierror, UnicodeError), "there is no server of that name", "Check host."),
)


def _reach_told(server: MailServer, error: Exception, scrub: Scrubber) -> _Told:
    if isinstance(error, smtplib.SMTPResponseException):
        if error.smtp_code == _NO_CODE:
            return "what answers there does not speak SMTP", "Check host and port."
        return f"it is not willing to serve: {_reply(error, scrub)}", "Try again later, or ask who runs it."
    if _was_silent(error):
        advice = "Check host, port and firewall."
        if server.security == "starttls":
            advice += f" A server that waits for TLS says nothing: port {TLS_PORT} needs `security: tls`."
        return f"it said nothing for {server.timeout} s", advice
    for kinds, message, advice in _WHY_NOT_REACHED:
        if isinstance(error, kinds):
            return message, advice
    if isinstance(error, OSError):
        return scrub(error.strerror or str(error)), "Check host, port and firewall."
    return None


def _was_silent(error: Exception) -> bool:
    """Whether it was a timeout. While it reads, smtplib raises another error and keeps the timeout as its context."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def interrupted(server: MailServer, error: Exception, *, lost: bool) -> DeliveryError:
    """The connection broke while a mail was under way: nobody knows whether it arrived, so it counts as not."""
    how = f"said nothing for {server.timeout} s" if _was_silent(error) else "closed the connection"
    return DeliveryError(
        f"{server}: it {how} while the mail was handed in, which may or may not have been sent",
        code_of(error),
        "The next run issues another password and mails it; only the last mail works.",
        lost=lost,
    )


def refused(server: MailServer, stage: str, number: int, reply: bytes | str, scrub: Scrubber) -> DeliveryError:
    """The server said no. A refused sender concerns everybody; a refused recipient or message one person."""
    code, advice = _REFUSALS[stage]
    told = f"{server}: it refused the {stage}: {number} {scrub(reply)}".strip()
    if not 400 <= number < 500:
        return DeliveryError(told, f"{code} {number}", advice, lost=stage == "sender")
    advice = f"It may go later; run again. {advice}"
    error = TemporaryDeliveryError(told, f"{code} {number}", advice, lost=stage == "sender")
    error.crowded = number == _CLOSING or (stage != "recipient" and not _is_of_mailbox(reply))
    return error


def _is_of_mailbox(reply: bytes | str) -> bool:
    """Whether the enhanced code (RFC 3463) says that the trouble is one address or mailbox, such as a full one."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return text.startswith(("4.1.", "4.2."))


_REFUSALS: t.Final[t.Mapping[str, tuple[str, str]]] = {
    "sender": ("SMTPSenderRefused", "Check sender: the server must allow this login to send in its name."),
    "recipient": ("SMTPRecipientsRefused", "Correct email or credentials_to of this employee, then run again."),
    "message": ("SMTPDataError", "Ask who runs the mail server why it refused the message, then run again."),
}


def needs_utf8(server: MailServer, whose: str, *, lost: bool) -> DeliveryError:
    """An address has letters outside ASCII before its @, and the server does not take such addresses."""
    return DeliveryError(
        f"{server}: it does not take a {whose}'s address with letters outside ASCII before the @ (no SMTPUTF8)",
        "SMTPNotSupportedError",
        "Give another address, or use a mail server that can.",
        lost=lost,
    )


def _reply(error: smtplib.SMTPResponseException, scrub: Scrubber) -> str:
    return f"{error.smtp_code} {scrub(error.smtp_error)}".strip()
