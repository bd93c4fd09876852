# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IAM's simulator says of a first sign-in or of an MFA device, where what it knows stays as it is."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.errors import ReadError
from .._core.model import fold
from . import causes
from .simulation import Simulator
from .words import Word, is_plain

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Directory, Group
    from .._core.steps import Step
    from .._core.subjects import SubjectKind
    from .request import Act, Principal
    from .simulation import Verdict

    Explain = t.Callable[[], Word]
    """The documents' word: it names the statement that denies, which the simulator does not show."""


class SimulatedWords:
    """Asks the simulator: of a department once for each path, of a person alone where a policy is their own.

    ``before`` is the directory as it is, ``planned`` as the steps leave it.
    """

    def __init__(
        self,
        iam: Client,
        before: Directory,
        planned: Directory,
        steps: t.Iterable[Step],
        titles: t.Mapping[SubjectKind, str],
    ) -> None:
        self._simulator = Simulator(iam)
        self._before = before
        self._planned = planned
        self._changed = _Changed.by(tuple(steps), before)
        self._titles = titles
        self._words: dict[tuple[str, str, Act], Word | None] = {}

    def of_group(self, key: str, principal: Principal, act: Act, explain: Explain) -> Word | None:
        """What a department says of people under this path; None where the plan changes it or nobody may ask."""
        prefix = principal.arn[: -len(principal.name)]
        if (key, prefix, act) not in self._words:
            self._words[key, prefix, act] = self._ask_group(key, principal, act, explain)
        return self._words[key, prefix, act]

    def _ask_group(self, key: str, principal: Principal, act: Act, explain: Explain) -> Word | None:
        group = self._before.groups.get(key)
        if group is None or group.arn is None or key in self._changed.groups or _is_bare(group):
            return None
        verdict = self._simulator.ask(group.arn, principal, act, f"group {group.name}")
        return None if verdict is None else _told(verdict, act, f"{self._titles['group']} {group.name}", explain)

    def of_person(self, principal: Principal, act: Act, explain: Explain) -> Word | None:
        """What all policies of a person say, whom the plan leaves as they are; None where there is no answer."""
        key = fold(principal.name)
        user, groups = self._before.users.get(key), self._planned.groups_of(key)
        if user is None or user.arn != principal.arn or is_plain(user):
            return None
        if key in self._changed.users or groups & self._changed.groups or groups != self._before.groups_of(key):
            return None
        verdict = self._simulator.ask(user.arn, principal, act, f"user {user.name}")
        return None if verdict is None else _told(verdict, act, f"{self._titles['user']} {user.name}", explain)


def _told(verdict: Verdict, act: Act, holder: str, explain: Explain) -> Word:
    if not verdict.by_organization:
        return Word(denials=(causes.denied_by_organization(act),))
    if verdict.decision != "explicitDeny":
        return Word(allows=verdict.decision == "allowed")
    try:
        word = explain()
    except ReadError:
        word = Word()
    return word if word.denials else Word(denials=(causes.denied_by_name(holder, verdict.policies, act),))


_VERSIONS = frozenset({"CreatePolicyVersion", "SetDefaultPolicyVersion"})


@dataclasses.dataclass(frozen=True)
class _Changed:
    """The keys of whom the plan gives other policies: of them the simulator would judge what no longer holds."""

    users: frozenset[str]
    groups: frozenset[str]

    @classmethod
    def by(cls, steps: t.Sequence[Step], before: Directory) -> _Changed:
        policies = [step for step in steps if step.operation.endswith(("Policy", "PermissionsBoundary"))]
        versions = {step.params["PolicyArn"] for step in steps if step.operation in _VERSIONS}
        users = {fold(step.params["UserName"]) for step in policies if "UserName" in step.params}
        groups = {fold(step.params["GroupName"]) for step in policies if "GroupName" in step.params}
        if versions:
            users |= {key for key, one in before.users.items() if versions & {one.boundary, *(one.attached or {})}}
            groups |= {key for key, one in before.groups.items() if versions & set(one.attached or {})}
        return cls(frozenset(users), frozenset(groups))


def _is_bare(group: Group) -> bool:
    """Whether the group is known to have no policy."""
    return group.attached == {} and group.inline == {}
