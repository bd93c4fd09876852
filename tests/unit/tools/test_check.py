# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner of the checks: a stage that tests nothing is no stage that passed."""

from __future__ import annotations

from pathlib import Path

from tests.tools.check import run
from tests.tools.places import Places
from tests.tools.stages import STAGES, pytest


def test_a_stage_that_finds_no_test_fails(tmp_path: Path) -> None:
    check = pytest(Places.here(), "nothing", "-p", "no:cacheprovider", "-m", "not long", str(tmp_path))
    outcome = run(check, Places.here())
    assert (outcome.passed, outcome.failed, outcome.skipped) == (0, 1, 0)


def test_the_long_run_asks_for_every_long_test() -> None:
    long, _search = STAGES["long"](Places.here())
    assert long.command[-3:] == ["-m", "long", "tests"]
