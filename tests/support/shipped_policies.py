# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies in docs/: what `workforce.aws.permissions` prints for the example company, with every feature.

`PYTHONPATH=.build/py3.11 .venv/py3.11/bin/python -m tests.support.shipped_policies` writes them anew, and the
table in docs/policies.md. The account is one that nobody asked, and AWS's own policies are those
that the practice account has.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.managed_policies import Policy
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._permissions.facts import FEATURES, Facts, Feature, Own
from ansible_collections.workforce.aws.plugins.module_utils._permissions.inventory import Settings, facts_of
from ansible_collections.workforce.aws.plugins.module_utils._permissions.principals import (
    PRINCIPALS,
    Principal,
    statements,
)
from ansible_collections.workforce.aws.plugins.module_utils._permissions.sizes import as_policies
from ansible_collections.workforce.aws.plugins.module_utils._rights.assumption import with_rights
from ansible_collections.workforce.aws.plugins.module_utils._rights.rights import WrittenRights, written_rights

from tests.sandbox.behaviour.policies.of_aws import catalogue
from tests.tools.places import ROOT

DOCS = ROOT / "docs"
COMPANY = ROOT / "examples" / "company" / "inventory" / "group_vars" / "all"
LISTS = ("departments", "employees", "policies_and_roles")
AWS = "arn:aws:iam::aws:policy/"
COMMAND = "PYTHONPATH=.build/py3.11 .venv/py3.11/bin/python -m tests.support.shipped_policies"


def files() -> Iterator[tuple[Path, str]]:
    """Each file, and the text that it must have."""
    for principal in PRINCIPALS:
        found = policies(principal, facts())
        for place, document in enumerate(found, 1):
            number = f"-{place}" if len(found) > 1 else ""
            yield DOCS / f"{principal}-policy{number}.json", json.dumps(document, indent=2) + "\n"


def policies(principal: Principal, about: Facts) -> list[dict[str, Any]]:
    """The policies of this principal, who needs all of them."""
    return [dict(found.document) for found in as_policies(principal, statements(principal, about))]


@cache
def facts() -> Facts:
    """The facts of the example company, with an adopted department, protected paths, and every feature.

    Its employees have neither policies nor boundaries of their own, and its role has no boundary, so one stands there
    of each. What takes our people out of any group is left to who asks for it.
    """
    settings = Settings(
        listing=listing(),
        adopted=("an-adopted-department",),
        protected=("/break-glass/", "/machines/"),
    )
    found = facts_of(company(), settings)
    account = _ACCOUNT - found.features
    return dataclasses.replace(
        found,
        employee_policies=found.employee_policies or (f"{AWS}ReadOnlyAccess",),
        employee_boundaries=found.employee_boundaries or (f"{AWS}PowerUserAccess",),
        role_boundaries=found.role_boundaries or (f"{AWS}PowerUserAccess",),
        features=frozenset(FEATURES) - {"other_groups"} - account,
    )


def operations_printed() -> set[str]:
    """The operations that the job of an inventory needs that uses all there is."""
    listed = (f"{AWS}ReadOnlyAccess",)
    own = (Own("one", removed=True, adopted=True),)
    everything = dataclasses.replace(
        facts(),
        policies=own,
        roles=own,
        role_policies=listed,
        role_boundaries=listed,
        features=frozenset(FEATURES),
    )
    found = statements("runner", everything)
    return {action for statement in found if not statement.denies for action in statement.actions}


_ACCOUNT: frozenset[Feature] = frozenset({"account_alias", "password_policy"})


@cache
def company() -> Chart:
    """The chart of the example company, with its policies, its role and the account's settings."""
    lists = company_lists()
    settings = ChartSettings(everyone={"name": "everyone"})
    chart = read_chart(lists["departments"], lists["employees"], settings)
    written = {name.removeprefix("onboard_"): lists[name] for name in lists if name.startswith("onboard_")}
    rights = written_rights(WrittenRights(**written), chart, settings)
    assert (chart.faults, rights.faults) == ((), ())
    return dataclasses.replace(chart, desired=with_rights(chart.desired, rights, Account("*", "arn:aws:iam::*:root")))


def company_lists() -> dict[str, Any]:
    """The variables of the example company's lists, as they stand in its inventory."""
    texts = [(COMPANY / f"{name}.yml").read_text("utf-8") for name in LISTS]
    return {name: value for text in texts for name, value in yaml.safe_load(text).items()}


@cache
def listing() -> tuple[Policy, ...]:
    """AWS's own policies, as ListPolicies tells them."""
    found = catalogue().items()
    return tuple(Policy(f"{AWS}{path[1:]}", data["Name"], data["Path"]) for path, data in found)


if __name__ == "__main__":
    from tests.support import escalation_table

    escalation_table.write()
    for path, text in files():
        path.write_text(text, encoding="utf-8")
