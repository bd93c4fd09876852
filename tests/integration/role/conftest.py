# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every test of the role."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

from tests.sandbox.client import Sandbox
from tests.support.role import operations_seen


@pytest.fixture(autouse=True)
def policy_suffices(sandbox: Sandbox) -> Iterator[None]:
    """Every operation that a test of the role causes is allowed by the policy that we print for people to attach."""
    yield
    # Not at the top: the collection can be imported only once pytest is configured.
    printed: set[str] = importlib.import_module("tests.support.shipped_policies").operations_printed()
    assert operations_seen(sandbox) <= printed
