# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential report: its columns, its words, and that it is up to four hours old."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import Any

from ..refusal import refused


def report(iam: Any) -> dict[str, dict[str, str]]:
    content = iam.get_credential_report()["Content"].decode()
    return {row["user"]: row for row in csv.DictReader(content.splitlines())}


def test_a_report_must_be_made_first(iam: Any) -> None:
    """Credential report: ReportNotPresent before, STARTED once, then COMPLETE (API reference)."""
    with refused("ReportNotPresent"):
        iam.get_credential_report()
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.generate_credential_report()["State"] == "COMPLETE"
    answer = iam.get_credential_report()
    assert answer["ReportFormat"] == "text/csv"
    assert abs(answer["GeneratedTime"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_report_does_not_know_what_came_after(iam: Any) -> None:
    """Credential report: made anew at most every 4 hours; the same bytes come back after changes (IAM user guide)."""
    iam.create_user(UserName="before")
    iam.generate_credential_report()
    content = iam.get_credential_report()["Content"]
    iam.create_user(UserName="after")
    iam.generate_credential_report()
    assert iam.get_credential_report()["Content"] == content
    assert list(report(iam)) == ["<root_account>", "before"]


def test_rows(iam: Any, certificate: str) -> None:
    """Credential report: 22 columns, lower-case booleans, times with Z, LF and none at the end (live probe)."""
    iam.create_user(UserName="full")
    iam.create_user(UserName="none")
    iam.create_login_profile(UserName="full", Password="Correct-Horse-9", PasswordResetRequired=True)
    key = iam.create_access_key(UserName="full")["AccessKey"]["AccessKeyId"]
    iam.update_access_key(UserName="full", AccessKeyId=key, Status="Inactive")
    iam.upload_signing_certificate(UserName="full", CertificateBody=certificate)
    iam.generate_credential_report()
    content = iam.get_credential_report()["Content"].decode()
    assert len(content.split("\n")[0].split(",")) == 22
    assert not content.endswith("\n")
    assert "\r" not in content
    full, none = report(iam)["full"], report(iam)["none"]
    assert (full["password_enabled"], full["password_last_used"]) == ("true", "no_information")
    assert full["password_last_changed"].endswith("Z")
    assert full["access_key_1_active"] == "false"
    assert full["access_key_1_last_rotated"] != "N/A"
    assert full["access_key_2_last_rotated"] == "N/A"
    assert full["cert_1_active"] == "true"
    password = ("password_enabled", "password_last_used", "password_last_changed", "password_next_rotation")
    assert [none[column] for column in password] == ["false", "N/A", "N/A", "N/A"]
    assert none["mfa_active"] == "false"
    assert report(iam)["<root_account>"]["arn"] == "arn:aws:iam::123456789012:root"
