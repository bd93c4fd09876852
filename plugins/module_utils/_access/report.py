# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The access report: who has access to what, and through which department. Pure.

``None`` is what is not known: somebody who is younger than the credential report is not in it.
"""

from __future__ import annotations

import typing as t

from .._brakes.becoming import Becoming
from .._brakes.new_administrators import administrators
from .._brakes.policy_documents import document_of, is_aws_own
from .._core.dates import stamp
from .._core.model import fold
from .._core.suspension import suspension_of
from .._core.tags import EMPLOYEE_ID_TAG, managed
from .mfa import LACKING, lacking_since, mfa_required
from .roles import roles_data, roles_of_people

if t.TYPE_CHECKING:
    import datetime

    from .._chart.values import ChartSettings
    from .._core.model import Account, Carrier, Directory, Group, User
    from .credential_report import AccessKey, UserCredentials
    from .reads import Readings

    Data = dict[str, t.Any]

CREDENTIAL_TAG = "workforce:credential"
FORMAT = 1
"""The number of the report's shape. It grows when what an older release reads of it would no longer be true."""


def access_data(account: Account, readings: Readings, settings: ChartSettings) -> Data:
    """The report as data: managed employees, unmanaged users and departments, each in order of their names."""
    directory = readings.directory
    may_rise = administrators(directory, readings.documents)
    roles = roles_of_people(directory)
    people = [
        {**_person(user, readings, settings), "administrator": may_rise.get(key), "roles": roles.get(key, [])}
        for key, user in sorted(directory.users.items())
    ]
    groups = [_group(group, directory, settings) for _key, group in sorted(directory.groups.items())]
    employees = [person for person in people if person["managed"]]
    return {
        "format": FORMAT,
        "account": {"account_id": account.account_id, "alias": account.alias, "caller_arn": account.caller_arn},
        "read_at": utc(readings.read_at),
        "credentials_as_of": utc(readings.credentials.generated),
        "consistent": readings.consistent,
        "employees": employees,
        "unmanaged_users": [person for person in people if not person["managed"]],
        "extra_memberships": [
            {"name": person["name"], "groups": person["other_groups"]} for person in employees if person["other_groups"]
        ],
        "departments": [group for group in groups if group["managed"]],
        "other_groups": [group for group in groups if not group["managed"]],
        "roles": roles_data(directory),
        "policies_not_judged": _not_judged(readings),
    }


def counts(data: Data) -> dict[str, int]:
    """How many the report tells of, without a name."""
    everybody = [*data["employees"], *data["unmanaged_users"]]
    return {
        "employees": len(data["employees"]),
        "unmanaged_users": len(data["unmanaged_users"]),
        "suspended": sum(person["state"] == "suspended" for person in everybody),
        "without_mfa": sum(person[LACKING] is not None for person in everybody),
        "extra_memberships": sum(len(each["groups"]) for each in data["extra_memberships"]),
        "departments": len(data["departments"]),
        "other_groups": len(data["other_groups"]),
    }


def is_department(group: Group, settings: ChartSettings) -> bool:
    """Whether a group is managed: by where it lies, or by name."""
    return group.path.startswith(settings.path) or settings.adopts(group.name)


def tag(user: User, key: str) -> str | None:
    """The value of a tag; IAM compares their keys without case."""
    return next((value for name, value in (user.tags or {}).items() if name.lower() == key), None)


def utc(moment: datetime.datetime | None) -> str | None:
    """A moment as the report writes it; AWS tells all of them in UTC."""
    return None if moment is None else stamp(moment)


def _not_judged(readings: Readings) -> list[str]:
    """The ARNs of attached policies whose documents were not read: what they allow is not known."""
    directory = readings.directory
    becoming = Becoming(directory)
    roles = (role for role in directory.roles.values() if becoming.people(role))
    carriers: list[Carrier] = [*directory.users.values(), *directory.groups.values(), *roles]
    arns = {arn for carrier in carriers for arn in carrier.attached or ()}
    return sorted(arn for arn in arns if not is_aws_own(arn) and document_of(arn, readings.documents) is None)


def _person(user: User, readings: Readings, settings: ChartSettings) -> Data:
    directory = readings.directory
    groups = _groups_of(user, directory)
    suspended = suspension_of(user)
    return {
        "name": user.name,
        "employee_id": tag(user, EMPLOYEE_ID_TAG),
        "state": "present" if suspended is None else "suspended",
        "suspended_since": suspended.at if suspended else None,
        "suspended_by": suspended.by if suspended else None,
        "managed": managed(user),
        "departments": [group.name for group in groups if is_department(group, settings)],
        "other_groups": [group.name for group in groups if not is_department(group, settings)],
        "policies": [*_policies(user, None), *(each for group in groups for each in _policies(group, group.name))],
        "boundary": user.boundary or None,
        **_sign_in(user, readings),
        "mfa_required": mfa_required(groups),
        LACKING: utc(lacking_since(user, groups, credentials_of(user, readings))),
        "credential": tag(user, CREDENTIAL_TAG),
        "path": user.path,
        "created": utc(user.create_date),
    }


def _groups_of(user: User, directory: Directory) -> list[Group]:
    return [directory.groups[key] for key in sorted(directory.groups_of(user.name))]


def _policies(owner: User | Group, through: str | None) -> list[Data]:
    """The policies of a user (``through`` None) or of a group that leads to them; an inline policy has no ARN."""
    attached = [
        {"name": name, "arn": arn, "through": through}
        for arn, name in sorted((owner.attached or {}).items(), key=lambda policy: policy[1])
    ]
    return attached + [{"name": name, "arn": None, "through": through} for name in sorted(owner.inline or {})]


def _sign_in(user: User, readings: Readings) -> Data:
    found = credentials_of(user, readings)
    last_sign_in = utc(readings.sign_ins.get(fold(user.name)))
    if found is None:
        return {"console": None, "access_keys": None, "mfa": None, "last_sign_in": last_sign_in}
    return {
        "console": found.console,
        "access_keys": [_access_key(key, readings.read_at) for key in found.access_keys],
        "mfa": found.mfa,
        "last_sign_in": last_sign_in,
    }


def credentials_of(user: User, readings: Readings) -> UserCredentials | None:
    """The user's line of the credential report, unless it is that of somebody who had the name before."""
    found = readings.credentials.users.get(fold(user.name))
    if found is None or utc(found.created) != utc(user.create_date):
        return None
    return found


def _access_key(key: AccessKey, now: datetime.datetime) -> Data:
    return {
        "status": "active" if key.active else "inactive",
        "created": utc(key.rotated),
        "age_days": (now - key.rotated).days,
        "last_used": utc(key.last_used),
    }


def _group(group: Group, directory: Directory, settings: ChartSettings) -> Data:
    return {
        "name": group.name,
        "path": group.path,
        "managed": is_department(group, settings),
        "members": sorted(directory.users[key].name for key in directory.members_of(group.name)),
        "policies": [{"name": each["name"], "arn": each["arn"]} for each in _policies(group, None)],
    }
