# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teach moto's IAM what AWS does: moto carries the request, this package decides what AWS would have answered."""

from __future__ import annotations

from functools import cache

from . import account, aliases, authorization_details, operations, password_policy, quotas, state, summary
from .credentials import (
    access_keys,
    login_profiles,
    mfa,
    report,
    service_credentials,
    signing_certificates,
    ssh_keys,
)
from .identities import deletion, groups, membership, roles, service_linked_roles, tagging, users
from .policies import attachments, boundaries, inline, managed, simulation
from .protocol import speed

__all__ = ["install", "quotas", "state"]

# The modules whose functions answer IAM operations; importing them registered these.
ANSWERING = (
    access_keys,
    aliases,
    attachments,
    authorization_details,
    boundaries,
    report,
    deletion,
    groups,
    inline,
    login_profiles,
    membership,
    mfa,
    managed,
    password_policy,
    roles,
    service_credentials,
    service_linked_roles,
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
