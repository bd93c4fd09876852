# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every pytest run, however started, works on the built copy of the collection and in the checks' own environment."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.sandbox.evaluator import Evaluator
from tests.support.starts import Starts
from tests.tools.environment import clean_environment
from tests.tools.places import Places
from tests.tools.tree import build_tree


def pytest_configure(config: pytest.Config) -> None:
    places = Places.here()
    # The workers of pytest-xdist inherit what their starter did.
    if not hasattr(config, "workerinput"):
        if "WORKFORCE_TREE_IS_BUILT" not in os.environ:
            build_tree(places, Path.home())
        environment = clean_environment(places)
        os.environ.clear()
        os.environ.update(environment)
    # A shell starts its background jobs deaf to Ctrl-C, and so would be all that the tests start and interrupt.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    _choose_examples()
    config.pluginmanager.register(Starts())
    # Where `ansible_collections.workforce.aws` is imported from.
    sys.path.insert(0, str(places.tree))


def _choose_examples() -> None:
    """Property tests take the same examples in each standing run, which fails for a change alone; others search.

    A test that needs more than others says how many times as many: it stays so in each of them.
    """
    hypothesis.settings.register_profile("standing", max_examples=50, derandomize=True, deadline=None)
    hypothesis.settings.register_profile("few", max_examples=10, derandomize=True, deadline=None)
    hypothesis.settings.register_profile("search", max_examples=1000, deadline=None)
    hypothesis.settings.load_profile(os.environ.get("WORKFORCE_EXAMPLES", "standing"))


@pytest.fixture(scope="session")
def evaluator() -> Iterator[Evaluator]:
    """What judges policies and was written by nobody here; its process starts with the first question."""
    with Evaluator() as one:
        yield one
