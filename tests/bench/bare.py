# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person would write with boto3 and threads alone: the writes, and nothing else. A script of its own.

    python tests/bench/bare.py COMPANY.json THREADS

It reads nothing, checks nothing, mails nothing and cannot be run twice: it is what any tool can at best come near to.
"""

from __future__ import annotations

import json
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

PATH = "/workforce/"
MARK = "workforce:credential"


def create_department(iam: Any, department: dict[str, Any]) -> None:
    name = department["name"]
    iam.create_group(GroupName=name, Path=PATH)
    for policy in department["managed_policies"]:
        iam.attach_group_policy(GroupName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    for policy, document in department["inline_policies"].items():
        iam.put_group_policy(GroupName=name, PolicyName=policy, PolicyDocument=json.dumps(document))


def create_employee(iam: Any, employee: dict[str, Any], *, issue: bool) -> None:
    tags = {
        **employee["tags"],
        "workforce:managed": "onboard",
        "workforce:employee-id": employee["employee_id"],
    }
    name = employee["name"]
    if issue:
        tags[MARK] = "pending"
    iam.create_user(UserName=name, Tags=[{"Key": key, "Value": value} for key, value in tags.items()])
    for department in employee["departments"]:
        iam.add_user_to_group(GroupName=department, UserName=name)
    if issue:
        password = secrets.token_urlsafe(20) + "aA1-"
        iam.create_login_profile(UserName=name, Password=password, PasswordResetRequired=True)
        iam.tag_user(UserName=name, Tags=[{"Key": MARK, "Value": "delivered"}])


def main(file: str, threads: int) -> None:
    company = json.loads(Path(file).read_text(encoding="utf-8"))
    iam = boto3.client("iam", config=Config(max_pool_connections=threads))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(partial(create_department, iam), company["departments"]))
        list(pool.map(partial(create_employee, iam, issue=company["mailed"]), company["employees"]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
