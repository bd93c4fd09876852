# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents of policies say of a first sign-in or of an MFA device: a word for each source."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from . import causes
from .evaluation import judge, misses_path
from .request import CHANGE

if t.TYPE_CHECKING:
    from .._core.model import Directory, User
    from .._core.subjects import SubjectKind
    from .causes import Cause
    from .documents import Documents
    from .evaluation import Policy
    from .request import Act, Principal


@dataclasses.dataclass(frozen=True)
class Word:
    """What one source says: whether it allows, and what in it denies."""

    allows: bool = False
    denials: tuple[Cause, ...] = ()


def joined(words: t.Sequence[Word]) -> Word:
    """What several sources say together."""
    return Word(any(word.allows for word in words), tuple(cause for word in words for cause in word.denials))


class DocumentWords:
    """Judges the documents of the directory as the plan leaves it."""

    def __init__(self, documents: Documents, planned: Directory, titles: t.Mapping[SubjectKind, str]) -> None:
        self._documents = documents
        self._planned = planned
        self._titles = titles

    def of_group(self, key: str, principal: Principal, act: Act = CHANGE) -> Word:
        """What a department says of somebody."""
        return _judged(self._documents.of_group(key, self._titles["group"]), principal, act)

    def of_user(self, principal: Principal, act: Act = CHANGE) -> Word:
        """What the person's own policies say, and what their boundary denies."""
        key = fold(principal.name)
        if is_plain(self._planned.users[key]):
            return Word()
        own = _judged(self._documents.of_user(key, self._titles["user"]), principal, act)
        boundary = self._boundary(principal)
        denials = _judged([boundary], principal, act).denials if boundary else ()
        return Word(own.allows, own.denials + denials)

    def beyond(self, principal: Principal, act: Act = CHANGE) -> Policy | None:
        """The person's boundary, where it does not allow it."""
        boundary = self._boundary(principal)
        if boundary is None or judge([boundary], principal, act=act).verdict != "not allowed":
            return None
        return boundary

    def missed_path(self, principal: Principal) -> Policy | None:
        """The policy that would allow it to a user of that name, but not under this path."""
        return next((policy for policy in self._policies_of(principal) if misses_path(policy, principal)), None)

    def _boundary(self, principal: Principal) -> Policy | None:
        arn = self._documents.user(fold(principal.name)).boundary
        return self._documents.boundary(arn) if arn else None

    def _policies_of(self, principal: Principal) -> t.Iterator[Policy]:
        yield from self._documents.of_user(fold(principal.name), self._titles["user"])
        for key in sorted(self._planned.groups_of(principal.name)):
            yield from self._documents.of_group(key, self._titles["group"])


def _judged(policies: t.Sequence[Policy], principal: Principal, act: Act) -> Word:
    found = judge(policies, principal, act=act)
    return Word(found.allowed_by is not None, tuple(causes.denied(denial, act) for denial in found.denials))


def is_plain(user: User) -> bool:
    """Whether the user is known to have no policy and no boundary."""
    return user.attached == {} and user.inline == {} and user.boundary == ""
