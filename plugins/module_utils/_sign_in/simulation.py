# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What IAM's own simulator says: SimulatePrincipalPolicy, of a first sign-in, an MFA device, or of what a plan asks."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import pages
from .._aws.errors import DENIED, ReadError
from .request import ACTS

if t.TYPE_CHECKING:
    from .._aws.calls import Client, Page
    from .request import Act, Principal

    Verdicts = dict[tuple[str, str], "Verdict"]

# What AWS answers when it cannot simulate this, as opposed to when it fails. A group that was made a moment ago is not
# seen everywhere.
_UNWILLING = frozenset({"InvalidInput", "NoSuchEntity", "PolicyEvaluation"})


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The simulator's word on one operation and resource. ``policies`` are those that deny, as AWS calls them.

    Not ``by_organization`` when a service control policy of the organisation does not let it through. ``missing`` are
    condition keys that the policies look at and that the question did not have.
    """

    decision: str
    policies: tuple[str, ...] = ()
    by_organization: bool = True
    missing: frozenset[str] = frozenset()


class Simulator:
    """Asks for verdicts. Once AWS says that the caller may not ask, it asks no more."""

    def __init__(self, iam: Client) -> None:
        self._iam = iam
        self._denied = False
        self._found: dict[tuple[str, Principal, str], Verdicts] = {}

    def ask(self, source_arn: str, principal: Principal, act: Act, about: str) -> Verdict | None:
        """The verdict on the user by the policies of the source, or None where the simulator does not answer."""
        resource = act.resource(principal)
        asked = source_arn, principal, resource
        if asked not in self._found:
            # What is done to one resource is asked together.
            actions = [one.action for one in ACTS if one.resource(principal) == resource]
            context = {key: (value,) for key, value in principal.context.items()}
            self._found[asked] = self.ask_all(source_arn, actions, [resource], context, about)
        return self._found[asked].get((act.action, resource))

    def ask_all(
        self,
        source_arn: str,
        actions: t.Sequence[str],
        resources: t.Sequence[str],
        context: t.Mapping[str, t.Sequence[str]],
        about: str,
    ) -> Verdicts:
        """The verdict on each action on each resource; none where the simulator does not answer."""
        if self._denied:
            return {}
        params = {
            "PolicySourceArn": source_arn,
            "ActionNames": list(actions),
            "ResourceArns": list(resources),
            "ContextEntries": [_entry(key, values) for key, values in context.items()],
        }
        try:
            return _verdicts(pages(self._iam, "SimulatePrincipalPolicy", params, about))
        except ReadError as error:
            if error.code not in DENIED | _UNWILLING:
                raise
            self._denied = error.code in DENIED
            return {}


def _entry(key: str, values: t.Sequence[str]) -> dict[str, t.Any]:
    # A tag is text, whatever it says.
    is_boolean = "Tag/" not in key and set(values) <= {"true", "false"}
    kind = "boolean" if is_boolean else "string" if len(values) == 1 else "stringList"
    return {"ContextKeyName": key, "ContextKeyType": kind, "ContextKeyValues": list(values)}


def _verdicts(found: t.Iterable[Page]) -> Verdicts:
    """By action and resource. AWS tells resources apart under the result of their action or, as it did before, in one
    result for each.
    """
    verdicts: Verdicts = {}
    for page in found:
        for result in page.get("EvaluationResults") or ():
            organization = (result.get("OrganizationsDecisionDetail") or {}).get("AllowedByOrganizations", True)
            for one in result.get("ResourceSpecificResults") or (result,):
                decision = one.get("EvalResourceDecision") or one["EvalDecision"]
                matched = one.get("MatchedStatements") or ()
                policies = tuple(dict.fromkeys(str(statement.get("SourcePolicyId")) for statement in matched))
                missing = frozenset(one.get("MissingContextValues") or ())
                verdict = Verdict(decision, policies, bool(organization), missing)
                verdicts[result["EvalActionName"], one["EvalResourceName"]] = verdict
    return verdicts
