# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads of AWS Organizations: every account with its organizational units and tags, as plain data for a cache.

The tree is walked from its root, since an account does not tell in which unit it is: one call for the accounts and one
for the units of each unit, and one for the tags of each account. Only NextToken tells whether there are more: a page
may be empty before the last (docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html).
"""

from __future__ import annotations

import typing as t

from .._aws.calls import ask

if t.TYPE_CHECKING:
    from .._aws.calls import Client

    Data = dict[str, t.Any]

_SERVICE = "organizations"
_ACTIVE = "ACTIVE"


def read_organization(organizations: Client, sts: Client, *, with_tags: bool) -> Data:
    """``accounts``, sorted by id, and ``own``, the id of the account that the credentials belong to.

    Each account has ``id``, ``arn``, ``name``, ``email``, ``active``, ``units`` (each with ``id`` and ``name``, from
    the root down, without the root) and ``tags``, which are read only of active accounts. Raises ReadError.
    """
    accounts = [
        account
        for root in _items(organizations, "ListRoots", "Roots", {})
        for account in _below(organizations, root["Id"], ())
    ]
    for account in accounts:
        account["tags"] = _tags(organizations, account["id"]) if with_tags and account["active"] else {}
    own = str(ask(sts, "GetCallerIdentity", {}, service="sts")["Account"])
    return {"accounts": sorted(accounts, key=lambda account: str(account["id"])), "own": own}


def _below(organizations: Client, parent: str, units: tuple[Data, ...]) -> t.Iterator[Data]:
    """The accounts of a root or unit and of the units below it. Units are nested five deep at most."""
    of_parent = {"ParentId": parent}
    for account in _items(organizations, "ListAccountsForParent", "Accounts", of_parent):
        yield _account(account, units)
    for unit in _items(organizations, "ListOrganizationalUnitsForParent", "OrganizationalUnits", of_parent):
        yield from _below(organizations, unit["Id"], (*units, {"id": unit["Id"], "name": unit["Name"]}))


def _account(account: t.Mapping[str, t.Any], units: tuple[Data, ...]) -> Data:
    return {
        "id": account["Id"],
        "arn": account["Arn"],
        "name": account.get("Name") or account["Id"],
        "email": account.get("Email") or "",
        # AWS retires Status, and an older botocore does not know State.
        "active": (account.get("State") or account.get("Status")) == _ACTIVE,
        "units": list(units),
    }


def _tags(organizations: Client, account_id: str) -> dict[str, str]:
    tags = _items(organizations, "ListTagsForResource", "Tags", {"ResourceId": account_id})
    return {tag["Key"]: tag["Value"] for tag in tags}


def _items(client: Client, operation: str, member: str, params: t.Mapping[str, str]) -> t.Iterator[t.Any]:
    """The items of all pages."""
    about = next(iter(params.values()), "")
    token: dict[str, str] = {}
    while True:
        page = ask(client, operation, {**params, **token}, about, service=_SERVICE)
        yield from page.get(member) or ()
        if not page.get("NextToken"):
            return
        token = {"NextToken": page["NextToken"]}
