# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the modules share."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, quartets_in_process, run_in_process
from tests.support.quartet import task_quartets


@pytest.fixture
def quartets(sandbox: Sandbox, tmp_path: Path) -> Quartets:
    """`task_quartets` against the sandbox."""
    return partial(task_quartets, sandbox=sandbox, tmp_path=tmp_path)


@pytest.fixture
def quick_quartets(sandbox: Sandbox) -> Quartets:
    """`quartets_in_process` against the sandbox."""
    return partial(quartets_in_process, sandbox=sandbox)


@pytest.fixture
def run(sandbox: Sandbox) -> Run:
    """`run_in_process` against the sandbox."""
    return partial(run_in_process, sandbox=sandbox)
