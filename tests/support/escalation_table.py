# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of known ways to become administrator in docs/policies.md, with what became of each."""

from __future__ import annotations

import dataclasses
import json

from ansible_collections.workforce.aws.plugins.module_utils._permissions.facts import FEATURES, Facts, Own
from ansible_collections.workforce.aws.plugins.module_utils._permissions.principals import statements
from ansible_collections.workforce.aws.plugins.module_utils._permissions.sizes import as_policies

from tests.support.escalations import ACCOUNT, row, succeeds
from tests.support.escalations_of_iam import OF_IAM
from tests.support.escalations_of_services import OF_SERVICES
from tests.support.shipped_policies import facts
from tests.tools.places import ROOT

WAYS = [*OF_IAM, *OF_SERVICES]
BOUNDARY = f"{ACCOUNT}policy/boundary"
PAGE = ROOT / "docs" / "policies.md"
HEAD = [
    "| way | known from | calls | without a required boundary | with one | why IAM cannot refuse it |",
    "|---|---|---|---|---|---|",
]


def _everything() -> Facts:
    """An inventory that uses all there is, so that nothing is refused because a feature is off."""
    listed = ("arn:aws:iam::aws:policy/ReadOnlyAccess",)
    return dataclasses.replace(
        facts(),
        policies=(Own("read-billing", "/workforce/"),),
        roles=(Own("deployer", "/workforce/"),),
        role_policies=listed,
        role_boundaries=listed,
        features=frozenset(FEATURES) - {"other_groups"},
    )


def _documents(about: Facts) -> list[str]:
    return [json.dumps(policy.document) for policy in as_policies("x", statements("runner", about))]


FREE = _documents(_everything())
"""The policy of the job in such an inventory."""
BOUND = _documents(dataclasses.replace(_everything(), required_boundary=(BOUNDARY,)))
"""The same with a boundary that all users and roles must have."""


def table() -> str:
    """The rows, with the heading."""
    return "\n".join([*HEAD, *(row(way, (succeeds(way, FREE), succeeds(way, BOUND))) for way in WAYS)]) + "\n"


def write() -> None:
    """Put the table in the place of the one that the page has: the last on it."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(HEAD[0])] + table(), encoding="utf-8")
