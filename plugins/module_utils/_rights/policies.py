# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of customer managed policies becomes the desired. Pure."""

from __future__ import annotations

import typing as t

from .._chart.policies import read_document
from .._core.desired import DesiredGroup, DesiredPolicy
from .._core.managed_policies import is_aws_managed, policy_name
from .._core.model import fold
from .._core.names import is_arn, shown
from .._core.steps import Fault
from .._documents.policy import managed_policy_faults
from .entries import firsts, read_common, read_list, told
from .values import read_description

if t.TYPE_CHECKING:
    from .._chart.entries import Entry
    from .._core.desired import DesiredCarrier
    from .._core.managed_policies import Policy
    from .._core.model import Document

_KEYS = ("name", "policy", "policy_file", "path", "description", "tags", "state", "adopt")


class PolicyFile(t.NamedTuple):
    """The text of a file with a document, or why there is none. The latter follows the file's name."""

    text: str = ""
    fault: str | None = None


PolicyFiles: t.TypeAlias = "t.Mapping[str, PolicyFile]"
"""By their names as the entries write them."""


def desired_policies(raw: object, path: str, files: PolicyFiles, faults: list[Fault]) -> tuple[DesiredPolicy, ...]:
    """What the list asks of each policy; every fault is added to ``faults``."""
    rows = read_list("policy", "policies", raw, faults) or []
    read = {row.place: _policy(row.entry, row.name, path, files) for row in rows}
    faults += told(rows, "policy")
    return tuple(read[row.place] for row in firsts(rows))


def _policy(entry: Entry, name: str, path: str, files: PolicyFiles) -> DesiredPolicy:
    entry.check_keys(_KEYS)
    common, document = read_common(entry, path), _document(entry, files)
    written = {"policy", "policy_file"} & set(entry.values)
    if len(written) == 2:
        entry.fault("has both policy and policy_file; write one of them")
    elif not written and not common.absent:
        entry.fault("has neither policy nor policy_file; write its document")
    return DesiredPolicy(
        name=name,
        path=common.path,
        document=document,
        description=read_description(entry),
        tags=common.tags,
        purge_tags=common.purge_tags,
        ours_only=common.ours_only,
        absent=common.absent,
    )


def _document(entry: Entry, files: PolicyFiles) -> Document | None:
    if "policy_file" not in entry.values:
        written = "policy" in entry.values
        return read_document(entry, "in policy,", entry.values["policy"], managed_policy_faults) if written else None
    if entry.mistyped("policy_file", str, "the name of a file of JSON"):
        return None
    name = t.cast("str", entry.values["policy_file"])
    file = files.get(name, PolicyFile(fault="was not read"))
    if file.fault is not None:
        entry.fault(f"policy_file {shown(name)} {file.fault}")
        return None
    return read_document(entry, f"policy_file {shown(name)}", file.text, managed_policy_faults)


def deleted_faults(
    carriers: t.Iterable[tuple[str, DesiredCarrier]], policies: t.Iterable[DesiredPolicy]
) -> list[Fault]:
    """A fault for each that is to have a policy which the list deletes. Each comes with its name for people."""
    deleted = {fold(one.name): one.name for one in policies if one.absent}
    if not deleted:
        return []
    return [
        Fault(who, f"has the policy {deleted[key]}, which policies deletes: take it out, or its state absent")
        for who, carrier in carriers
        for key in sorted(set(map(_own_key, _references(carrier))) & set(deleted))
    ]


def namesakes(policies: t.Iterable[DesiredPolicy], listing: t.Iterable[Policy]) -> list[str]:
    """Warnings of policies with the name of one of AWS's: in the lists, the name means the account's own."""
    named = {fold(one.name): one.arn for one in listing if is_aws_managed(one.arn)}
    return [
        f"the policy {one.name} has the name of AWS's own {named[fold(one.name)]}: wherever the lists write "
        f"{one.name}, yours is given"
        for one in policies
        if fold(one.name) in named and not one.absent
    ]


def _references(carrier: DesiredCarrier) -> t.Iterator[str]:
    yield from carrier.policies or ()
    if not isinstance(carrier, DesiredGroup) and carrier.boundary:
        yield carrier.boundary


def _own_key(ref: str) -> str:
    """The key of the customer policy that a reference may mean; an ARN of AWS's means none."""
    return "" if is_arn(ref) and is_aws_managed(ref) else fold(policy_name(ref))
