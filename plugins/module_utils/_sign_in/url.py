# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the users of an account sign in. Pure."""

from __future__ import annotations

import string
import typing as t
import urllib.parse

from .._core.delivery import SignIn
from .._core.steps import Fault

if t.TYPE_CHECKING:
    from .._core.desired import DesiredRole
    from .._core.model import Account
    from .._credentials.passwords import PasswordRules

TEMPLATES: t.Mapping[str, str] = {
    "aws": "https://${account_id}.signin.aws.amazon.com/console",
    "aws-cn": "https://${account_id}.signin.amazonaws.cn/console",
    "aws-us-gov": "https://${account_id}.signin.amazonaws-us-gov.com/console",
}
"""By partition; the isolated ones publish no host, which must be given there."""

_ACCOUNT = "${account_id}."


def sign_in_faults(account: Account, template: str | None) -> list[Fault]:
    """Why the sign-in address of this account is not known."""
    if template or account.partition in TEMPLATES:
        return []
    text = (
        f"the sign-in page of partition {account.partition} is not known to this collection; "
        "write its URL, with ${account_id} in the account's place"
    )
    return [Fault("sign_in_url", text)]


def sign_in_url(account: Account, template: str | None = None) -> str:
    """The account's URL. It has the account's id: an alias may be changed, and its URL then leads nowhere."""
    return string.Template(template or TEMPLATES[account.partition]).substitute(account_id=account.account_id)


def switch_role_url(account: Account, role: DesiredRole, template: str | None = None) -> str | None:
    """The link with which somebody who is signed in becomes the role; None where the account's page is not known.

    It is the console's own (IAM user guide, Switch to an IAM role, console), on the host of the sign-in page without
    the account.
    """
    pages = (template, TEMPLATES.get(account.partition))
    hosts = [urllib.parse.urlsplit(page) for page in pages if page]
    found = next((one for one in hosts if one.netloc.startswith(_ACCOUNT)), None)
    if found is None:
        return None
    path = f"{(role.path or '/').removeprefix('/')}{role.name}"
    fields = {"account": account.account_id, "roleName": path, "displayName": role.name}
    query = urllib.parse.urlencode(fields, safe="/", quote_via=urllib.parse.quote)
    return f"{found.scheme}://{found.netloc.removeprefix(_ACCOUNT)}/switchrole?{query}"


def sign_in_of(account: Account, template: str | None, rules: PasswordRules, expire_after_days: int | None) -> SignIn:
    """What everybody in this account is told."""
    return SignIn(
        url=sign_in_url(account, template),
        account_id=account.account_id,
        alias=account.alias,
        password_rules=rules.sentences(),
        expire_after_days=expire_after_days,
    )
