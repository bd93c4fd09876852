# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags: a new write of a key replaces the old and its spelling, 50 are allowed.

Keys of users, roles and MFA devices are equal without case; those of policies are not (IAM user guide, Tagging).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from . import quotas
from .errors import InvalidInput, LimitExceededException

Tag = dict[str, str]


def clean(tags: Iterable[Tag], key_of: Callable[[str], str] = str.casefold) -> dict[str, Tag]:
    """The tags by what makes keys equal; InvalidInput for a key twice or one of AWS's."""
    by_key: dict[str, Tag] = {}
    for tag in tags:
        key = key_of(tag["Key"])
        if key in by_key:
            raise InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        if key.casefold().startswith("aws:"):
            raise InvalidInput("Tag keys beginning with 'aws:' are reserved for system use.")
        by_key[key] = {"Key": tag["Key"], "Value": tag.get("Value", "")}
    return by_key


def merged(
    account_id: str, old: Mapping[str, Tag], tags: Iterable[Tag], key_of: Callable[[str], str] = str.casefold
) -> dict[str, Tag]:
    """The tags that somebody or something has after a write, all of it or none."""
    new = clean(tags, key_of)
    both = {key: tag for key, tag in old.items() if key not in new} | new
    if len(both) > quotas.quota(account_id, "TagsPerUserQuota"):
        raise LimitExceededException("The number of tags has reached the maximum limit.")
    return both
