# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The direction of imports: each way to break it is told with the way that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.layers import LAYERS, MODULE_UTILS, faults, imports


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("_core/model.py", "from .._plan.plan import make_plan", "_plan may import _core, not the reverse"),
        ("_aws/calls.py", "from .._tasks import workforce", "_tasks may import _aws, not the reverse"),
        ("_plan/plan.py", "from botocore.config import Config", "_plan is pure"),
        ("_plan/plan.py", "import subprocess", "_plan is pure"),
        ("_roster/roster.py", "from .._aws.calls import ask", "_roster is pure"),
        ("_garage/car.py", "import typing", "the package _garage has no place"),
    ],
)
def test_an_import_of_the_wrong_way_is_told_with_the_right_one(tmp_path: Path, file: str, line: str, told: str) -> None:
    place = tmp_path / file
    place.parent.mkdir()
    place.write_text(f"from __future__ import annotations\n{line}\n", encoding="utf-8")
    (found,) = faults(list(imports(tmp_path)))
    assert told in found
    assert f"{file}:2" in found or file.startswith("_garage")


@pytest.mark.parametrize("line", ["from .._core.model import User", "from .._core import names", "import json"])
def test_the_right_way_is_not_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "_plan").mkdir()
    (tmp_path / "_plan" / "plan.py").write_text(line, encoding="utf-8")
    assert list(faults(list(imports(tmp_path)))) == []


def test_a_circle_of_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "_core").mkdir()
    (tmp_path / "_core" / "one.py").write_text("from .two import x", encoding="utf-8")
    (tmp_path / "_core" / "two.py").write_text("from . import one", encoding="utf-8")
    (found,) = faults(list(imports(tmp_path)))
    assert found.startswith("these files import each other in a circle")


def test_every_package_has_its_place_and_says_what_it_is_for() -> None:
    packages = {folder.parent.name: folder for folder in MODULE_UTILS.glob("*/__init__.py")}
    assert set(packages) == set(LAYERS)
    assert all('"""' in file.read_text(encoding="utf-8") for file in packages.values())
