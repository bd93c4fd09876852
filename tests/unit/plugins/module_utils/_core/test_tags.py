# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our tags: how they are read."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import User
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import managed


@pytest.mark.parametrize(
    ("tags", "ours"),
    [
        ({"workforce:managed": "onboard"}, True),
        ({"Workforce:Managed": "onboard", "x": "y"}, True),
        ({"workforce:managed": "Onboard"}, False),
        ({"workforce:managed": ""}, False),
        ({"workforce:employee-id": "1"}, False),
        ({}, False),
    ],
)
def test_the_mark_says_who_is_managed(tags: dict[str, str], ours: bool) -> None:
    assert managed(User("asha", tags=tags)) is ours


def test_tags_that_were_not_read_say_nothing() -> None:
    with pytest.raises(ValueError, match="were not read"):
        managed(User("asha"))
