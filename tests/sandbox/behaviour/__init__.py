# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teach moto's IAM what AWS does: moto carries the request, this package decides what AWS would have answered."""

from __future__ import annotations

from functools import cache

from . import (
    access_keys,
    account,
    aliases,
    attachments,
    authorization_details,
    boundaries,
    credential_report,
    deletion,
    groups,
    inline_policies,
    login_profiles,
    membership,
    mfa,
    operations,
    policies,
    quotas,
    roles,
    service_credentials,
    signing_certificates,
    simulation,
    speed,
    ssh_keys,
    state,
    summary,
    tagging,
    users,
)

__all__ = ["install", "quotas", "state"]

# The modules whose functions answer IAM operations; importing them registered these.
ANSWERING = (
    access_keys,
    aliases,
    attachments,
    authorization_details,
    boundaries,
    credential_report,
    deletion,
    groups,
    inline_policies,
    login_profiles,
    membership,
    mfa,
    policies,
    roles,
    service_credentials,
    signing_certificates,
    simulation,
    ssh_keys,
    summary,
    tagging,
    users,
)


@cache
def install() -> None:
    """Patch moto's IAM backend and responses; calling it again changes nothing."""
    account.install()
    operations.install()
    speed.install()
