# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's rules for names, paths, tags and policy references."""

from __future__ import annotations

import re
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.names import (
    described,
    existing_name_fault,
    is_arn,
    kind_of,
    meant,
    name_fault,
    nearest,
    own_tag_faults,
    path_fault,
    policy_arn_fault,
    policy_name_fault,
    policy_reference_fault,
    shown,
    tag_faults,
    tag_text,
    tag_value_fault,
)
from hypothesis import given
from hypothesis import strategies as st

LETTERS = "ABCXYZabcxyz0189_+=,.@-"


class TaggedString(str):
    """Ansible's templates give subclasses of str."""

    __slots__ = ()


@pytest.mark.parametrize("name", ["a", "asha.rao", "Asha_Rao+x=1,2@example-com", "a" * 64, TaggedString("asha")])
def test_names_that_iam_takes(name: str) -> None:
    assert name_fault("user", name) is None
    assert name_fault("group", name) is None
    assert existing_name_fault(name) is None
    assert policy_name_fault(name) is None


def test_the_length_of_a_name_depends_on_what_is_named() -> None:
    assert name_fault("user", "a" * 65) == "has a name of 65 characters; IAM allows 64"
    assert name_fault("group", "a" * 65) is None
    assert name_fault("group", "a" * 128) is None
    assert name_fault("group", "a" * 129) == "has a name of 129 characters; IAM allows 128"


def test_existing_names_and_policy_names_have_128_characters() -> None:
    for rule in (existing_name_fault, policy_name_fault):
        assert rule("a" * 128) is None
        assert rule("a" * 129) == "has a name of 129 characters; IAM allows 128"


@pytest.mark.parametrize(
    ("name", "told", "proposed"),
    [
        ("asha rao", "' '", "asha.rao"),
        ("zoë", "'ë'", "zoe"),
        ("asha\n", r"'\n'", "asha"),
        ("a/b", "'/'", None),
        ("a b/c d", "' ', '/'", None),
        ("\uff11", "'\uff11'", "1"),
        ("a\u0301", "'\u0301'", "a"),
        ("jürgen.öl", "'ü', 'ö'", "juergen.oel or jurgen.ol"),
        ("ju\u0308rgen", "'\u0308'", "juergen or jurgen"),
        ("Jürgen.Groß", "'ü', 'ß'", "Juergen.Gross or Jurgen.Gross"),
        ("Øyvind.Łoś", "'Ø', 'Ł', 'ś'", "Oeyvind.Los or Oyvind.Los"),
        ("Åsa", "'Å'", "Aasa or Asa"),
        ("Æsir", "'Æ'", "Aesir"),
        ("\u4f1f", "'\u4f1f'", None),
        (" ", "' '", None),
    ],
)
def test_letters_that_no_name_has(name: str, told: str, proposed: str | None) -> None:
    fault = f"has {told} in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"
    assert existing_name_fault(name) == fault
    for kind in ("user", "group"):
        assert name_fault(t.cast("t.Any", kind), name) == (f"{fault}; {proposed} would do" if proposed else fault)


def test_a_name_that_would_be_too_long_is_not_proposed() -> None:
    wrong = "in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"
    assert name_fault("user", "ß" * 33) == f"has 'ß' {wrong}"
    assert name_fault("user", "ü" * 33) == f"has 'ü' {wrong}; {'u' * 33} would do"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "has an empty name"),
        (None, "has null for a name"),
        (1042, "has a number (1042) for a name: put it in quotes"),
        (True, "has a boolean (True) for a name: put it in quotes"),
        (["asha"], "has a list for a name"),
        ({}, "has a mapping for a name"),
    ],
)
def test_names_that_are_no_names(name: object, fault: str) -> None:
    assert name_fault("user", name) == fault
    assert existing_name_fault(name) == fault


@given(st.text(alphabet=LETTERS, min_size=1, max_size=64))
def test_every_name_of_iams_letters_is_taken(name: str) -> None:
    assert name_fault("user", name) is None


@given(st.text(max_size=80))
def test_the_names_taken_are_iams_pattern(name: str) -> None:
    taken = re.match(r"^[A-Za-z0-9_+=,.@-]{1,64}\Z", name) is not None
    assert (name_fault("user", name) is None) == taken


