# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of users or groups in an entry."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Value
from ansible_collections.workforce.aws.plugins.module_utils._chart.names import read_names

from tests.support.charts import entry, told


def test_names() -> None:
    assert read_names(entry(), "users") == Value(None)
    assert read_names(entry(users=[]), "users") == Value(())
    assert read_names(entry(users=["b", "a", "B"]), "users") == Value(("b", "a"))
    one = entry(users=["a", "b c", 5])
    assert read_names(one, "users") == Value(("a",), whole=False)
    assert told(one) == [
        "in users, 'b c' has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -",
        "in users, has a number (5) for a name: put it in quotes",
    ]
    one = entry(users=["", "a"])
    assert read_names(one, "users") == Value(("a",), whole=False)
    assert told(one) == ["in users, has an empty name"]
    one = entry(users=None)
    assert read_names(one, "users") == Value(None, whole=False)
    assert told(one) == ["has null for users; write a list of names, or leave the key out"]
