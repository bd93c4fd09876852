# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The company that every side of the bench sets up: nine departments, and as many employees as asked for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
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
# Every so-manieth employee sits in a second department.
SECOND_DEPARTMENT = 5
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}],
}


@dataclass(frozen=True)
class Company:
    """The two lists, as a user writes them. With `mailed`, everybody is mailed a first password."""

    departments: list[dict[str, Any]]
    employees: list[dict[str, Any]]
    mailed: bool = False

    @property
    def memberships(self) -> int:
        return sum(len(employee["departments"]) for employee in self.employees)

    def members(self, department: str) -> list[str]:
        return [employee["name"] for employee in self.employees if department in employee["departments"]]


def company(size: int, *, mailed: bool = False) -> Company:
    """A company of this many employees."""
    departments = [
        {"name": name, "managed_policies": list(POLICIES), "inline_policies": {"buckets": DOCUMENT}}
        for name in DEPARTMENTS
    ]
    employees = [_employee(number) for number in range(size)]
    if mailed:
        employees = [{**employee, "email": f"{employee['name']}@example.com"} for employee in employees]
    return Company(departments, employees, mailed)


def _employee(number: int) -> dict[str, Any]:
    count = len(DEPARTMENTS)
    departments = [DEPARTMENTS[number % count]]
    if number % SECOND_DEPARTMENT == 0:
        departments.append(DEPARTMENTS[(number + 1) % count])
    return {
        "name": f"employee.{number:04}",
        "employee_id": str(10000 + number),
        "departments": departments,
        "tags": {"team": f"team-{number % 30}"},
    }


def writes_to_create(of: Company) -> dict[str, int]:
    """The writes that setting it up takes in an empty account: no fewer are possible."""
    issued = {"CreateLoginProfile": len(of.employees), "TagUser": len(of.employees)} if of.mailed else {}
    return {
        **issued,
        "AddUserToGroup": of.memberships,
        "AttachGroupPolicy": sum(len(department["managed_policies"]) for department in of.departments),
        "CreateGroup": len(of.departments),
        "CreateUser": len(of.employees),
        "PutGroupPolicy": sum(len(department["inline_policies"]) for department in of.departments),
    }
