# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation shows of the first day is what people get, and its settings are settings."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.workforce.aws.plugins.module_utils._chart.everyone import POLICY_NAME
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import Issued, Recipient, SignIn
from ansible_collections.workforce.aws.plugins.module_utils._credentials.address import parse_address
from ansible_collections.workforce.aws.plugins.module_utils._credentials.letter import Stationery, write_letter
from ansible_collections.workforce.aws.plugins.module_utils._credentials.passwords import PasswordRules
from ansible_collections.workforce.aws.plugins.module_utils._credentials.settings import (
    credentials_arguments,
    deliveries_of,
    delivery_faults,
)
from ansible_collections.workforce.aws.plugins.module_utils._credentials.templates import FIELDS
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.causes import denied, fault
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.evaluation import Policy as Carried
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.evaluation import judge
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.request import Principal
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.url import TEMPLATES

from tests.support.guides import blocks, guide
from tests.tools.places import ROOT

ROLE = ROOT / "roles" / "onboard"
GUIDE = guide("first_credentials")
PAGES = [GUIDE, ROOT / "examples/company/inventory/group_vars/all/settings.yml"]
COMMENTED = re.compile(r"(?m)^# ?")
# Where the role says the same as the module's code, in the same words of Ansible's argument specification.
SAME = ("type", "required", "choices", "default", "no_log", "elements")


def _settings(page: Path) -> list[dict[str, Any]]:
    """Each `onboard_credentials` that a page shows, also where it is to be uncommented."""
    if page.suffix == ".rst":
        texts = [block.text for block in blocks("yaml", page) if "onboard_credentials:" in block.text]
    else:
        parts = page.read_text(encoding="utf-8").split("\n\n")
        texts = [part[part.index("# onboard_credentials:") :] for part in parts if "# onboard_credentials:" in part]
        texts = [COMMENTED.sub("", text) for text in texts]
    return [yaml.safe_load(text)["onboard_credentials"] for text in texts]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_settings_that_are_shown_are_settings(page: Path) -> None:
    shown = _settings(page)
    assert shown
    for settings in shown:
        result = ArgumentSpecValidator(credentials_arguments()).validate(settings)
        assert result.error_messages == []
        assert delivery_faults(result.validated_parameters) == []
        assert deliveries_of(result.validated_parameters)
        assert str(settings.get("mail", {}).get("password", "{{")).startswith("{{"), "a password in a plain file"


def test_the_mail_is_what_a_person_gets() -> None:
    days = _settings(GUIDE)[0]["expire_after_days"]
    url = TEMPLATES["aws"].replace("${account_id}", "123456789012")
    letter = write_letter(
        Stationery(sender=parse_address("Example IT <it@example.com>")),
        parse_address("asha.rao@example.com"),
        Issued("asha.rao", password="Ht7m#Rw2%kVq9=xTz4Jd"),
        Recipient("asha.rao", "asha.rao@example.com"),
        SignIn(url, "123456789012", "example-company", PasswordRules().sentences(), days),
        now=datetime.datetime(2026, 11, 27, 7, tzinfo=datetime.UTC),
    )
    body = letter.get_body(("plain",))
    assert body is not None
    assert f"Subject: {letter['Subject']}\n\n{body.get_content()}" in [block.text for block in blocks("text", GUIDE)]


def test_the_fault_is_what_is_shown() -> None:
    (block,) = [shown.text for shown in blocks("text", GUIDE) if "the statement DenyAllWithoutMFA" in shown.text]
    statement = json.loads(re.findall(r"the first time: (.*})\. Exempt", _one_line(block))[0])
    document = {"Version": "2012-10-17", "Statement": [statement]}
    policy = Carried("department everyone", "mfa", document)
    (denial,) = judge([policy], Principal("asha.rao", "arn:aws:iam::123456789012:user/asha.rao")).denials
    assert str(fault(denied(denial), ["asha.rao"], "employee")) == _one_line(block)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def test_fields_of_templates_are_all_named() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    sentence = text[text.index("There are ``name``") : text.index("and the person's tags")]
    assert re.findall(r"``(\w+)``", sentence) == list(FIELDS)


def test_department_of_everyone_is_called_what_it_is() -> None:
    text = guide("organisation_chart").read_text(encoding="utf-8")
    assert f"It has the inline policy ``{POLICY_NAME}``" in text


def test_role_asks_for_what_the_module_takes() -> None:
    options = yaml.safe_load((ROLE / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    told = options["argument_specs"]["converge"]["options"]["onboard_credentials"]["options"]
    assert _plain(told) == _plain(credentials_arguments())


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """An argument specification without what only one of the two sides can say."""
    return {
        name: {
            **{key: option[key] for key in SAME if key in option},
            **({"options": _plain(option["options"])} if "options" in option else {}),
        }
        for name, option in options.items()
    }
