# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry read key by key: what is understood, what is told, what is whole."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Entry, Value, repeated
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Fault

KNOWN = ("name", "departments", "managed_policies")


def entry(**values: object) -> Entry:
    return Entry("employee asha", values, [])


def told(one: Entry) -> list[str]:
    assert all(fault.who == "employee asha" for fault in one.faults)
    return [fault.what for fault in one.faults]


def test_a_fault_is_kept_and_told_of() -> None:
    one = entry()
    assert one.fault("is bad")
    assert not one.fault(None)
    assert one.faults == [Fault("employee asha", "is bad")]


def test_known_keys_are_fine() -> None:
    one = entry(name="x", departments=None)
    one.check_keys(KNOWN)
    assert told(one) == []


def test_unknown_keys_are_told_with_the_nearest() -> None:
    one = Entry("employee asha", {"departmnets": [], "zzz": 1, 5: 2, "Name": 3}, [])
    one.check_keys(KNOWN)
    assert told(one) == [
        "has the unknown key departmnets; did you mean departments?",
        "has the unknown key zzz",
        "has the unknown key 5",
        "has the unknown key Name; did you mean name?",
    ]


@pytest.mark.parametrize("key", ["password", "Password", "pasword", "passwrd"])
def test_a_password_is_told_with_the_reason_and_never_shown(key: str) -> None:
    one = entry(**{key: "hunter2"})
    one.check_keys(KNOWN)
    assert told(one) == [
        f"has the key {key}; a password in a list would be readable in the inventory. "
        "Leave it out: the collection issues the account's own first password"
    ]


def test_texts() -> None:
    assert entry(to="x y").text("to") == "x y"
    assert entry().text("to") is None
    for value, what in (
        (None, "has null for to; write a string, or leave the key out"),
        (5, "has a number (5) for to; write a string"),
        ("", "has '' for to"),
        ("  ", "has '  ' for to"),
        ("a\nb", r"has 'a\nb' for to"),
    ):
        one = entry(to=value)
        assert one.text("to") is None
        assert told(one) == [what]


@pytest.mark.parametrize("address", ["a@b", "asha.rao@example.com", "zoë+x@münchen.example"])
def test_addresses(address: str) -> None:
    one = entry(email=address)
    assert one.address("email") == address
    assert told(one) == []


@pytest.mark.parametrize("address", ["", "asha", "@b", "a@", "a@b@c", "a b@c", "a@b\n", "a@b c", "a\x00@b", " a@b"])
def test_what_is_not_an_address(address: str) -> None:
    one = entry(email=address)
    assert one.address("email") is None
    assert len(told(one)) == 1
    assert told(one)[0].endswith("for email, which is not a mail address")


def test_an_address_is_a_string() -> None:
    assert entry().address("email") is None
    one = entry(email=None)
    assert one.address("email") is None
    assert told(one) == ["has null for email; write a mail address, or leave the key out"]


@pytest.mark.parametrize(("value", "read"), [(True, True), (False, False), ("yes", True), ("False", False), (1, True)])
def test_booleans_in_ansibles_spellings(value: object, read: bool) -> None:
    one = entry(console=value)
    assert one.boolean("console") is read
    assert told(one) == []


@pytest.mark.parametrize(
    ("value", "what"),
    [(None, "null"), ("maybe", "a string (maybe)"), (2, "a number (2)"), ([], "a list"), ({}, "a mapping")],
)
def test_what_is_not_a_boolean(value: object, what: str) -> None:
    one = entry(console=value)
    assert one.boolean("console") is None
    assert told(one) == [f"has {what} for console; true or false belongs there"]
    assert entry().boolean("console") is None


def test_paths() -> None:
    assert entry().path() is None
    assert entry(path="/x/").path() == "/x/"
    assert entry(purge_path="/y/").path("purge_path") == "/y/"
    one = entry(path="x")
    assert one.path() is None
    assert len(told(one)) == 1


