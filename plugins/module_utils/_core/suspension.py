# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a suspended user is known: the deny, and the tag that remembers by whom and since when. Pure."""

from __future__ import annotations

import re
import typing as t

from . import documents
from .model import Suspension, fold, read_part

if t.TYPE_CHECKING:
    from .model import Document, User

DENY_NAME = "workforce-suspended"
DENY: Document = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
SUSPENDED_TAG = "workforce:suspended"

_TAG_VALUE = re.compile(r"(\S+) (list|person)")
_FALLBACK = re.compile(r"arn:[\w-]+:iam::aws:policy/AWSDenyAll")


def suspension_of(user: User) -> Suspension | None:
    """What the user's tag remembers. A value that is not ours was written by a person."""
    value = next((value for key, value in (user.tags or {}).items() if fold(key) == SUSPENDED_TAG), None)
    if value is None:
        return None
    found = _TAG_VALUE.fullmatch(value)
    if found is None:
        return Suspension("person", value)
    return Suspension("list" if found.group(2) == "list" else "person", found.group(1))


def is_denied(user: User) -> bool:
    """Whether our deny stops the user: AWS's own policy is ours only beside the tag."""
    name = stored_deny(user)
    if name is not None and documents.same(read_part(user.inline, user.name)[name], DENY):
        return True
    return suspension_of(user) is not None and fallback_deny(user) is not None


def is_suspended(user: User) -> bool:
    """Whether the user's suspension is complete."""
    return suspension_of(user) is not None and is_denied(user)


def kept_policy(user: User, arn: str) -> bool:
    """Whether this attached policy is our deny, which no exact list of policies takes away."""
    return suspension_of(user) is not None and _FALLBACK.fullmatch(arn) is not None


def stored_deny(user: User) -> str | None:
    """The inline policy of our name, as it is spelled."""
    return next((name for name in read_part(user.inline, user.name) if fold(name) == DENY_NAME), None)


def fallback_deny(user: User) -> str | None:
    """AWS's policy that denies everything, where it is attached."""
    return next((arn for arn in read_part(user.attached, user.name) if _FALLBACK.fullmatch(arn)), None)
