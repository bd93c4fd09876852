# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts with policies, roles and the account's settings, for unit tests."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._rights.assumption import with_rights, with_role_tags
from ansible_collections.workforce.aws.plugins.module_utils._rights.rights import Rights, WrittenRights, written_rights

from tests.support.charts import DOCUMENT

ACCOUNT: t.Final = Account("123456789012", "arn:aws:iam::123456789012:user/runner")
POLICY: t.Final = {"name": "billing", "policy": DOCUMENT}
ROLE: t.Final = {"name": "deployer", "assumed_by": ["platform"]}
DEPARTMENTS: t.Final = [{"name": "platform"}, {"name": "sales"}]
EMPLOYEES: t.Final = [{"name": "asha", "departments": ["platform"]}, {"name": "li", "departments": ["sales"]}]


def chart_with(
    departments: object = tuple(DEPARTMENTS),
    employees: object = tuple(EMPLOYEES),
    *,
    settings: ChartSettings | None = None,
    **written: t.Any,
) -> tuple[Chart, Rights]:
    """The chart with the tags of its roles, and the rights. `written` are the options of iam_workforce."""
    settings = settings or ChartSettings()
    chart = read_chart(departments, employees, settings)
    rights = written_rights(WrittenRights(**written), chart, settings)
    return with_role_tags(chart, rights), rights


def desired_with(*lists: object, **written: t.Any) -> Desired:
    """What they ask for in the account. They have no faults."""
    chart, rights = chart_with(*lists, **written)
    assert (chart.faults, rights.faults) == ((), ())
    return with_rights(chart.desired, rights, ACCOUNT)


def faults_with(*lists: object, **written: t.Any) -> list[str]:
    """The faults of all lists."""
    chart, rights = chart_with(*lists, **written)
    return [str(fault) for fault in (*chart.faults, *rights.faults)]