def test_boundaries() -> None:
    assert entry().boundary() is None
    assert entry(boundary="").boundary() == ""
    assert entry(boundary="Edge").boundary() == "Edge"
    one = entry(boundary=None)
    assert one.boundary() is None
    assert told(one) == ["in boundary, has null where a policy's name or ARN belongs"]


def test_tags() -> None:
    assert entry().tags() == Value(None)
    assert entry(tags={}).tags() == Value({})
    assert entry(tags={"a": 5}).tags() == Value({"a": "5"})
    one = entry(tags={"aws:x": "y", "Workforce:x": "y", "good": "x"})
    assert one.tags() == Value(None, whole=False)
    assert len(told(one)) == 2
    one = entry(tags=None)
    assert one.tags() == Value(None, whole=False)
    assert told(one) == ["has null for tags; a mapping of keys to values belongs there"]


def test_policies() -> None:
    assert entry().policies() == Value(None)
    assert entry(managed_policies=[]).policies() == Value(())
    assert entry(managed_policies=["a", "b", "a"]).policies() == Value(("a", "b"))
    assert entry(managed_policies=("a",)).policies() == Value(("a",))
    one = entry(managed_policies=["a", None, "arn:x"])
    assert one.policies() == Value(("a",), whole=False)
    assert told(one) == [
        "in managed_policies, has null where a policy's name or ARN belongs",
        "in managed_policies, names arn:x, which is not the ARN of a managed policy",
    ]
    one = entry(managed_policies="a")
    assert one.policies() == Value(None, whole=False)
    assert told(one) == ["has a string (a) for managed_policies; write a list of policy names or ARNs"]


def test_inline_policies() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    assert entry().inline() == Value(None)
    assert entry(inline_policies={}).inline() == Value({})
    assert entry(inline_policies={"a": document}).inline() == Value({"a": document})
    one = entry(inline_policies=[document])
    assert one.inline() == Value(None, whole=False)
    assert told(one) == ["has a list for inline_policies; write a mapping of names to policy documents"]
    one = entry(inline_policies={"a": {}, "b": document})
    assert one.inline() == Value({"b": document}, whole=False)
    assert told(one) == ["inline policy a has no Statement"]
    one = Entry("employee asha", {"inline_policies": {5: document}}, [])
    assert one.inline() == Value({}, whole=False)
    assert told(one) == ["in inline_policies, has a number (5) for a name: put it in quotes"]
    one = entry(inline_policies={"a": document, "A": document})
    one.inline()
    assert told(one) == ["has the inline policies a and A, which are one name to IAM: it compares them without case"]


def test_names() -> None:
    assert entry().names("users") == Value(None)
    assert entry(users=[]).names("users") == Value(())
    assert entry(users=["b", "a", "B"]).names("users") == Value(("b", "a"))
    one = entry(users=["a", "b c", 5])
    assert one.names("users") == Value(("a",), whole=False)
    assert told(one) == [
        "in users, 'b c' has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -",
        "in users, has a number (5) for a name: put it in quotes",
    ]
    one = entry(users=None)
    assert one.names("users") == Value(None, whole=False)
    assert told(one) == ["has null for users; write a list of names, or leave the key out"]


def test_only_what_is_whole_and_written_is_exact() -> None:
    assert Value(()).exact
    assert not Value(None).exact
    assert not Value((), whole=False).exact


def test_what_is_repeated() -> None:
    assert repeated([], len) == []
    assert repeated(["a", "bb", "c", "dd", "eee"], len) == [["a", "c"], ["bb", "dd"]]
    assert repeated(["b", "a"], t.cast("t.Callable[[str], str]", str)) == []


def test_the_name_of_the_deny_is_kept() -> None:
    faults: list[Fault] = []
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    read = Entry("user asha", {"inline_policies": {"Workforce-Suspended": allow}}, faults).inline()
    assert (read.read, read.whole) == ({}, False)
    assert [fault.what for fault in faults] == [
        "has the inline policy Workforce-Suspended, a name that is kept for the deny of who is suspended"
    ]
