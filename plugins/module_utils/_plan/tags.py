# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes in the tags of a user, role or policy. Pure. IAM compares the keys of tags without case."""

from __future__ import annotations

import typing as t

from .._core.model import Role, User, fold, read_part
from .._core.tags import KEPT_TAG_PREFIXES

if t.TYPE_CHECKING:
    from .._core.model import ManagedPolicy

Tags = t.Mapping[str, str]


class TagChange(t.NamedTuple):
    """One write: the operation, what a person is told, and the parameters without the subject's own."""

    operation: str
    line: str
    params: t.Mapping[str, t.Any]


def tag_changes(existing: User | Role | ManagedPolicy, wanted: Tags | None, *, purge: bool) -> t.Iterator[TagChange]:
    """The changes that bring the wanted tags about; none if nothing is said of tags."""
    if wanted is None:
        return
    entity = "User" if isinstance(existing, User) else "Role" if isinstance(existing, Role) else "Policy"
    tags = read_part(existing.tags, existing.name)
    keep = {fold(key) for key in wanted}
    excess = sorted(key for key in tags if fold(key) not in keep and not fold(key).startswith(KEPT_TAG_PREFIXES))
    # Remove tags first, so that there is room for the new ones.
    if purge and excess:
        yield TagChange(f"Untag{entity}", f"loses tags {', '.join(excess)}", {"TagKeys": excess})
    changed = {key: value for key, value in wanted.items() if tags.get(key) != value}
    if changed:
        yield TagChange(f"Tag{entity}", f"sets tags {', '.join(sorted(changed))}", {"Tags": tag_list(changed)})


def under_prefix(tags: Tags, prefix: str, wanted: Tags) -> list[str]:
    """The keys of the tags under the prefix that are not wanted."""
    keep = {fold(key) for key in wanted}
    return sorted(key for key in tags if fold(key).startswith(fold(prefix)) and fold(key) not in keep)


def tag_list(tags: Tags) -> list[dict[str, str]]:
    """The tags as IAM takes them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
