# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small company and one who calls: `carl`, whose policies a test gives. In a sandbox that says no, and in-process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from moto.iam.models import iam_backends

from tests.sandbox.behaviour.account import Account
from tests.sandbox.behaviour.operations import OPERATIONS, Call
from tests.sandbox.client import Sandbox
from tests.sandbox.enforcement import Enforcement
from tests.sandbox_tests.calling import client_of
from tests.sandbox_tests.policies import POLICY, TRUST

from .operations import ACCOUNT, TAGS, VALUES, served

TEAM = {"team": "sales"}
Allowing = Callable[..., Any]


@pytest.fixture
def company(sandbox: Sandbox, iam: Any) -> Sandbox:
    """Two groups, two users and a role, of each the one with a path and a tag of the team."""
    sandbox.seed(
        groups=[{"name": "sales", "path": "/workforce/"}, {"name": "admin", "path": "/admin/"}],
        users=[{"name": "asha", "tags": TEAM, "path": "/staff/"}, {"name": "boss"}, {"name": "carl", "tags": TEAM}],
    )
    iam.create_role(RoleName="deployer", Path="/staff/", AssumeRolePolicyDocument=TRUST, Tags=TAGS)
    sandbox.switch(enforce=True)
    return sandbox


@pytest.fixture
def carl(company: Sandbox, iam: Any) -> Allowing:
    """A client of carl, whom these policies are given: documents, which become inline policies."""
    key = iam.create_access_key(UserName="carl")["AccessKey"]

    def allowing(*policies: dict[str, Any], service: str = "iam") -> Any:
        for number, document in enumerate(policies):
            iam.put_user_policy(UserName="carl", PolicyName=f"p{number}", PolicyDocument=json.dumps(document))
        return client_of(company, key, service)

    return allowing


@pytest.fixture(scope="module")
def enforcement() -> Iterator[Enforcement]:
    one = Enforcement()
    yield one
    one.close()


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    """An account in this process, with a thing of each type, tagged and within a boundary where it can be."""
    served("iam")
    iam_backends.pop(ACCOUNT, None)
    made = cast("Account", iam_backends[ACCOUNT]["aws"])

    def do(operation: str, **given: Any) -> None:
        OPERATIONS[operation](Call(operation, made, given, ""))

    boundary = VALUES["PermissionsBoundary"]
    do("CreatePolicy", PolicyName="own", PolicyDocument=POLICY, Tags=TAGS)
    do("CreateGroup", GroupName="sales", Path="/workforce/")
    do("CreateGroup", GroupName="admin", Path="/admin/")
    do("CreateUser", UserName="asha", Path="/staff/", Tags=TAGS, PermissionsBoundary=boundary)
    do("CreateUser", UserName="carl", Tags=TAGS)
    do("CreateUser", UserName="boss")
    do("CreateAccessKey", UserName="asha")
    do("CreateAccessKey", UserName="carl")
    do("CreateServiceSpecificCredential", UserName="asha", ServiceName=VALUES["ServiceName"])
    trusting = {"RoleName": "deployer", "Path": "/staff/", "AssumeRolePolicyDocument": TRUST}
    do("CreateRole", **trusting, Tags=TAGS, PermissionsBoundary=boundary)
    do("CreateVirtualMFADevice", VirtualMFADeviceName="asha", Tags=TAGS)
    yield made
    iam_backends.pop(ACCOUNT, None)
