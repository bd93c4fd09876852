# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the sandbox is: writes a second over HTTP, and the seconds of a bulk read of a full account."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.config import Config

from .client import Sandbox

THREADS = 8
USERS = 1000
GROUPS = 9
GROUPS_PER_USER = 2
FULL_USERS = 5000
FULL_GROUPS = 300
FULL_GROUPS_PER_USER = 3


def measure() -> None:
    """Print the figures. Client and sandbox share the machine, so they say what a test can expect, no more."""
    with Sandbox.start() as sandbox:
        iam = sandbox.boto(config=Config(max_pool_connections=THREADS))
        writes, seconds = write_company(iam)
        print(f"{writes} writes with {THREADS} threads: {seconds:.1f} s, {writes / seconds:.0f} writes/s")
        sandbox.reset()
        seconds = seed_full_account(sandbox)
        print(f"seed of {FULL_USERS} users with {FULL_USERS * FULL_GROUPS_PER_USER} memberships: {seconds:.1f} s")
        pages, seconds = read_account(iam)
        print(f"GetAccountAuthorizationDetails of them, {pages} pages: {seconds:.1f} s")


def write_company(iam: Any) -> tuple[int, float]:
    groups = [f"group-{number}" for number in range(GROUPS)]

    def hire(number: int) -> None:
        name = f"user-{number}"
        iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": "x"}])
        for step in range(GROUPS_PER_USER):
            iam.add_user_to_group(UserName=name, GroupName=groups[(number + step) % GROUPS])

    start = time.perf_counter()
    for group in groups:
        iam.create_group(GroupName=group)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(hire, range(USERS)))
    return GROUPS + USERS * (1 + GROUPS_PER_USER), time.perf_counter() - start


def seed_full_account(sandbox: Sandbox) -> float:
    groups = [f"group-{number}" for number in range(FULL_GROUPS)]
    users = [
        {
            "name": f"user-{number}",
            "tags": {"team": "x"},
            "groups": [groups[(number + step) % FULL_GROUPS] for step in range(FULL_GROUPS_PER_USER)],
        }
        for number in range(FULL_USERS)
    ]
    start = time.perf_counter()
    sandbox.seed(groups=[{"name": group} for group in groups], users=users)
    return time.perf_counter() - start


def read_account(iam: Any) -> tuple[int, float]:
    start = time.perf_counter()
    paginator = iam.get_paginator("get_account_authorization_details")
    pages = list(paginator.paginate(Filter=["User", "Group"], PaginationConfig={"PageSize": 1000}))
    return len(pages), time.perf_counter() - start
