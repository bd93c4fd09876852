# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user or one group, each part with a read of its own."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items, pages
from .._aws.errors import ReadError
from .._aws.shapes import attached_of, boundary_of, tags_of
from .._core.model import Credentials, Group, LoginProfile, User, fold

if t.TYPE_CHECKING:
    from .._aws.calls import Client, Page
    from .scope import Part

    Parts = frozenset[Part]

# operation, member of the answer, the item's id, field of Credentials
_CREDENTIALS = (
    ("ListSigningCertificates", "Certificates", "CertificateId", "signing_certificates"),
    ("ListSSHPublicKeys", "SSHPublicKeys", "SSHPublicKeyId", "ssh_public_keys"),
    (
        "ListServiceSpecificCredentials",
        "ServiceSpecificCredentials",
        "ServiceSpecificCredentialId",
        "service_specific_credentials",
    ),
    ("ListMFADevices", "MFADevices", "SerialNumber", "mfa_devices"),
)


class ReadUser(t.NamedTuple):
    """A user, and its groups where they were asked for."""

    user: User
    groups: tuple[Group, ...] = ()


class ReadGroup(t.NamedTuple):
    """A group, and its users where they were asked for."""

    group: Group
    members: tuple[User, ...] = ()


def read_user(iam: Client, name: str, parts: Parts) -> ReadUser | None:
    """The user, or None when the account has none of that name (or it was deleted during the read)."""
    about = f"user {name}"
    params = {"UserName": name}
    try:
        user = user_of(ask(iam, "GetUser", params, about)["User"], whole=True)
        if "attached" in parts:
            policies = items(iam, "ListAttachedUserPolicies", "AttachedPolicies", params, about)
            user = dataclasses.replace(user, attached=attached_of(policies))
        if "inline" in parts:
            user = dataclasses.replace(user, inline=_inline(iam, "User", params, about))
        user = with_sign_in(iam, user, parts)
        if "memberships" in parts:
            return ReadUser(user, tuple(map(group_of, items(iam, "ListGroupsForUser", "Groups", params, about))))
    except ReadError as error:
        _unless_absent(error)
        return None
    return ReadUser(user)


def read_group(iam: Client, name: str, parts: Parts) -> ReadGroup | None:
    """The group, or None when the account has none of that name (or it was deleted during the read)."""
    about = f"group {name}"
    params = {"GroupName": name}
    members: tuple[User, ...] = ()
    try:
        if "memberships" in parts:
            group, members = _members(iam, name, about)
        else:
            # One member is the least that can be asked for.
            group = group_of(ask(iam, "GetGroup", {**params, "MaxItems": 1}, about)["Group"])
        if "attached" in parts:
            policies = items(iam, "ListAttachedGroupPolicies", "AttachedPolicies", params, about)
            group = dataclasses.replace(group, attached=attached_of(policies))
        if "inline" in parts:
            group = dataclasses.replace(group, inline=_inline(iam, "Group", params, about))
    except ReadError as error:
        _unless_absent(error)
        return None
    return ReadGroup(group, members)


def with_sign_in(iam: Client, user: User, parts: Parts) -> User:
    """The user with the parts that the bulk read lacks: login profile and credentials."""
    if "login_profile" in parts:
        user = dataclasses.replace(user, login_profile=_login_profile(iam, user.name))
    if "credentials" in parts:
        user = dataclasses.replace(user, credentials=_credentials(iam, user.name))
    elif "access_keys" in parts:
        credentials = Credentials(access_keys=_access_keys(iam, user.name), whole=False)
        user = dataclasses.replace(user, credentials=credentials)
    return user