@pytest.mark.parametrize("path", ["/", "/a/", "/workforce/", "/a//b/", "/!~/", "/" + "a" * 510 + "/"])
def test_paths_that_iam_takes(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(
    "path", ["", "a", "/team", "team/", "//", "/a b/", "/a\x7f/", "/é/", "/a/\n", "/" + "a" * 511 + "/", None, 5, ["/"]]
)
def test_paths_that_iam_refuses(path: object) -> None:
    assert path_fault(path) is not None


def test_a_path_at_fault_is_shown_with_the_rule() -> None:
    assert path_fault("team") == (
        "has the path team; a path is / or begins and ends with /, with printable ASCII letters and no spaces between"
    )
    assert path_fault("/" * 513) == "has a path of 513 characters; IAM allows 512"


@pytest.mark.parametrize(
    ("ref", "arn"), [("arn:aws:iam::aws:policy/X", True), ("X", False), ("job-function/X", False), ("ARN:aws", False)]
)
def test_what_is_given_by_arn(ref: str, arn: bool) -> None:
    assert is_arn(ref) is arn


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::aws:policy/job-function/Billing",
        "arn:aws:iam::123456789012:policy/a/b/c+=,.@_-",
    ],
)
def test_arns_of_this_partition(arn: str) -> None:
    assert policy_arn_fault(arn, "aws") is None
    assert policy_reference_fault(arn) is None


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b"])
def test_arns_of_another_partition(partition: str) -> None:
    arn = f"arn:{partition}:iam::aws:policy/X"
    assert policy_arn_fault(arn, partition) is None
    assert policy_reference_fault(arn) is None
    assert policy_arn_fault(arn, "aws-x") == f"names {arn}, which is of partition {partition}; this account is in aws-x"


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:iam::aws:policy/",
        "arn:aws:iam::aws:role/X",
        "arn:aws:iam::1234:policy/X",
        "arn:aws:iam:eu-west-1:aws:policy/X",
        "arn:aws:iam::aws:policy/a b",
        "arn:aws:iam::aws:policy/X\n",
        "arn:aws:s3:::bucket",
        "arn:",
        "arn:aws:iam::aws:policy/" + "a" * 129,
    ],
)
def test_malformed_arns(arn: str) -> None:
    told = f"names {shown(arn)}, which is not the ARN of a managed policy"
    assert policy_arn_fault(arn, "aws") == told
    assert policy_reference_fault(arn) == told


@pytest.mark.parametrize(
    "ref", ["ReadOnlyAccess", "job-function/Billing", "/job-function/Billing", "/a/b/c", "a" * 128]
)
def test_friendly_names(ref: str) -> None:
    assert policy_reference_fault(ref) is None


@pytest.mark.parametrize("ref", ["", " ", "a b", "a/", "/", "//a", "é", "a\n", "a" * 129])
def test_names_that_no_policy_has(ref: str) -> None:
    assert policy_reference_fault(ref) == f"names {shown(ref)}, which cannot be the name of a managed policy"


def test_references_that_are_no_strings() -> None:
    assert policy_reference_fault(None) == "has null where a policy's name or ARN belongs"
    assert policy_reference_fault(5) == "has a number (5) where a policy's name or ARN belongs"
    assert policy_arn_fault(None, "aws") == "names None, which is not the ARN of a managed policy"


def test_tags_that_iam_takes() -> None:
    tags = {"team": "data", "größe": "ünï", "a b": "", "_.:/=+-@": "_.:/=+-@", "x": "aws:y", "n": 5, "b": True}
    assert tag_faults(tags) == []
    assert tag_faults({}) == []
    assert tag_faults({f"k{number}": "" for number in range(50)}) == []
    assert tag_faults({"k" * 128: "v" * 256}) == []


