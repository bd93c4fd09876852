# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AssumeRole: a session of a role for whoever its trust policy and their own policies let in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from moto.core.utils import get_service_model
from moto.iam.models import iam_backends

from .. import tags
from ..account import DEFAULT_SESSION_SECONDS, Account, Role
from ..credentials import session_tokens
from ..errors import AccessDenied, IAMException, InvalidInput, ValidationError
from ..policies import documents
from ..protocol import validation
from ..tags import Tag
from . import judgement, role_session
from .caller import Caller
from .role_session import RoleSessionKey

# What AWS reads as an ARN at all, and what of it names a role.
ARN = re.compile(r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+")
ROLE_ARN = re.compile(r"arn:(?P<partition>aws[\w-]*):iam::(?P<account>\d{12}):role/.+", re.ASCII)
CHAINED_SECONDS = 3600
NOT_KNOWN = ("PolicyArns", "SourceIdentity", "ProvidedContexts")
NOT_TRANSITIVE = (
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
    "calling session."
)


class InvalidParameterValue(IAMException):
    code = "InvalidParameterValue"


def assume_role(
    caller: Caller, account: Account, params: Mapping[str, Any], longest: float | None = None
) -> dict[str, Any]:
    """The answer to AssumeRole of a caller who lives in `account`; AccessDenied or ValidationError.

    The session ends after `longest` seconds, whatever was asked for: AWS's shortest are 900, too long for a test.
    """
    _check(params)
    there, role = _target(account, params["RoleArn"])
    given = _session_tags(caller, params)
    caller = replace(caller, mfa_at=_moment_of_code(caller, account, params) or caller.mfa_at)
    _authorise(caller, there, role, params)
    name, seconds = params["RoleSessionName"], _seconds(caller, role, params)
    if longest is not None:
        seconds = min(seconds, longest)
    session = RoleSessionKey(there, role, params["RoleArn"], name, seconds)  # type: ignore[abstract]  # moto's hook, to mypy only
    session.mfa_at = caller.mfa_at if caller.kind == "User" else None
    session.tags = given
    session.transitive = caller.transitive | {key.casefold() for key in params.get("TransitiveTagKeys") or ()}
    session.policy = params.get("Policy")
    role_session.keep(session)
    return _shape(session)


def _check(params: Mapping[str, Any]) -> None:
    validation.check("AssumeRole", get_service_model("sts").operation_model("AssumeRole").input_shape, params)
    if not ARN.fullmatch(params["RoleArn"]):
        raise ValidationError(f"{params['RoleArn']} is invalid")
    if params.get("Policy"):
        documents.check(params["Policy"])
    not_known = [name for name in NOT_KNOWN if params.get(name)]
    if not_known:
        raise NotImplementedError(f"AssumeRole with {', '.join(not_known)}")


def _target(account: Account, arn: str) -> tuple[Account, Role | None]:
    """The account of a role, which comes to life by being named here, and the role if there is one."""
    named = ROLE_ARN.fullmatch(arn)
    if named is None or named["partition"] != account.partition:
        return account, None
    there = cast(Account, iam_backends[named["account"]][account.partition])
    return there, next((role for role in there.roles.values() if role.arn == arn), None)


def _moment_of_code(caller: Caller, account: Account, params: Mapping[str, Any]) -> datetime | None:
    if caller.user is None:
        return None
    return session_tokens.authenticate(
        account, caller.user, params.get("SerialNumber", ""), params.get("TokenCode", "")
    )


def _authorise(caller: Caller, there: Account, role: Role | None, params: Mapping[str, Any]) -> None:
    if caller.kind == "Account":
        raise AccessDenied("Roles may not be assumed by root accounts.")
    actions = ["sts:AssumeRole", *(["sts:TagSession"] if params.get("Tags") else [])]
    for action in actions:
        if role is None:
            # The sandbox's own caller may enter any account by whatever role, unless it is given policies.
            allowed = caller.policies is None and ROLE_ARN.fullmatch(params["RoleArn"]) is not None
        else:
            allowed = judgement.may(caller, there, role, action, _context(caller, role, params))
        if not allowed:
            raise AccessDenied(
                f"User: {caller.arn} is not authorized to perform: {action} on resource: {params['RoleArn']}"
            )


def _context(caller: Caller, role: Role, params: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the caller and the request say, and the tags of the role."""
    context = {**caller.context(), "sts:RoleSessionName": [params["RoleSessionName"]]}
    if params.get("ExternalId"):
        context["sts:ExternalId"] = [params["ExternalId"]]
    given: list[Tag] = params.get("Tags") or []
    if given:
        context["aws:TagKeys"] = [tag["Key"] for tag in given]
    for tag in given:
        context[f"aws:RequestTag/{tag['Key']}"] = [tag["Value"]]
    for key in params.get("TransitiveTagKeys") or ():
        context.setdefault("sts:TransitiveTagKeys", []).append(key)
    for tag in role.tags:
        context |= {f"{key}/{tag['Key']}": [tag["Value"]] for key in ("aws:ResourceTag", "iam:ResourceTag")}
    return context


def _session_tags(caller: Caller, params: Mapping[str, Any]) -> dict[str, Tag]:
    """The tags of the new session: those given, and those that the caller's session hands on."""
    try:
        given = tags.clean(params.get("Tags") or [])
    except InvalidInput as error:
        raise InvalidParameterValue(error.message) from error
    if not {key.casefold() for key in params.get("TransitiveTagKeys") or ()} <= given.keys():
        raise InvalidParameterValue("The specified transitive tag key must be included in the requested tags.")
    if caller.transitive & given.keys():
        raise InvalidParameterValue(NOT_TRANSITIVE)
    handed = {
        key.casefold(): {"Key": key, "Value": value}
        for key, value in caller.tags.items()
        if key.casefold() in caller.transitive
    }
    return {**handed, **given}


def _seconds(caller: Caller, role: Role | None, params: Mapping[str, Any]) -> float:
    seconds = int(params.get("DurationSeconds") or DEFAULT_SESSION_SECONDS)
    # Whoever holds temporary credentials chains, a user's too (public reports of the message).
    if caller.issued is not None and seconds > CHAINED_SECONDS:
        raise ValidationError(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
        )
    if role is not None and seconds > role.session_seconds:
        raise ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    return seconds


def _shape(session: RoleSessionKey) -> dict[str, Any]:
    return {
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretAccessKey": session.secret_access_key,
            "SessionToken": session.session_token,
            "Expiration": session.expiration,
        },
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
    }
