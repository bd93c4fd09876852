# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that a first sign-in can succeed: before anybody is sent a password that must be changed at once, IAM or the
documents of their policies say that they can change it.

AWS lets a user do so when the account's password policy allows it to all, or a policy allows ``iam:ChangePassword`` on
the user's own ARN; and denies it wherever a statement denies, above all one for who has no MFA yet. So for each person
some source must allow and none deny: their departments, policies of their own, within their boundary. Where MFA is
required of them, nothing may deny them to enrol a device either: the policy that requires it allows it.

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

import typing as t

from .._aws.errors import DENIED, ReadError
from .._core.model import fold
from .._core.steps import Fault
from .._core.subjects import TITLES
from .._plan.after import after
from . import causes
from .documents import Documents
from .request import CHANGE, ENROLMENT, Principal
from .simulated import SimulatedWords
from .words import DocumentWords, joined

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Account, Directory
    from .._core.steps import Step
    from .._core.subjects import SubjectKind
    from .causes import Cause
    from .request import Act
    from .words import Word


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
    require_mfa: t.Container[str] = frozenset(),
    titles: t.Mapping[SubjectKind, str] | None = None,
) -> Proved:
    """Why people whom the steps issue a password could not complete their first sign-in: a fault for each cause.

    ``rules_allow_change`` is AllowUsersToChangePassword of the account's password policy, ``require_mfa`` are the keys
    of those whose departments require MFA. What cannot be proved because
    a read fails is a fault too: it stops giving alone. A denial under a condition that nobody can know before they sign
    in (their address, the hour) is a warning: whoever signs in from the office is not to wait for it.
    """
    if not any(map(_is_first_password, steps)):
        return Proved()
    titles = titles or TITLES
    try:
        proof = _Proof(iam, steps, directory, account, titles=titles)
        found = proof.causes(rules_allow_change, require_mfa)
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


def _denials(words: t.Iterable[Word]) -> list[Cause]:
    return list(dict.fromkeys(cause for word in words for cause in word.denials))


class _Proof:
    """One proof: for each person a word of each source, the simulator's where it can be asked, else the documents'."""

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
        self._planned = after(directory, plain)
        self._account = account
        self._documents = DocumentWords(Documents(iam, self._planned, plain), self._planned, titles)
        self._simulated = SimulatedWords(iam, directory, self._planned, plain, titles)
        names = [str(step.params["UserName"]) for step in steps if _is_first_password(step)]
        self._people = {name: self._principal(name) for name in names}

    def causes(self, rules_allow_change: bool, require_mfa: t.Container[str]) -> dict[Cause, list[str]]:
        """By cause, whom it concerns."""
        found: dict[Cause, list[str]] = {}
        for name, principal in self._people.items():
            told = self._causes_of(principal, rules_allow_change)
            if fold(name) in require_mfa:
                told += causes.joined(
                    (act, cause) for act in ENROLMENT for cause in self._causes_without_device(principal, act)
                )
            for cause in told:
                found.setdefault(cause, []).append(name)
        return found

    def _principal(self, name: str) -> Principal:
        path = self._planned.users[fold(name)].path
        return Principal(name, f"arn:{self._account.partition}:iam::{self._account.account_id}:user{path}{name}")

    def _causes_of(self, principal: Principal, rules_allow_change: bool) -> list[Cause]:
        words, alone = self._asked(principal, CHANGE)
        denials = _denials(words)
        blocked = any(cause.certain for cause in denials)
        if blocked or rules_allow_change or self._is_allowed(principal, words, alone):
            return denials
        return [*denials, self._lack(principal)]

    def _causes_without_device(self, principal: Principal, act: Act) -> list[Cause]:
        """Why the person could not enrol a device, which the policy that requires it allows."""
        words, alone = self._asked(principal, act)
        denials = _denials(words)
        if any(cause.certain for cause in denials) or (alone is not None and alone.allows):
            return denials
        boundary = self._documents.beyond(principal, act)
        return denials if boundary is None else [*denials, causes.beyond_boundary(boundary.name, act)]

    def _asked(self, principal: Principal, act: Act) -> tuple[list[Word], Word | None]:
        """The words of all sources; and the simulator's of the whole person, where that is the only one."""
        alone = self._simulated.of_person(principal, act, lambda: joined(self._words(principal, act)))
        return ([alone] if alone else self._words(principal, act)), alone

    def _is_allowed(self, principal: Principal, words: t.Iterable[Word], alone: Word | None) -> bool:
        """Whether some word allows it, within the boundary; the simulator's alone has the boundary in view."""
        return any(word.allows for word in words) and (alone is not None or not self._documents.beyond(principal))

    def _words(self, principal: Principal, act: Act) -> list[Word]:
        """What each of the person's departments says, and what their own policies say."""
        keys = sorted(self._planned.groups_of(principal.name))
        return [*(self._group_word(key, principal, act) for key in keys), self._documents.of_user(principal, act)]

    def _group_word(self, key: str, principal: Principal, act: Act) -> Word:
        def judged() -> Word:
            return self._documents.of_group(key, principal, act)

        return self._simulated.of_group(key, principal, act, judged) or judged()

    def _lack(self, principal: Principal) -> Cause:
        """Why nothing allows it, as far as the documents can be read."""
        partition = self._account.partition
        try:
            boundary = self._documents.beyond(principal)
            words = self._words(principal, CHANGE)
            if boundary is not None and any(word.allows for word in words):
                return causes.beyond_boundary(boundary.name)
            if policy := self._documents.missed_path(principal):
                return causes.missing_under_path(policy.holder, policy.name, partition)
        except ReadError:
            pass
        return causes.missing(partition)