@pytest.mark.parametrize(
    ("tags", "fault"),
    [
        ("team=data", "has a string (team=data) for tags; a mapping of keys to values belongs there"),
        (["team"], "has a list for tags; a mapping of keys to values belongs there"),
        ({5: "x"}, "has a number (5) for a tag's key: put it in quotes"),
        ({"": "x"}, "has a tag with a blank key"),
        ({"  ": "x"}, "has a tag with a blank key"),
        ({"aws:x": "y"}, "has the tag aws:x; keys that begin with aws: are AWS's own"),
        ({"AWS:x": "y"}, "has the tag AWS:x; keys that begin with aws: are AWS's own"),
        ({"a,b": "y"}, "has ',' in the key of the tag a,b; IAM allows letters, digits, spaces and _ . : / = + - @"),
        (
            {"a": "x,\ty"},
            r"has ',', '\t' in the value of the tag a; IAM allows letters, digits, spaces and _ . : / = + - @",
        ),
        ({"a": None}, "has null for the value of the tag a; a string belongs there"),
        ({"a": ["x"]}, "has a list for the value of the tag a; a string belongs there"),
        ({"a": "x" * 257}, "has a value of 257 characters for the tag a; IAM allows 256"),
        (
            {"Team": "x", "team": "y"},
            "has the tags Team and team, which are one key to IAM: it compares them without case",
        ),
        ({f"k{number}": "" for number in range(51)}, "has 51 tags; IAM allows 50"),
    ],
)
def test_tags_that_iam_refuses(tags: object, fault: str) -> None:
    assert tag_faults(tags) == [fault]


def test_a_tag_key_that_is_too_long_is_shown_cut() -> None:
    (fault,) = tag_faults({"k" * 300: ""})
    assert fault.startswith("has a tag whose key has 300 characters (kkk")
    assert fault.endswith("…); IAM allows 128")


def test_all_faults_of_the_tags_are_told() -> None:
    assert len(tag_faults({"aws:x": "y", "b": None, "C": "1", "c": ","})) == 4


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z"]), min_size=1, max_size=20).filter(str.strip))
def test_letters_digits_and_separators_of_all_scripts_are_taken(text: str) -> None:
    assert tag_value_fault("k", text) is None


@given(st.text(alphabet=st.characters(categories=["M", "C", "S"], exclude_characters="=+"), min_size=1, max_size=5))
def test_marks_controls_and_symbols_are_not(text: str) -> None:
    assert tag_value_fault("k", text) is not None


def test_numbers_and_booleans_become_text_as_amazon_aws_writes_them() -> None:
    assert [tag_text(value) for value in ("x", 5, 1.5, True)] == ["x", "5", "1.5", "True"]


def test_our_tags_are_ours_in_any_case() -> None:
    assert own_tag_faults({"team": "x", "workforces": "x"}) == []
    assert own_tag_faults("nonsense") == []
    assert own_tag_faults({"workforce:managed": "x", "Workforce:y": "z"}) == [
        "has the tag workforce:managed; keys that begin with workforce: are the collection's own marks",
        "has the tag Workforce:y; keys that begin with workforce: are the collection's own marks",
    ]


def test_the_nearest_word_keeps_its_spelling() -> None:
    assert nearest("data-sience", ["Sales", "Data-Science"]) == "Data-Science"
    assert nearest("zzz", ["sales"]) is None
    assert nearest("x", []) is None
    assert meant("departmnets", ("departments", "name")) == "; did you mean departments?"
    assert meant("zzz", ["sales"]) == ""


@given(st.text(min_size=1), st.lists(st.text(min_size=1)))
def test_the_nearest_word_is_one_of_the_words(word: str, words: list[str]) -> None:
    assert nearest(word, words) in (*words, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("", "''"),
        ("a b", "'a b'"),
        ("a\n", r"'a\n'"),
        (5, "5"),
        ("a" * 140, "a" * 140),
        ("a" * 141, "a" * 139 + "…"),
    ],
)
def test_values_as_messages_carry_them(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "kind", "description"),
    [
        (None, "null", "null"),
        (False, "a boolean", "a boolean (False)"),
        (5, "a number", "a number (5)"),
        (1.5, "a number", "a number (1.5)"),
        ("x", "a string", "a string (x)"),
        (["secret"], "a list", "a list"),
        ((), "a list", "a list"),
        ({"password": "secret"}, "a mapping", "a mapping"),
        (b"x", "a bytes", "a bytes"),
    ],
)
def test_what_a_value_is_called(value: t.Any, kind: str, description: str) -> None:
    assert kind_of(value) == kind
    assert described(value) == description
