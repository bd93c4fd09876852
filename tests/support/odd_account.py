# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account made by hand, with every oddity that an access review meets, and its facts as boto3 reads them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.reports import arn_of

ACCOUNT = "123456789012"
MANAGED = {"workforce:managed": "onboard"}
PASSWORD = "abcABC123!x"
SCRIPT = "<script>window.ran=true</script>"
QUOTES = "q\"'><img src=x onerror=window.ran=true>"
FORMULA = "=cmd|calc"
RIGHT_TO_LEFT = "\u202eshadow\u202c.\u0645\u0631\u062d\u0628\u0627"
LONGEST = "W" * 64
LONGEST_GROUP = "G" * 128
ODD_NAMES = (SCRIPT, QUOTES, FORMULA, RIGHT_TO_LEFT, LONGEST)
OLD = timedelta(days=90)
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
BUCKET = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
DENY = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "WorkforceSuspendedByPerson", "Effect": "Deny", "Action": "*", "Resource": "*"}],
}


def fill(sandbox: Sandbox) -> None:
    """The account; IAM would take none of the names with other letters than its own, and the page must bear them."""
    groups: list[dict[str, Any]] = [
        {"name": "data-science", "path": "/workforce/", "managed_policies": [arn_of("ReadOnlyAccess")]},
        {"name": "platform", "path": "/workforce/eu/", "inline_policies": {"all": EVERYTHING, SCRIPT: BUCKET}},
        {"name": "archive", "path": "/workforce/", "managed_policies": [arn_of("ReadOnlyAccess")]},
        {"name": LONGEST_GROUP, "path": "/workforce/", "inline_policies": {"P" * 128: BUCKET}},
        {"name": SCRIPT, "path": "/workforce/"},
        {"name": "Admins", "path": "/hand/made/", "managed_policies": [arn_of("AdministratorAccess")]},
    ]
    sandbox.seed(groups=groups, users=[*_people(), *_odd_people()])


def _person(name: str, *groups: str, **facts: Any) -> dict[str, Any]:
    """Somebody in order, unless the facts say otherwise."""
    plain = {"tags": MANAGED, "password": PASSWORD, "mfa": True, "made_days_ago": 400, "signed_in_days_ago": 1}
    kept = {key: value for key, value in {**plain, **facts}.items() if value is not None}
    return {"name": name, "groups": list(groups), **kept}


def _people() -> list[dict[str, Any]]:
    delivered = f"delivered {datetime.now(UTC) - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ} mail"
    mailed = {**MANAGED, "workforce:credential": delivered}
    machine: dict[str, Any] = {"password": None, "mfa": None, "signed_in_days_ago": None}
    two_keys = [{"days": 91, "used_days_ago": 1}, {"days": 3, "active": False}]
    policies = {"inline_policies": {"mine": BUCKET}, "managed_policies": [arn_of("IAMFullAccess")]}
    suspended = {**MANAGED, "workforce:suspended": "2026-11-01T00:00:00Z person"}
    return [
        _person("asha.rao", "data-science", tags={**MANAGED, "workforce:employee-id": "0042"}),
        _person("two.keys", "data-science", access_keys=two_keys),
        _person("unused.key", "data-science", access_keys=[{"days": 5}]),
        _person("no.profile", "data-science", **machine),
        _person("no.mfa", "data-science", mfa=None),
        _person("unclaimed", "data-science", tags=mailed, signed_in_days_ago=None),
        _person("claimed", "data-science", tags=mailed),
        _person("bounded", "platform", permissions_boundary=arn_of("ReadOnlyAccess")),
        _person("own.policies", **policies),
        _person("nested", "platform", path="/staff/berlin/"),
        _person("in.admins", "data-science", "Admins"),
        _person("away", "data-science", signed_in_days_ago=200),
        _person("cut.off", "data-science", tags=suspended, inline_policies={"workforce-suspended": DENY}),
        _person("robot", **machine, tags={}, access_keys=[{"days": 400, "used_days_ago": 0}]),
    ]


def _odd_people() -> list[dict[str, Any]]:
    return [
        _person(name, LONGEST_GROUP, SCRIPT, tags={**MANAGED, "workforce:employee-id": name, "note": SCRIPT})
        for name in ODD_NAMES
    ]


def questions(iam: Any) -> dict[str, set[str]]:
    """Who is in each question, as boto3 reads it user by user: nothing of the collection is asked."""
    found: dict[str, set[str]] = {
        key: set() for key in ("unclaimed", "no-mfa", "old-keys", "unseen", "suspended", "unmanaged", "own-policies")
    }
    # Calls refuse the names that IAM would not take; those people are in order.
    names = [user["UserName"] for user in iam.list_users(MaxItems=1000)["Users"]]
    for name in (name for name in names if name not in ODD_NAMES):
        for key in _questions_of(iam, iam.get_user(UserName=name)["User"]):
            found[key].add(name)
    return found


