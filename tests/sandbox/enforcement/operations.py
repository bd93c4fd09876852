# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which type of resource each operation of IAM is about: of AWS's service authorization reference a copy.

A test holds it against the reference. What is not listed cannot be authorised, and is refused as not known.
"""

from __future__ import annotations

# By the type of resource, the operations that are about one of them. Those of "" are about no single resource.
OPERATIONS = {
    "": (
        *("CreateAccountAlias", "DeleteAccountAlias", "DeleteAccountPasswordPolicy", "GenerateCredentialReport"),
        *("GetAccountAuthorizationDetails", "GetAccountPasswordPolicy", "GetAccountSummary", "GetCredentialReport"),
        *("ListAccountAliases", "ListGroups", "ListInstanceProfiles", "ListOpenIDConnectProviders", "ListPolicies"),
        *("ListRoles", "ListSAMLProviders", "ListServerCertificates", "ListUsers", "ListVirtualMFADevices"),
        "UpdateAccountPasswordPolicy",
    ),
    "group": (
        *("AddUserToGroup", "AttachGroupPolicy", "CreateGroup", "DeleteGroup", "DeleteGroupPolicy"),
        *("DetachGroupPolicy", "GetGroup", "GetGroupPolicy", "ListAttachedGroupPolicies", "ListGroupPolicies"),
        *("PutGroupPolicy", "RemoveUserFromGroup", "UpdateGroup"),
    ),
    "user": (
        *("AttachUserPolicy", "ChangePassword", "CreateAccessKey", "CreateLoginProfile"),
        *("CreateServiceSpecificCredential", "CreateUser", "DeactivateMFADevice", "DeleteAccessKey"),
        *("DeleteLoginProfile", "DeleteSSHPublicKey", "DeleteServiceSpecificCredential", "DeleteSigningCertificate"),
        *("DeleteUser", "DeleteUserPermissionsBoundary", "DeleteUserPolicy", "DetachUserPolicy", "EnableMFADevice"),
        *("GetAccessKeyLastUsed", "GetLoginProfile", "GetMFADevice", "GetSSHPublicKey", "GetUser", "GetUserPolicy"),
        *("ListAccessKeys", "ListAttachedUserPolicies", "ListGroupsForUser", "ListMFADevices", "ListSSHPublicKeys"),
        *("ListServiceSpecificCredentials", "ListSigningCertificates", "ListUserPolicies", "ListUserTags"),
        *("PutUserPermissionsBoundary", "PutUserPolicy", "ResetServiceSpecificCredential", "ResyncMFADevice"),
        *("TagUser", "UntagUser", "UpdateAccessKey", "UpdateLoginProfile", "UpdateSSHPublicKey"),
        *("UpdateServiceSpecificCredential", "UpdateSigningCertificate", "UpdateUser", "UploadSSHPublicKey"),
        "UploadSigningCertificate",
    ),
    "role": (
        *("AttachRolePolicy", "CreateRole", "CreateServiceLinkedRole", "DeleteRole", "DeleteRolePermissionsBoundary"),
        *("DeleteRolePolicy", "DeleteServiceLinkedRole", "DetachRolePolicy", "GetRole", "GetRolePolicy"),
        *("GetServiceLinkedRoleDeletionStatus", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"),
        *("ListRolePolicies", "ListRoleTags", "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole"),
        *("UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"),
    ),
    "policy": (
        *("CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy"),
        *("GetPolicyVersion", "ListEntitiesForPolicy", "ListPolicyTags", "ListPolicyVersions"),
        *("SetDefaultPolicyVersion", "TagPolicy", "UntagPolicy"),
    ),
    "mfa": ("CreateVirtualMFADevice", "DeleteVirtualMFADevice", "ListMFADeviceTags", "TagMFADevice", "UntagMFADevice"),
    "instance-profile": (
        *("AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "GetInstanceProfile"),
        *("RemoveRoleFromInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"),
    ),
    "oidc-provider": (
        *("CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "GetOpenIDConnectProvider"),
        *("ListOpenIDConnectProviderTags", "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider"),
        "UpdateOpenIDConnectProviderThumbprint",
    ),
    "saml-provider": ("CreateSAMLProvider", "DeleteSAMLProvider", "GetSAMLProvider", "UpdateSAMLProvider"),
    "server-certificate": ("DeleteServerCertificate", "GetServerCertificate", "UploadServerCertificate"),
    # A user, a group or a role.
    "principal": ("SimulatePrincipalPolicy",),
}
TYPES = {operation: kind for kind, operations in OPERATIONS.items() for operation in operations}
