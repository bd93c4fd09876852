# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner of the checks: a stage that tests nothing is no stage that passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.check import LONGEST, run, run_checks, summary
from tests.tools.places import Places
from tests.tools.stages import PLAYBOOKS, SANDBOXES, STAGES, Check
from tests.tools.stages import pytest as stage


def test_a_stage_that_finds_no_test_fails(tmp_path: Path) -> None:
    check = stage(Places.here(), "nothing", "-p", "no:cacheprovider", "-m", "not long", str(tmp_path))
    outcome = run(check, Places.here())
    assert (outcome.passed, outcome.failed, outcome.skipped) == (0, 1, 0)


def test_the_summary_tells_what_a_stage_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = f'echo \'{{"{PLAYBOOKS}": 2, "{SANDBOXES}": 1}}\' > $WORKFORCE_STARTS'
    check = Check("one", ["sh", "-c", code], junit=tmp_path / "one.xml")
    check.env["WORKFORCE_STARTS"] = str(check.starts)
    summary([run(check, Places.here())], 1)
    heads, row = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith(("stage", "one"))]
    assert [heads[-2:], row[-2:]] == [["playbooks", "sandboxes"], ["2", "1"]]


def test_pytest_begins_while_the_longest_check_runs(tmp_path: Path) -> None:
    """Each of the two waits for the other one's file, and so fails if it does not run beside it."""
    meet = "touch $0; for i in $(seq 300); do test -e $1 && exit 0; sleep 0.1; done; exit 1"
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    checks = [
        Check("quick", ["true"]),
        Check("pytest", ["sh", "-c", meet, one, two], junit=tmp_path / "none.xml"),
        Check(LONGEST, ["sh", "-c", meet, two, one]),
    ]
    outcomes = run_checks(checks, Places.here())
    assert [(outcome.name, outcome.failed) for outcome in outcomes] == [(LONGEST, 0), ("quick", 0), ("pytest", 0)]
    assert LONGEST in [check.name for check in STAGES["sanity"](Places.here())]


def test_the_long_run_asks_for_every_long_test() -> None:
    long, *_others = STAGES["long"](Places.here())
    assert long.command[-3:] == ["-m", "long", "tests"]
