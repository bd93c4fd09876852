# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner of the checks: a stage that tests nothing is no stage that passed."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier

import pytest

from tests.tools import check as checks_runner
from tests.tools import places
from tests.tools.check import LONGEST, NEWEST, Outcome, run, run_checks, run_everything, summary
from tests.tools.places import ROOT, Places
from tests.tools.stages import EVERYTHING, PLAYBOOKS, SANDBOXES, STAGES, Check, campaigns
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


@pytest.mark.parametrize("longest", LONGEST)
def test_pytest_begins_while_the_longest_check_runs(longest: str, tmp_path: Path) -> None:
    """Each of the two waits for the other one's file, and so fails if it does not run beside it."""
    meet = "touch $0; for i in $(seq 300); do test -e $1 && exit 0; sleep 0.1; done; exit 1"
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    checks = [
        Check("quick", ["true"]),
        Check("pytest", ["sh", "-c", meet, one, two], junit=tmp_path / "none.xml"),
        Check(longest, ["sh", "-c", meet, two, one]),
    ]
    outcomes = run_checks(checks, Places.here())
    assert [(outcome.name, outcome.failed) for outcome in outcomes] == [(longest, 0), ("quick", 0), ("pytest", 0)]
    assert longest in [check.name for check in [*STAGES["sanity"](Places.here()), *campaigns(Places.here())]]


@pytest.mark.skipif(Places.here().version == NEWEST, reason="all stages run on the newest Python already")
def test_both_environments_are_made_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two waits for the other to begin, and so fails if it does not run beside it."""
    both = Barrier(2, timeout=30)

    def make(python: Path | str) -> Places:
        both.wait()
        return Places(NEWEST if python == Path("newest") else Places.here().version)

    def passed(checks: object, of: Places) -> list[Outcome]:
        return [Outcome(f"stages on {of.version}", 1, passed=1)]

    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(checks_runner, "find_python", lambda version: Path("newest"))
    monkeypatch.setattr(checks_runner, "ensure_venv", make)
    monkeypatch.setattr(checks_runner, "build_tree", lambda of: None)
    monkeypatch.setattr(checks_runner, "run_checks", passed)
    names = ["setup", f"stages on {Places.here().version}", f"setup on {NEWEST}", f"stages on {NEWEST}"]
    assert [outcome.name for outcome in run_everything()] == names


def test_everything_has_each_folder_of_tests() -> None:
    commands = [
        check.command for name in EVERYTHING for check in STAGES[name](Places.here()) if check.junit is not None
    ]
    asked = [ROOT / part for command in commands for part in command if part.startswith("tests/")]
    for file in (ROOT / "tests").rglob("test_*.py"):
        assert sum(file.is_relative_to(folder) for folder in asked) == 1, file


def test_the_long_run_asks_for_every_long_test() -> None:
    long, *_others = STAGES["long"](Places.here())
    assert long.command[-3:] == ["-m", "long", "tests"]
