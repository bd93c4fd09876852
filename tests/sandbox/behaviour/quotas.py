# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's quotas, which a test may set smaller, for every account or for one."""

from __future__ import annotations

from .errors import LimitExceededException

# The names are the keys of GetAccountSummary; the last block has no key there and is ours.
DEFAULTS: dict[str, int] = {
    "UsersQuota": 5000,
    "GroupsQuota": 300,
    "GroupsPerUserQuota": 10,
    "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10,
    "AttachedPoliciesPerRoleQuota": 20,
    "PoliciesQuota": 1500,
    "PolicySizeQuota": 6144,
    "PolicyVersionsInUseQuota": 10000,
    "VersionsPerPolicyQuota": 5,
    "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120,
    "RolePolicySizeQuota": 10240,
    "AssumeRolePolicySizeQuota": 2048,
    "AccessKeysPerUserQuota": 2,
    "SigningCertificatesPerUserQuota": 2,
    "RolesQuota": 1000,
    "InstanceProfilesQuota": 1000,
    "ServerCertificatesQuota": 20,
    "MFADevicesPerUserQuota": 8,
    "SSHPublicKeysPerUserQuota": 5,
    "ServiceSpecificCredentialsPerServiceQuota": 2,
    "TagsPerUserQuota": 50,
}
NOT_IN_SUMMARY = frozenset(
    {
        "MFADevicesPerUserQuota",
        "SSHPublicKeysPerUserQuota",
        "ServiceSpecificCredentialsPerServiceQuota",
        "TagsPerUserQuota",
    }
)
# What LimitExceeded calls the quota, where it is not the summary's key without "Quota".
SPOKEN = {
    "UsersQuota": "UsersPerAccount",
    "GroupsQuota": "GroupsPerAccount",
    "PoliciesQuota": "PoliciesPerAccount",
    "RolesQuota": "RolesPerAccount",
    "AttachedPoliciesPerUserQuota": "PoliciesPerUser",
    "AttachedPoliciesPerGroupQuota": "PoliciesPerGroup",
    "AttachedPoliciesPerRoleQuota": "PoliciesPerRole",
    "PolicySizeQuota": "PolicySize",
    "SigningCertificatesPerUserQuota": "CertificatesPerUser",
}

_for_all: dict[str, int] = {}
_for_account: dict[str, dict[str, int]] = {}


def set(account_id: str | None, **numbers: int) -> None:  # noqa: A001  always used as quotas.set()
    """Give one account (or, with None, every account) other quotas than AWS's."""
    unknown = sorted(numbers.keys() - DEFAULTS.keys())
    if unknown:
        raise ValueError(f"no such quota: {', '.join(unknown)}; there are {', '.join(sorted(DEFAULTS))}")
    (_for_all if account_id is None else _for_account.setdefault(account_id, {})).update(numbers)


def reset() -> None:
    """Back to AWS's quotas everywhere."""
    _for_all.clear()
    _for_account.clear()


def quota(account_id: str, name: str) -> int:
    """The quota that holds in an account."""
    return _for_account.get(account_id, {}).get(name, _for_all.get(name, DEFAULTS[name]))


def require_room(account_id: str, name: str, used: int) -> None:
    """Raise LimitExceeded unless one more fits beside the `used` ones."""
    allowed = quota(account_id, name)
    if used >= allowed:
        raise LimitExceededException(
            f"Cannot exceed quota for {SPOKEN.get(name, name.removesuffix('Quota'))}: {allowed}"
        )
