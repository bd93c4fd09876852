# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""To plan first credentials nothing is read of people to whom nothing happened."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredCredential, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._directory.credentials import read_credentials

from tests.support.iam_double import IamDouble, aws_error

MADE = datetime.datetime(2026, 11, 2, 8, 0, 0, tzinfo=datetime.UTC)
LATER = MADE + datetime.timedelta(days=30)
DELIVERED = "delivered 2026-11-02T08:00:00Z mail"
MAIL = DesiredCredential(by=("mail",))
DUE = DesiredCredential(by=("mail",), expired_before=LATER)
PROFILE = {"LoginProfile": {"CreateDate": MADE, "PasswordResetRequired": True}}


def marked(name: str, mark: str | None, **parts: t.Any) -> User:
    return User(name, tags={} if mark is None else {"workforce:credential": mark}, attached={}, inline={}, **parts)


def directory(*users: User, whole: bool = True) -> Directory:
    keys = frozenset(user.name.lower() for user in users)
    return Directory({user.name.lower(): user for user in users}, {}, whole=whole, asked_users=keys)


def desired(asked: DesiredCredential, *names: str, **wish: t.Any) -> Desired:
    return Desired(users=tuple(DesiredUser(name, credential=asked, **wish) for name in names))


def listed(name: str, used: datetime.datetime | None) -> dict[str, t.Any]:
    identity = {"UserName": name, "Path": "/", "UserId": "AIDA", "Arn": "arn", "CreateDate": MADE}
    return identity if used is None else {**identity, "PasswordLastUsed": used}


def test_nobody_pending_is_not_one_call() -> None:
    iam = IamDouble()
    here = directory(marked("asha", DELIVERED), marked("ben", None), marked("cleo", "revoked"))
    assert read_credentials(iam, here, desired(MAIL, "asha", "ben", "cleo", "new")) is here
    assert read_credentials(iam, here, Desired(users=(DesiredUser("asha"),))) is here
    assert iam.calls == []


def test_of_the_pending_the_login_profile_is_read() -> None:
    iam = IamDouble(GetLoginProfile=PROFILE)
    here = directory(marked("Asha", "pending"), marked("ben", DELIVERED))
    found = read_credentials(iam, here, desired(MAIL, "asha", "ben"))
    assert found.users["asha"].login_profile == LoginProfile(reset_required=True, create_date=MADE)
    assert found.users["ben"] == here.users["ben"]
    assert iam.calls == [("get_login_profile", {"UserName": "Asha"})]


def test_a_renamed_one_is_read_under_the_name_so_far() -> None:
    iam = IamDouble(GetLoginProfile=aws_error("NoSuchEntity"))
    wanted = DesiredUser("asha.rao", rename_from="asha", credential=MAIL)
    found = read_credentials(iam, directory(marked("asha", "pending")), Desired(users=(wanted,)))
    assert found.users["asha"].login_profile is False
    assert iam.calls == [("get_login_profile", {"UserName": "asha"})]


def test_keys_are_read_where_one_is_asked_for_with_which_were_used() -> None:
    iam = IamDouble(
        GetLoginProfile=PROFILE,
        ListAccessKeys={"AccessKeyMetadata": [{"AccessKeyId": key, "Status": "Active"} for key in ("AKIA1", "AKIA2")]},
        GetAccessKeyLastUsed=lambda AccessKeyId: {  # noqa: N803  # boto3's own name
            "AccessKeyLastUsed": {"LastUsedDate": LATER} if AccessKeyId == "AKIA2" else {"Region": "N/A"}
        },
    )
    asked = DesiredCredential(by=("mail",), access_key=True)
    found = read_credentials(iam, directory(marked("asha", "pending")), desired(asked, "asha")).users["asha"]
    assert found.credentials == Credentials({"AKIA1": True, "AKIA2": True}, whole=False, used_keys=frozenset({"AKIA2"}))
    assert found.keys_last_used == LATER


