# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that the access report tells, read in calls that grow with pages, not with people."""

from __future__ import annotations

import dataclasses
import datetime
import time
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
from .._aws.errors import ReadError
from .._core.model import fold
from .._directory.directory import read_whole
from .credential_report import CredentialReportError, parse_report

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._brakes.policy_documents import Documents
    from .._core.model import Directory
    from .credential_report import CredentialReport

REPORT_PATIENCE = 120.0
"""Seconds to wait for the credential report; 50 users took two in a live account."""

REPORT_PAUSE = 2.0
_NOT_YET = frozenset({"ReportInProgress", "ReportNotPresent", "ReportExpired"})


@dataclasses.dataclass(frozen=True)
class Readings:
    """What was read.

    ``sign_ins`` are the times when console passwords were last used, by user key. ``documents`` are those of the
    customer's managed policies that were read, by ARN.
    """

    read_at: datetime.datetime
    directory: Directory
    consistent: bool
    credentials: CredentialReport
    sign_ins: t.Mapping[str, datetime.datetime]
    documents: Documents = dataclasses.field(default_factory=dict)


def read_access(iam: Client, pause: t.Callable[[float], object] = time.sleep) -> Readings:
    """Users, groups, policies, credentials and sign-ins. Raises ReadError."""
    # AWS makes the report while the rest is read.
    ask(iam, "GenerateCredentialReport", {})
    directory, consistent = read_whole(iam, pause=pause, also=("policies", "roles"))
    documents = {str(one.arn): one.document for one in directory.policies.values() if one.document is not None}
    listed = items(iam, "ListUsers", "Users", {"MaxItems": PAGE_SIZE})
    # The bulk read does not tell it, and the credential report may be four hours old.
    sign_ins = {fold(user["UserName"]): user["PasswordLastUsed"] for user in listed if user.get("PasswordLastUsed")}
    credentials = read_credential_report(iam, pause)
    return Readings(datetime.datetime.now(datetime.UTC), directory, consistent, credentials, sign_ins, documents)


def read_credential_report(iam: Client, pause: t.Callable[[float], object] = time.sleep) -> CredentialReport:
    """The report once it is there: GenerateCredentialReport was asked for it before."""
    waited = 0.0
    while True:
        try:
            answer = ask(iam, "GetCredentialReport", {})
            break
        except ReadError as error:
            if error.code not in _NOT_YET or waited >= REPORT_PATIENCE:
                raise
        pause(REPORT_PAUSE)
        waited += REPORT_PAUSE
        ask(iam, "GenerateCredentialReport", {})
    try:
        return parse_report(answer["Content"], answer["GeneratedTime"])
    except CredentialReportError as error:
        raise ReadError(str(error), type(error).__name__, "GetCredentialReport") from error
