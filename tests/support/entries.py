# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry for the unit tests of what reads entries."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Entry


def entry(**values: object) -> Entry:
    """An employee's entry with these keys."""
    return Entry("employee asha", values, [])


def told(one: Entry) -> list[str]:
    """Its faults, without its name."""
    assert all(fault.who == "employee asha" for fault in one.faults)
    return [fault.what for fault in one.faults]
