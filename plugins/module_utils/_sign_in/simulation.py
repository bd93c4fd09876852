# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IAM's own simulator says of a first sign-in: SimulatePrincipalPolicy, one call a source."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import pages
from .._aws.errors import DENIED, ReadError
from .evaluation import ACTION

if t.TYPE_CHECKING:
    from .._aws.calls import Client, Page
    from .request import Principal

# What AWS answers when it cannot simulate this, as opposed to when it fails. A group that was made a moment ago is not
# seen everywhere.
_UNWILLING = frozenset({"InvalidInput", "NoSuchEntity", "PolicyEvaluation"})


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The simulator's word on one user. ``policies`` are those that deny, as AWS calls them.

    Not ``by_organization`` when a service control policy of the organisation does not let it through.
    """

    decision: str
    policies: tuple[str, ...] = ()
    by_organization: bool = True


class Simulator:
    """Asks for verdicts. Once AWS says that the caller may not ask, it asks no more."""

    def __init__(self, iam: Client) -> None:
        self._iam = iam
        self._denied = False

    def ask(self, source_arn: str, principal: Principal, about: str) -> Verdict | None:
        """The verdict on the user by the policies of the source, or None where the simulator does not answer."""
        if self._denied:
            return None
        params = {
            "PolicySourceArn": source_arn,
            "ActionNames": [ACTION],
            "ResourceArns": [principal.arn],
            "ContextEntries": [_entry(key, value) for key, value in principal.context.items()],
        }
        try:
            found = _verdicts(pages(self._iam, "SimulatePrincipalPolicy", params, about))
        except ReadError as error:
            if error.code not in DENIED | _UNWILLING:
                raise
            self._denied = error.code in DENIED
            return None
        return found.get(principal.arn)


def _entry(key: str, value: str) -> dict[str, t.Any]:
    kind = "boolean" if value in ("true", "false") else "string"
    return {"ContextKeyName": key, "ContextKeyType": kind, "ContextKeyValues": [value]}


def _verdicts(found: t.Iterable[Page]) -> dict[str, Verdict]:
    """By resource. AWS tells resources apart under the result of their action or, as it did before, in one for each."""
    verdicts = {}
    for page in found:
        for result in page.get("EvaluationResults") or ():
            organization = (result.get("OrganizationsDecisionDetail") or {}).get("AllowedByOrganizations", True)
            for one in result.get("ResourceSpecificResults") or (result,):
                decision = one.get("EvalResourceDecision") or one["EvalDecision"]
                matched = one.get("MatchedStatements") or ()
                policies = tuple(dict.fromkeys(str(statement.get("SourcePolicyId")) for statement in matched))
                verdicts[one["EvalResourceName"]] = Verdict(decision, policies, bool(organization))
    return verdicts
