# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The links with which people switch to the roles of the chart. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._rights.assumption import roles_of
from .._sign_in.url import switch_role_url

if t.TYPE_CHECKING:
    from .._core.delivery import Recipient
    from .._core.model import Account
    from .._rights.rights import Rights
    from .._roster.decision import Decision

    Urls = t.Mapping[str, str]


def role_urls(rights: Rights, account: Account, template: str | None) -> dict[str, str]:
    """The links to the roles that departments may assume, by the roles' names. ``template`` is of the sign-in page."""
    roles = [role.desired for role in rights.roles or () if role.is_open]
    found = {role.name: switch_role_url(account, role, template) for role in roles}
    return {name: url for name, url in found.items() if url is not None}


def with_role_urls(decision: Decision, rights: Rights, urls: Urls) -> dict[str, Recipient]:
    """The recipients, each with the links to their roles."""
    tags = {fold(user.name): user.tags or {} for user in decision.desired.users}
    return {
        key: dataclasses.replace(
            recipient,
            role_urls=tuple(urls[role.name] for role in roles_of(tags.get(key, {}), rights) if role.name in urls),
        )
        for key, recipient in decision.recipients.items()
    }