def with_activity(iam: Client, user: User) -> User:
    """The user, with the last use of its password and of its active access keys, as far as they can be read."""
    try:
        found = ask(iam, "GetUser", {"UserName": user.name}, f"user {user.name}")["User"]
        user = dataclasses.replace(user, password_last_used=found.get("PasswordLastUsed"))
        keys = user.credentials.access_keys if user.credentials is not None else {}
        used = [
            ask(iam, "GetAccessKeyLastUsed", {"AccessKeyId": key}, f"access key {key}")["AccessKeyLastUsed"]
            for key, active in keys.items()
            if active
        ]
    except ReadError:
        return user
    moments = [one["LastUsedDate"] for one in used if one.get("LastUsedDate") is not None]
    return dataclasses.replace(user, keys_last_used=max(moments)) if moments else user


def user_of(found: Page, *, whole: bool = False) -> User:
    """The user in an answer. Only GetUser and CreateUser (``whole``) show tags and boundary."""
    return User(
        name=found["UserName"],
        path=found["Path"],
        arn=found["Arn"],
        user_id=found["UserId"],
        create_date=found["CreateDate"],
        password_last_used=found.get("PasswordLastUsed"),
        tags=tags_of(found) if whole else None,
        boundary=boundary_of(found) if whole else None,
    )


def group_of(found: Page) -> Group:
    """The group in an answer."""
    return Group(
        name=found["GroupName"],
        path=found["Path"],
        arn=found["Arn"],
        group_id=found["GroupId"],
        create_date=found["CreateDate"],
    )


def _unless_absent(error: ReadError) -> None:
    if error.code != "NoSuchEntity":
        raise error


def _members(iam: Client, name: str, about: str) -> tuple[Group, tuple[User, ...]]:
    from_pages = list(pages(iam, "GetGroup", {"GroupName": name, "MaxItems": PAGE_SIZE}, about))
    members = tuple(user_of(user) for page in from_pages for user in page["Users"])
    return group_of(from_pages[0]["Group"]), members


def _inline(iam: Client, entity: str, params: t.Mapping[str, str], about: str) -> dict[str, t.Any]:
    found = {}
    for name in items(iam, f"List{entity}Policies", "PolicyNames", params, about):
        try:
            answer = ask(iam, f"Get{entity}Policy", {**params, "PolicyName": name}, f"{about}, inline policy {name}")
            found[name] = answer["PolicyDocument"]
        except ReadError as error:
            _unless_absent(error)
    return found


def _login_profile(iam: Client, name: str) -> LoginProfile | t.Literal[False]:
    try:
        found = ask(iam, "GetLoginProfile", {"UserName": name}, f"user {name}")["LoginProfile"]
    except ReadError as error:
        _unless_absent(error)
        return False
    return LoginProfile(bool(found.get("PasswordResetRequired")), found["CreateDate"])


def _credentials(iam: Client, name: str) -> Credentials:
    found: dict[str, t.Any] = {}
    for operation, member, key, field in _CREDENTIALS:
        try:
            listed = items(iam, operation, member, {"UserName": name}, f"user {name}")
            found[field] = tuple(item[key] for item in listed)
        except ReadError as error:
            # In some partitions IAM does not know this kind of credential: nobody has one there.
            if error.code != "InvalidAction":
                raise
    return Credentials(access_keys=_access_keys(iam, name), **found, left_mfa_devices=_left_mfa_devices(iam, name))


def _left_mfa_devices(iam: Client, name: str) -> tuple[str, ...]:
    """Unassigned virtual MFA devices with the user's name. An interrupted deletion leaves one, as does the console.

    A deactivated device is in no list of the user's devices, so the next run would not find it there.
    """
    params = {"AssignmentStatus": "Unassigned", "MaxItems": PAGE_SIZE}
    devices = items(iam, "ListVirtualMFADevices", "VirtualMFADevices", params, f"user {name}")
    serials = [str(device["SerialNumber"]) for device in devices]
    return tuple(serial for serial in serials if fold(serial.rpartition("/")[2]) == fold(name))


def _access_keys(iam: Client, name: str) -> dict[str, bool]:
    listed = items(iam, "ListAccessKeys", "AccessKeyMetadata", {"UserName": name}, f"user {name}")
    return {key["AccessKeyId"]: key["Status"] == "Active" for key in listed}
