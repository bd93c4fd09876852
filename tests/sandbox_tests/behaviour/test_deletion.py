# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be gone before an entity may go: DeleteConflict names one kind of leftover at a time."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.support.authenticator import give_device

from ..policies import POLICY, TRUST
from ..refusal import refused

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"
CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
SSH_KEY = "ssh-rsa " + base64.b64encode(b"\x00\x00\x00\x07ssh-rsa" + bytes(64)).decode() + " u@example"
HARDWARE = "GAHT12345678"


def give_login_profile(iam: Any) -> None:
    iam.create_login_profile(UserName="u", Password="Correct-Horse-9")


def take_login_profile(iam: Any) -> None:
    iam.delete_login_profile(UserName="u")


def give_key(iam: Any) -> None:
    iam.create_access_key(UserName="u")


def take_key(iam: Any) -> None:
    key = iam.list_access_keys(UserName="u")["AccessKeyMetadata"][0]["AccessKeyId"]
    iam.delete_access_key(UserName="u", AccessKeyId=key)


def give_mfa(iam: Any) -> None:
    iam.enable_mfa_device(UserName="u", SerialNumber=HARDWARE, **CODES)


def take_mfa(iam: Any) -> None:
    iam.deactivate_mfa_device(UserName="u", SerialNumber=HARDWARE)


def give_ssh_key(iam: Any) -> None:
    iam.upload_ssh_public_key(UserName="u", SSHPublicKeyBody=SSH_KEY)


def take_ssh_key(iam: Any) -> None:
    key = iam.list_ssh_public_keys(UserName="u")["SSHPublicKeys"][0]["SSHPublicKeyId"]
    iam.delete_ssh_public_key(UserName="u", SSHPublicKeyId=key)


def give_service_credential(iam: Any) -> None:
    iam.create_service_specific_credential(UserName="u", ServiceName="codecommit.amazonaws.com")


def take_service_credential(iam: Any) -> None:
    held = iam.list_service_specific_credentials(UserName="u")["ServiceSpecificCredentials"][0]
    iam.delete_service_specific_credential(
        UserName="u", ServiceSpecificCredentialId=held["ServiceSpecificCredentialId"]
    )


def give_inline(iam: Any) -> None:
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=POLICY)


def take_inline(iam: Any) -> None:
    iam.delete_user_policy(UserName="u", PolicyName="P")


def give_attachment(iam: Any) -> None:
    iam.attach_user_policy(UserName="u", PolicyArn=ARN)


def take_attachment(iam: Any) -> None:
    iam.detach_user_policy(UserName="u", PolicyArn=ARN)


def give_group(iam: Any) -> None:
    iam.create_group(GroupName="g")
    iam.add_user_to_group(UserName="u", GroupName="g")


def take_group(iam: Any) -> None:
    iam.remove_user_from_group(UserName="u", GroupName="g")


LEFTOVERS = {
    "must delete login profile first": (give_login_profile, take_login_profile),
    "must delete access keys first": (give_key, take_key),
    "must delete MFA device first": (give_mfa, take_mfa),
    "must remove referenced objects first": (give_ssh_key, take_ssh_key),
    "must remove referenced objects first ": (give_service_credential, take_service_credential),
    "must delete policies first": (give_inline, take_inline),
    "must detach all policies first": (give_attachment, take_attachment),
    "must remove users from group first": (give_group, take_group),
}


@pytest.mark.parametrize("demand", LEFTOVERS)
def test_a_user_with_something_left_stays(iam: Any, demand: str) -> None:
    """DeleteUser: everything that the API reference lists must go first; messages as seen in public error reports."""
    give, take = LEFTOVERS[demand]
    iam.create_user(UserName="u")
    give(iam)
    with refused("DeleteConflict", f"Cannot delete entity, {demand.strip()}."):
        iam.delete_user(UserName="u")
    take(iam)
    iam.delete_user(UserName="u")
    assert iam.list_users()["Users"] == []


def test_a_user_with_a_certificate_stays(iam: Any, certificate: str) -> None:
    """DeleteUser: signing certificates too."""
    iam.create_user(UserName="u")
    held = iam.upload_signing_certificate(UserName="u", CertificateBody=certificate)["Certificate"]["CertificateId"]
    with refused("DeleteConflict", "must delete certificates first"):
        iam.delete_user(UserName="u")
    iam.delete_signing_certificate(UserName="u", CertificateId=held)
    iam.delete_user(UserName="u")


def test_one_kind_is_named_at_a_time(iam: Any) -> None:
    """DeleteUser: a conflict names ONE kind of leftover, so a caller learns of the next only after taking this away."""
    iam.create_user(UserName="u")
    for give, _take in LEFTOVERS.values():
        give(iam)
    for demand, (_give, take) in LEFTOVERS.items():
        with refused("DeleteConflict", demand.strip()):
            iam.delete_user(UserName="u")
        take(iam)
    iam.delete_user(UserName="u")


