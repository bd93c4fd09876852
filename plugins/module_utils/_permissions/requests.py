# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps of a plan ask of IAM: each operation, on which resource, with which condition keys.

Resources and keys are those of the service authorization reference. A key that a step does not have is known to be
absent: that is what :data:`KNOWN_KEYS` says.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from .._core.model import Group, ManagedPolicy, Role, User, fold
from .._core.tags import OUR_TAG_PREFIX

if t.TYPE_CHECKING:
    from .._core.model import Account, Directory
    from .._core.steps import Step

    Tags = t.Mapping[str, str]
    Context = tuple[tuple[str, tuple[str, ...]], ...]
    Held = User | Role | Group | ManagedPolicy

KNOWN_KEYS: tuple[str, ...] = (
    *("aws:resourcetag/", "iam:resourcetag/", "aws:requesttag/", "aws:tagkeys"),
    *("iam:policyarn", "iam:permissionsboundary"),
)
"""The beginnings, in small letters, of all keys that tell a step from another."""

_OF_THE_ACCOUNT = ("AccountAlias", "AccountPasswordPolicy")
_TAGGED_AT_CREATION = {"CreateUser": "TagUser", "CreateRole": "TagRole", "CreatePolicy": "TagPolicy"}
"""AWS judges a creation with tags by both: refusals of CreateUser and CreateRole name the tagging operation."""


@dataclasses.dataclass(frozen=True)
class Request:
    """One operation on one resource. ``context`` are condition keys with their values; ``step`` is what asks for it."""

    action: str
    resource: str
    context: Context
    step: Step = dataclasses.field(compare=False)


def requests_of(steps: t.Iterable[Step], before: Directory, planned: Directory, account: Account) -> list[Request]:
    """What the steps ask. ``planned`` is the directory after them, for what they make.

    A step with a fallback is left out, since IAM may refuse it; so is one of which the resource or its tags are not
    known.
    """
    asking = _Asking(before, planned, account)
    return [request for step in steps if step.fallback is None for request in asking.of(step)]


def sampled(requests: t.Sequence[Request]) -> list[Request]:
    """One request for each thing that a policy could tell apart: people are told by path, boundary and our tags alone.

    Of the people those come first who ask most, so that few are enough.
    """
    by_resource = collections.Counter(request.resource for request in requests)
    found: dict[t.Hashable, Request] = {}
    for request in sorted(requests, key=lambda one: -by_resource[one.resource]):
        found.setdefault(_shape(request), request)
    return list(found.values())


def _shape(request: Request) -> t.Hashable:
    kind = request.resource.split(":", 5)[-1].partition("/")[0]
    resource = request.resource.rpartition("/")[0] if kind == "user" else request.resource
    return request.action, resource, tuple(_telling(request.context))


def _telling(context: Context) -> t.Iterator[tuple[str, t.Any]]:
    """Of the tags those that policies of ours ask for: whether the mark is there, and which of our keys are written."""
    for key, values in context:
        if key == "aws:TagKeys":
            yield key, tuple(sorted(value for value in values if fold(value).startswith(OUR_TAG_PREFIX)))
        elif "Tag/" not in key or fold(key).endswith("/workforce:managed"):
            yield key, values


class _Asking:
    def __init__(self, before: Directory, planned: Directory, account: Account) -> None:
        self._before = before
        self._planned = planned
        self._arn = f"arn:{account.partition}:iam::{account.account_id}:"

    def of(self, step: Step) -> t.Iterator[Request]:
        """What one step asks."""
        resource, held = self._resource(step)
        if resource is None:
            return
        context = self._context(step, held)
        if context is not None:
            yield Request(f"iam:{step.operation}", resource, _frozen(context), step)
            tagging = _TAGGED_AT_CREATION.get(step.operation)
            if tagging is not None and step.params.get("Tags"):
                own = {**context, **_resource_tags(_tags(step), policy=tagging == "TagPolicy")}
                yield Request(f"iam:{tagging}", resource, _frozen(own), step)

    def _resource(self, step: Step) -> tuple[str | None, Held | None]:
        """The ARN, and what is there already; None where the ARN is not known, or where nothing is asked of IAM."""
        params = step.params
        if step.operation == "Deliver" or "InstanceProfileName" in params:
            return None, None
        if step.operation.endswith(_OF_THE_ACCOUNT):
            return "*", None
        if step.operation == "DeleteVirtualMFADevice":
            return str(params["SerialNumber"]), None
        if step.operation == "CreatePolicy":
            return f"{self._arn}policy{params.get('Path', '/')}{params['PolicyName']}", None
        if not {"UserName", "GroupName", "RoleName"} & params.keys():
            return str(params["PolicyArn"]), self._policy(str(params["PolicyArn"]))
        return self._entity(step)

    def _policy(self, arn: str) -> ManagedPolicy | None:
        return self._before.policies.get(fold(arn.rpartition("/")[2]))

    def _entity(self, step: Step) -> tuple[str | None, Held | None]:
        """Of a membership the group: IAM judges it by that alone."""
        params = step.params
        kind = next(kind for kind in ("group", "user", "role") if f"{kind.capitalize()}Name" in params)
        name = str(params[f"{kind.capitalize()}Name"])
        if step.operation.startswith("Create") and step.operation.endswith(("User", "Group", "Role")):
            return f"{self._arn}{kind}{params.get('Path', '/')}{name}", None
        held = self._held(self._before, kind, name) or self._held(self._planned, kind, name)
        if held is None:
            return None, None
        return f"{self._arn}{kind}{held.path}{held.name}", held

    @staticmethod
    def _held(directory: Directory, kind: str, name: str) -> User | Group | Role | None:
        where: t.Mapping[str, t.Mapping[str, t.Any]] = {
            "group": directory.groups,
            "user": directory.users,
            "role": directory.roles,
        }
        return where[kind].get(fold(name))

    @staticmethod
    def _context(step: Step, held: Held | None) -> dict[str, tuple[str, ...]] | None:
        """The keys of the request; None where the tags or the boundary of what is there were not read."""
        params = step.params
        context: dict[str, tuple[str, ...]] = {}
        if held is not None and not isinstance(held, Group):
            if held.tags is None:
                return None
            context |= _resource_tags(held.tags, policy=isinstance(held, ManagedPolicy))
        if isinstance(held, User | Role):
            if held.boundary is None:
                return None
            context |= {"iam:PermissionsBoundary": (held.boundary,)} if held.boundary else {}
        if "PermissionsBoundary" in params:
            context["iam:PermissionsBoundary"] = (str(params["PermissionsBoundary"]),)
        if "PolicyArn" in params and {"UserName", "GroupName", "RoleName"} & params.keys():
            context["iam:PolicyARN"] = (str(params["PolicyArn"]),)
        context |= {f"aws:RequestTag/{key}": (value,) for key, value in _tags(step).items()}
        keys = tuple(params.get("TagKeys") or _tags(step))
        return {**context, "aws:TagKeys": keys} if keys else context


def _tags(step: Step) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in step.params.get("Tags") or ()}


def _resource_tags(tags: Tags, *, policy: bool) -> dict[str, tuple[str, ...]]:
    prefixes = ("aws",) if policy else ("aws", "iam")
    return {f"{prefix}:ResourceTag/{key}": (value,) for key, value in tags.items() for prefix in prefixes}


def _frozen(context: t.Mapping[str, tuple[str, ...]]) -> Context:
    return tuple(sorted(context.items()))
