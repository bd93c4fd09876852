# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential report as AWS writes it, as its pages print it, and broken."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._access.credential_report import (
    AccessKey,
    CredentialReportError,
    UserCredentials,
    parse_report,
)

HEADER = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
    "cert_2_last_rotated"
)
ROOT = (
    "<root_account>,arn:aws:iam::1:root,2015-01-01T00:00:00Z,not_supported,no_information,not_supported,not_supported,"
    "true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
)
ASHA = (
    "Asha.Rao,arn:aws:iam::1:user/Asha.Rao,2026-09-11T13:14:52Z,true,no_information,2026-09-11T13:14:53Z,N/A,"
    "true,true,2026-09-12T00:00:00Z,2026-09-13T01:02:03Z,us-east-1,s3,false,2026-09-10T00:00:00Z,N/A,N/A,N/A,"
    "false,N/A,false,N/A"
)
ROBOT = (
    "robot,arn:aws:iam::1:user/robot,2026-09-11T13:14:52+00:00,FALSE,N/A,N/A,N/A,"
    "FALSE,FALSE,N/A,N/A,N/A,N/A,FALSE,N/A,N/A,N/A,N/A,FALSE,N/A,FALSE,N/A"
)
NOW = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)


def report(*rows: str) -> bytes:
    return "\n".join([HEADER, ROOT, *rows]).encode()


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[misc, arg-type]  # mypy cannot count them


def test_people_and_not_root() -> None:
    parsed = parse_report(report(ASHA, ROBOT), NOW)
    assert parsed.generated == NOW
    assert parsed.users == {
        "asha.rao": UserCredentials(
            created=utc(2026, 9, 11, 13, 14, 52),
            console=True,
            mfa=True,
            access_keys=(
                AccessKey(active=True, rotated=utc(2026, 9, 12), last_used=utc(2026, 9, 13, 1, 2, 3)),
                AccessKey(active=False, rotated=utc(2026, 9, 10), last_used=None),
            ),
            password_changed=utc(2026, 9, 11, 13, 14, 53),
        ),
        "robot": UserCredentials(created=utc(2026, 9, 11, 13, 14, 52), console=False, mfa=False, access_keys=()),
    }


def test_columns_are_found_by_name() -> None:
    swapped = [",".join(["new", *reversed(line.split(","))]) for line in report(ASHA).decode().splitlines()]
    assert parse_report("\ufeff".encode() + "\n".join(swapped).encode(), NOW).users == (
        parse_report(report(ASHA), NOW).users
    )


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("name", "path"), [("asha.rao", "/a,b/c,,d/"), ("rao,asha", "/"), ("rao,,asha", "/x,arn:y,/"), ("asha,rao,", "/,/")]
)
def test_commas_in_names_and_paths_whether_quoted_or_not(name: str, path: str, quoted: bool) -> None:
    arn = f"arn:aws:iam::1:user{path}{name}"
    first = f'"{name}","{arn}"' if quoted else f"{name},{arn}"
    row = ASHA.replace("Asha.Rao,arn:aws:iam::1:user/Asha.Rao", first)
    (expected,) = parse_report(report(ASHA), NOW).users.values()
    assert parse_report(report(row, ROBOT), NOW).users == {name: expected, **parse_report(report(ROBOT), NOW).users}


@pytest.mark.parametrize(
    "content",
    [
        report(f"{ASHA},more"),
        b"<html>no</html>\nx",
        report(ASHA.replace("2026-09-12T00:00:00Z", "yesterday")),
        report("asha.rao,arn"),
        b"user,arn\nasha.rao,arn",
        b"user,arn\nasha.rao,arn,arn",
    ],
)
def test_what_is_no_report(content: bytes) -> None:
    with pytest.raises(CredentialReportError, match=r"line [23] of the credential report"):
        parse_report(content, NOW)
