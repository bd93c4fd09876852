# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of an entry."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Value
from ansible_collections.workforce.aws.plugins.module_utils._chart.tags import read_tags

from tests.support.charts import entry, told


def test_tags() -> None:
    assert read_tags(entry()) == Value(None)
    assert read_tags(entry(tags={})) == Value({})
    assert read_tags(entry(tags={"a": 5})) == Value({"a": "5"})
    one = entry(tags={"aws:x": "y", "Workforce:x": "y", "good": "x"})
    assert read_tags(one) == Value(None, whole=False)
    assert len(told(one)) == 2
    one = entry(tags=None)
    assert read_tags(one) == Value(None, whole=False)
    assert told(one) == ["has null for tags; a mapping of keys to values belongs there"]
