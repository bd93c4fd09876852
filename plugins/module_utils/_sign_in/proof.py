# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first sign-in is proved, not hoped for: before anybody is sent a password that must be changed at once, IAM or
the documents of their policies say that they can change it.

AWS lets a user do so when the account's password policy allows it to all, or a policy allows ``iam:ChangePassword`` on
the user's own ARN; and denies it wherever a statement denies, above all one for who has no MFA yet. So for each person
some source must allow and none deny: their departments, policies of their own, within their boundary.

IAM's simulator answers for what exists and stays as it is; for what the plan makes or changes, and where the caller may
not simulate, the documents are judged (:mod:`.evaluation`). Only the simulator sees service control policies.

Calls, and only when somebody is issued a password: one SimulatePrincipalPolicy for each department in which such people
are, that has policies, and that the plan does not change (where they lie under several paths, one for each); one for
each existing person who has policies or a boundary of their own and whom the plan leaves as they are. For the others,
and to name what denies or lacks, two (GetPolicy, GetPolicyVersion) for each distinct managed policy. A department is
simulated with the name of one of its people under a path, so what a policy says of single users is judged by that one.
In a partial directory the memberships of these people must have been read.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.errors import DENIED, ReadError
from .._core.model import TITLES, Fault, fold
from .._plan.after import after
from . import causes
from .documents import Documents
from .evaluation import Principal, judge, misses_path
from .simulation import Simulator

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Account, Directory, Group, Step, SubjectKind, User
    from .causes import Cause
    from .evaluation import Policy
    from .simulation import Verdict


