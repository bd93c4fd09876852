# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GetAccountSummary: what the account holds, and the quotas that hold in it."""

from __future__ import annotations

from . import quotas
from .account import Account
from .operations import Call, operation
from .protocol.answers import Answer


@operation("GetAccountSummary")
def get_account_summary(call: Call) -> Answer | None:
    account = call.account
    shown = sorted(quotas.DEFAULTS.keys() - quotas.NOT_IN_SUMMARY)
    return {"SummaryMap": {**_counts(account), **{name: quotas.quota(account.account_id, name) for name in shown}}}


def _counts(account: Account) -> dict[str, int]:
    own = account.own_policies()
    return {
        "Users": len(account.users),
        "Groups": len(account.groups),
        "Roles": len(account.roles),
        "Policies": len(own),
        "PolicyVersionsInUse": sum(len(policy.versions) for policy in own),
        "InstanceProfiles": len(account.instance_profiles),
        "ServerCertificates": len(account.certificates),
        "Providers": len(account.saml_providers) + len(account.open_id_providers),
        "MFADevices": len(account.virtual_mfa_devices),
        "MFADevicesInUse": sum(len(user.mfa_devices) for user in account.users.values()),
        # The account's root: no MFA, no access keys, no certificates; its password is present.
        "AccountMFAEnabled": 0,
        "AccountAccessKeysPresent": 0,
        "AccountPasswordPresent": 1,
        "AccountSigningCertificatesPresent": 0,
        "GlobalEndpointTokenVersion": 1,
    }
