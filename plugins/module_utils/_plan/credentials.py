# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that issue first credentials, and those that revoke unclaimed ones. Pure.

Steps contain no secret: the issuer makes the password when it does the step. The issuer also writes the moment into
the marks ``delivered`` and ``revoked``, since a plan cannot know it. Right before it deletes a password, it asks IAM
whether the owner has claimed it meanwhile, unless the step has ``EvenIfClaimed``. ``pending`` is written first: if this
run does not finish, the next one does.
"""

from __future__ import annotations

import typing as t

from .._core.credential_mark import CREDENTIAL_TAG, Mark, mark_of, tag_of
from .._core.desired import DesiredCredential
from .._core.issuing import PENDING_MARK, Way, had_password, has_signed_in, is_issued, way_of
from .._core.model import User, fold, read_part
from .._core.steps import Fault, Phase, Step
from .._core.subjects import Subject

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser
    from .._core.model import Credentials, LoginProfile


def marking_steps(user: User, issuing: t.Iterable[Step]) -> list[Step]:
    """Mark an existing user as ``pending`` before anything is issued to it."""
    if not any(step.operation == "Deliver" for step in issuing) or mark_of(user) == PENDING_MARK:
        return []
    params = {"Tags": [tag_of(PENDING_MARK)]}
    return [_step(user.name, "TagUser", "is marked as pending", params, phase=Phase.USERS, issuing=False, inner=True)]


def joining_steps(wanted: DesiredUser) -> list[Step]:
    """Issue credentials to a new user. Its creation has written the mark."""
    asked = wanted.credential
    if asked is None or not is_issued(wanted):
        return []
    return _chain(wanted.name, asked, key=asked.access_key)


def issuing_steps(wanted: DesiredUser, user: User) -> list[Step]:
    """Issue credentials to an existing user or revoke them, as its marks and credentials require."""
    way, asked = way_of(wanted, user), wanted.credential
    if way is None or asked is None:
        return []
    return _WAYS[way](user, asked)


def _heal(user: User, asked: DesiredCredential) -> list[Step]:
    """Issue new credentials if nobody has claimed the old ones. If the owner has, only correct the mark."""
    claimed = _claimed(user, asked)
    if claimed is None:
        unclaimed = [] if asked.console or not _is_unclaimed(user) else [_deletion(user)]
        return [*unclaimed, *_anew(user, asked)]
    if mark_of(user) != PENDING_MARK:
        return []
    line = "is marked as delivered"
    return [_step(user.name, "TagUser", line, {"Tags": [tag_of(claimed)]}, issuing=False)]


def _claimed(user: User, asked: DesiredCredential) -> Mark | None:
    """The right mark if the owner already uses the credentials; None if not."""
    if asked.console:
        profile = _profile(user)
        is_claimed = profile is not None and not profile.reset_required
        return Mark("delivered", profile.create_date, asked.by) if profile and is_claimed else None
    return Mark("delivered", user.keys_last_used, asked.by) if _used_keys(user) else None


def _reissue(user: User, asked: DesiredCredential) -> list[Step]:
    """Issue new credentials, whatever the user has. What cannot be issued is a fault of the plan."""
    return [] if reissue_fault(user, asked) else _anew(user, asked, owned_too=True)


def reissue_fault(user: User, asked: DesiredCredential) -> Fault | None:
    """Why nothing can be reissued, or None."""
    if asked.console or not _used_keys(user):
        return None
    keys = ", ".join(sorted(_used_keys(user)))
    text = f"cannot be issued a new access key while one is in use ({keys}); delete that one first"
    return Fault(f"user {user.name}", text)


def _first(user: User, asked: DesiredCredential) -> list[Step]:
    """Issue credentials only to a user who has none: nothing is deleted."""
    if (asked.missing and had_password(user)) or _profile(user) or asked.unreached is not None:
        return []
    has_keys = asked.access_key and bool(_credentials(user).access_keys)
    if has_keys and not asked.console:
        return []
    return _chain(user.name, asked, key=asked.access_key and not has_keys)


def unreached_fault(user: User, asked: DesiredCredential) -> Fault | None:
    """Why somebody who has no password cannot be issued the first one."""
    if asked.unreached is None or had_password(user) or _profile(user):
        return None
    return Fault(f"user {user.name}", asked.unreached, stops_giving=False)


def _withdraw(user: User, _asked: DesiredCredential) -> list[Step]:
    """No password is wanted any more: delete an unclaimed one, and the mark."""
    steps = [_deletion(user)] if _is_unclaimed(user) else []
    keys = sorted(key for key in user.tags or {} if fold(key) == CREDENTIAL_TAG)
    return [*steps, _step(user.name, "UntagUser", "is no longer pending", {"TagKeys": keys}, issuing=False, inner=True)]


def _expire(user: User, _asked: DesiredCredential) -> list[Step]:
    if has_signed_in(user) or not _is_unclaimed(user):
        return []
    mark = {"Tags": [tag_of(Mark("revoked"))]}
    return [_deletion(user), _step(user.name, "TagUser", "is marked as revoked", mark, inner=True)]


_WAYS: t.Mapping[Way, t.Callable[[User, DesiredCredential], list[Step]]] = {
    "reissue": _reissue,
    "heal": _heal,
    "first": _first,
    "withdraw": _withdraw,
    "expire": _expire,
}


def _anew(user: User, asked: DesiredCredential, *, owned_too: bool = False) -> list[Step]:
    """Delete the old credentials, then issue new ones. A used access key stays, and no second one is created."""
    steps = []
    if asked.console and _profile(user):
        steps.append(_deletion(user, owned_too=owned_too))
    makes_key = asked.access_key and not _used_keys(user)
    if makes_key:
        unused = sorted(_credentials(user).access_keys)
        steps += [
            _step(user.name, "DeleteAccessKey", f"loses access key {key}", {"AccessKeyId": key}, issuing=False)
            for key in unused
        ]
    return [*steps, *_chain(user.name, asked, key=makes_key)]


def _chain(name: str, asked: DesiredCredential, *, key: bool) -> list[Step]:
    """Create, deliver, mark. Only the line of the delivery is shown to people; the other steps are inner ones."""
    things = [*(["a first password"] if asked.console else []), *(["an access key"] if key else [])]
    steps = []
    if asked.console:
        params = {"PasswordResetRequired": asked.reset_required}
        steps.append(_step(name, "CreateLoginProfile", "is given a first password", params, inner=True))
    if key:
        steps.append(_step(name, "CreateAccessKey", "is given an access key", inner=True))
    line = f"gets {' and '.join(things)} by {' and '.join(asked.by)}"
    steps.append(_step(name, "Deliver", line, {"By": list(asked.by)}))
    mark = {"Tags": [tag_of(Mark("delivered"))]}
    return [*steps, _step(name, "TagUser", "is marked as delivered", mark, inner=True)]


def _profile(user: User) -> LoginProfile | None:
    """The login profile, or None if the user has no console password."""
    read: LoginProfile | t.Literal[False] = read_part(user.login_profile, user.name)
    return read or None


def _is_unclaimed(user: User) -> bool:
    """Whether there is a password that its owner has not replaced yet: IAM still requires a reset."""
    profile = _profile(user)
    return profile is not None and profile.reset_required


def _deletion(user: User, *, owned_too: bool = False) -> Step:
    line = "loses the password that was never claimed" if _is_unclaimed(user) else "loses the console password"
    return _step(user.name, "DeleteLoginProfile", line, {"EvenIfClaimed": True} if owned_too else {})


def _credentials(user: User) -> Credentials:
    return read_part(user.credentials, user.name)


def _used_keys(user: User) -> frozenset[str]:
    return read_part(_credentials(user).used_keys, user.name)


def _step(
    name: str,
    operation: str,
    line: str,
    params: t.Mapping[str, t.Any] | None = None,
    *,
    phase: Phase = Phase.CREDENTIALS,
    issuing: bool = True,
    inner: bool = False,
) -> Step:
    everything = {"UserName": name, **(params or {})}
    return Step(Subject("user", name), operation, everything, line, phase, issuing=issuing, inner=inner)
