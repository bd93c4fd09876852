# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as hosts: their names, groups and variables."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._organization.hosts import Hosts, Reach, hosts_of

OWN: t.Final = "100000000000"


def account(number: int, name: str, *units: str, active: bool = True, **tags: str) -> dict[str, t.Any]:
    account_id = f"{number:012}"
    return {
        "id": account_id,
        "arn": f"arn:aws-us-gov:organizations::{OWN}:account/o-aaaaaaaaaa/{account_id}",
        "name": name,
        "email": f"{number}@example.com",
        "active": active,
        "units": [{"id": f"ou-{unit}", "name": unit} for unit in units],
        "tags": tags,
    }


def hosts(*accounts: dict[str, t.Any], by_id: bool = False, **reach: t.Any) -> Hosts:
    return hosts_of({"accounts": list(accounts), "own": OWN}, by_id=by_id, reach=Reach(**reach))


def test_names_are_those_that_a_limit_can_name() -> None:
    found = hosts(account(1, "Sales (EU), north: prod"), account(2, "a.b-c_d"), account(3, "!!"))
    assert [host.name for host in found.hosts] == ["Sales-EU-north-prod", "a.b-c_d", "000000000003"]
    assert found.hosts[0].variables["aws_account_name"] == "Sales (EU), north: prod"
    assert [host.name for host in hosts(account(1, "x"), by_id=True).hosts] == ["000000000001"]


def test_accounts_of_one_name_are_told_apart() -> None:
    """Also from one that is closed: its label in an entry would else mean another account."""
    found = hosts(account(1, "sand box"), account(2, "Sand-Box", active=False), account(3, "other"))
    assert [host.name for host in found.hosts] == ["sand-box-000000000001", "other"]
    assert found.known == (
        "000000000001",
        "000000000002",
        "000000000003",
        "Sand-Box-000000000002",
        "other",
        "sand-box-000000000001",
    )


def test_groups_of_units_and_tags() -> None:
    found = hosts(
        account(1, "a", "Work loads", "Prod", stage="eu/1", empty=""), {**account(2, "b"), "tags": {"st-age": "x"}}
    )
    assert found.hosts[0].units == ("ou_Work_loads", "ou_Work_loads_Prod")
    assert found.hosts[0].tags == ("tag_empty", "tag_stage_eu_1")
    assert (found.hosts[1].units, found.hosts[1].tags) == ((), ("tag_st_age_x",))
    assert [host.variables["aws_account_ou_path"] for host in found.hosts] == ["/Work loads/Prod", "/"]
    assert found.merged == {}


def test_groups_that_stand_for_several_are_told() -> None:
    found = hosts(account(1, "a", "x-y", a_b="c"), account(2, "b", "x y"), account(3, "c", a="b_c"))
    assert found.merged == {"ou_x_y": ("x y", "x-y"), "tag_a_b_c": ("a=b_c", "a_b=c")}


def test_how_accounts_are_reached() -> None:
    two = account(1, "a"), account(int(OWN), "own")
    assert all("onboard_connection" not in host.variables for host in hosts(*two).hosts)
    reach: dict[str, t.Any] = {"role_name": "people/runner", "external_id": "x", "connection": {"profile": "p"}}
    role, own = (host.variables["onboard_connection"] for host in hosts(*two, **reach).hosts)
    arn = "arn:aws-us-gov:iam::000000000001:role/people/runner"
    assert role == {"profile": "p", "assume_role_arn": arn, "external_id": "x"}
    assert own == {"profile": "p"}
    by_role = hosts(*two, **reach, own_by_role=True).hosts[1].variables["onboard_connection"]
    assert by_role["assume_role_arn"] == f"arn:aws-us-gov:iam::{OWN}:role/people/runner"
