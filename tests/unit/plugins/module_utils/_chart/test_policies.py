# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies of an entry: managed ones, inline ones, the boundary."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Value
from ansible_collections.workforce.aws.plugins.module_utils._chart.policies import (
    read_boundary,
    read_inline_policies,
    read_managed_policies,
)

from tests.support.charts import entry, told


def test_boundaries() -> None:
    assert read_boundary(entry()) is None
    assert read_boundary(entry(boundary="")) == ""
    assert read_boundary(entry(boundary="Edge")) == "Edge"
    one = entry(boundary=None)
    assert read_boundary(one) is None
    assert told(one) == ["in boundary, has null where a policy's name or ARN belongs"]


def test_policies() -> None:
    assert read_managed_policies(entry()) == Value(None)
    assert read_managed_policies(entry(managed_policies=[])) == Value(())
    assert read_managed_policies(entry(managed_policies=["a", "b", "a"])) == Value(("a", "b"))
    assert read_managed_policies(entry(managed_policies=("a",))) == Value(("a",))
    one = entry(managed_policies=["a", None, "arn:x"])
    assert read_managed_policies(one) == Value(("a",), whole=False)
    assert told(one) == [
        "in managed_policies, has null where a policy's name or ARN belongs",
        "in managed_policies, names arn:x, which is not the ARN of a managed policy",
    ]
    one = entry(managed_policies="a")
    assert read_managed_policies(one) == Value(None, whole=False)
    assert told(one) == ["has a string (a) for managed_policies; write a list of policy names or ARNs"]


def test_inline_policies() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    assert read_inline_policies(entry()) == Value(None)
    assert read_inline_policies(entry(inline_policies={})) == Value({})
    assert read_inline_policies(entry(inline_policies={"a": document})) == Value({"a": document})
    one = entry(inline_policies=[document])
    assert read_inline_policies(one) == Value(None, whole=False)
    assert told(one) == ["has a list for inline_policies; write a mapping of names to policy documents"]
    one = entry(inline_policies={"a": {}, "b": document})
    assert read_inline_policies(one) == Value({"b": document}, whole=False)
    assert told(one) == ["inline policy a has no Statement"]
    one = entry(inline_policies={5: document})
    assert read_inline_policies(one) == Value({}, whole=False)
    assert told(one) == ["in inline_policies, has a number (5) for a name: put it in quotes"]
    one = entry(inline_policies={"a": document, "A": document})
    read_inline_policies(one)
    assert told(one) == ["has the inline policies a and A, which are one name to IAM: it compares them without case"]


def test_the_name_of_the_deny_is_kept() -> None:
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    one = entry(inline_policies={"Workforce-Suspended": allow})
    assert read_inline_policies(one) == Value({}, whole=False)
    assert told(one) == [
        "has the inline policy Workforce-Suspended, a name that the collection keeps for its deny of suspended users"
    ]
