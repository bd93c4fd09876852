# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of users."""

from __future__ import annotations

from typing import Any

import pytest

from ..refusal import refused


def tag(key: str, value: str = "v") -> dict[str, str]:
    return {"Key": key, "Value": value}


@pytest.fixture
def user(iam: Any) -> str:
    iam.create_user(UserName="u", Tags=[tag("Team", "a")])
    return "u"


def keys(iam: Any) -> list[str]:
    return [found["Key"] for found in iam.list_user_tags(UserName="u")["Tags"]]


def test_tagging_again_replaces_value_and_spelling(iam: Any, user: str) -> None:
    """Tags: keys are case-insensitive; re-tagging `team` over `Team` replaces it and changes the case (live probe)."""
    iam.tag_user(UserName=user, Tags=[tag("team", "b")])
    assert iam.list_user_tags(UserName=user)["Tags"] == [tag("team", "b")]
    assert iam.get_user(UserName=user)["User"]["Tags"] == [tag("team", "b")]


def test_two_spellings_in_one_call_are_refused(iam: Any, user: str) -> None:
    """Tags: two case variants in one call give InvalidInput (live probe); nothing is written."""
    with refused("InvalidInput"):
        iam.tag_user(UserName=user, Tags=[tag("x"), tag("X")])
    assert keys(iam) == ["Team"]


def test_keys_of_aws_are_refused_but_values_may_look_so(iam: Any, user: str) -> None:
    """Tags: a key aws:* gives InvalidInput, a value may start with aws: (live probe)."""
    for key in ("aws:x", "AWS:x"):
        with refused("InvalidInput"):
            iam.tag_user(UserName=user, Tags=[tag(key)])
    iam.tag_user(UserName=user, Tags=[tag("x", "aws:y")])


@pytest.mark.parametrize("key", ["", " ", "   ", "k" * 129, "a*b", "a\tb", "a!b"])
def test_keys_that_aws_refuses(iam: Any, user: str, key: str) -> None:
    """Tags: 1-128 of letters, spaces, digits and _.:/=+-@ (tagKeyType); only whitespace is refused too (live probe)."""
    with refused("ValidationError", "tags.1.member.key"):
        iam.tag_user(UserName=user, Tags=[tag(key)])


@pytest.mark.parametrize("key", ["k" * 128, "cost center", "Größe", "部門", "a_.:/=+-@1"])
def test_keys_that_aws_takes(iam: Any, user: str, key: str) -> None:
    """Tags: the pattern's letters are Unicode's (tagKeyType)."""
    iam.tag_user(UserName=user, Tags=[tag(key, "")])
    assert key in keys(iam)


@pytest.mark.parametrize("value", ["v" * 257, "a,b", '{"a": 1}', "a\n"])
def test_values_that_aws_refuses(iam: Any, user: str, value: str) -> None:
    """Tags: a value has 0-256 of the same letters (tagValueType): no JSON, no comma."""
    with refused("ValidationError", "tags.1.member.value"):
        iam.tag_user(UserName=user, Tags=[tag("k", value)])


def test_fifty_tags_and_no_more(iam: Any, user: str) -> None:
    """Tags: 50 per user, the 51st gives LimitExceeded; replacing one of the fifty does not (live probe)."""
    iam.tag_user(UserName=user, Tags=[tag(f"k{number}") for number in range(49)])
    with refused("LimitExceeded"):
        iam.tag_user(UserName=user, Tags=[tag("one-more")])
    iam.tag_user(UserName=user, Tags=[tag("TEAM")])
    assert len(keys(iam)) == 50


def test_more_than_fifty_in_a_request(iam: Any, user: str) -> None:
    """Tags: more than 50 in one request give ValidationError (tagListType)."""
    with refused("ValidationError", "'tags'"):
        iam.tag_user(UserName=user, Tags=[tag(f"k{number}") for number in range(51)])
    with refused("ValidationError", "'tags'"):
        iam.create_user(UserName="other", Tags=[tag(f"k{number}") for number in range(51)])


def test_no_tags_at_all(iam: Any, user: str) -> None:
    """Tags: an empty list gives InvalidInput (live probe)."""
    with refused("InvalidInput"):
        iam.tag_user(UserName=user, Tags=[])


def test_untagging(iam: Any, user: str) -> None:
    """Tags: UntagUser finds keys without case, and succeeds for a key that is not there (live probe)."""
    iam.untag_user(UserName=user, TagKeys=["none", "TEAM"])
    assert keys(iam) == []
    assert "Tags" not in iam.get_user(UserName=user)["User"]


def test_tags_of_nobody(iam: Any) -> None:
    """Errors: NoSuchEntity for every operation on a user that is not there."""
    with refused("NoSuchEntity"):
        iam.tag_user(UserName="none", Tags=[tag("k")])
    with refused("NoSuchEntity"):
        iam.untag_user(UserName="none", TagKeys=["k"])
    with refused("NoSuchEntity"):
        iam.list_user_tags(UserName="none")


def test_tags_come_in_pages(iam: Any, user: str) -> None:
    """Paging: ListUserTags has Marker, MaxItems and IsTruncated."""
    iam.tag_user(UserName=user, Tags=[tag(f"k{number:02}") for number in range(30)])
    pages = list(iam.get_paginator("list_user_tags").paginate(UserName=user, PaginationConfig={"PageSize": 10}))
    assert [len(page["Tags"]) for page in pages] == [10, 10, 10, 1]
    assert len({found["Key"] for page in pages for found in page["Tags"]}) == 31
