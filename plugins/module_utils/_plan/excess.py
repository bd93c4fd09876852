# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user, group or role has and is to be without by name, and whether it denies something. Pure."""

from __future__ import annotations

import typing as t

from .._core import statements
from .._core.model import User, fold
from .._core.suspension import DENY_NAME, kept_policy

if t.TYPE_CHECKING:
    from .._core.desired import DesiredCarrier
    from .._core.model import Carrier

_AWS_DENY = ":iam::aws:policy/AWSDeny"


def excess_policies(wanted: DesiredCarrier, existing: Carrier) -> set[str]:
    """The ARNs that are to go by name, and are attached."""
    found = set(wanted.policies_absent) & set(existing.attached or {}) if wanted.policies_absent else set()
    return {arn for arn in found if not isinstance(existing, User) or not kept_policy(existing, arn)}


def excess_inline(wanted: DesiredCarrier, existing: Carrier) -> set[str]:
    """The names of inline policies that are to go by name, as they are spelled."""
    gone = {fold(name) for name in wanted.inline_absent}
    if isinstance(existing, User):
        gone -= {DENY_NAME}
    return {name for name in existing.inline or {} if fold(name) in gone} if gone else set()


def denies(carrier: Carrier) -> bool:
    """Whether a policy of a user, group or role is known to deny something."""
    return any(map(statements.denies, (carrier.inline or {}).values())) or any(
        map(denies_by_name, carrier.attached or {})
    )


def denies_by_name(arn: str) -> bool:
    """Whether the ARN is of one of AWS's own policies that deny."""
    return _AWS_DENY in arn
