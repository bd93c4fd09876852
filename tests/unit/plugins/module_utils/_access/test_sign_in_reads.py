# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether suspended people can sign in again is read in calls that do not grow with them."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._access.sign_in_reads import read_adopted, read_suspended
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, User

from tests.support.iam_double import IamDouble, aws_error

NOW = datetime.datetime(2026, 11, 23, 7, 0, 0, tzinfo=datetime.UTC)
HEAD = (
    "user,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,"
    "access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date"
)


def account(*names: str) -> Directory:
    return Directory({name: User(name) for name in names}, {})


def row(name: str, password: str = "false", key: str = "false") -> str:
    made = "2026-01-01T00:00:00+00:00"
    return f"{name},{made},{password},false,{key},{made},N/A,false,N/A,N/A"


def answers(*rows: str) -> dict[str, t.Any]:
    return {
        "GenerateCredentialReport": {"State": "COMPLETE"},
        "GetCredentialReport": {"Content": "\n".join([HEAD, *rows]).encode(), "GeneratedTime": NOW},
        "GetLoginProfile": aws_error("NoSuchEntity", "GetLoginProfile"),
        "ListAccessKeys": {"AccessKeyMetadata": [{"AccessKeyId": "AKIA1", "Status": "Active", "CreateDate": NOW}]},
        "ListMFADevices": {"MFADevices": [{"SerialNumber": "arn:aws:iam::1:mfa/a"}]},
    }


def test_of_nobody_there_is_no_call() -> None:
    iam, here = IamDouble(), account("asha")
    assert read_suspended(iam, here, ()) == (here, ())
    assert read_suspended(iam, here, ())[0] is here
    assert read_adopted(iam, here, ()) is here
    assert iam.calls == []


def test_few_are_read_one_by_one() -> None:
    names = [f"u{number}" for number in range(10)]
    iam = IamDouble(**answers())
    found, warnings = read_suspended(iam, account(*names), names)
    assert set(iam.operations()) == {"get_login_profile", "list_access_keys"}
    assert (len(iam.calls), warnings) == (20, ())
    assert found.users["u3"].credentials is not None
    assert found.users["u3"].credentials.access_keys == {"AKIA1": True}


def test_of_many_the_credential_report_tells_whom_to_read() -> None:
    names = [f"u{number}" for number in range(40)]
    quiet = [row(name) for name in names[3:]]
    iam = IamDouble(**answers(row("u0", password="true"), row("u1", key="true"), *quiet))
    found, _warnings = read_suspended(iam, account(*names), names)
    # u2 is younger than the report.
    read = {params["UserName"] for operation, params in iam.calls if operation == "list_access_keys"}
    assert read == {"u0", "u1", "u2"}
    assert len(iam.calls) == 2 + 2 * 3
    assert found.users["u5"].login_profile is None


@pytest.mark.parametrize("operation", ["GenerateCredentialReport", "GetCredentialReport"])
def test_what_cannot_be_seen_is_said(operation: str) -> None:
    names = [f"u{number}" for number in range(11)]
    iam = IamDouble(**{**answers(), operation: aws_error("AccessDenied", operation)})
    here = account(*names)
    found, (warning,) = read_suspended(iam, here, names)
    assert found is here
    assert warning.startswith("Whether any of the 11 suspended people was given a password or an access key")
    assert "AccessDenied" in warning


def test_of_the_adopted_all_is_read_that_is_shown() -> None:
    found = read_adopted(IamDouble(**answers()), account("asha"), ["asha"]).users["asha"]
    assert found.login_profile is False
    assert found.credentials is not None
    assert found.credentials.keys_made == {"AKIA1": NOW}
    assert found.credentials.mfa_devices == ("arn:aws:iam::1:mfa/a",)
