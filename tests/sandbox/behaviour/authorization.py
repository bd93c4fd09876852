# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a caller may make a call of IAM, by policies that it is given: what the call is about and says, judged.

Resources and condition keys of each operation are those of AWS's service authorization reference. A user is named by
the ARN that it has; one that is made, renamed or moved is judged by the ARN that it will have, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .account import Account, Group, User
from .permissions import Source, decide
from .policy_language import Request

# IAM knows no single resource of these.
OF_THE_ACCOUNT = (
    "GenerateCredentialReport",
    "GetAccountAuthorizationDetails",
    "GetAccountPasswordPolicy",
    "GetAccountSummary",
    "GetCredentialReport",
    "ListAccountAliases",
    "ListGroups",
    "ListPolicies",
    "ListRoles",
    "ListUsers",
    "ListVirtualMFADevices",
)
TAG = re.compile(r"(?:Tags|TagKeys)\.member\.(\d+)(?:\.Key)?")

Parameters = Mapping[str, str]


def refusal(
    account: Account,
    operation: str,
    parameters: Parameters,
    caller_arn: str,
    documents: Sequence[str],
    *,
    boundary: Source | None = None,
    of_caller: Mapping[str, list[str]] | None = None,
) -> str | None:
    """What AWS says to a caller who may not; None for one who may. `of_caller`: what the caller's session tells."""
    policies = [Source(f"caller_{number}", document) for number, document in enumerate(documents, 1)]
    caller = of_caller or _of_caller(caller_arn)
    context = {**caller, **_of_request(parameters), **_of_subject(account, operation, parameters)}
    for resource in _resources(account, operation, parameters, caller_arn):
        verdict = decide(policies, boundary, Request(f"iam:{operation}", resource, context)).verdict
        if verdict != "allowed":
            why = "with an explicit deny in an" if verdict == "explicitDeny" else "because no"
            end = "" if verdict == "explicitDeny" else f" allows the iam:{operation} action"
            return (
                f"User: {caller_arn} is not authorized to perform: iam:{operation} on resource: {resource} "
                f"{why} identity-based policy{end}"
            )
    return None


def _resources(account: Account, operation: str, parameters: Parameters, caller_arn: str) -> Iterator[str]:
    """The ARNs that must be allowed, each of them."""
    if operation in OF_THE_ACCOUNT:
        yield "*"
    elif operation == "SimulatePrincipalPolicy":
        yield parameters["PolicySourceArn"]
    elif operation == "DeleteVirtualMFADevice":
        yield parameters["SerialNumber"]
    elif operation == "GetAccessKeyLastUsed":
        yield _arn(account, "user", "/", _owner_of(account, parameters["AccessKeyId"]))
    elif "GroupName" in parameters:
        yield from _named(account, "group", account.groups, parameters)
    elif "UserName" in parameters:
        yield from _named(account, "user", account.users, parameters)
    elif "PolicyArn" in parameters:
        yield parameters["PolicyArn"]
    else:
        # Somebody's own user is meant.
        yield caller_arn


def _named(
    account: Account, kind: str, known: Mapping[str, User] | Mapping[str, Group], parameters: Parameters
) -> Iterator[str]:
    key = f"{kind.capitalize()}Name"
    name = parameters[key]
    found = known.get(name)
    yield found.arn if found else _arn(account, kind, parameters.get("Path", "/"), name)
    if found and ("NewPath" in parameters or f"New{key}" in parameters):
        path = parameters.get("NewPath", found.path)
        yield _arn(account, kind, path, parameters.get(f"New{key}", found.name))


def _arn(account: Account, kind: str, path: str, name: str) -> str:
    return f"arn:{account.partition}:iam::{account.account_id}:{kind}{path}{name}"


def _owner_of(account: Account, access_key_id: str) -> str:
    key = account.access_keys.get(access_key_id)
    return str(key.user_name) if key else "nobody"


def _of_caller(arn: str) -> dict[str, list[str]]:
    kind, _slash, path = arn.split(":", 5)[5].partition("/")
    names = {"aws:username": [path.rpartition("/")[2]]} if kind == "user" else {}
    return {"aws:PrincipalArn": [arn], **names}


def _of_request(parameters: Parameters) -> dict[str, list[str]]:
    """The tags that a request names, and the policy."""
    found: dict[str, list[str]] = {}
    for parameter, key in parameters.items():
        if TAG.fullmatch(parameter):
            found.setdefault("aws:TagKeys", []).append(key)
            value = parameters.get(parameter.removesuffix("Key") + "Value")
            if value is not None:
                found[f"aws:RequestTag/{key}"] = [value]
    if "PolicyArn" in parameters:
        found["iam:PolicyARN"] = [parameters["PolicyArn"]]
    if "PermissionsBoundary" in parameters:
        found["iam:PermissionsBoundary"] = [parameters["PermissionsBoundary"]]
    return found


def _of_subject(account: Account, operation: str, parameters: Parameters) -> dict[str, list[str]]:
    """The tags and the boundary of the user that is the call's resource. Groups have neither."""
    user = account.users.get(parameters.get("UserName", ""))
    if user is None or "GroupName" in parameters:
        return {}
    keys = ("aws:ResourceTag", "iam:ResourceTag")
    found = {f"{key}/{tag['Key']}": [tag["Value"]] for tag in user.tags for key in keys}
    if user.boundary and operation != "PutUserPermissionsBoundary":
        found["iam:PermissionsBoundary"] = [user.boundary.arn]
    return found