def _questions_of(iam: Any, user: dict[str, Any]) -> set[str]:
    name, now = user["UserName"], datetime.now(UTC)
    tags = {tag["Key"]: tag["Value"] for tag in user.get("Tags", ())}
    keys = iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
    used = [iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"] for key in keys]
    uses = [one.get("LastUsedDate") for one in used]
    stale = [use is None or now - key["CreateDate"] > OLD for key, use in zip(keys, uses, strict=True) if _active(key)]
    seen = [moment for moment in (user.get("PasswordLastUsed"), *uses) if moment]
    console, mfa = _has_password(iam, name), bool(iam.list_mfa_devices(UserName=name)["MFADevices"])
    suspended = "workforce:suspended" in tags
    own = {*iam.list_user_policies(UserName=name)["PolicyNames"]} - ({"workforce-suspended"} if suspended else set())
    own |= {policy["PolicyArn"] for policy in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]}
    told = {
        "unclaimed": "workforce:credential" in tags and user.get("PasswordLastUsed") is None,
        "no-mfa": console and not mfa,
        "old-keys": any(stale),
        "unseen": not suspended and all(now - moment > OLD for moment in (user["CreateDate"], *seen)),
        "suspended": suspended,
        "unmanaged": tags.get("workforce:managed") != "onboard",
        "own-policies": bool(own),
    }
    return {key for key, holds in told.items() if holds}


def _active(key: dict[str, Any]) -> bool:
    return bool(key["Status"] == "Active")


def _has_password(iam: Any, name: str) -> bool:
    try:
        iam.get_login_profile(UserName=name)
    except iam.exceptions.NoSuchEntityException:
        return False
    return True


def rows(iam: Any, without: str) -> dict[str, dict[str, list[str]]]:
    """The rows of the tables of people and departments, in the page's words, of what boto3 reads one by one.

    Left out are who can become administrator, those whose names calls refuse, and one who is younger than the
    credential report.
    """
    groups = [one for one in iam.list_groups()["Groups"] if one["GroupName"] not in ODD_NAMES]
    named = [one["UserName"] for one in iam.list_users(MaxItems=1000)["Users"]]
    named = [name for name in named if name not in (*ODD_NAMES, without)]
    return {
        "people": {name: _person_row(iam, iam.get_user(UserName=name)["User"]) for name in named},
        "departments": {one["GroupName"]: _group_row(iam, one) for one in groups},
    }


def _person_row(iam: Any, user: dict[str, Any]) -> list[str]:
    name = user["UserName"]
    tags = {tag["Key"]: tag["Value"] for tag in user.get("Tags", ())}
    since, _space, by = tags.get("workforce:suspended", "").partition(" ")
    groups = sorted(
        iam.list_groups_for_user(UserName=name)["Groups"], key=lambda one: (_is_other(one), one["GroupName"])
    )
    may = [_given(iam, group) for group in groups]
    if own := _policies(iam, "User", name, without={"workforce-suspended"} if since else set()):
        may.append(f"of their own: {', '.join(own)}")
    if boundary := user.get("PermissionsBoundary"):
        may.append(f"within the boundary {boundary['PermissionsBoundaryArn']}")
    mfa = "MFA" if iam.list_mfa_devices(UserName=name)["MFADevices"] else "no MFA"
    return [
        name if user["Path"] == "/" else f"{name} {user['Path']}",
        tags.get("workforce:employee-id", ""),
        ("employee" if "workforce:managed" in tags else "not managed")
        + (f", suspended since {since[:10]} by {by}" if since else ""),
        "\n".join(may),
        f"password, {mfa}" if _has_password(iam, name) else "no password",
        "; ".join(_key(iam, key) for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]),
        f"{user['PasswordLastUsed']:%Y-%m-%d}" if "PasswordLastUsed" in user else "never",
    ]


def _group_row(iam: Any, group: dict[str, Any]) -> list[str]:
    name = group["GroupName"]
    members = sorted(one["UserName"] for one in iam.get_group(GroupName=name)["Users"])
    console = [one for one in members if one in ODD_NAMES or _has_password(iam, one)]
    with_mfa = [one for one in console if one in ODD_NAMES or iam.list_mfa_devices(UserName=one)["MFADevices"]]
    return [
        f"{name} {group['Path']}",
        "not managed" if _is_other(group) else "department",
        f"{len(members)}: {', '.join(members)}" if members else "nobody",
        ", ".join(_policies(iam, "Group", name)),
        f"{len(with_mfa)} of {len(console)}" if console else "",
    ]


def _given(iam: Any, group: dict[str, Any]) -> str:
    policies = ", ".join(_policies(iam, "Group", group["GroupName"]))
    other = " (not managed)" if _is_other(group) else ""
    return f"{group['GroupName']}{other}" + (f": {policies}" if policies else "")


def _is_other(group: dict[str, Any]) -> bool:
    return not group["Path"].startswith("/workforce/")


def _policies(iam: Any, kind: str, name: str, without: Collection[str] = ()) -> list[str]:
    """The names of the managed policies, and then of the inline ones."""
    lower, named = kind.lower(), {f"{kind}Name": name}
    attached = getattr(iam, f"list_attached_{lower}_policies")(**named)["AttachedPolicies"]
    inline = getattr(iam, f"list_{lower}_policies")(**named)["PolicyNames"]
    return [*sorted(one["PolicyName"] for one in attached), *sorted({*inline} - {*without})]


def _key(iam: Any, key: dict[str, Any]) -> str:
    used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"].get("LastUsedDate")
    told = f"used {used:%Y-%m-%d}" if used else "never used"
    return f"{(datetime.now(UTC) - key['CreateDate']).days} days, {key['Status'].lower()}, {told}"
