# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts, settings and short ways that several tests of the sandbox's own parts use."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.config import Config

from tests.sandbox.client import Sandbox, boto_session

ACCOUNT = "123456789012"
OTHER_ACCOUNT = "210987654321"
ONCE = Config(retries={"total_max_attempts": 1}, max_pool_connections=16)
PASSWORD = "Correct-Horse-Battery-9"


def names(iam: Any) -> list[str]:
    return [user["UserName"] for user in iam.list_users()["Users"]]


def seconds_of(call: Callable[[], Any]) -> float:
    start = time.monotonic()
    call()
    return time.monotonic() - start


def client_of(
    sandbox: Sandbox,
    key: Mapping[str, str],
    service: str = "iam",
    region: str = "us-east-1",
    config: Config | None = None,
) -> Any:
    """A client of the sandbox that signs with a key as CreateAccessKey, AssumeRole or the sandbox itself tell it."""
    return boto_session().client(  # type: ignore[call-overload]  # any service's name
        service,
        region_name=region,
        endpoint_url=sandbox.endpoint_url,
        aws_access_key_id=key.get("AccessKeyId") or key["access_key_id"],
        aws_secret_access_key=key.get("SecretAccessKey") or key["secret_access_key"],
        aws_session_token=key.get("SessionToken"),
        config=config,
    )
