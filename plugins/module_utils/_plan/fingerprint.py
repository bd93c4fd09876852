# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan id: a fingerprint of what would be done, by which a person approves it. Pure.

Equal ids mean the same writes with the same parameters, and credentials to the same addresses, in the same account. The
order of the lists, the machine and the moment do not count: marks of ours with a moment in them are taken without it.
"""

from __future__ import annotations

import hashlib
import json
import re
import typing as t

from .._core import documents
from .._core.credential_mark import CREDENTIAL_TAG
from .._core.model import fold
from .._core.revoked_sessions import POLICY_NAME as REVOKED_SESSIONS
from .._core.suspension import SUSPENDED_TAG

if t.TYPE_CHECKING:
    from .._core.steps import Fault, Step

PLAN_ID_LENGTH = 12

_DATED_TAGS = (CREDENTIAL_TAG, SUSPENDED_TAG)
_DATED_POLICIES = (REVOKED_SESSIONS, "awsrevokeoldersessions")
"""These deny sessions that began before the moment of the cut."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_DOCUMENTS = ("PolicyDocument", "AssumeRolePolicyDocument")


def plan_id(
    account_id: str,
    steps: t.Iterable[Step],
    faults: t.Iterable[Fault] = (),
    addresses: t.Mapping[str, str | None] | None = None,
) -> str:
    """12 hexadecimal digits for the steps, and for whether faults stop giving or everything.

    ``addresses`` are the mail addresses of recipients, by the :func:`fold` of their names. Only those to whom a step
    delivers count. A step's secrets do not: in a chart they are made while the step is done. Nor does its fallback,
    which has the same effect by other means.
    """
    found = sorted(_spelled(_told(step, addresses or {})) for step in steps)
    faults = tuple(faults)
    stops = [any(fault.stops_giving for fault in faults), any(fault.stops_cutting for fault in faults)]
    return hashlib.sha256(_spelled([account_id, stops, found]).encode()).hexdigest()[:PLAN_ID_LENGTH]


def _told(step: Step, addresses: t.Mapping[str, str | None]) -> list[object]:
    address = addresses.get(fold(step.subject.name)) if step.operation == "Deliver" else None
    dated = fold(str(step.params.get("PolicyName", ""))) in _DATED_POLICIES
    params = {name: _value(name, value, dated=dated) for name, value in step.params.items()}
    return [step.subject.kind, step.subject.name, step.operation, params, address]


def _value(name: str, value: object, *, dated: bool) -> object:
    """One parameter, in one form for all that mean the same."""
    if name in _DOCUMENTS and isinstance(value, str):
        document = documents.parse(_MOMENT.sub("", value) if dated else value)
        return documents.meaning(document)
    if name == "Tags":
        value = [[tag["Key"], _undated(tag)] for tag in t.cast("t.Sequence[t.Mapping[str, str]]", value)]
    return sorted(map(_spelled, value)) if isinstance(value, (list, tuple)) else value


def _undated(tag: t.Mapping[str, str]) -> str:
    return _MOMENT.sub("", tag["Value"]) if fold(tag["Key"]) in _DATED_TAGS else tag["Value"]


def _spelled(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
