# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a suspended user is known: by the deny, and by the tag that says who suspended the user and when. Pure.

Two words say who did it: the tag, and the Sid of the deny's statement. Whoever may tag (``iam:TagUser``, which many
companies give to everybody for their own user) can rewrite the first; the second is a policy, which takes
``iam:PutUserPolicy`` or ``iam:DeleteUserPolicy`` to change, and whoever has these may give themselves anything. So the
list lets in again only whom both words call suspended by the list. Everything else, a deny without a Sid of ours and
the forms that have none (AWSDenyAll attached or as permissions boundary) included, is a person's, and needs a person.
"""

from __future__ import annotations

import re
import typing as t

from . import documents
from .desired import Suspension
from .model import fold, read_part

if t.TYPE_CHECKING:
    from .model import Document, User

By = t.Literal["list", "person"]

DENY_NAME = "workforce-suspended"
SUSPENDED_TAG = "workforce:suspended"
SIDS: t.Mapping[By, str] = {"list": "WorkforceSuspendedByList", "person": "WorkforceSuspendedByPerson"}
"""The Sid of the deny's statement, by who suspends. Permanent: what customers' accounts hold is read by it."""

_DENY_ALL: Document = {"Effect": "Deny", "Action": "*", "Resource": "*"}
_PLAIN_DENY: Document = {"Version": "2012-10-17", "Statement": [_DENY_ALL]}
_TAG_VALUE = re.compile(r"(\S+) (list|person)")
_FALLBACK = re.compile(r"arn:[\w-]+:iam::aws:policy/AWSDenyAll")


def deny(by: By) -> Document:
    """The inline policy that suspends a user."""
    return {"Version": "2012-10-17", "Statement": [{"Sid": SIDS[by], **_DENY_ALL}]}


def suspension_of(user: User) -> Suspension | None:
    """Since when the user is suspended, and by whom: by the list only where :func:`lifted_by_list` says so."""
    tagged = tagged_suspension(user)
    if tagged is None or tagged.by == "person" or lifted_by_list(user):
        return tagged
    return Suspension("person", tagged.at)


def tagged_suspension(user: User) -> Suspension | None:
    """What the tag alone says. A value that is not ours was written by a person."""
    value = next((value for key, value in (user.tags or {}).items() if fold(key) == SUSPENDED_TAG), None)
    if value is None:
        return None
    found = _TAG_VALUE.fullmatch(value)
    if found is None:
        return Suspension("person", value)
    return Suspension("list" if found.group(2) == "list" else "person", found.group(1))


def signed_by(user: User) -> By | None:
    """Who wrote the deny, by its Sid. None where there is no deny of ours, it has another Sid, or it was not read."""
    document = _denying(user) if user.inline is not None else None
    sid = None if document is None else _statement(document).get("Sid")
    return next((by for by, ours in SIDS.items() if ours == sid), None)


def lifted_by_list(user: User) -> bool:
    """Whether the list may let the user in again: the tag and the deny's Sid name it, and no other form stands beside.

    The tag is taken off before the inline deny. So a deny of the list's without a tag is a return that was stopped
    half-way. Policies that were not read say nothing, so that the suspension is a person's.
    """
    if signed_by(user) != "list":
        return False
    tagged = tagged_suspension(user)
    if tagged is None:
        return True
    return tagged.by == "list" and user.attached is not None and not _is_denied_otherwise(user)


def contradiction(user: User) -> str | None:
    """What to tell where the tag says that the list did it and the deny says that a person did; else None.

    No run leaves this behind: somebody rewrote the tag, or a person's suspension could not rewrite it.
    """
    tagged = tagged_suspension(user)
    if tagged is None or tagged.by != "list" or signed_by(user) != "person":
        return None
    return (
        f"the tag {SUSPENDED_TAG} says that the list suspended the user, but the policy {DENY_NAME} says that a person "
        f"did; the person's word stands. Somebody may have rewritten the tag: find out who (TagUser in CloudTrail). "
        f"Running offboard for {user.name} again sets it right, and -e onboard_readmit={user.name} lets the user in"
    )


def is_denied(user: User) -> bool:
    """Whether our deny stops the user, in any of its forms: AWS's own policy is ours only beside the tag."""
    return _denying(user) is not None or (tagged_suspension(user) is not None and _is_denied_otherwise(user))


def is_suspended(user: User) -> bool:
    """Whether the user's suspension is complete."""
    return tagged_suspension(user) is not None and is_denied(user)


def kept_policy(user: User, arn: str) -> bool:
    """Whether this attached policy is our deny, which no exact list of policies takes away."""
    return tagged_suspension(user) is not None and denies_all(arn)


def kept_boundary(user: User) -> bool:
    """Whether the user's permissions boundary is our deny, which no list replaces before the user is let in again."""
    return tagged_suspension(user) is not None and denies_all(user.boundary)


def stored_deny(user: User) -> str | None:
    """The inline policy of our name, as it is spelled."""
    return next((name for name in read_part(user.inline, user.name) if fold(name) == DENY_NAME), None)


def fallback_deny(user: User) -> str | None:
    """AWS's policy that denies everything, where it is attached."""
    return next((arn for arn in read_part(user.attached, user.name) if denies_all(arn)), None)


def denies_all(arn: str | None) -> bool:
    """Whether this is AWS's policy that denies everything."""
    return _FALLBACK.fullmatch(arn or "") is not None


def denies_everything(document: Document) -> bool:
    """Whether a document is our deny, whatever its Sid."""
    without_sid = {key: value for key, value in _statement(document).items() if key != "Sid"}
    return documents.same({**document, "Statement": [without_sid]}, _PLAIN_DENY)


def _is_denied_otherwise(user: User) -> bool:
    """Whether AWSDenyAll is attached or is the permissions boundary."""
    return fallback_deny(user) is not None or denies_all(user.boundary)


def _denying(user: User) -> Document | None:
    """The inline policy of our name, where it denies everything."""
    name = stored_deny(user)
    if name is None:
        return None
    document = read_part(user.inline, user.name)[name]
    return document if denies_everything(document) else None


def _statement(document: Document) -> Document:
    """The one statement of a document; nothing where it has several."""
    statements = document.get("Statement") or []
    if isinstance(statements, dict):
        return statements
    return statements[0] if len(statements) == 1 else {}
