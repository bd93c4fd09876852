# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts and entries for unit tests."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Entry
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredGroup, DesiredUser

DOCUMENT: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
SALES: t.Final = {"name": "sales"}


class TaggedString(str):
    """Like a text from Ansible's templates, which is a subclass of str."""

    __slots__ = ()


def chart(departments: object = (), employees: object = (), **settings: t.Any) -> Chart:
    """The chart of these two lists."""
    return read_chart(departments, employees, ChartSettings(**settings))


def faults(departments: object = (), employees: object = (), **settings: t.Any) -> list[str]:
    """The faults of the two lists."""
    return [str(fault) for fault in chart(departments, employees, **settings).faults]


def department(**keys: object) -> tuple[DesiredGroup, list[str]]:
    """The only department of a chart."""
    read = chart([{"name": "sales", **keys}])
    return read.desired.groups[0], [str(fault).removeprefix("department sales: ") for fault in read.faults]


def employee(**keys: object) -> tuple[DesiredUser, list[str]]:
    """The only employee of a chart with the departments sales and it."""
    read = chart([SALES, {"name": "it"}], [{"name": "asha", **keys}])
    return read.desired.users[0], [str(fault).removeprefix("employee asha: ") for fault in read.faults]


def entry(**values: object) -> Entry:
    """An employee's entry with these keys."""
    return Entry("employee asha", values, [])


def told(one: Entry) -> list[str]:
    """Its faults, without its name."""
    assert all(fault.who == "employee asha" for fault in one.faults)
    return [fault.what for fault in one.faults]
