# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The access report's reads: few, and patient with the credential report."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._access.reads import (
    REPORT_PATIENCE,
    REPORT_PAUSE,
    read_access,
    read_credential_report,
)
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError

from tests.support.iam_double import IamDouble, aws_error
from tests.unit.plugins.module_utils._access.test_credential_report import ASHA, NOW, report

ANSWER = {"Content": report(ASHA), "GeneratedTime": NOW}
USED = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def _no_pause(seconds: float) -> None:
    pytest.fail(f"waited {seconds} s")


def test_each_page_once() -> None:
    pages: list[Any] = [
        {"Users": [{"UserName": "Asha.Rao", "PasswordLastUsed": USED}], "IsTruncated": True, "Marker": "m"},
        {"Users": [{"UserName": "robot"}]},
    ]
    iam = IamDouble(
        GetAccountAuthorizationDetails={},
        GetAccountSummary={"SummaryMap": {"Users": 0, "Groups": 0}},
        ListUsers=pages,
        GetCredentialReport=ANSWER,
    )
    readings = read_access(iam, pause=_no_pause)
    assert readings.consistent
    assert readings.sign_ins == {"asha.rao": USED}
    assert set(readings.credentials.users) == {"asha.rao"}
    assert iam.operations() == [
        "generate_credential_report",
        "get_account_authorization_details",
        "get_account_summary",
        "list_users",
        "list_users",
        "get_credential_report",
    ]
    kinds = ["User", "Group", "Role", "LocalManagedPolicy"]
    assert iam.calls[1][1] == {"Filter": kinds, "MaxItems": 1000}


@pytest.mark.parametrize("code", ["ReportInProgress", "ReportNotPresent", "ReportExpired"])
def test_waits_for_the_report(code: str) -> None:
    pauses: list[float] = []
    iam = IamDouble(GetCredentialReport=[aws_error(code), aws_error(code), ANSWER])
    assert set(read_credential_report(iam, pauses.append).users) == {"asha.rao"}
    assert pauses == [REPORT_PAUSE] * 2
    assert iam.operations().count("generate_credential_report") == 2


def test_does_not_wait_for_ever() -> None:
    pauses: list[float] = []
    with pytest.raises(ReadError, match="ReportInProgress"):
        read_credential_report(IamDouble(GetCredentialReport=aws_error("ReportInProgress")), pauses.append)
    assert sum(pauses) == REPORT_PATIENCE


@pytest.mark.parametrize("answer", [aws_error("AccessDenied"), {**ANSWER, "Content": b"user,arn\na,b"}])
def test_an_unreadable_report_is_no_report(answer: Any) -> None:
    with pytest.raises(ReadError) as caught:
        read_credential_report(IamDouble(GetCredentialReport=answer), _no_pause)
    assert caught.value.operation == "GetCredentialReport"
