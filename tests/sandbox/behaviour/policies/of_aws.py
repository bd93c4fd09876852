# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies that AWS keeps for everybody, as moto ships them. Parsed once, and only when somebody asks."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, ManagedPolicy

ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """AWS's policies by the part of the ARN that follows `policy`, such as `/job-function/Billing`."""
    parsed = cast("dict[str, dict[str, Any]]", json.loads(aws_managed_policies_data))
    return {f"{data['Path']}{name}": {**data, "Name": name} for name, data in parsed.items()}


def make(path_and_name: str, account_id: str, region_name: str) -> ManagedPolicy | None:
    """One account's own record of an AWS policy: it counts that account's attachments."""
    data = catalogue().get(path_and_name)
    if data is None:
        return None
    policy = AWSManagedPolicy.from_data(data["Name"], account_id, region_name, data)
    policy.id = _id_of(path_and_name)
    policy.create_date, policy.update_date = (
        date.replace(tzinfo=None) for date in (policy.create_date, policy.update_date)
    )
    return policy


def is_of_aws(policy: ManagedPolicy) -> bool:
    return isinstance(policy, AWSManagedPolicy)


def _id_of(path_and_name: str) -> str:
    """The same id in every account and on every start, as AWS's policies have it."""
    number = int.from_bytes(path_and_name.encode(), "big") * 31 + 7
    return "ANPA" + "".join(ID_LETTERS[(number >> (5 * place)) % 32] for place in range(17))
