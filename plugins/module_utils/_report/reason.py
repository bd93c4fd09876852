# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a run failed, on one line: what Ansible prints twice in red under a page that says all of it. Pure."""

from __future__ import annotations

import typing as t

from .._aws.errors import failed_told
from .._core.wording import counted

if t.TYPE_CHECKING:
    from .._core.steps import Fault
    from .walk import Walk

_OF_PEOPLE = ("employee ", "employees ", "user ", "users ")


def reason(walked: Walk) -> str:
    """The line; "" if the run did not fail. It counts what is about people, whom the page names."""
    parts = [_told(walked.faults)] if walked.faults else []
    if walked.postponed:
        parts.append(f"{counted(len(walked.postponed), 'delivery', 'deliveries')} postponed")
    if walked.outcome.failures:
        parts.append(failed_told(walked.outcome.failures))
    told = "; ".join(parts)
    if not told or walked.stopped:
        return told and f"STOPPED, nothing was changed: {told}"
    if any(fault.stops_giving for fault in walked.faults):
        return f"Leavers are cut off, nobody else was changed: {told}"
    return f"Not everything is done: {told}"


def _told(faults: t.Sequence[Fault]) -> str:
    """The faults that have a brief form, or the only one if it is about nobody; the others counted."""
    brief = [f"{fault.who}: {fault.brief}" for fault in faults if fault.brief]
    others = [fault for fault in faults if not fault.brief]
    if len(others) == 1 and not others[0].who.startswith(_OF_PEOPLE):
        return "; ".join([*brief, str(others[0])])
    return "; ".join([*brief, *([counted(len(others), "fault")] if others else [])])
