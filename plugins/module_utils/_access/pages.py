# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The access report as text: CSV for a spreadsheet, Markdown for a page, JSON for a program. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
import typing as t

from .mfa import LACKING

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]
    Row = dict[str, str]

KEYS_PER_USER = 2
UNKNOWN = "unknown"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell; IAM allows four of them in names."""

_MARKDOWN = re.compile(r"([\\`*_|<>\[\]#~])")


def json_text(data: Data) -> str:
    """Everything, for programs."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def csv_text(data: Data) -> str:
    """One line for each person, managed employees first."""
    rows = [_csv_row(person, data) for person in _everybody(data)]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=_columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _everybody(data: Data) -> list[Data]:
    return [*data["employees"], *data["unmanaged_users"]]


def _columns() -> list[str]:
    keys = [
        f"access_key_{number}_{what}"
        for number in range(1, KEYS_PER_USER + 1)
        for what in ("status", "age_days", "last_used")
    ]
    first = ["account_id", "person", "employee_id", "managed", "state", "suspended_since", "suspended_by"]
    access = ["departments", "other_groups", "policies", "boundary", "console_password"]
    return [
        *first,
        *access,
        *keys,
        "mfa",
        "last_sign_in",
        "credential",
        "path",
        "created",
        "credentials_as_of",
        "administrator",
        "mfa_required",
        LACKING,
        "roles",
    ]


def _csv_row(person: Data, data: Data) -> Row:
    plain = ("employee_id", "state", "suspended_since", "suspended_by", "boundary", "last_sign_in", "credential")
    return {
        "account_id": data["account"]["account_id"],
        "person": person["name"],
        "managed": _yes(person["managed"]),
        **{name: person[name] or "" for name in (*plain, "path", "created")},
        "departments": "; ".join(person["departments"]),
        "other_groups": "; ".join(person["other_groups"]),
        "policies": "; ".join(map(told_policy, person["policies"])),
        "console_password": _yes(person["console"]),
        **_key_cells(person["access_keys"]),
        "mfa": _yes(person["mfa"]),
        "credentials_as_of": data["credentials_as_of"],
        "administrator": person["administrator"] or "",
        "mfa_required": _yes(person["mfa_required"]),
        LACKING: person[LACKING] or "",
        "roles": "; ".join(person["roles"]),
    }


def _key_cells(keys: list[Data] | None) -> Row:
    cells: Row = {}
    for place in range(KEYS_PER_USER):
        key = keys[place] if keys and place < len(keys) else {}
        name = f"access_key_{place + 1}"
        cells[f"{name}_status"] = UNKNOWN if keys is None else key.get("status", "")
        cells[f"{name}_age_days"] = str(key.get("age_days", ""))
        cells[f"{name}_last_used"] = key.get("last_used") or ""
    return cells


def told_policy(policy: Data) -> str:
    """A policy and the way it comes: "ReadOnlyAccess (data-science)"."""
    kind = "" if policy["arn"] else ", inline"
    return f"{policy['name']} ({policy['through'] or 'directly'}{kind})"


def _yes(value: bool | None) -> str:
    return UNKNOWN if value is None else "yes" if value else "no"


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def markdown_text(data: Data) -> str:
    """A page for people: first what needs a look, in tables that a screen has room for; then who may do what."""
    account = data["account"]
    alias = f" ({account['alias']})" if account["alias"] else ""
    lines = [
        f"# Who has access to AWS account {account['account_id']}{alias}",
        "",
        f"Read {data['read_at']} as {_plain(account['caller_arn'])}. "
        f"Console passwords, access keys and MFA as of {data['credentials_as_of']}.",
    ]
    if not data["consistent"]:
        lines += ["", "**The account was being changed while it was read: somebody may be missing here.**"]
    rising = ([person["name"], person["administrator"]] for person in _everybody(data) if person["administrator"])
    lines += _section("Who can become administrator", ("Person", "Through"), rising)
    lines += _section("Employees", _SIGN_IN_TITLES, map(_sign_in_cells, data["employees"]))
    lines += _section("Users who are not managed", _SIGN_IN_TITLES, map(_sign_in_cells, data["unmanaged_users"]))
    extra = ([each["name"], ", ".join(each["groups"])] for each in data["extra_memberships"])
    lines += _section("Employees in groups that are not managed departments", ("Person", "Groups"), extra)
    lines += _section("What employees may do", _ACCESS_TITLES, map(_access_cells, data["employees"]))
    others = map(_access_cells, data["unmanaged_users"])
    lines += _section("What users who are not managed may do", _ACCESS_TITLES, others)
    lines += _section("Departments", _GROUP_TITLES, map(_group_cells, data["departments"]))
    lines += _section("Groups that are not managed", _GROUP_TITLES, map(_group_cells, data["other_groups"]))
    lines += _section("Roles", _ROLE_TITLES, map(_role_cells, data["roles"]))
    return "\n".join([*lines, ""])


_SIGN_IN_TITLES = ("Person", "State", "MFA", "Last sign-in", "Credential", "Console", "Access keys")
_ACCESS_TITLES = ("Person", "Id", "Departments", "Policies")
_GROUP_TITLES = ("Name", "Path", "People", "Policies")
_ROLE_TITLES = ("Name", "Path", "Departments", "People", "MFA", "Policies")


def _sign_in_cells(person: Data) -> list[str]:
    return [
        person["name"],
        _told_state(person),
        _told_mfa(person),
        person["last_sign_in"] or "never",
        person["credential"] or "",
        _yes(person["console"]),
        _told_keys(person["access_keys"]),
    ]


def _access_cells(person: Data) -> list[str]:
    return [
        person["name"],
        person["employee_id"] or "",
        ", ".join([*person["departments"], *person["other_groups"]]),
        ", ".join(map(told_policy, person["policies"])),
    ]


def _told_state(person: Data) -> str:
    since = f" since {person['suspended_since']}" if person["suspended_since"] else ""
    by = f" by {person['suspended_by']}" if person["suspended_by"] else ""
    return f"{person['state']}{since}{by}"


def _told_mfa(person: Data) -> str:
    since = f", required and possible since {person[LACKING]}" if person[LACKING] else ""
    return _yes(person["mfa"]) + since


def _told_keys(keys: list[Data] | None) -> str:
    if keys is None:
        return UNKNOWN
    return ", ".join(f"{key['status']}, {key['age_days']} days old" for key in keys) or "none"


def _group_cells(group: Data) -> list[str]:
    policies = (policy["name"] if policy["arn"] else f"{policy['name']} (inline)" for policy in group["policies"])
    return [group["name"], group["path"], str(len(group["members"])), ", ".join(policies)]


def _role_cells(role: Data) -> list[str]:
    policies = (policy["name"] if policy["arn"] else f"{policy['name']} (inline)" for policy in role["policies"])
    who = [", ".join(role["assumed_by"]), ", ".join(role["people"]), _yes(role["require_mfa"])]
    return [role["name"], role["path"], *who, ", ".join(policies)]


def _section(title: str, titles: t.Sequence[str], rows: t.Iterable[list[str]]) -> list[str]:
    """A heading and a table; a section with nothing in it is left out."""
    lines = ["| " + " | ".join(map(_plain, row)) + " |" for row in rows]
    if not lines:
        return []
    return ["", f"## {title}", "", f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}", *lines]


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
