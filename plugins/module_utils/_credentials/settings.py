# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that say how credentials are delivered: what is wrong with them, and the deliveries that they make."""

from __future__ import annotations

import re
import typing as t

from .._core.mail_domains import setting_faults
from .._core.steps import Fault
from .address import parse_address
from .files import FileDelivery
from .letter import Stationery
from .mail import MailDelivery
from .mail_server import DEFAULT_CONNECTIONS, STARTTLS_PORT, TLS_PORT, MailServer
from .templates import Template, body_faults, subject_faults, text_faults

if t.TYPE_CHECKING:
    from .._core.delivery import Delivery

    Options = t.Mapping[str, t.Any]

_TEMPLATES: t.Final = {"subject": subject_faults, "text": text_faults, "html": body_faults}
_LONGEST_SILENCE: t.Final = 600
_MOST_CONNECTIONS: t.Final = 100


def credentials_arguments() -> dict[str, t.Any]:
    """The options as Ansible checks them: suboptions of ``credentials``; all but the days are iam_credential's too."""
    return {
        "mail": {"type": "dict", "options": _mail_arguments(), "required_together": [("username", "password")]},
        "file": {"type": "dict", "options": {"directory": {"type": "path", "required": True}}},
        "expire_after_days": {"type": "int"},
        "sign_in_url": {"type": "str"},
    }


def _mail_arguments() -> dict[str, t.Any]:
    return {
        "host": {"type": "str", "required": True},
        "port": {"type": "int"},
        "security": {"type": "str", "choices": ["starttls", "tls"], "default": "starttls"},
        "username": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        "ca_path": {"type": "path"},
        "sender": {"type": "str", "required": True},
        "reply_to": {"type": "str"},
        "contact": {"type": "str"},
        "timeout": {"type": "int", "default": 30},
        "connections": {"type": "int", "default": DEFAULT_CONNECTIONS},
        "domains": {"type": "list", "elements": "str"},
        "subject": {"type": "str"},
        "text": {"type": "str"},
        "html": {"type": "str"},
    }


def delivery_faults(options: Options | None, tag_keys: t.Collection[str] = ()) -> list[Fault]:
    """What is wrong with the options, as far as it shows without asking the server or the folder.

    ``options`` is what credentials_arguments() describes, or None; ``tag_keys`` are the keys of ``Recipient.fields``
    that templates can name beside the fields that everybody has.
    """
    options = options or {}
    faults = _mail_faults(options["mail"], tag_keys) if options.get("mail") else []
    days = options.get("expire_after_days")
    if days is not None and days < 1:
        faults.append(Fault("expire_after_days", f"{days} is not a number of days from 1"))
    return faults + _url_faults(options.get("sign_in_url"))


def _mail_faults(mail: Options, tag_keys: t.Collection[str]) -> list[Fault]:
    faults = [*_server_faults(mail), *_login_faults(mail), *_address_faults("mail.sender", mail["sender"] or "")]
    if mail.get("reply_to") is not None:
        faults += _address_faults("mail.reply_to", mail["reply_to"])
    faults += [Fault("mail.domains", what) for what in setting_faults(mail.get("domains"))]
    for name, judge in _TEMPLATES.items():
        if mail.get(name) is not None:
            faults += judge(f"mail.{name}", mail[name], tag_keys)
    return faults


def _server_faults(mail: Options) -> t.Iterator[Fault]:
    if not re.fullmatch(r"[\w.:-]+", mail["host"] or ""):
        what = f"{mail['host']!r} is not the name of a server: it goes without scheme, port and spaces"
        yield Fault("mail.host", what)
    if mail.get("port") is not None and not 1 <= mail["port"] <= 65535:
        yield Fault("mail.port", f"{mail['port']} is not a port")
    if not 1 <= _timeout(mail) <= _LONGEST_SILENCE:
        yield Fault("mail.timeout", f"{mail['timeout']} is not a number of seconds from 1 to {_LONGEST_SILENCE}")
    if not 1 <= _connections(mail) <= _MOST_CONNECTIONS:
        yield Fault(
            "mail.connections", f"{mail['connections']} is not a number of connections from 1 to {_MOST_CONNECTIONS}"
        )


def _login_faults(mail: Options) -> t.Iterator[Fault]:
    """An empty text comes from a variable of the environment that was not set; None means no login."""
    for name in ("username", "password"):
        if mail.get(name) == "":
            yield Fault(f"mail.{name}", "is empty: give both username and password, or neither")
    if (mail.get("username") is None) != (mail.get("password") is None):
        yield Fault("mail.username", "goes together with mail.password: give both or neither")


def _address_faults(who: str, text: str) -> list[Fault]:
    try:
        parse_address(text)
    except ValueError as error:
        return [Fault(who, f"{text!r} {error}")]
    return []


def _url_faults(url: str | None) -> list[Fault]:
    if url is None:
        return []
    who = "sign_in_url"
    if not re.fullmatch(r"https?://[!-~]+", url):
        return [Fault(who, f"{url!r} is not the address of a page: it begins with https:// and has no spaces")]
    try:
        unknown = Template(url).fields() - {"account_id"}
    except ValueError:
        unknown = frozenset({"$"})
    return [Fault(who, "can have ${account_id} and no other field")] if unknown else []


def deliveries_of(options: Options | None) -> tuple[Delivery, ...]:
    """The deliveries; none without options. The options must have no faults. Nothing is connected yet."""
    options = options or {}
    made: list[Delivery] = []
    if options.get("mail"):
        made.append(MailDelivery(_server(options["mail"]), _stationery(options["mail"])))
    if options.get("file"):
        made.append(FileDelivery(options["file"]["directory"]))
    return tuple(made)


def _server(mail: Options) -> MailServer:
    security = mail.get("security") or "starttls"
    return MailServer(
        host=mail["host"],
        port=mail.get("port") or (TLS_PORT if security == "tls" else STARTTLS_PORT),
        security=security,
        username=mail.get("username"),
        password=mail.get("password"),
        ca_path=mail.get("ca_path"),
        timeout=_timeout(mail),
        connections=_connections(mail),
    )


def _timeout(mail: Options) -> int:
    timeout: int | None = mail.get("timeout")
    return 30 if timeout is None else timeout


def _connections(mail: Options) -> int:
    connections: int | None = mail.get("connections")
    return DEFAULT_CONNECTIONS if connections is None else connections


def _stationery(mail: Options) -> Stationery:
    reply_to = mail.get("reply_to")
    return Stationery(
        sender=parse_address(mail["sender"]),
        reply_to=parse_address(reply_to) if reply_to is not None else None,
        contact=mail.get("contact"),
        subject=mail.get("subject"),
        text=mail.get("text"),
        html=mail.get("html"),
    )
