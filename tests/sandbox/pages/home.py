# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees who has signed in: who they are, their departments and what these may do."""

from __future__ import annotations

import json
from collections.abc import Iterator

from moto.iam.models import ManagedPolicy

from ..behaviour.account import Account, Group, User
from ..behaviour.errors import NoSuchEntity
from ..behaviour.sign_in import account_of
from .html import Markup, each, fill, joined
from .policy_words import sentences

# A policy of more characters than this is shown when it is asked for.
LONG = 800
# The mark that every employee's user carries says nothing to its owner.
MANAGED = "workforce:managed"

WHO = """
<section class="card">
<h1>You are $name</h1>
<dl><dt>User</dt><dd>$arn</dd><dt>Account</dt><dd>$account</dd>$facts</dl>
<p class="after"><a href="/home/password">Change the password</a></p>
</section>
"""
DEPARTMENT = """
<section class="card department">
<h3>$name</h3>
$policies
</section>
"""
POLICY = """
<h4>$name <span class="quiet">$kind</span></h4>
$sentences
"""


def content(account_id: str, user_name: str) -> Markup:
    """The page of a user. The caller holds the lock; NoSuchEntity for a user that is gone."""
    account = account_of(account_id)
    if account is None:
        raise NoSuchEntity(f"The account {account_id} cannot be found.")
    user = account.user(user_name)
    groups = sorted(user.groups.values(), key=lambda group: group.name)
    heading = fill("<h2>$value</h2>", value=_count(len(groups)))
    return Markup(_who(account, user) + heading + joined(_department(group) for group in groups) + _own(user))


def _count(number: int) -> str:
    if number == 0:
        return "You are in no department"
    return f"Your department{'s' if number > 1 else ''} and what {'they' if number > 1 else 'it'} may do"


def _who(account: Account, user: User) -> Markup:
    alias = "".join(f" ({alias})" for alias in account.account_aliases)
    facts = {tag["Key"].removeprefix("workforce:"): tag["Value"] for tag in user.tags if tag["Key"] != MANAGED}
    return fill(
        WHO,
        name=user.name,
        arn=user.arn,
        account=account.account_id + alias,
        facts=joined(fill("<dt>$key</dt><dd>$value</dd>", key=key, value=value) for key, value in facts.items()),
    )


def _department(group: Group) -> Markup:
    policies = joined(_policies(group))
    return fill(DEPARTMENT, name=group.name, policies=policies or Markup("<p>Nothing of its own.</p>"))


def _own(user: User) -> Markup:
    """What is the person's alone, and what bounds it all."""
    parts = []
    if own := joined(_policies(user)):
        parts.append(fill(DEPARTMENT, name="What you alone may do", policies=own))
    if user.boundary is not None:
        bound = _managed(user.boundary)
        parts.append(fill(DEPARTMENT, name="Of all this, at most", policies=bound))
    return joined(parts)


def _policies(owner: Group | User) -> Iterator[Markup]:
    for policy in sorted(owner.managed_policies.values(), key=lambda policy: policy.name):
        yield _managed(policy)
    for name, document in sorted(owner.policies.items()):
        yield _policy(name, "inline policy", document)


def _managed(policy: ManagedPolicy) -> Markup:
    version = next(each for each in policy.versions if each.version_id == policy.default_version_id)
    return _policy(policy.name, "managed policy", version.document)


def _policy(name: str, kind: str, document: str) -> Markup:
    lines = each("<li>$value</li>", sentences(json.loads(document)))
    listed = fill("<ul>$lines</ul>", lines=lines)
    if len(listed) > LONG:
        listed = fill("<details><summary>What it says</summary>$listed</details>", listed=listed)
    return fill(POLICY, name=name, kind=kind, sentences=listed)
