# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential report: made anew at most every four hours, so for that long it does not know what changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from moto.iam.models import AccessKey

from ..account import Account, User, now
from ..errors import ReportNotPresent
from ..operations import Call, operation
from ..protocol.answers import Answer

KEPT = timedelta(hours=4)
KEY_COLUMNS = ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
COLUMNS = (
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    *(f"access_key_{number}_{column}" for number in (1, 2) for column in KEY_COLUMNS),
    *(f"cert_{number}_{column}" for number in (1, 2) for column in ("active", "last_rotated")),
)
NO_KEY = ("false", "N/A", "N/A", "N/A", "N/A")
NO_CERTIFICATE = ("false", "N/A")


@operation("GenerateCredentialReport")
def generate_credential_report(call: Call) -> Answer | None:
    account = call.account
    if account.report is not None and now() - account.report[0] < KEPT:
        return {"State": "COMPLETE"}
    account.report = (now(), _report(account))
    return {"State": "STARTED", "Description": "No report exists. Starting a new report generation task"}


@operation("GetCredentialReport")
def get_credential_report(call: Call) -> Answer | None:
    if call.account.report is None:
        raise ReportNotPresent("No report exists. Use GenerateCredentialReport to make one.")
    made, content = call.account.report
    return {"Content": content, "ReportFormat": "text/csv", "GeneratedTime": made}


def _report(account: Account) -> str:
    rows = [COLUMNS, _root_row(account), *(_user_row(account, user) for _key, user in account.users.in_order())]
    # Line feeds alone, and none at the end.
    return "\n".join(",".join(row) for row in rows)


def _root_row(account: Account) -> tuple[str, ...]:
    arn = f"arn:{account.partition}:iam::{account.account_id}:root"
    password = ("not_supported", "no_information", "not_supported", "not_supported")
    never = _time(datetime(2015, 1, 1))
    return ("<root_account>", arn, never, *password, "false", *NO_KEY, *NO_KEY, *NO_CERTIFICATE, *NO_CERTIFICATE)


def _user_row(account: Account, user: User) -> tuple[str, ...]:
    keys = [_key_columns(key) for key in user.access_keys]
    certificates = [
        (_boolean(held.status == "Active"), _time(held.upload_date)) for held in user.signing_certificates.values()
    ]
    return (
        user.name,
        user.arn,
        _time(user.create_date),
        *_password_columns(account, user),
        _boolean(bool(user.mfa_devices)),
        *(column for key in [*keys, NO_KEY, NO_KEY][:2] for column in key),
        *(column for held in [*certificates, NO_CERTIFICATE, NO_CERTIFICATE][:2] for column in held),
    )


def _password_columns(account: Account, user: User) -> tuple[str, str, str, str]:
    if user.password is None or user.password_changed is None:
        return ("false", "N/A", "N/A", "N/A")
    used = _time(user.password_last_used) if user.password_last_used else "no_information"
    policy = account.account_password_policy
    days = policy.max_password_age if policy else None
    rotation = _time(user.password_changed + timedelta(days=days)) if days else "N/A"
    return ("true", used, _time(user.password_changed), rotation)


def _key_columns(key: AccessKey) -> tuple[str, str, str, str, str]:
    active, rotated = _boolean(key.status == "Active"), _time(key.create_date)
    if key.last_used is None:
        return (active, rotated, "N/A", "N/A", "N/A")
    return (active, rotated, _time(key.last_used.timestamp), key.last_used.region, key.last_used.service)


def _time(value: datetime) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def _boolean(value: bool) -> str:
    return "true" if value else "false"
