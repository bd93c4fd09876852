# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer managed policies, roles and the account's settings, each by its own reads."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items, pages
from .._aws.errors import ReadError
from .._aws.parallel import side_by_side
from .._aws.shapes import attached_of, boundary_of, tags_of
from .._core.documents import same
from .._core.managed_policies import policy_arn
from .._core.model import AccountSettings, Directory, ManagedPolicy, Role, fold
from .._core.password_policy import in_force
from .._core.subjects import Subject
from .bulk import read_roles, version_number

if t.TYPE_CHECKING:
    from .._aws.calls import Client, Page
    from .._core.desired import Desired, DesiredAccount, DesiredPolicy, DesiredRole
    from .._core.model import Document
    from .._core.subjects import SubjectKind


def read_rights(iam: Client, directory: Directory, desired: Desired) -> Directory:
    """The directory with what the plan must know of the desired's policies, roles and account.

    What a bulk read of the directory found already is not read again.
    """
    if not (desired.policies or desired.roles or desired.account):
        return directory
    policies = _policies(iam, directory, desired.policies)
    roles = _roles(iam, directory, desired.roles)
    settings = directory.settings
    if desired.account is not None:
        settings = read_settings(iam, desired.account, settings)
    return dataclasses.replace(
        directory,
        policies={**directory.policies, **{fold(one.name): one for one in policies if one}},
        roles={**directory.roles, **{fold(one.name): one for one in roles if one}},
        asked_policies=directory.asked_policies.union(fold(one.name) for one in desired.policies),
        asked_roles=directory.asked_roles.union(fold(one.name) for one in desired.roles),
        settings=settings,
    )


def read_all_roles(iam: Client, directory: Directory) -> Directory:
    """The directory with all of the account's roles, but for their descriptions and longest sessions."""
    if directory.all_roles:
        return directory
    return dataclasses.replace(directory, roles={**read_roles(iam), **directory.roles}, all_roles=True)


def read_settings(iam: Client, wanted: DesiredAccount, known: AccountSettings | None = None) -> AccountSettings:
    """The account's alias and password policy, where something is asked of them. A known alias is not read again."""
    alias = None if known is None else known.alias
    if wanted.alias is not None and alias is None:
        aliases = ask(iam, "ListAccountAliases", {}, "the account's alias")["AccountAliases"]
        alias = aliases[0] if aliases else ""
    rules: t.Mapping[str, bool | int] | t.Literal[False] | None = None
    if wanted.password_policy is not None or wanted.remove_password_policy:
        rules = _password_policy(iam)
    return AccountSettings(alias, rules)


def _password_policy(iam: Client) -> t.Mapping[str, bool | int] | t.Literal[False]:
    try:
        found = ask(iam, "GetAccountPasswordPolicy", {}, "the account's password policy")["PasswordPolicy"]
    except ReadError as error:
        if error.code == "NoSuchEntity":
            return False
        raise
    return in_force(found)


def _policies(iam: Client, directory: Directory, wanted: t.Sequence[DesiredPolicy]) -> list[ManagedPolicy | None]:
    missing = [one for one in wanted if fold(one.name) not in directory.asked_policies]
    listed = _listed_policies(iam) if missing else {}
    found = {**listed, **directory.policies}
    by_key = {fold(one.name): one for one in wanted}
    return list(side_by_side(lambda key: _policy(iam, found.get(key), by_key[key]), by_key).values())


def _roles(iam: Client, directory: Directory, wanted: t.Sequence[DesiredRole]) -> list[Role | None]:
    by_key = {fold(one.name): one for one in wanted}
    absent = directory.asked_roles - set(directory.roles)
    keys = [key for key in by_key if key not in absent]
    return list(side_by_side(lambda key: _role(iam, directory.roles.get(key), by_key[key]), keys).values())


def _listed_policies(iam: Client) -> dict[str, ManagedPolicy]:
    """The account's own policies by key: only a list finds one by its name, whatever its path."""
    found = items(iam, "ListPolicies", "Policies", {"Scope": "Local", "MaxItems": PAGE_SIZE})
    return {fold(one["PolicyName"]): _from_answer(one) for one in found}


def _policy(iam: Client, found: ManagedPolicy | None, wanted: DesiredPolicy) -> ManagedPolicy | None:
    """The policy with its tags; its document, versions and holders where the plan needs them."""
    if found is None:
        return None
    arn = policy_arn(found)
    about = f"policy {found.name}"
    try:
        answer = _from_answer(ask(iam, "GetPolicy", {"PolicyArn": arn}, about)["Policy"])
        found = dataclasses.replace(found, tags=answer.tags, description=answer.description)
        if found.versions is None and (wanted.document is not None or wanted.absent):
            found = _with_versions(iam, found, wanted, about)
        if wanted.absent:
            found = _with_holders(iam, found, about)
    except ReadError as error:
        if error.code == "NoSuchEntity":
            return None
        raise
    return found


