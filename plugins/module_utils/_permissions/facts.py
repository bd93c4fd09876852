# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the policies depend on: where things lie, what is given to whom, and which features are used. Values only."""

from __future__ import annotations

import dataclasses
import typing as t

Feature = t.Literal[
    "access_keys",
    "account_alias",
    "department_removal",
    "other_groups",
    "passwords",
    "password_policy",
    "policy_names",
    "removal",
    "renames",
]
"""What an inventory may use beyond departments, employees and their suspension, which every job must be able to do:
whoever is to be cut off today must not wait for a policy. Inline policies of employees need no more than that.

- ``access_keys``, ``passwords``: first credentials are issued.
- ``account_alias``, ``password_policy``: settings of the account.
- ``department_removal``: departments are deleted.
- ``other_groups``: our people are taken out of groups that are no departments.
- ``policy_names``: policies are given by name or are the inventory's own, so that the account's are listed.
- ``removal``: users are deleted.
- ``renames``: users are renamed, or moved to another path.
"""

FEATURES: tuple[Feature, ...] = t.get_args(Feature)


@dataclasses.dataclass(frozen=True)
class Own:
    """A customer managed policy or a role that the inventory lists. ``removed``: it is to be deleted."""

    name: str
    path: str = "/"
    removed: bool = False
    adopted: bool = False


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the policies depend on.

    ``account_id`` and ``partition`` are ``*`` if they are not known. ``path`` is that of the departments; ``adopted``
    are names of departments outside of it. Policies and boundaries are ARNs, in which a star stands for what is not
    known. ``inline_departments`` are pairs (path, name) of departments with inline policies, the path None if it is not
    known. ``required_boundary`` is the one that all users and roles of ours must have: one ARN, or the two that its
    name may stand for; empty if there is none. ``protected`` are names of users and paths. ``role_policies`` and
    ``role_boundaries`` are what roles have.
    """

    account_id: str = "*"
    partition: str = "aws"
    path: str = "/workforce/"
    adopted: tuple[str, ...] = ()
    inline_departments: tuple[tuple[str | None, str], ...] = ()
    department_policies: tuple[str, ...] = ()
    employee_policies: tuple[str, ...] = ()
    employee_boundaries: tuple[str, ...] = ()
    required_boundary: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    policies: tuple[Own, ...] = ()
    roles: tuple[Own, ...] = ()
    role_policies: tuple[str, ...] = ()
    role_boundaries: tuple[str, ...] = ()
    features: frozenset[Feature] = frozenset()

    def arn(self, resource: str) -> str:
        """The ARN of something of this account: ``user/*``."""
        return f"arn:{self.partition}:iam::{self.account_id}:{resource}"

    def aws_policy(self, name: str) -> str:
        """The ARN of a policy of AWS's own."""
        return f"arn:{self.partition}:iam::aws:policy/{name}"

    def uses(self, *features: Feature) -> bool:
        """Whether any of the features is used."""
        return not self.features.isdisjoint(features)

    def when(self, *features: Feature) -> t.Callable[..., tuple[str, ...]]:
        """The given operations if any of the features is used, else none."""
        used = self.uses(*features)
        return lambda *operations: operations if used else ()
