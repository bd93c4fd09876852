# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The companies that every side of the bench sets up. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DEPARTMENTS = (
    "customer-service",
    "development",
    "finance",
    "human-resources",
    "marketing",
    "production",
    "quality-management",
    "research",
    "sales",
)
POLICIES = ("ReadOnlyAccess", "IAMUserChangePassword")
# Every so-manieth employee of a company of nine departments sits in a second one.
SECOND_DEPARTMENT = 5
# In a company of many departments, there is one for so many people, each of whom sits in so many departments.
PEOPLE_PER_DEPARTMENT, DEPARTMENTS_PER_PERSON = 50 / 3, 3
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}],
}


@dataclass(frozen=True)
class Company:
    """The two lists, as a user writes them. With `mailed`, everybody is mailed a first password.

    `settings` are further variables of the role.
    """

    name: str
    departments: list[dict[str, Any]]
    employees: list[dict[str, Any]]
    mailed: bool = False
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.employees)

    @property
    def memberships(self) -> int:
        return sum(len(employee["departments"]) for employee in self.employees)

    def members(self, department: str) -> list[str]:
        return [employee["name"] for employee in self.employees if department in employee["departments"]]


def company(size: int, *, mailed: bool = False) -> Company:
    """A company of nine departments and this many employees."""
    count = len(DEPARTMENTS)
    sits = [
        [DEPARTMENTS[(number + more) % count] for more in range(1 if number % SECOND_DEPARTMENT else 2)]
        for number in range(size)
    ]
    return _company(f"nine-{size}{'-mailed' if mailed else ''}", DEPARTMENTS, sits, mailed=mailed)


def wide_company(size: int) -> Company:
    """A company of this many employees in many departments: 5,000 of them have 300, and 15,000 memberships."""
    departments = [f"department-{number:03}" for number in range(round(size / PEOPLE_PER_DEPARTMENT))]
    sits = [
        [departments[(number + more) % len(departments)] for more in range(DEPARTMENTS_PER_PERSON)]
        for number in range(size)
    ]
    return _company(f"wide-{size}", departments, sits, mailed=False)


def _company(name: str, departments: tuple[str, ...] | list[str], sits: list[list[str]], *, mailed: bool) -> Company:
    employees = [employee(number, places) for number, places in enumerate(sits)]
    return Company(
        name,
        [
            {"name": title, "managed_policies": list(POLICIES), "inline_policies": {"buckets": DOCUMENT}}
            for title in departments
        ],
        employees,
        mailed,
    )


def employee(number: int, departments: list[str]) -> dict[str, Any]:
    """The person of this number."""
    name = f"employee.{number:04}"
    return {
        "name": name,
        "employee_id": str(10000 + number),
        "email": f"{name}@example.com",
        "departments": departments,
        "tags": {"team": f"team-{number % 30}"},
    }


def writes_to_create(of: Company) -> dict[str, int]:
    """The writes that setting it up takes in an empty account: no fewer are possible."""
    issued = {"CreateLoginProfile": of.size, "TagUser": of.size} if of.mailed else {}
    return {
        **issued,
        "AddUserToGroup": of.memberships,
        "AttachGroupPolicy": sum(len(department["managed_policies"]) for department in of.departments),
        "CreateGroup": len(of.departments),
        "CreateUser": of.size,
        "PutGroupPolicy": sum(len(department["inline_policies"]) for department in of.departments),
    }
