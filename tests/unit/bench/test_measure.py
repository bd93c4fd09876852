# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench's companies and measurements."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bench.company import DEPARTMENTS, company, wide_company, writes_to_create
from tests.bench.measure import Run, median, seconds_of_tasks
from tests.bench.versions import version_in_manifest


def test_company_has_every_department_and_second_departments() -> None:
    of = company(20)
    assert [department["name"] for department in of.departments] == list(DEPARTMENTS)
    assert len({employee["name"] for employee in of.employees}) == 20
    assert all(of.members(name) for name in DEPARTMENTS)
    sizes = Counter(len(set(employee["departments"])) for employee in of.employees)
    assert sizes == {1: 16, 2: 4}
    assert of.memberships == 24


@pytest.mark.parametrize(("size", "departments"), [(500, 30), (5_000, 300)])
def test_a_wide_company_has_three_memberships_for_each(size: int, departments: int) -> None:
    of = wide_company(size)
    assert (of.size, len(of.departments), of.memberships) == (size, departments, 3 * size)
    assert all(len(set(employee["departments"])) == 3 for employee in of.employees)


def test_writes_to_create_are_one_for_each_thing() -> None:
    creation = {
        "AddUserToGroup": 24,
        "AttachGroupPolicy": 18,
        "CreateGroup": 9,
        "CreateUser": 20,
        "PutGroupPolicy": 9,
    }
    assert writes_to_create(company(20)) == creation
    assert writes_to_create(company(20, mailed=True)) == {**creation, "CreateLoginProfile": 20, "TagUser": 20}


def test_median_takes_each_number_by_itself() -> None:
    def a_run(seconds: float, write_seconds: float, output: int, peak_mb: float) -> Run:
        return Run(seconds, 0, 0, {}, write_seconds, output, peak_mb=peak_mb)

    middle = median([a_run(3, 1, 7, 50), a_run(1, 2, 0, 90), a_run(2, 3, 0, 10)])
    assert (middle.seconds, middle.write_seconds, middle.output, middle.peak_mb) == (2, 2, 7, 90)


def test_seconds_of_tasks_are_read_from_the_callback() -> None:
    duration = {"start": "2026-01-31T23:59:58.5Z", "end": "2026-02-01T00:00:01Z"}
    plays: list[dict[str, Any]] = [{"tasks": [{"task": {"name": "Users", "duration": duration}, "hosts": {}}]}]
    assert seconds_of_tasks(json.dumps({"plays": plays})) == {"Users": 2.5}
    assert seconds_of_tasks("") == {}
    assert seconds_of_tasks("\nPLAY [Onboard]") == {}


def test_version_in_manifest(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"collection_info": {"version": "1.2.3"}}), encoding="utf-8")
    assert version_in_manifest(tmp_path) == "1.2.3"
