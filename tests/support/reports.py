# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access reports as data, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ACCOUNT = "123456789012"
READ_AT = "2026-11-23T20:30:00Z"
Data = dict[str, Any]


def arn_of(name: str) -> str:
    """The ARN of AWS's own policy of that name."""
    return f"arn:aws:iam::aws:policy/{name}"


def person(name: str, *departments: str, **facts: Any) -> Data:
    """A managed employee with a console password and MFA who signed in yesterday, unless the facts say otherwise."""
    return {
        "name": name,
        "employee_id": None,
        "state": "present",
        "suspended_since": None,
        "suspended_by": None,
        "managed": True,
        "departments": list(departments),
        "other_groups": [],
        "policies": [],
        "boundary": None,
        "console": True,
        "access_keys": [],
        "mfa": True,
        "last_sign_in": "2026-11-22T08:00:00Z",
        "credential": None,
        "path": "/",
        "created": "2026-01-01T00:00:00Z",
        "administrator": None,
        **facts,
    }


def key(days: int, used: str | None = "2026-11-22T08:00:00Z", *, active: bool = True) -> Data:
    """An access key of that age."""
    created = f"made {days} days before"
    return {"status": "active" if active else "inactive", "created": created, "age_days": days, "last_used": used}


def own(name: str) -> Data:
    """An inline policy of a person's own."""
    return {"name": name, "arn": None, "through": None}


def report(people: Iterable[Data] = (), policies: dict[str, list[str]] | None = None, **facts: Any) -> Data:
    """A report of these people, in departments with these policies of AWS's."""
    people = list(people)
    held: dict[str, list[str]] = {name: [] for name in policies or {}}
    for one in people:
        for name in one["departments"]:
            held.setdefault(name, []).append(one["name"])
    departments = {name: _department(name, held[name], (policies or {}).get(name, ())) for name in sorted(held)}
    for one in people:
        of_departments = [
            {**policy, "through": name} for name in one["departments"] for policy in departments[name]["policies"]
        ]
        one["policies"] = [*one["policies"], *of_departments]
    return {
        "format": 1,
        "account": {"account_id": ACCOUNT, "alias": None, "caller_arn": f"arn:aws:iam::{ACCOUNT}:user/runner"},
        "read_at": READ_AT,
        "credentials_as_of": "2026-11-23T18:02:11Z",
        "consistent": True,
        "employees": [one for one in people if one["managed"]],
        "unmanaged_users": [one for one in people if not one["managed"]],
        "extra_memberships": [],
        "departments": [*departments.values()],
        "other_groups": [],
        "policies_not_judged": [],
        **facts,
    }


def _department(name: str, members: Iterable[str], policies: Iterable[str]) -> Data:
    return {
        "name": name,
        "path": "/workforce/",
        "managed": True,
        "members": sorted(members),
        "policies": [{"name": policy, "arn": arn_of(policy)} for policy in policies],
    }


def large(people: int, departments: int) -> Data:
    """A large company: everybody sits in one to three departments, each with three of sixty policies."""
    names = [f"department-{number:03}" for number in range(departments)]
    held = {
        name: [f"AmazonService{(place * 7 + k) % 60:02}ReadOnlyAccess" for k in range(3)]
        for place, name in enumerate(names)
    }
    everybody = [
        person(
            f"employee.{number:04}",
            *sorted({names[(number * step) % departments] for step in (1, 3, 7)[: 1 + number % 3]}),
            employee_id=str(10000 + number),
            mfa=number % 4 != 0,
            console=number % 3 != 0,
            access_keys=[key(number % 400, None if number % 5 else "2026-11-22T08:00:00Z")] if number % 7 == 0 else [],
        )
        for number in range(people)
    ]
    return report(everybody, held)
