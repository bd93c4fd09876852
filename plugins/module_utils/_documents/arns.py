# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patterns of ARNs: whether anything can be of two of them. Pure."""

from __future__ import annotations

import functools
import re
import typing as t

_ANY = "*"
_ONE = "?"
_NAME = "\0"
"""A name without a slash: no ARN has this letter."""

_STARS = (_ANY, _NAME)
_VARIABLE = re.compile(r"\$\{[^}]*\}")
# Placeholders whose values have no slash: what is below a bucket is an object.
_WITHOUT_SLASH = {"${BucketName}"}
_COLONS = 5


def is_of_type(resource: str, arn: str) -> bool:
    """Whether a resource of a policy can be of the type that has this ARN. Both stand for many."""
    return all(map(overlap, _fields(resource), _fields(arn)))


@functools.lru_cache(maxsize=16384)
def _fields(pattern: str) -> tuple[str, ...]:
    """The six fields of an ARN, with stars for variables. A pattern that ends early covers what would follow."""
    plain = _VARIABLE.sub(lambda found: _NAME if found.group() in _WITHOUT_SLASH else _ANY, pattern)
    fields = plain.split(":", _COLONS)
    return (*fields, *[_ANY] * (_COLONS + 1 - len(fields)))


@functools.lru_cache(maxsize=16384)
def overlap(one: str, other: str) -> bool:
    """Whether some text is of both patterns."""
    # The places in `other` that can be reached with what is read of `one`.
    reached = _skipping({0}, other)
    for letter in one:
        if letter in _STARS:
            reached = _run(reached, other, letter)
            continue
        open_places = {place for place in reached if place < len(other)}
        after = {place + 1 for place in open_places if _fits(letter, other[place])}
        # A star of `other` may take the letter and go on.
        reached = _skipping(after | {place for place in open_places if _takes(other[place], letter)}, other)
        if not reached:
            return False
    return len(other) in reached


def _skipping(places: t.Iterable[int], pattern: str) -> set[int]:
    """The places, and those behind stars that stand for nothing."""
    return {end for start in places for end in _ends(start, pattern, lambda one: one in _STARS)}


def _run(places: t.Iterable[int], pattern: str, star: str) -> set[int]:
    """Every place that a star comes to."""
    return {end for start in places for end in _ends(start, pattern, functools.partial(_takes, star))}


def _ends(start: int, pattern: str, goes_on: t.Callable[[str], bool]) -> t.Iterator[int]:
    """The places from the start as far as it goes on."""
    yield start
    for place in range(start, len(pattern)):
        if not goes_on(pattern[place]):
            return
        yield place + 1


def _takes(star: str, letter: str) -> bool:
    """Whether a star may stand for a letter or star of the other side."""
    return star == _ANY or (star == _NAME and letter != "/")


def _fits(one: str, other: str) -> bool:
    return one == other or (_ONE in (one, other) and other not in _STARS)
