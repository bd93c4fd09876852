# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Known ways to become administrator through IAM, and why IAM cannot refuse those that a printed policy leaves open."""

from __future__ import annotations

from tests.support.escalations import Way

_TEXT = "IAM has no condition on the text of an inline policy; give all users a boundary (`onboard_required_boundary`)"
_ROLE_TEXT = "IAM has no condition on the text of a role's policies; give all roles a boundary"
_VERSION = "IAM has no condition on the text of a version; keep administrators' policies out of `onboard_policies`"
_SIGN_IN = "IAM does not tell a first credential from a later one; whom the job manages, it can sign in as"
_MEMBER = (
    "IAM judges a membership by the group alone; keep the administrators' group out of the path, and run as a role"
)
_TAKING = "the job takes away what is not listed, and IAM does not say what a policy denies"
_MARKS = "the mark and the ids are tags, and the job keeps the tags of our people"
_NAME = "IAM does not judge the new name; what `aws:username` grants goes with a rename"


def _way(name: str, source: str, *calls: str, why: str = "") -> Way:
    return Way(name, source, calls, why)


OF_IAM: list[Way] = [
    _way(
        "new version of a policy that the holder has",
        "pathfinding iam-001, Rhino 1",
        "iam:CreatePolicyVersion policy/admin",
    ),
    _way(
        "new version of a policy of the inventory, and a sign-in as one who has it",
        "Rhino 1",
        "iam:CreatePolicyVersion policy/workforce/read-billing",
        "iam:CreateLoginProfile user/asha",
        why=_VERSION,
    ),
    _way("an older version made the default one", "Rhino 2", "iam:SetDefaultPolicyVersion policy/admin"),
    _way(
        "an older version of a policy of the inventory made the default one",
        "Rhino 2",
        "iam:SetDefaultPolicyVersion policy/workforce/read-billing",
        why=_VERSION,
    ),
    _way("access key of an administrator", "pathfinding iam-002, Rhino 4", "iam:CreateAccessKey user/boss"),
    _way(
        "access key of an administrator in place of another",
        "pathfinding iam-003",
        "iam:DeleteAccessKey user/boss",
        "iam:CreateAccessKey user/boss",
    ),
    _way("access key of one of our people", "Rhino 4", "iam:CreateAccessKey user/asha", why=_SIGN_IN),
    _way("console password of an administrator", "pathfinding iam-004, Rhino 5", "iam:CreateLoginProfile user/boss"),
    _way("console password of one of our people", "Rhino 5", "iam:CreateLoginProfile user/asha", why=_SIGN_IN),
    _way(
        "another console password of an administrator",
        "pathfinding iam-006, Rhino 6",
        "iam:UpdateLoginProfile user/boss",
    ),
    _way(
        "another console password of one of our people, without deleting the old one",
        "Rhino 6",
        "iam:UpdateLoginProfile user/asha",
    ),
    _way(
        "policy attached to the own user",
        "pathfinding iam-008, Rhino 7",
        "iam:AttachUserPolicy user/workforce-runner AdministratorAccess",
    ),
    _way(
        "policy attached to one of our people",
        "pathfinding iam-015",
        "iam:AttachUserPolicy user/asha AdministratorAccess",
        "iam:CreateAccessKey user/asha",
    ),
    _way("policy attached to another user", "Rhino 7", "iam:AttachUserPolicy user/boss AdministratorAccess"),
    _way(
        "policy attached to a department",
        "pathfinding iam-010, Rhino 8",
        "iam:AttachGroupPolicy group/workforce/sales AdministratorAccess",
    ),
    _way("policy attached to another group", "Rhino 8", "iam:AttachGroupPolicy group/other AdministratorAccess"),
    _way(
        "policy attached to the own role",
        "pathfinding iam-009, Rhino 9",
        "iam:AttachRolePolicy role/workforce-runner AdministratorAccess",
    ),
    _way(
        "policy attached to a role of the inventory, which is then assumed",
        "pathfinding iam-014",
        "iam:AttachRolePolicy role/workforce/deployer AdministratorAccess",
    ),
    _way(
        "policy attached to another role whose trust is changed",
        "pathfinding iam-019",
        "iam:AttachRolePolicy role/other AdministratorAccess",
        "iam:UpdateAssumeRolePolicy role/other",
    ),
    _way("inline policy of the own user", "pathfinding iam-007, Rhino 10", "iam:PutUserPolicy user/workforce-runner"),
    _way(
        "inline policy of one of our people, and an access key",
        "pathfinding iam-018",
        "iam:PutUserPolicy user/asha",
        "iam:CreateAccessKey user/asha",
        why=_TEXT,
    ),
    _way(
        "new user with our mark, an inline policy and an access key",
        "Hacking the Cloud",
        "iam:CreateUser user/new",
        "iam:PutUserPolicy user/new",
        "iam:CreateAccessKey user/new",
        why=_TEXT,
    ),
    _way(
        "new user without our mark",
        "Hacking the Cloud",
        "iam:CreateUser user/unmarked",
        "iam:PutUserPolicy user/unmarked",
    ),
    _way("inline policy of another user", "Rhino 10", "iam:PutUserPolicy user/boss"),
    _way(
        "inline policy of a department that has some, and an access key of a member",
        "pathfinding iam-011, Rhino 11",
        "iam:PutGroupPolicy group/workforce/sales",
        "iam:CreateAccessKey user/asha",
        why="IAM has no condition on the text of an inline policy; give departments managed policies",
    ),
    _way("inline policy of a department that has none", "Rhino 11", "iam:PutGroupPolicy group/workforce/engineering"),
    _way("inline policy of another group", "Rhino 11", "iam:PutGroupPolicy group/admin/admins"),
    _way("inline policy of the own role", "pathfinding iam-005, Rhino 12", "iam:PutRolePolicy role/workforce-runner"),
    _way(
        "inline policy of a role of the inventory, with a trust that lets the holder in",
        "pathfinding iam-021",
        "iam:PutRolePolicy role/workforce/deployer",
        "iam:UpdateAssumeRolePolicy role/workforce/deployer",
        why=_ROLE_TEXT,
    ),
    _way(
        "inline policy of a role that the holder may assume",
        "pathfinding iam-017",
        "iam:PutRolePolicy role/admin",
        "sts:AssumeRole role/admin",
    ),
    _way(
        "new role that trusts the holder, with an inline policy",
        "Hacking the Cloud",
        "iam:CreateRole role/workforce/new",
        "iam:PutRolePolicy role/workforce/new",
        why=_ROLE_TEXT,
    ),
    _way("new role without our mark", "Hacking the Cloud", "iam:CreateRole role/workforce/unmarked"),
    _way("new role under another path", "Hacking the Cloud", "iam:CreateRole role/new workforce:managed=onboard"),
    _way(
        "membership of the administrators' group",
        "pathfinding iam-013, Rhino 13",
        "iam:AddUserToGroup group/admin/admins",
    ),
    _way("membership of any department", "Rhino 13", "iam:AddUserToGroup group/workforce/engineering", why=_MEMBER),
    _way("trust of an administrator's role", "pathfinding iam-012, Rhino 14", "iam:UpdateAssumeRolePolicy role/admin"),
    _way(
        "trust of a role of the inventory",
        "Rhino 14",
        "iam:UpdateAssumeRolePolicy role/workforce/deployer",
        why="IAM has no condition on the text of a trust; give all roles a boundary",
    ),
    _way(
        "new version of the policy of a role that the holder may assume",
        "pathfinding iam-016",
        "iam:CreatePolicyVersion policy/admin",
        "sts:AssumeRole role/admin",
    ),
    _way(
        "new version of the policy of a role whose trust is changed",
        "pathfinding iam-020",
        "iam:CreatePolicyVersion policy/admin",
        "iam:UpdateAssumeRolePolicy role/admin",
    ),
    _way("assuming an administrator's role", "pathfinding sts-001", "sts:AssumeRole role/admin"),
    _way("federated session", "Hacking the Cloud", "sts:GetFederationToken arn:aws:sts::123456789012:federated-user/x"),
    _way("boundary of the own user deleted", "Bishop Fox", "iam:DeleteUserPermissionsBoundary user/workforce-runner"),
    _way("boundary of an administrator deleted", "Bishop Fox", "iam:DeleteUserPermissionsBoundary user/boss"),
    _way(
        "boundary of one of our people deleted",
        "Bishop Fox",
        "iam:DeleteUserPermissionsBoundary user/asha",
        why="without a boundary that all must have, a boundary that is not listed is taken away",
    ),
    _way(
        "wider boundary for one of our people",
        "Bishop Fox",
        "iam:PutUserPermissionsBoundary user/asha AdministratorAccess",
    ),
    _way("boundary of the own role deleted", "Bishop Fox", "iam:DeleteRolePermissionsBoundary role/workforce-runner"),
    _way(
        "boundary of a role of the inventory deleted",
        "Bishop Fox",
        "iam:DeleteRolePermissionsBoundary role/workforce/deployer",
        why="without a boundary that all must have, a boundary that is not listed is taken away",
    ),
    _way(
        "wider boundary for a role of the inventory",
        "Bishop Fox",
        "iam:PutRolePermissionsBoundary role/workforce/deployer AdministratorAccess",
    ),
    _way("denial detached from the own user", "Bishop Fox", "iam:DetachUserPolicy user/workforce-runner policy/deny"),
    _way("denial of the own user deleted", "Bishop Fox", "iam:DeleteUserPolicy user/workforce-runner"),
    _way("denial of one of our people deleted", "Bishop Fox", "iam:DeleteUserPolicy user/asha", why=_TAKING),
    _way("denial of a department deleted", "Bishop Fox", "iam:DeleteGroupPolicy group/workforce/sales", why=_TAKING),
    _way("denial of another group deleted", "Bishop Fox", "iam:DeleteGroupPolicy group/admin/admins"),
    _way(
        "denial detached from a department",
        "Bishop Fox",
        "iam:DetachGroupPolicy group/workforce/sales policy/deny",
        why=_TAKING,
    ),
    _way("denial detached from the own role", "Bishop Fox", "iam:DetachRolePolicy role/workforce-runner policy/deny"),
    _way("leaving a group that denies", "Bishop Fox", "iam:RemoveUserFromGroup group/other"),
    _way(
        "leaving a department that denies", "Bishop Fox", "iam:RemoveUserFromGroup group/workforce/sales", why=_TAKING
    ),
    _way("policy of the job itself deleted or changed", "", "iam:DeletePolicyVersion policy/workforce-runner"),
    _way("new policy under another path", "", "iam:CreatePolicy policy/new workforce:managed=onboard"),
    _way(
        "our mark on an administrator, then an access key",
        "",
        "iam:TagUser user/boss workforce:managed=onboard",
        "iam:CreateAccessKey user/boss",
    ),
    _way("our mark on the own user", "", "iam:TagUser user/workforce-runner workforce:managed=onboard"),
    _way("our mark on an administrator's role", "", "iam:TagRole role/admin workforce:managed=onboard"),
    _way("our mark on an administrator's policy", "", "iam:TagPolicy policy/admin workforce:managed=onboard"),
    _way(
        "tag by which a role lets people in, on one of our people",
        "",
        "iam:TagUser user/asha workforce:role.deployer=yes",
        "iam:CreateAccessKey user/asha",
        why=_MARKS,
    ),
    _way(
        "tag by which attributes grant access, on an administrator",
        "Hacking the Cloud",
        "iam:TagUser user/boss team=admin",
    ),
    _way(
        "tag by which attributes grant access, on the own role",
        "Hacking the Cloud",
        "iam:TagRole role/workforce-runner team=admin",
    ),
    _way("tag of one of our people taken off", "Hacking the Cloud", "iam:UntagUser user/asha", why=_MARKS),
    _way(
        "one of our people renamed to a name that policies grant something to",
        "",
        "iam:UpdateUser user/asha",
        why=_NAME,
    ),
    _way("an administrator renamed", "", "iam:UpdateUser user/boss"),
    _way(
        "a department renamed or moved",
        "",
        "iam:UpdateGroup group/workforce/sales",
        why="IAM does not tell a move of a group from its renaming",
    ),
    _way("the administrators' group renamed", "", "iam:UpdateGroup group/admin/admins"),
    _way("MFA of an administrator deactivated", "Hacking the Cloud", "iam:DeactivateMFADevice user/boss"),
    _way(
        "MFA device for an administrator",
        "Hacking the Cloud",
        "iam:CreateVirtualMFADevice mfa/boss",
        "iam:EnableMFADevice user/boss",
    ),
    _way("MFA device of one of our people resynchronised", "", "iam:ResyncMFADevice user/asha"),
    _way("access key of an administrator made active again", "Hacking the Cloud", "iam:UpdateAccessKey user/boss"),
    _way(
        "password policy weakened",
        "",
        "iam:UpdateAccountPasswordPolicy *",
        why="IAM has no condition on the rules; leave `password_policy` out of the inventory",
    ),
    _way("service-specific credential", "Hacking the Cloud", "iam:CreateServiceSpecificCredential user/asha"),
    _way("service-specific credential reset", "", "iam:ResetServiceSpecificCredential user/asha"),
    _way("signing certificate", "", "iam:UploadSigningCertificate user/asha"),
    _way("SSH key", "", "iam:UploadSSHPublicKey user/asha"),
    _way("SAML provider of the holder's own", "Hacking the Cloud", "iam:CreateSAMLProvider saml-provider/own"),
    _way("metadata of a SAML provider replaced", "Hacking the Cloud", "iam:UpdateSAMLProvider saml-provider/corp"),
    _way(
        "OpenID Connect provider of the holder's own",
        "Hacking the Cloud",
        "iam:CreateOpenIDConnectProvider oidc-provider/own",
    ),
    _way(
        "client added to an OpenID Connect provider",
        "Hacking the Cloud",
        "iam:AddClientIDToOpenIDConnectProvider oidc-provider/corp",
    ),
    _way(
        "thumbprint of an OpenID Connect provider replaced",
        "Hacking the Cloud",
        "iam:UpdateOpenIDConnectProviderThumbprint oidc-provider/corp",
    ),
    _way("service-linked role", "", "iam:CreateServiceLinkedRole role/aws-service-role/x"),
    _way("role put into an instance profile", "Bishop Fox", "iam:AddRoleToInstanceProfile instance-profile/web"),
    _way("instance profile of the holder's own", "", "iam:CreateInstanceProfile instance-profile/own"),
    _way("delegation request accepted", "", "iam:AcceptDelegationRequest delegation-request/x"),
]
"""Ways through IAM itself."""
