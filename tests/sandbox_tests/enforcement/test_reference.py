# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions, resources and condition keys are those of AWS's service authorization reference, which the evaluator has."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests.sandbox.behaviour.account import Account
from tests.sandbox.enforcement import keys, needs
from tests.sandbox.enforcement.operations import TYPES
from tests.sandbox.evaluator.process import INSTALLED

from .operations import IAM, flat, parameters, served

DATA = INSTALLED / "node_modules" / "@cloud-copilot" / "iam-data" / "data"
# The identity providers of whom AssumeRole's keys are: the sandbox has none.
OF_THE_REFERENCE = ("aws:", "iam:", "sts:")
# What the reference lists and no resource of this type carries here.
UNTAGGED = ("instance-profile", "oidc-provider", "saml-provider", "server-certificate")
# Answered to whoever comes with a document of an identity provider: nobody's policies are asked.
UNSIGNED = ("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")


@cache
def reference(kind: str, service: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / kind / f"{service}.json").read_text(encoding="utf-8"))
    return found


def types_of(service: str, operation: str) -> set[str]:
    return {one["name"] for one in reference("actions", service)[operation.lower()]["resourceTypes"]}


def listed_keys(service: str, operation: str) -> set[str]:
    """The keys of an action and of its resources, as far as a sandbox can have them."""
    of_types = (reference("resourceTypes", service)[kind] for kind in types_of(service, operation) - set(UNTAGGED))
    listed = set(reference("actions", service)[operation.lower()]["conditionKeys"])
    # What is made has no tags of its own yet.
    if not operation.startswith(("Create", "Upload")):
        listed |= {key for one in of_types for key in one.get("conditionKeys", ())}
    return {key for key in listed - set(keys.NOT_MODELLED) if key.startswith(OF_THE_REFERENCE)}


def given_keys(context: keys.Context) -> set[str]:
    tagged = ("aws:RequestTag", "aws:ResourceTag", "iam:ResourceTag")
    return {f"{start}/${{TagKey}}" if (start := key.partition("/")[0]) in tagged else key for key in context}


@pytest.mark.parametrize("operation", served("iam"))
def test_actions_resources_and_keys_of_iam(account: Account, operation: str) -> None:
    asha = account.user("asha")
    credential = next(iter(asha.service_credentials))
    ids = {"AccessKeyId": asha.access_keys[0].access_key_id, "ServiceSpecificCredentialId": credential}
    given = flat(parameters("iam", operation))
    given |= {name: value for name, value in ids.items() if name in given}
    found = list(needs.of_iam(account, operation, given, f"{IAM}:user/staff/asha"))
    types = types_of("iam", operation)
    if TYPES[operation] == "principal":
        assert types == {"group", "role", "user"}
    else:
        assert TYPES[operation] in (types or {""})
    for need in found:
        service, _colon, action = need.action.partition(":")
        kinds = types_of(service, action)
        assert need.resource == "*" if not kinds else need.resource.split(":")[5].partition("/")[0] in kinds
    assert listed_keys("iam", operation) <= given_keys(found[0].context), operation


@pytest.mark.parametrize("operation", [name for name in served("sts") if name not in (*needs.FREE, *UNSIGNED)])
def test_actions_resources_and_keys_of_sts(account: Account, operation: str) -> None:
    given = flat(parameters("sts", operation))
    found = list(needs.of_sts(account, operation, given, f"{IAM}:user/staff/asha"))
    assert {need.action.split(":")[1].lower() for need in found} <= set(reference("actions", "sts"))
    assert found[0].action == f"sts:{operation}"
    assert listed_keys("sts", operation) <= given_keys(found[0].context)


def test_what_is_not_modelled_is_in_the_reference() -> None:
    """So that a reason whose key is gone goes too."""
    known = {entry["key"] for entry in reference("conditionKeys", "iam").values()}
    assert set(keys.NOT_MODELLED) <= known


def test_what_is_made_with_tags_needs_the_right_to_tag(account: Account) -> None:
    for operation, tagging in needs.TAGGING.items():
        assert tagging.lower() in reference("actions", "iam")
        given = flat(parameters("iam", operation))
        named = [need.action for need in needs.of_iam(account, operation, given, f"{IAM}:user/staff/asha")]
        assert named == [f"iam:{operation}", f"iam:{tagging}"]
        without = {name: value for name, value in given.items() if not name.startswith("Tags.")}
        named = [need.action for need in needs.of_iam(account, operation, without, f"{IAM}:user/staff/asha")]
        assert named == [f"iam:{operation}"]
