# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of users: keys are equal without case, a new write replaces the old and its spelling, 50 are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import quotas
from .errors import InvalidInput, LimitExceededException

Tag = dict[str, str]


def clean(tags: Iterable[Tag]) -> dict[str, Tag]:
    """The tags by key without case; InvalidInput for a key twice or one of AWS's."""
    by_key: dict[str, Tag] = {}
    for tag in tags:
        key = tag["Key"].casefold()
        if key in by_key:
            raise InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        if key.startswith("aws:"):
            raise InvalidInput("Tag keys beginning with 'aws:' are reserved for system use.")
        by_key[key] = {"Key": tag["Key"], "Value": tag.get("Value", "")}
    return by_key


def merged(account_id: str, old: Mapping[str, Tag], tags: Iterable[Tag]) -> dict[str, Tag]:
    """The tags that a user has after a write, all of it or none."""
    new = clean(tags)
    both = {key: tag for key, tag in old.items() if key not in new} | new
    if len(both) > quotas.quota(account_id, "TagsPerUserQuota"):
        raise LimitExceededException("The number of tags has reached the maximum limit.")
    return both
