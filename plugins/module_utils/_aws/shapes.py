# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of IAM's answers as the values that the rest of the collection uses."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .calls import Page


def tags_of(entity: Page) -> dict[str, str]:
    """A user's tags; IAM leaves the member out where there are none."""
    return {tag["Key"]: tag["Value"] for tag in entity.get("Tags") or ()}


def boundary_of(entity: Page) -> str:
    """The ARN of a user's permissions boundary, or ""."""
    return str((entity.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn") or "")


def attached_of(policies: t.Iterable[Page]) -> dict[str, str]:
    """Policy names by ARN."""
    return {policy["PolicyArn"]: policy["PolicyName"] for policy in policies}
