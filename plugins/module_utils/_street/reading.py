# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two reads: first who is who, then what the plan must know about each. Planning itself reads nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .._aws.errors import Faults, ReadError
from .._core.managed_policies import is_aws_managed, needs_listing, policy_name, resolve
from .._core.model import fold
from .._core.steps import Fault
from .._core.subjects import TITLES
from .._directory.credentials import read_credentials
from .._directory.directory import (
    list_policies,
    missing_policies,
    read_directory,
    read_leavers,
    read_references,
    read_summary,
)
from .._directory.rights import read_all_roles, read_rights
from .._directory.scope import scope_of
from .._plan.known import Known, new_policies
from .._plan.plan import make_plan
from .._plan.quotas import needs_quotas
from .._plan.sessions import concerns_sessions

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._aws.connection import Connection
    from .._core.desired import Desired
    from .._core.managed_policies import Policy
    from .._core.model import Directory
    from .._core.subjects import SubjectKind

    Titles = t.Mapping[SubjectKind, str]


@dataclasses.dataclass(frozen=True)
class Resolved:
    """The desired with ARNs in place of policy names.

    ``listing`` are all policies of the account and of AWS, None if they were not listed. If they were, none is looked
    up again.
    """

    desired: Desired
    faults: tuple[Fault, ...] = ()
    listing: t.Sequence[Policy] | None = None

    @property
    def listed(self) -> bool:
        """Whether all policies were listed."""
        return self.listing is not None


@contextlib.contextmanager
def beside(faults: t.Sequence[Fault]) -> t.Iterator[None]:
    """If a read fails, report the earlier faults with it. Raises Faults, ReadError."""
    try:
        yield
    except ReadError as error:
        if faults:
            raise Faults([*faults, Fault("account", str(error))]) from error
        raise


def resolve_policies(
    connection: Connection, desired: Desired, titles: Titles = TITLES, planned: t.Sequence[Policy] = ()
) -> Resolved:
    """Replace policy names with ARNs. The policies are listed only if one is given by name, or if some are planned.

    ``planned`` are the customer policies that the desired itself makes. Their names may be those of AWS's.
    """
    listing = list_policies(connection.iam) if planned or needs_listing(desired) else None
    resolved, faults = resolve(desired, listing, connection.partition, titles, planned)
    return Resolved(resolved, faults, listing)


def read_subjects(iam: Client, desired: Desired) -> Directory:
    """What the desired is about, and the users and groups that it refers to."""
    directory = read_references(iam, read_directory(iam, scope_of(desired)), desired)
    return read_rights(iam, directory, desired)


def read_needs(
    iam: Client,
    desired: Desired,
    directory: Directory,
    *,
    listed: bool,
    quotas: t.Mapping[str, int] | None = None,
) -> Known:
    """What else the plan must know: how leavers sign in, roles, credentials that are due, new policies, quotas.

    ``quotas`` are given if they were read already. Otherwise they are read if a step can exceed one.
    """
    directory = read_leavers(iam, directory, desired)
    directory = read_all_roles(iam, directory) if concerns_sessions(desired, directory) else directory
    directory = read_credentials(iam, directory, desired)
    missing = frozenset() if listed else frozenset(missing_policies(iam, sorted(_unseen(desired, directory))))
    if quotas is None and needs_quotas(make_plan(desired, directory).steps):
        quotas = read_summary(iam)
    return Known(directory, missing, quotas)


def _unseen(desired: Desired, directory: Directory) -> frozenset[str]:
    """The ARNs of policies that the plan gives, but for those that the desired itself makes."""
    own = {fold(one.name) for one in desired.policies if not one.absent}
    return frozenset(
        arn for arn in new_policies(desired, directory) if is_aws_managed(arn) or fold(policy_name(arn)) not in own
    )
