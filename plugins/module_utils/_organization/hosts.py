# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as hosts: names that a limit can name, groups of units and tags, and the role's variables. Pure."""

from __future__ import annotations

import collections
import dataclasses
import re
import typing as t

Data = t.Mapping[str, t.Any]

_NOT_IN_HOST = re.compile(r"[^A-Za-z0-9_.-]+")
_NOT_IN_GROUP = re.compile(r"[^A-Za-z0-9_]")


@dataclasses.dataclass(frozen=True)
class Reach:
    """How accounts are reached: by the role of this name in each; None for the variables that users write themselves.

    ``connection`` are further options of every connection. ``own_by_role``: also the account that the credentials
    belong to.
    """

    role_name: str | None = None
    external_id: str | None = None
    own_by_role: bool = False
    connection: Data = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Host:
    """One account. ``groups`` are from the outermost unit to the innermost, each a child of the one before."""

    name: str
    variables: Data
    units: tuple[str, ...]
    tags: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Hosts:
    """The accounts in use. ``known`` are the labels and ids of all accounts, of those that are not in use too.

    ``merged`` are groups that several units or tags share, because their names differ only in signs.
    """

    hosts: tuple[Host, ...]
    known: tuple[str, ...]
    merged: t.Mapping[str, tuple[str, ...]]


def hosts_of(organization: Data, *, by_id: bool, reach: Reach) -> Hosts:
    """The hosts of what :func:`.reads.read_organization` returned."""
    accounts = organization["accounts"]
    names = {account["id"]: account["id"] for account in accounts} if by_id else _names(accounts)
    active = [account for account in accounts if account["active"]]
    sources: dict[str, set[str]] = {}
    hosts = tuple(_host(account, names[account["id"]], organization["own"], reach, sources) for account in active)
    return Hosts(
        hosts=hosts,
        known=tuple(sorted({*names, *names.values()})),
        merged={group: tuple(sorted(of)) for group, of in sorted(sources.items()) if len(of) > 1},
    )


def _names(accounts: t.Iterable[Data]) -> dict[str, str]:
    """A name for each account id. AWS lets accounts share a name: these have their ids in it."""
    plain = {account["id"]: _NOT_IN_HOST.sub("-", account["name"]).strip("-") or account["id"] for account in accounts}
    counts = collections.Counter(name.casefold() for name in plain.values())
    return {key: f"{name}-{key}" if counts[name.casefold()] > 1 else name for key, name in plain.items()}


def _host(account: Data, name: str, own: str, reach: Reach, sources: dict[str, set[str]]) -> Host:
    path: tuple[str, ...] = ()
    units: list[str] = []
    for unit in account["units"]:
        path = (*path, unit["name"])
        units.append(_group("ou", path, sources))
    tags = tuple(_group("tag", (key, value), sources) for key, value in sorted(account["tags"].items()))
    variables: dict[str, t.Any] = {
        "aws_account_id": account["id"],
        "aws_account_name": account["name"],
        "aws_account_email": account["email"],
        "aws_account_ou_path": "/" + "/".join(path),
        "aws_account_ou_ids": [unit["id"] for unit in account["units"]],
        "aws_account_tags": dict(account["tags"]),
        "onboard_account": name,
        "onboard_account_id": account["id"],
    }
    if reach.role_name:
        variables["onboard_connection"] = _connection(account, own, reach)
    return Host(name, variables, tuple(units), tags)


def _connection(account: Data, own: str, reach: Reach) -> dict[str, t.Any]:
    """The credentials' own account needs no role: the role that Organizations makes is in all others."""
    connection = dict(reach.connection)
    if account["id"] == own and not reach.own_by_role:
        return connection
    partition = account["arn"].split(":")[1]
    connection["assume_role_arn"] = f"arn:{partition}:iam::{account['id']}:role/{reach.role_name}"
    if reach.external_id:
        connection["external_id"] = reach.external_id
    return connection


def _group(kind: str, parts: tuple[str, ...], sources: dict[str, set[str]]) -> str:
    """A group's name; ``sources`` keeps what it stands for."""
    name = "_".join([kind, *(_NOT_IN_GROUP.sub("_", part) for part in parts if part)])
    sources.setdefault(name, set()).add("/".join(parts) if kind == "ou" else "=".join(parts))
    return name
