# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust policies: those that entries write, and those that are made for the departments that may assume a role. Pure.

"The whole account may, and the department's group allows it" would let in every holder of PowerUserAccess. So the trust
asks for a tag of the user that only the collection writes. The session carries the user's name, so that it can be found
and cut (IAM user guide, condition keys aws:PrincipalTag and sts:RoleSessionName).
"""

from __future__ import annotations

import typing as t

from .._chart.policies import read_document
from .._documents.trust import trust_faults

if t.TYPE_CHECKING:
    from .._chart.entries import Entry
    from .._core.model import Account, Document


def trust_of_departments(tag: str, account: Account, *, require_mfa: bool) -> Document:
    """Let in the users of the account who carry the tag, under their own names, and with MFA if that is asked."""
    condition: dict[str, t.Any] = {
        "StringEquals": {f"aws:PrincipalTag/{tag}": "yes", "sts:RoleSessionName": "${aws:username}"}
    }
    if require_mfa:
        condition["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    statement = {
        "Sid": "DepartmentsOfTheChart",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{account.partition}:iam::{account.account_id}:root"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def read_trust(entry: Entry, key: str) -> Document | None:
    """A role's trust policy, from a mapping or its JSON text."""
    if key not in entry.values:
        return None
    return read_document(entry, f"in {key},", entry.values[key], trust_faults)