def test_what_was_read_of_a_returner_is_not_read_again() -> None:
    iam = IamDouble(GetLoginProfile=aws_error("NoSuchEntity"), GetAccessKeyLastUsed={"AccessKeyLastUsed": {}})
    back = marked("asha", None, credentials=Credentials({"AKIA1": False}, whole=False))
    asked = DesiredCredential(by=("mail",), access_key=True)
    found = read_credentials(iam, directory(back), desired(asked, "asha", lift=True)).users["asha"]
    assert sorted(iam.operations()) == ["get_access_key_last_used", "get_login_profile"]
    assert found.credentials == Credentials({"AKIA1": False}, whole=False, used_keys=frozenset())


def test_for_an_expiry_a_page_tells_of_all_who_signed_in() -> None:
    here = directory(
        marked("asha", DELIVERED), marked("ben", DELIVERED), marked("cleo", "delivered 2026-12-24T08:00:00Z mail")
    )
    users = [listed("asha", LATER), listed("ben", MADE), listed("cleo", None)]
    iam = IamDouble(ListUsers={"Users": users, "IsTruncated": False}, GetLoginProfile=PROFILE)
    found = read_credentials(iam, here, desired(DUE, "asha", "ben", "cleo"))
    assert iam.calls == [("list_users", {"MaxItems": 1000}), ("get_login_profile", {"UserName": "ben"})]
    assert found.users["asha"].password_last_used == LATER
    assert found.users["asha"].login_profile is None
    assert found.users["ben"].login_profile == LoginProfile(reset_required=True, create_date=MADE)


def test_an_expiry_that_is_not_due_is_not_one_call() -> None:
    iam = IamDouble()
    here = directory(marked("asha", DELIVERED))
    assert read_credentials(iam, here, desired(DesiredCredential(by=("mail",), expired_before=MADE), "asha")) is here
    assert iam.calls == []


def test_for_missing_passwords_a_page_tells_of_all_who_signed_in_and_nobody_with_a_mark_is_read() -> None:
    here = directory(*(marked(name, None) for name in ("asha", "ben")), marked("cleo", DELIVERED))
    users = [listed("asha", None), listed("ben", MADE), listed("cleo", None)]
    iam = IamDouble(ListUsers={"Users": users, "IsTruncated": False}, GetLoginProfile=aws_error("NoSuchEntity"))
    asked = DesiredCredential(by=("mail",), missing=True)
    found = read_credentials(iam, here, desired(asked, "asha", "ben", "cleo"))
    assert iam.calls == [("list_users", {"MaxItems": 1000}), ("get_login_profile", {"UserName": "asha"})]
    assert found.users["asha"].login_profile is False
    assert found.users["ben"].password_last_used == MADE


def test_in_a_partial_directory_the_groups_of_who_misses_a_password_are_read() -> None:
    iam = IamDouble(GetLoginProfile=aws_error("NoSuchEntity"), ListGroupsForUser={"Groups": [], "IsTruncated": False})
    asked = DesiredCredential(by=("mail",), missing=True)
    read_credentials(iam, directory(marked("asha", None), whole=False), desired(asked, "asha"))
    assert sorted(iam.operations()) == ["get_login_profile", "list_groups_for_user"]


def test_one_users_own_read_tells_the_last_sign_in_already() -> None:
    iam = IamDouble(GetLoginProfile=PROFILE)
    here = directory(marked("asha", DELIVERED, password_last_used=LATER), whole=False)
    assert read_credentials(iam, here, desired(DUE, "asha")).users == here.users
    assert iam.calls == []


def test_a_read_that_failed_is_never_absent() -> None:
    with pytest.raises(ReadError):
        read_credentials(
            IamDouble(GetLoginProfile=aws_error("AccessDenied")),
            directory(marked("asha", "pending")),
            desired(MAIL, "asha"),
        )
