# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the integration tests share: a sandbox of their own, a client to read it back, and ways to run playbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult, run_playbook
from tests.support.quartet import Quartet, playbook_quartet, task_quartet


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    """One server for each worker of pytest-xdist."""
    with Sandbox.start(mail=True) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    """The practice AWS, as new."""
    running_sandbox.reset()
    return running_sandbox


@pytest.fixture(scope="session")
def running_iam(running_sandbox: Sandbox) -> Any:
    """One client for each worker: making one costs more than most calls. The default account's key is fixed."""
    return running_sandbox.boto("iam")


@pytest.fixture
def iam(sandbox: Sandbox, running_iam: Any) -> Any:
    """A boto3 client, to prepare the account and to read it back. (`Any`: boto3 makes its classes at run time.)"""
    return running_iam


@pytest.fixture
def playbook(sandbox: Sandbox, tmp_path: Path) -> Callable[..., PlaybookResult]:
    """`run_playbook` against the sandbox."""
    return partial(run_playbook, sandbox=sandbox, tmp_path=tmp_path)


@pytest.fixture
def quartet(sandbox: Sandbox, tmp_path: Path) -> Callable[..., Quartet[dict[str, Any]]]:
    """`task_quartet` against the sandbox."""
    return partial(task_quartet, sandbox=sandbox, tmp_path=tmp_path)


@pytest.fixture
def quartet_of_playbook(sandbox: Sandbox, tmp_path: Path) -> Callable[..., Quartet[PlaybookResult]]:
    """`playbook_quartet` against the sandbox."""
    return partial(playbook_quartet, sandbox=sandbox, tmp_path=tmp_path)