def test_boundary_and_tags_go_with_the_user(iam: Any) -> None:
    """DeleteUser: the permissions boundary and tags are not on the list of what must go first."""
    iam.create_user(UserName="u", Tags=[{"Key": "k", "Value": "v"}], PermissionsBoundary=ARN)
    iam.delete_user(UserName="u")
    assert iam.get_policy(PolicyArn=ARN)["Policy"]["PermissionsBoundaryUsageCount"] == 0
    iam.create_user(UserName="u")
    assert iam.list_user_tags(UserName="u")["Tags"] == []


def test_a_deleted_user_is_no_ghost_in_its_group(iam: Any) -> None:
    """DeleteUser: refused for a member, so GetGroup never shows somebody who is gone."""
    iam.create_user(UserName="u")
    give_group(iam)
    with refused("DeleteConflict"):
        iam.delete_user(UserName="u")
    assert [user["UserName"] for user in iam.get_group(GroupName="g")["Users"]] == ["u"]


def test_a_group_with_something_left_stays(iam: Any) -> None:
    """DeleteGroup: members, inline and attached policies must go first (API reference, IAM user guide)."""
    iam.create_user(UserName="u")
    give_group(iam)
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=POLICY)
    iam.attach_group_policy(GroupName="g", PolicyArn=ARN)
    with refused("DeleteConflict", "must remove users from group first"):
        iam.delete_group(GroupName="g")
    take_group(iam)
    with refused("DeleteConflict", "must delete policies first"):
        iam.delete_group(GroupName="g")
    iam.delete_group_policy(GroupName="g", PolicyName="p")
    with refused("DeleteConflict", "must detach all policies first"):
        iam.delete_group(GroupName="g")
    iam.detach_group_policy(GroupName="g", PolicyArn=ARN)
    iam.delete_group(GroupName="g")
    with refused("NoSuchEntity"):
        iam.delete_group(GroupName="g")


def test_an_assigned_virtual_mfa_device_stays(iam: Any) -> None:
    """DeleteVirtualMFADevice: DeleteConflict while assigned; an orphan blocks its name until deleted (user guide)."""
    iam.create_user(UserName="u")
    serial, _app = give_device(iam, "u")
    assert serial == "arn:aws:iam::123456789012:mfa/u"
    with refused("DeleteConflict"):
        iam.delete_virtual_mfa_device(SerialNumber=serial)
    iam.deactivate_mfa_device(UserName="u", SerialNumber=serial)
    iam.delete_user(UserName="u")
    with refused("EntityAlreadyExists"):
        iam.create_virtual_mfa_device(VirtualMFADeviceName="u")
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="u")


def test_a_policy_in_use_stays(iam: Any) -> None:
    """DeletePolicy: DeleteConflict while attached, used as a boundary, or with more than its default version."""
    arn = iam.create_policy(PolicyName="p", PolicyDocument=POLICY)["Policy"]["Arn"]
    iam.create_user(UserName="u")
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    with refused("DeleteConflict"):
        iam.delete_policy(PolicyArn=arn)
    iam.detach_user_policy(UserName="u", PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName="u", PermissionsBoundary=arn)
    with refused("DeleteConflict"):
        iam.delete_policy(PolicyArn=arn)
    iam.delete_user_permissions_boundary(UserName="u")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arn)
    with refused("DeleteConflict"):
        iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName="R")
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=POLICY, SetAsDefault=True)
    with refused("DeleteConflict", "more than one version"):
        iam.delete_policy(PolicyArn=arn)
    with refused("DeleteConflict", "default version"):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy(PolicyArn=arn)
    with refused("NoSuchEntity"):
        iam.get_policy(PolicyArn=arn)


def test_deleting_what_is_not_there(iam: Any) -> None:
    """Errors: NoSuchEntity for each deletion of nothing."""
    with refused("NoSuchEntity"):
        iam.delete_user(UserName="u")
    with refused("NoSuchEntity"):
        iam.delete_group(GroupName="g")
    with refused("NoSuchEntity"):
        iam.delete_virtual_mfa_device(SerialNumber="arn:aws:iam::123456789012:mfa/u")
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    with refused("NoSuchEntity"):
        iam.delete_user_policy(UserName="u", PolicyName="p")
    with refused("NoSuchEntity"):
        iam.delete_group_policy(GroupName="g", PolicyName="p")
    with refused("NoSuchEntity"):
        iam.deactivate_mfa_device(UserName="u", SerialNumber=HARDWARE)
