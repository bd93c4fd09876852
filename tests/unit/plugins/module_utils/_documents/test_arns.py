# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patterns of ARNs: whether anything can be of two of them."""

from __future__ import annotations

import fnmatch
import itertools

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._documents.arns import is_of_type, overlap
from hypothesis import given
from hypothesis import strategies as st

BUCKET = "arn:${Partition}:s3:::${BucketName}"
OBJECT = "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
USER = "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}"


@pytest.mark.parametrize(
    ("resource", "template", "expected"),
    [
        ("*", BUCKET, True),
        ("arn:aws:s3:::logs", BUCKET, True),
        ("arn:aws:s3:::logs/*", BUCKET, False),
        ("arn:aws:s3:::logs*", BUCKET, True),
        ("arn:aws:s3:::logs/*", OBJECT, True),
        ("arn:aws:s3:::logs", OBJECT, False),
        ("arn:aws:s3:::*", OBJECT, True),
        ("arn:aws:s3:::${aws:username}/*", OBJECT, True),
        ("arn:aws:iam::*:user/${aws:username}", USER, True),
        ("arn:aws:iam::*", USER, True),
        ("arn:aws:iam::*:group/*", USER, False),
        ("arn:aws:s3:::user/x", USER, False),
        ("arn:aws:iam::1:us?r/x", USER, True),
    ],
)
def test_resources_and_their_types(resource: str, template: str, expected: bool) -> None:
    assert is_of_type(resource, template) is expected
    assert is_of_type(template, resource) is expected


PATTERNS = st.text("ab*?", max_size=4)
TEXTS = ["".join(letters) for count in range(7) for letters in itertools.product("ab", repeat=count)]


@given(PATTERNS, PATTERNS)
def test_two_patterns_overlap_when_a_text_is_of_both(one: str, other: str) -> None:
    """Every text that two patterns of four letters can share at all has a shorter one among these."""
    found = any(fnmatch.fnmatchcase(text, one) and fnmatch.fnmatchcase(text, other) for text in TEXTS)
    assert overlap(one, other) is found
