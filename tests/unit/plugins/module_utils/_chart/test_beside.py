# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entry writes and accepts: the key ``beside``, and its faults."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Written

from tests.support.charts import chart, department, employee

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def test_what_is_accepted_is_compared_as_iam_compares_names() -> None:
    group, told = department(beside=["policy ReadOnlyAccess", f"policy {ARN}", "inline Own", " member  Deploy-Bot "])
    assert told == []
    assert group.written is not None
    assert group.written.keys == {"name", "beside"}
    for word, name in (("policy", "readonlyaccess"), ("policy", ARN), ("inline", "OWN"), ("member", "deploy-bot")):
        assert group.written.accepts(word, name)
    assert not group.written.accepts("member", "own")
    user, told = employee(beside=["group shadow", f"boundary {ARN}", "key AKIAIOSFODNN7EXAMPLE"])
    assert told == []
    assert user.written is not None
    assert user.written.accepts("boundary", "developers", ARN)
    assert user.written.accepts("key", "AKIAIOSFODNN7EXAMPLE")


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("member ben", "has 'member ben' in beside; it must begin with one of policy, inline, group, boundary, key "),
        ("polices X", "has 'polices X' in beside; it must begin with one of policy, inline, group, boundary, key; did"),
        ("AdministratorAccess", "has AdministratorAccess in beside; it must begin with one of policy, inline, group,"),
        ("policy", "in beside, policy names nothing"),
        ("policy arn:x", "in beside, 'policy arn:x' names arn:x, which is not the ARN of a managed policy"),
        ("boundary a b", "in beside, 'boundary a b' names 'a b', which cannot be the name of a managed policy"),
        ("inline a/b", "in beside, 'inline a/b' has '/' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"),
        ("group a b", "in beside, 'group a b' has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"),
        ("key akia", "in beside, 'key akia' is not the id of an access key, such as AKIAIOSFODNN7EXAMPLE"),
        (7, "has a number (7) in beside; write a text such as policy ReadOnlyAccess"),
    ],
)
def test_each_text_is_judged(item: object, fault: str) -> None:
    user, told = employee(beside=[item, "group shadow"])
    assert len(told) == 1
    assert told[0].startswith(fault), told
    assert user.written is not None
    assert (user.written.sound, user.written.accepted) == (False, frozenset({("group", "shadow")}))


def test_the_word_of_the_other_list_is_told() -> None:
    assert employee(beside=["member x"])[1][0].endswith(" (member belongs in the entry of the department)")
    assert department(beside=["boundary x"])[1][0].endswith(" (boundary belongs in the entry of the employee)")


@pytest.mark.parametrize("value", ["policy X", None, {"policy": "X"}])
def test_it_is_a_list(value: object) -> None:
    told = department(beside=value)[1]
    assert len(told) == 1
    assert "for beside; write a list of texts such as policy ReadOnlyAccess" in told[0]


def test_a_key_at_fault_is_written_and_an_entry_with_faults_is_not_sound() -> None:
    user, _told = employee(boundary=7)
    assert user.written == Written(frozenset({"name", "boundary"}), sound=False)
    assert user.boundary is None


def test_of_two_entries_of_one_name_neither_is_sound() -> None:
    read = chart([{"name": "sales"}, {"name": "Sales"}, {"name": "it"}])
    assert [group.written.sound for group in read.desired.groups if group.written] == [False, True]
