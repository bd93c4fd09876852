# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust policies of roles: which IAM takes, whom they mean, and how they are shown.

IAM turns the ARN of a user or role in a trust policy into its id when the policy is written: who is made anew under the
same name is somebody else, and for one that is gone the id is shown (IAM user guide, Principal). An account's number is
shown as the ARN of its root.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from moto.iam.models import iam_backends
from moto.iam.policy_validation import IAMTrustPolicyDocumentValidator

from .. import quotas
from ..account import Account, Role, User
from ..errors import LimitExceededException, MalformedPolicyDocument
from . import documents

ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)
PRINCIPAL_ARN = re.compile(
    r"arn:(?P<partition>aws[\w-]*):(?:iam|sts)::(?P<account>\d{12}):"
    r"(?:(?P<root>root)|(?P<kind>user|role|assumed-role|federated-user)/.+)",
    re.ASCII,
)
ENTITY_ID = re.compile(r"A(?:IDA|ROA)[A-Z0-9]{16,}", re.ASCII)
# What else a principal can be, besides an AWS identity: a service, or who vouches for somebody.
ELSEWHERE = {"Service": re.compile(r"[\w-]+(?:\.[\w-]+)+"), "Federated": re.compile(r"\S+")}


class TrustGrammar(IAMTrustPolicyDocumentValidator):
    """moto's validator; a trust policy may leave the version out or name the old one."""

    def _validate_version(self) -> None:
        pass


def check(account: Account, document: str) -> None:
    """Raise MalformedPolicyDocument or LimitExceeded unless a role of the account can have this trust policy."""
    try:
        policy = json.loads(document)
    except ValueError as error:
        raise MalformedPolicyDocument("This policy contains invalid Json") from error
    TrustGrammar(documents.spelled(document)).validate()
    for statement in documents.statements(policy):
        _check_principals(account, statement)
    allowed = quotas.quota(account.account_id, "AssumeRolePolicySizeQuota")
    if documents.size([document]) > allowed:
        raise LimitExceededException(f"Cannot exceed quota for ACLSizePerRole: {allowed}")


def _check_principals(account: Account, statement: dict[str, Any]) -> None:
    given = statement.get("Principal", statement.get("NotPrincipal"))
    if given is None:
        raise MalformedPolicyDocument("Missing required field Principal")
    if given == "*":
        # AWS takes {"AWS": "*"}, and this not.
        raise MalformedPolicyDocument('AssumeRole policy contained an invalid principal: "STAR".')
    named = list(principals(statement))
    if not named:
        raise MalformedPolicyDocument(
            "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: "
            "The passed in policy has a statement with no principals!"
        )
    for kind, value in named:
        if not _is_known(account, kind, value):
            shown = kind if kind == "AWS" else kind.upper()
            raise MalformedPolicyDocument(f'Invalid principal in policy: "{shown}":"{value}"')


def principals(statement: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, value) of each principal that a statement names, such as ("AWS", "123456789012")."""
    given = statement.get("Principal", statement.get("NotPrincipal", {}))
    for kind, values in given.items() if isinstance(given, dict) else [("AWS", given)]:
        for value in values if isinstance(values, list) else [values]:
            yield kind, str(value)


def _is_known(account: Account, kind: str, value: str) -> bool:
    if kind != "AWS":
        return kind in ELSEWHERE and ELSEWHERE[kind].fullmatch(value) is not None
    if value == "*" or ACCOUNT_ID.fullmatch(value):
        return True
    if ENTITY_ID.fullmatch(value):
        return arn_of(account, value) is not None
    found = PRINCIPAL_ARN.fullmatch(value)
    if found is None or found["partition"] != account.partition:
        return False
    return found["kind"] not in ("user", "role") or _id_of(account.partition, found["account"], value) is not None


def write(account: Account, role: Role, document: str) -> None:
    """Give the role this trust policy, which check() has taken."""
    named = {
        value for statement in documents.statements(json.loads(document)) for _kind, value in principals(statement)
    }
    role.trusted = {}
    for value in named:
        found = PRINCIPAL_ARN.fullmatch(value)
        entity_id = _id_of(account.partition, found["account"], value) if found else None
        if entity_id is not None:
            role.trusted[value] = entity_id
    role.assume_role_policy_document = document


def shown(account: Account, role: Role) -> str:
    """The trust policy as reads show it."""
    policy = json.loads(role.assume_role_policy_document)
    for statement in documents.statements(policy):
        given = statement.get("Principal", {})
        for kind, values in given.items() if isinstance(given, dict) else ():
            several = isinstance(values, list)
            now = [_shown(account, role, value) for value in (values if several else [values])]
            given[kind] = now if several else now[0]
    return json.dumps(policy)


def _shown(account: Account, role: Role, value: str) -> str:
    if ACCOUNT_ID.fullmatch(value):
        return f"arn:{account.partition}:iam::{value}:root"
    entity_id = role.trusted.get(value)
    return value if entity_id is None else arn_of(account, entity_id) or entity_id


def arn_of(account: Account, entity_id: str) -> str | None:
    """The ARN of the user or role that has this id, in whatever account; None for one that is gone."""
    for account_id in list(iam_backends):
        for entity in _entities(account.partition, account_id):
            if entity.id == entity_id:
                return str(entity.arn)
    return None


def _id_of(partition: str, account_id: str, arn: str) -> str | None:
    """The id of the user or role that has this ARN."""
    return next((str(entity.id) for entity in _entities(partition, account_id) if entity.arn == arn), None)


def _entities(partition: str, account_id: str) -> Iterator[User | Role]:
    """The users and roles of an account; none comes to life by being asked for."""
    backends = dict(iam_backends.items()).get(account_id)
    there = cast("Account | None", dict(backends).get(partition)) if backends is not None else None
    if there is not None:
        yield from there.users.values()
        yield from there.roles.values()