class Proved(t.NamedTuple):
    """What stands against the first sign-in, and what may, which nobody can know before."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()


def prove_first_sign_in(
    iam: Client,
    steps: t.Sequence[Step],
    directory: Directory,
    account: Account,
    *,
    rules_allow_change: bool,
    titles: t.Mapping[SubjectKind, str] | None = None,
) -> Proved:
    """Why people whom the steps issue a password would not be able to complete their first sign-in: a fault a cause.

    ``rules_allow_change`` is AllowUsersToChangePassword of the account's password policy. What cannot be proved because
    a read fails is a fault too: it stops giving alone. A denial under a condition that nobody can know before they sign
    in (their address, the hour) is a warning: whoever signs in from the office is not to wait for it.
    """
    if not any(map(_is_first_password, steps)):
        return Proved()
    titles = titles or TITLES
    try:
        found = _Proof(iam, steps, directory, account, titles=titles).causes(rules_allow_change)
    except ReadError as error:
        return Proved((_unproved(error),))
    told = [(cause.certain, causes.fault(cause, whom, titles["user"])) for cause, whom in found.items()]
    return Proved(
        tuple(fault for certain, fault in told if certain),
        tuple(str(fault) for certain, fault in told if not certain),
    )


def _unproved(error: ReadError) -> Fault:
    more = " Or allow iam:SimulatePrincipalPolicy, which needs no policy to be read." if error.code in DENIED else ""
    return Fault("the first sign-in", f"could not be proved to work: {error}{more}")


def _is_first_password(step: Step) -> bool:
    return step.issuing and step.operation == "CreateLoginProfile" and bool(step.params.get("PasswordResetRequired"))


@dataclasses.dataclass(frozen=True)
class _Word:
    """What one source says: whether it allows, and what in it denies."""

    allows: bool = False
    denials: tuple[Cause, ...] = ()


class _Proof:
    """One proof: the directory as the plan leaves it, and what was learnt of it so far."""

    def __init__(
        self,
        iam: Client,
        steps: t.Sequence[Step],
        directory: Directory,
        account: Account,
        *,
        titles: t.Mapping[SubjectKind, str],
    ) -> None:
        plain = [step for step in steps if not step.issuing]
        self._before = directory
        self._planned = after(directory, plain)
        self._account = account
        self._titles = titles
        self._changed = _Changed.by(plain)
        self._documents = Documents(iam, self._planned, plain)
        self._simulator = Simulator(iam)
        names = [str(step.params["UserName"]) for step in steps if _is_first_password(step)]
        self._people = {name: self._principal(name) for name in names}
        self._words: dict[tuple[str, str], _Word | None] = {}

    def causes(self, rules_allow_change: bool) -> dict[Cause, list[str]]:
        """By cause, whom it concerns."""
        found: dict[Cause, list[str]] = {}
        for name, principal in self._people.items():
            for cause in self._causes_of(principal, rules_allow_change):
                found.setdefault(cause, []).append(name)
        return found

    def _principal(self, name: str) -> Principal:
        path = self._planned.users[fold(name)].path
        return Principal(name, f"arn:{self._account.partition}:iam::{self._account.account_id}:user{path}{name}")

    def _causes_of(self, principal: Principal, rules_allow_change: bool) -> list[Cause]:
        alone = self._simulated_person(principal)
        words = [alone] if alone else [*self._groups_words(principal), self._own_word(principal)]
        denials = list(dict.fromkeys(cause for word in words for cause in word.denials))
        blocked = any(cause.certain for cause in denials)
        if blocked or rules_allow_change or self._is_allowed(principal, words, alone):
            return denials
        return [*denials, self._lack(principal)]

    def _is_allowed(self, principal: Principal, words: t.Iterable[_Word], alone: _Word | None) -> bool:
        """Whether some word allows it, within the boundary; the simulator's alone has the boundary in view."""
        return any(word.allows for word in words) and (alone is not None or not self._beyond(principal))

    def _beyond(self, principal: Principal) -> Policy | None:
        """The boundary, where it leaves no room."""
        boundary = self._boundary(principal)
        return boundary if boundary is not None and judge([boundary], principal).verdict == "not allowed" else None

    def _groups_words(self, principal: Principal) -> list[_Word]:
        return [self._group_word(key, principal) for key in sorted(self._planned.groups_of(principal.name))]

    def _group_word(self, key: str, principal: Principal) -> _Word:
        """What a department says of somebody: by the simulator once for each path, by documents for each name."""
        prefix = principal.arn[: -len(principal.name)]
        if (key, prefix) not in self._words:
            self._words[key, prefix] = self._simulated_group(key, principal)
        return self._words[key, prefix] or self._judged_group(key, principal)

    def _judged_group(self, key: str, principal: Principal) -> _Word:
        return _judged(self._documents.of_group(key, self._titles["group"]), principal)

    def _simulated_group(self, key: str, principal: Principal) -> _Word | None:
        """The simulator's word on a department that the plan leaves as it is."""
        group = self._before.groups.get(key)
        if group is None or group.arn is None or key in self._changed.groups or _is_bare(group):
            return None
        verdict = self._simulator.ask(group.arn, principal, f"group {group.name}")
        if verdict is None:
            return None
        holder = f"{self._titles['group']} {group.name}"
        return self._told(verdict, holder, lambda: self._judged_group(key, principal))

    def _simulated_person(self, principal: Principal) -> _Word | None:
        """The simulator's word on somebody who exists and stays as they are: it has all their policies in view."""
        key = fold(principal.name)
        user, groups = self._before.users.get(key), self._planned.groups_of(key)
        if user is None or user.arn != principal.arn or _is_plain(user):
            return None
        if key in self._changed.users or groups & self._changed.groups or groups != self._before.groups_of(key):
            return None
        verdict = self._simulator.ask(user.arn, principal, f"user {user.name}")
        if verdict is None:
            return None
        holder = f"{self._titles['user']} {user.name}"
        return self._told(verdict, holder, lambda: self._whole_word(principal))

    def _told(self, verdict: Verdict, holder: str, judged: t.Callable[[], _Word]) -> _Word:
        """The simulator's word in ours. It does not show the statement that denies: the documents do."""
        if not verdict.by_organization:
            return _Word(denials=(causes.denied_by_organization(),))
        if verdict.decision != "explicitDeny":
            return _Word(allows=verdict.decision == "allowed")
        try:
            word = judged()
        except ReadError:
            word = _Word()
        return word if word.denials else _Word(denials=(causes.denied_by_name(holder, verdict.policies),))

    def _whole_word(self, principal: Principal) -> _Word:
        words = [*self._groups_words(principal), self._own_word(principal)]
        denials = tuple(cause for word in words for cause in word.denials)
        return _Word(any(word.allows for word in words), denials)

    def _own_word(self, principal: Principal) -> _Word:
        """What policies of their own say, and the denials of a boundary."""
        key = fold(principal.name)
        if _is_plain(self._planned.users[key]):
            return _Word()
        own = _judged(self._documents.of_user(key, self._titles["user"]), principal)
        boundary = self._boundary(principal)
        denials = _judged([boundary], principal).denials if boundary else ()
        return _Word(own.allows, own.denials + denials)

    def _boundary(self, principal: Principal) -> Policy | None:
        arn = self._documents.user(fold(principal.name)).boundary
        return self._documents.boundary(arn) if arn else None

    def _lack(self, principal: Principal) -> Cause:
        """Why nothing allows it, as far as the documents can be read."""
        try:
            boundary = self._beyond(principal)
            words = [*self._groups_words(principal), self._own_word(principal)]
            if boundary is not None and any(word.allows for word in words):
                return causes.beyond_boundary(boundary.name)
            for policy in self._policies_of(principal):
                if misses_path(policy, principal):
                    return causes.missing_under_path(policy.holder, policy.name, self._account.partition)
        except ReadError:
            pass
        return causes.missing(self._account.partition)

    def _policies_of(self, principal: Principal) -> t.Iterator[Policy]:
        yield from self._documents.of_user(fold(principal.name), self._titles["user"])
        for key in sorted(self._planned.groups_of(principal.name)):
            yield from self._documents.of_group(key, self._titles["group"])


@dataclasses.dataclass(frozen=True)
class _Changed:
    """The keys of whom the plan gives other policies: of them the simulator would judge what no longer holds."""

    users: frozenset[str]
    groups: frozenset[str]

    @classmethod
    def by(cls, steps: t.Iterable[Step]) -> _Changed:
        policies = [step for step in steps if step.operation.endswith(("Policy", "PermissionsBoundary"))]
        return cls(
            frozenset(fold(step.params["UserName"]) for step in policies if "UserName" in step.params),
            frozenset(fold(step.params["GroupName"]) for step in policies if "GroupName" in step.params),
        )


def _judged(policies: t.Sequence[Policy], principal: Principal) -> _Word:
    found = judge(policies, principal)
    return _Word(found.allowed_by is not None, tuple(map(causes.denied, found.denials)))


def _is_bare(group: Group) -> bool:
    """Whether the group is known to have no policy."""
    return group.attached == {} and group.inline == {}


def _is_plain(user: User) -> bool:
    """Whether the user is known to have no policy and no boundary."""
    return user.attached == {} and user.inline == {} and user.boundary == ""
