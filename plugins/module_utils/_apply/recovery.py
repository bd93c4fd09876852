# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors of a write that mean "it is done", and errors after which the same write succeeds later."""

from __future__ import annotations

import json
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
from .._aws.errors import ReadError, code_of, was_replayed
from .._aws.shapes import boundary_of, tags_of
from .._core.documents import same
from .._core.managed_policies import policy_name
from .._core.model import fold
from .._core.subjects import SubjectKind

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._aws.pace import Pace
    from .._core.steps import Step

    Answer = t.Mapping[str, t.Any]

Made = tuple[SubjectKind, str]
"""A user, group, role or policy by its key; those that this run made are not visible everywhere at once."""

CREATIONS = frozenset({"CreateUser", "CreateGroup", "CreateRole", "CreatePolicy"})
PASSING = frozenset({"ConcurrentModification", "EntityTemporarilyUnmodifiable"})
TAKING = ("Delete", "Detach", "Remove", "Deactivate", "Untag")

# How to ask for what a parameter names.
_LOOKUPS: t.Mapping[str, tuple[str, SubjectKind]] = {
    "UserName": ("GetUser", "user"),
    "GroupName": ("GetGroup", "group"),
    "RoleName": ("GetRole", "role"),
    "PolicyArn": ("GetPolicy", "policy"),
    "PermissionsBoundary": ("GetPolicy", "policy"),
}


def passes(iam: Client, step: Step, error: Exception, made: t.Collection[Made]) -> bool:
    """Whether the same call will succeed later.

    NoSuchEntity does when it means something of this run that IAM does not show everywhere yet, and all else that
    the step names is there.
    """
    code = code_of(error)
    if code in PASSING:
        return True
    if code != "NoSuchEntity" or step.operation.startswith(TAKING):
        return False
    others = {
        name: value for name, value in step.params.items() if name in _LOOKUPS and not _is_made(name, value, made)
    }
    named = {name for name in step.params if name in _LOOKUPS}
    return len(others) < len(named) and all(_exists(iam, name, value) for name, value in others.items())


def _is_made(parameter: str, value: str, made: t.Collection[Made]) -> bool:
    kind = _LOOKUPS[parameter][1]
    name = policy_name(value) if kind == "policy" else value
    return (kind, fold(name)) in made


def _exists(iam: Client, parameter: str, value: str) -> bool:
    operation = _LOOKUPS[parameter][0]
    name = "PolicyArn" if operation == "GetPolicy" else parameter
    try:
        ask(iam, operation, {name: value})
    except ReadError as error:
        # A caller who may write but not read gets another attempt.
        return error.code != "NoSuchEntity"
    return True


def absent_is_done(step: Step, error: Exception) -> bool:
    """Whether what a step takes away is away already."""
    return code_of(error) == "NoSuchEntity" and step.operation.startswith(TAKING)


def success_of(iam: Client, step: Step, error: Exception, pace: Pace) -> t.Mapping[str, t.Any] | None:
    """The answer of a creation that succeeded at a first attempt whose answer was lost; botocore sent it again.

    None when what exists is not what the step would have made.
    """
    if step.operation in _REPLAYED:
        code, answer_of = _REPLAYED[step.operation]
        return answer_of(iam, step) if code_of(error) == code and was_replayed(error) else None
    if code_of(error) != "EntityAlreadyExists" or step.operation not in CREATIONS:
        return None
    kind = step.operation[len("Create") :]
    try:
        entity = pace.retrying(lambda: _read_back(iam, kind, step), lambda late: code_of(late) == "NoSuchEntity")
    except ReadError:
        return None
    return {kind: entity} if entity is not None and _is_as_asked(entity, step) else None


def _renamed(iam: Client, step: Step) -> Answer | None:
    return {} if "NewUserName" in step.params and _exists(iam, "UserName", step.params["NewUserName"]) else None


def _with_password(_iam: Client, _step: Step) -> Answer | None:
    """Nobody can read a password back: that the call was sent more than once must be enough."""
    return {}


def _called(iam: Client, step: Step) -> Answer | None:
    """Another account that has the alias leads to the same error."""
    return {} if _answer(iam, "ListAccountAliases", {}, "AccountAliases") == [step.params["AccountAlias"]] else None


def _in_force(iam: Client, step: Step) -> Answer | None:
    """The default version if it has the document: it took the last place for a version itself."""
    about = {"PolicyArn": step.params["PolicyArn"]}
    policy = _answer(iam, "GetPolicy", about, "Policy") or {}
    version = {**about, "VersionId": policy.get("DefaultVersionId", "")}
    found = _answer(iam, "GetPolicyVersion", version, "PolicyVersion") if policy else None
    if found is None or not same(found["Document"], json.loads(step.params["PolicyDocument"])):
        return None
    return {"PolicyVersion": found}


def _answer(iam: Client, operation: str, params: t.Mapping[str, t.Any], member: str) -> t.Any:
    """A member of the answer; None where it could not be read."""
    try:
        return ask(iam, operation, params)[member]
    except ReadError:
        return None


_REPLAYED: t.Mapping[str, tuple[str, t.Callable[[Client, Step], Answer | None]]] = {
    "UpdateUser": ("NoSuchEntity", _renamed),
    "CreateLoginProfile": ("EntityAlreadyExists", _with_password),
    "CreateAccountAlias": ("EntityAlreadyExists", _called),
    "CreatePolicyVersion": ("LimitExceeded", _in_force),
}
"""What a second attempt is refused with, and the answer to the first one where it did what was asked."""


def _read_back(iam: Client, kind: str, step: Step) -> t.Mapping[str, t.Any] | None:
    name = step.params[f"{kind}Name"]
    about = f"{kind.lower()} {name}"
    if kind == "Policy":
        # Only a list finds the ARN of a policy by its name.
        listed = items(iam, "ListPolicies", "Policies", {"Scope": "Local", "MaxItems": PAGE_SIZE}, about)
        arn = next((one["Arn"] for one in listed if fold(one["PolicyName"]) == fold(name)), None)
        return None if arn is None else ask(iam, "GetPolicy", {"PolicyArn": arn}, about)["Policy"]
    return t.cast("t.Mapping[str, t.Any]", ask(iam, f"Get{kind}", {f"{kind}Name": name}, about)[kind])


def _is_as_asked(entity: t.Mapping[str, t.Any], step: Step) -> bool:
    asked = step.params
    name = next((entity[key] for key in ("UserName", "GroupName", "RoleName", "PolicyName") if key in entity), None)
    tags = {tag["Key"]: tag["Value"] for tag in asked.get("Tags", ())}
    return (
        name == step.subject.name
        and entity["Path"] == asked.get("Path", "/")
        and boundary_of(entity) == asked.get("PermissionsBoundary", "")
        and tags.items() <= tags_of(entity).items()
    )