def _from_answer(found: Page) -> ManagedPolicy:
    """The policy in an answer. Only GetPolicy and CreatePolicy show tags and description."""
    return ManagedPolicy(
        name=found["PolicyName"],
        path=found["Path"],
        arn=found["Arn"],
        policy_id=found["PolicyId"],
        create_date=found["CreateDate"],
        description=found.get("Description", ""),
        default_version=found["DefaultVersionId"],
        tags=tags_of(found),
    )


def _with_versions(iam: Client, policy: ManagedPolicy, wanted: DesiredPolicy, about: str) -> ManagedPolicy:
    """The policy with the document in force, and where that is not the wanted one, with all others too."""
    params = {"PolicyArn": policy_arn(policy)}

    def document(version: str) -> t.Any:
        return ask(iam, "GetPolicyVersion", {**params, "VersionId": version}, about)["PolicyVersion"]["Document"]

    in_force = str(policy.default_version)
    documents: dict[str, Document] = {in_force: document(in_force)}
    if wanted.document is not None and not wanted.only_version and same(documents[in_force], wanted.document):
        return dataclasses.replace(policy, versions=documents)
    listed = [one["VersionId"] for one in items(iam, "ListPolicyVersions", "Versions", params, about)]
    others = [] if wanted.absent else [version for version in listed if version != in_force]
    documents.update(side_by_side(document, others))
    return dataclasses.replace(
        policy, versions={version: documents.get(version) for version in sorted(listed, key=version_number)}
    )


_HOLDERS: t.Sequence[tuple[str, str, SubjectKind]] = (
    ("PolicyUsers", "UserName", "user"),
    ("PolicyGroups", "GroupName", "group"),
    ("PolicyRoles", "RoleName", "role"),
)


def _with_holders(iam: Client, policy: ManagedPolicy, about: str) -> ManagedPolicy:
    return dataclasses.replace(
        policy,
        attached_to=_holders(iam, policy, "PermissionsPolicy", about),
        boundary_of=_holders(iam, policy, "PermissionsBoundary", about),
    )


def _holders(iam: Client, policy: ManagedPolicy, usage: str, about: str) -> tuple[Subject, ...]:
    found = []
    params = {"PolicyArn": policy_arn(policy), "PolicyUsageFilter": usage, "MaxItems": PAGE_SIZE}
    for page in pages(iam, "ListEntitiesForPolicy", params, about):
        for member, name, kind in _HOLDERS:
            found += [Subject(kind, one[name]) for one in page.get(member) or ()]
    return tuple(sorted(found, key=str))


def _role(iam: Client, found: Role | None, wanted: DesiredRole) -> Role | None:
    """The role in full. A bulk read lacks its description and its longest session."""
    if found is not None and wanted.description is None and wanted.max_session_duration is None:
        return found
    params = {"RoleName": wanted.name}
    about = f"role {wanted.name}"
    try:
        answer = role_of(ask(iam, "GetRole", params, about)["Role"])
        if found is not None:
            duration = answer.max_session_duration
            return dataclasses.replace(found, description=answer.description, max_session_duration=duration)
        params = {"RoleName": answer.name}
        policies = attached_of(items(iam, "ListAttachedRolePolicies", "AttachedPolicies", params, about))
        answer = dataclasses.replace(answer, attached=policies, inline=_inline(iam, params, about))
        if wanted.absent:
            profiles = items(iam, "ListInstanceProfilesForRole", "InstanceProfiles", params, about)
            names = tuple(one["InstanceProfileName"] for one in profiles)
            answer = dataclasses.replace(answer, instance_profiles=names)
    except ReadError as error:
        if error.code == "NoSuchEntity":
            return None
        raise
    return answer


def role_of(found: Page) -> Role:
    """The role in GetRole's answer."""
    return Role(
        name=found["RoleName"],
        path=found["Path"],
        arn=found["Arn"],
        role_id=found["RoleId"],
        create_date=found["CreateDate"],
        description=found.get("Description", ""),
        max_session_duration=found.get("MaxSessionDuration"),
        trust=found["AssumeRolePolicyDocument"],
        tags=tags_of(found),
        boundary=boundary_of(found),
    )


def _inline(iam: Client, params: t.Mapping[str, str], about: str) -> dict[str, t.Any]:
    names = list(items(iam, "ListRolePolicies", "PolicyNames", params, about))

    def document(name: str) -> t.Any:
        return ask(iam, "GetRolePolicy", {**params, "PolicyName": name}, f"{about}, inline policy {name}")

    return {name: answer["PolicyDocument"] for name, answer in side_by_side(document, names).items()}
