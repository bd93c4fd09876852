# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done about each kind of access beside the chart. Pure."""

from __future__ import annotations

import typing as t

from .._core.names import described, meant, shown
from .._core.steps import Fault

Kind = t.Literal[
    "members",
    "department_policies",
    "user_policies",
    "user_groups",
    "boundaries",
    "marks",
    "access_keys",
    "roles",
    "role_policies",
]
Mode = t.Literal["report", "remove", "fail"]
Modes = t.Mapping[str, Mode]

KINDS = ("members", "department_policies", "user_policies", "user_groups", "boundaries")
"""The kinds of which the settings say what is done. Lost marks, access keys, and findings of roles are only told."""
MODES: tuple[Mode, ...] = ("report", "remove", "fail")


def modes_of(written: object) -> tuple[Modes, tuple[Fault, ...]]:
    """What is done about each kind that is written, and what is wrong with it; one word is for all kinds."""
    if written is None or written == "":
        return {}, ()
    if isinstance(written, str):
        written = dict.fromkeys(KINDS, written)
    if not isinstance(written, t.Mapping):
        text = f"is {described(written)}; write report, remove or fail, or a dictionary of them by kind"
        return {}, (Fault("beside", text),)
    faults = [fault for kind, mode in written.items() for fault in _faults(kind, mode)]
    # One word for all kinds is one fault.
    return {} if faults else dict(written), tuple(dict.fromkeys(faults))


def _faults(kind: object, mode: object) -> t.Iterator[Fault]:
    if kind not in KINDS:
        yield Fault("beside", f"has the kind {shown(kind)}; the kinds are {', '.join(KINDS)}{meant(str(kind), KINDS)}")
    elif mode not in MODES:
        yield Fault("beside", f"says {shown(mode)}; one of {', '.join(MODES)} belongs there")
