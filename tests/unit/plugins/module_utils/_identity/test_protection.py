# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Protected names and paths that nobody has."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, User
from ansible_collections.workforce.aws.plugins.module_utils._identity.protection import unknown_protected

HERE = Directory(
    {"anton.berg": User("Anton.Berg"), "robot": User("robot", path="/machines/ci/")},
    {},
)


@pytest.mark.parametrize("one", ["anton.berg", "ROBOT", "/machines/", "/machines", "/machines/ci/", "/"])
def test_who_is_there_needs_no_word(one: str) -> None:
    assert unknown_protected([one], HERE) == []


@pytest.mark.parametrize(
    ("one", "told"),
    [
        ("antn.berg", "protected: nobody in the account has the name antn.berg; did you mean Anton.Berg?"),
        ("/machine/", "protected: nobody in the account is under the path /machine/"),
    ],
)
def test_who_is_not_there_is_told(one: str, told: str) -> None:
    assert unknown_protected(["robot", one], HERE) == [told]
    assert unknown_protected([one], dataclasses.replace(HERE, whole=False)) == []
