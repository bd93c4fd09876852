# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin, in Ansible's own inventory, with moto's Organizations in place of AWS's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.inventory.organization_accounts import FAILED, InventoryModule

from tests.support.organization import MANAGEMENT, NAME, TEMPLATE, read_inventories

TRAINEES = {f"trainee-{number:02}" for number in range(21)}
CASES: dict[str, dict[str, Any]] = {
    "role": {"options": {"role_name": "runner", "external_id": "x", "profile": None}},
    "own": {
        "options": {
            "tags": False,
            "hostnames": "id",
            "own_account": "omit",
            "compose": {"onboard_unlisted": "'remove' if aws_account_ou_path == '/Training' else 'suspend'"},
            "groups": {"ours": "aws_account_ou_path.startswith('/Workloads')"},
            "keyed_groups": [{"key": "aws_account_ou_path", "prefix": "path"}],
        }
    },
    "denied": {"options": {}, "errors": {"ListAccountsForParent": ["AccessDeniedException", None]}},
    "alone": {"options": {}, "errors": {"ListRoots": ["AWSOrganizationsNotInUseException", None]}},
    "throttled": {"options": {"tags": False}, "errors": {"ListAccountsForParent": ["TooManyRequestsException"] * 3}},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("organization")
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(folder / "cache")}
    cached: dict[str, Any] = {"options": {"role_name": "runner", **cache}}
    cases = {**CASES, "cold": cached, "warm": cached, "flushed": {**cached, "refresh": True}}
    return dict(zip(cases, read_inventories(list(cases.values()), folder), strict=True))


def test_accounts_are_hosts(found: dict[str, dict[str, Any]]) -> None:
    hosts, groups = found["role"]["hosts"], found["role"]["groups"]
    assert set(hosts) == {"master", "shop", "build"} | TRAINEES
    assert set(groups["aws_accounts"]) == set(hosts)
    assert (groups["ou_Workloads"], groups["ou_Workloads_Production"]) == (["build", "shop"], ["shop"])
    assert (groups["tag_stage_prod"], set(groups["ou_Training"])) == (["shop"], TRAINEES)
    shop = hosts["shop"]
    role = f"arn:aws:iam::{shop['aws_account_id']}:role/runner"
    assert shop["onboard_connection"] == {"assume_role_arn": role, "external_id": "x"}
    assert (shop["onboard_account"], shop["onboard_account_id"]) == ("shop", shop["aws_account_id"])
    assert (shop["aws_account_email"], shop["aws_account_ou_path"]) == ("shop@example.com", "/Workloads/Production")
    # The credentials are of the management account, where Organizations makes no such role.
    assert hosts["master"]["onboard_connection"] == {}
    # So that an entry may name an account that is closed.
    assert {"old", "shop", MANAGEMENT, shop["aws_account_id"]} <= set(found["role"]["all"]["onboard_accounts"])
    calls = found["role"]["calls"]
    assert (calls.count("ListTagsForResource"), calls.count("GetCallerIdentity")) == (len(hosts), 1)
    # Of the root and three units, one of which has two pages.
    assert calls.count("ListAccountsForParent") == 5


def test_what_people_write_in_aws_is_no_template(found: dict[str, dict[str, Any]]) -> None:
    assert found["role"]["hosts"]["shop"]["aws_account_tags"] == {"stage": "prod", "note": TEMPLATE}


def test_users_make_variables_and_groups_of_their_own(found: dict[str, dict[str, Any]]) -> None:
    hosts, groups = found["own"]["hosts"], found["own"]["groups"]
    assert {hosts[name]["onboard_unlisted"] for name in groups["ours"]} == {"suspend"}
    assert {hosts[name]["onboard_unlisted"] for name in groups["path__Training"]} == {"remove"}
    assert sorted(hosts[name]["aws_account_name"] for name in groups["ours"]) == ["build", "shop"]
    assert all(name == of["aws_account_id"] == of["onboard_account"] for name, of in hosts.items())
    assert not any("onboard_connection" in of for of in hosts.values())
    assert MANAGEMENT not in hosts
    assert "ListTagsForResource" not in found["own"]["calls"]


def test_the_cache_is_used_until_it_is_flushed(found: dict[str, dict[str, Any]]) -> None:
    assert found["warm"]["hosts"] == found["cold"]["hosts"] == found["flushed"]["hosts"]
    assert found["cold"]["calls"] == found["flushed"]["calls"]
    assert found["warm"]["calls"] == []


def test_what_could_not_be_read_is_told_to_the_plays(found: dict[str, dict[str, Any]]) -> None:
    """Ansible only warns and goes on: the collection's plays would run for fewer accounts, or for another."""
    assert found["denied"]["hosts"] == found["alone"]["hosts"] == {}
    told = found["denied"]["all"][FAILED]
    assert "ListAccountsForParent of r-" in told
    assert " failed with AccessDeniedException: no. Allow organizations:ListAccountsForParent on r-" in told
    assert "belongs to no organization" in found["alone"]["all"][FAILED]


def test_throttling_is_waited_for(found: dict[str, dict[str, Any]]) -> None:
    assert len(found["throttled"]["hosts"]) == 3 + len(TRAINEES)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("organization.yml", True),
        ("our-organization.yaml", True),
        ("organization_accounts.yml", True),
        ("a.yml", False),
    ],
)
def test_which_files_are_its_own(name: str, taken: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(f"plugin: {NAME}\n", encoding="utf-8")
    plugin: Any = InventoryModule
    assert plugin().verify_file(str(path)) is taken
