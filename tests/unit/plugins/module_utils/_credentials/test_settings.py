# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of deliveries: what Ansible makes of them, what is a fault, and what they come to."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import DeliveryError, Recipient
from ansible_collections.workforce.aws.plugins.module_utils._credentials.settings import (
    credentials_arguments,
    deliveries_of,
    delivery_faults,
)

from tests.sandbox.mailbox import Mailbox

MAIL = {"host": "smtp.example.com", "sender": "IT <it@example.com>"}
SPEC = {"credentials": {"type": "dict", "options": credentials_arguments()}}


def checked(options: object) -> dict[str, t.Any]:
    """As the module gets them."""
    result = ArgumentSpecValidator(SPEC).validate({"credentials": options})
    assert result.error_messages == []
    found: dict[str, t.Any] = result.validated_parameters["credentials"]
    return found


def refused(options: object) -> str:
    return "\n".join(ArgumentSpecValidator(SPEC).validate({"credentials": options}).error_messages)


def faults(tag_keys: t.Collection[str] = (), **mail: object) -> list[str]:
    return [str(fault) for fault in delivery_faults(checked({"mail": {**MAIL, **mail}}), tag_keys)]


def test_nothing_delivers_nothing() -> None:
    for options in (None, {}, {"mail": None, "file": None, "expire_after_days": 14}):
        assert deliveries_of(options) == ()
        assert delivery_faults(options) == []


def test_what_is_set_delivers_in_order() -> None:
    options = checked({"mail": MAIL, "file": {"directory": "/secure"}, "expire_after_days": 14})
    assert delivery_faults(options) == []
    assert [delivery.name for delivery in deliveries_of(options)] == ["mail", "file"]


def test_the_password_is_known_as_a_secret() -> None:
    options = {"mail": {**MAIL, "username": "onboard", "password": "hunter2-Hunter2"}}
    assert ArgumentSpecValidator(SPEC).validate({"credentials": options})._no_log_values == {"hunter2-Hunter2"}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"mail": {"host": "smtp.example.com"}}, "missing required arguments: sender"),
        ({"mail": {"sender": "it@example.com"}}, "missing required arguments: host"),
        ({"mail": {**MAIL, "security": "plain"}}, "must be one of: starttls, tls, got: plain"),
        ({"mail": {**MAIL, "username": "onboard"}}, "are required together: username, password"),
        ({"file": {}}, "missing required arguments: directory"),
        ({"sms": {}}, "Supported parameters include: expire_after_days, file, mail, sign_in_url"),
    ],
)
def test_what_ansible_refuses(options: object, why: str) -> None:
    assert why in refused(options)


@pytest.mark.parametrize(
    ("mail", "fault"),
    [
        ({"host": ""}, "mail.host: '' is not the name of a server"),
        ({"host": "smtps://smtp.example.com"}, "mail.host: 'smtps://smtp.example.com' is not the name of a server"),
        ({"port": 0}, "mail.port: 0 is not a port"),
        ({"port": 65536}, "mail.port: 65536 is not a port"),
        ({"timeout": 0}, "mail.timeout: 0 is not a number of seconds from 1 to 600"),
        ({"connections": 101}, "mail.connections: 101 is not a number of connections from 1 to 100"),
        ({"username": "onboard", "password": ""}, "mail.password: is empty: give both"),
        ({"username": "", "password": "x"}, "mail.username: is empty: give both"),
        ({"sender": "IT"}, "mail.sender: 'IT' is not one mail address"),
        ({"sender": ""}, "mail.sender: '' is not one mail address"),
        (
            {"sender": "it@example.com\nBcc: m@example.com"},
            "mail.sender: 'it@example.com\\nBcc: m@example.com' has a ch",
        ),
        ({"reply_to": "help"}, "mail.reply_to: 'help' is not one mail address"),
        ({"subject": ""}, "mail.subject: is empty or has more than one line"),
        ({"subject": "a\nBcc: m@example.com"}, "mail.subject: is empty or has more than one line"),
        ({"subject": "${password}"}, "mail.subject: must not have a secret"),
        ({"subject": "for ${nmae}"}, "mail.subject: has ${nmae}, which nothing is known of; known are name, email, "),
        ({"text": "hello"}, "mail.text: does not have ${password}"),
        ({"text": "costs 5$\n${password}"}, "mail.text: has a $ that begins no field: write ${field}"),
        ({"text": "It is ${password}."}, "mail.text: has something beside ${password}: it must stand on a line"),
        ({"text": "$password!"}, "mail.text: has something beside ${password}"),
        ({"text": "${passwort}\n${b}"}, "mail.text: has ${b}, ${passwort}, which nothing is known of"),
        ({"html": "<p>hello</p>"}, "mail.html: does not have ${password}"),
        ({"html": "<b>${password}</b> ${cost center}"}, "mail.html: has a $ that begins no field"),
    ],
)
def test_each_fault_is_told(mail: dict[str, t.Any], fault: str) -> None:
    (told,) = faults(**mail)
    assert told.startswith(fault)


def test_all_faults_are_told_together() -> None:
    assert len(faults(host="", port=0, sender="x", text="x", html="x")) == 5


def test_templates_without_fault() -> None:
    templates = {
        "subject": "For ${name} of ${departments}: $$0",
        "text": "Hello ${name}, cost center ${cost-center}\n  ${password}  \n$$password",
        "html": "<p>${team:unit} $password</p>",
    }
    assert faults(["cost-center", "team:unit"], **templates) == []
    told = faults(["team:unit"], **templates)
    assert told[0].endswith("access_key_id, secret_access_key, team:unit")
    assert told[0].startswith("mail.text: has ${cost-center}")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"expire_after_days": 0}, "expire_after_days: 0 is not a number of days from 1"),
        ({"sign_in_url": "signin.example.com"}, "sign_in_url: 'signin.example.com' is not the address of a page"),
        ({"sign_in_url": "https://x/ y"}, "sign_in_url: 'https://x/ y' is not the address of a page"),
        ({"sign_in_url": "https://${account}/"}, "sign_in_url: can have ${account_id} and no other field"),
        ({"sign_in_url": "https://$/"}, "sign_in_url: can have ${account_id} and no other field"),
    ],
)
def test_faults_beside_the_mail(options: object, fault: str) -> None:
    (told,) = delivery_faults(checked(options))
    assert str(told).startswith(fault)


def test_a_sign_in_url_without_fault() -> None:
    assert delivery_faults(checked({"sign_in_url": "https://${account_id}.signin.example/console"})) == []


def test_the_settings_of_a_mailbox_lead_there() -> None:
    with Mailbox.start() as mailbox:
        (mail,) = deliveries_of(checked({"mail": mailbox.settings()}))
        assert mail.reaches(Recipient("asha.rao", "asha@example.com"))
        mail.try_out()
        mail.close()
        assert mailbox.counts()["logins"] == 1


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465)])
def test_the_port_follows_the_security(monkeypatch: t.Any, security: str, port: int) -> None:
    def refuse(address: tuple[str, int], *_arguments: object) -> t.NoReturn:
        raise ConnectionRefusedError(111, f"port {address[1]}")

    monkeypatch.setattr("socket.create_connection", refuse)
    (mail,) = deliveries_of(checked({"mail": {**MAIL, "security": security}}))
    with pytest.raises(DeliveryError, match=f"smtp.example.com:{port}: nothing listens"):
        mail.try_out()
