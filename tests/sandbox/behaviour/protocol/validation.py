# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every IAM request held against the lengths, patterns, ranges and choices of botocore's own IAM model.

botocore checks none of these on the client's side, so AWS does it, and answers ValidationError before anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from ..errors import ValidationError

NAME_PATTERN = r"[\w+=,.@-]+"
TAG_PUNCTUATION = frozenset("_.:/=+-@")
# AWS judges these after the entity is found, and answers InvalidInput instead.
JUDGED_LATER = frozenset({("UpdateAccessKey", "Status")})
# Here AWS repeats neither the value nor the choices (recorded by LocalStack).
TERSE = frozenset(f"{verb}ServiceSpecificCredential" for verb in ("Create", "Update", "Reset", "Delete"))
REPEATED = re.compile(r"^Value '.*' at ", re.DOTALL)
CHOICES = re.compile(r"(Member must satisfy enum value set): \[.*\]$")


def check(operation: str, shape: StructureShape | None, params: Mapping[str, Any]) -> None:
    """Raise ValidationError that names every fault of the request."""
    if shape is None:
        return
    faults = list(_structure_faults(shape, params, "", operation))
    if not faults:
        return
    if operation in TERSE:
        faults = [CHOICES.sub(r"\1", REPEATED.sub("Value at ", fault)) for fault in faults]
    if len(faults) == 1 and faults[0].startswith("The specified value"):
        raise ValidationError(faults[0])
    plural = "s" if len(faults) > 1 else ""
    raise ValidationError(f"{len(faults)} validation error{plural} detected: {'; '.join(faults)}")


def _structure_faults(shape: StructureShape, params: Mapping[str, Any], at: str, operation: str) -> Iterator[str]:
    for name, member in shape.members.items():
        place = at + name[0].lower() + name[1:]
        value = params.get(name)
        if value is None:
            if name in shape.required_members:
                yield f"Value null at '{place}' failed to satisfy constraint: Member must not be null"
        elif (operation, name) not in JUDGED_LATER:
            yield from _faults(member, value, place, operation)


def _faults(shape: Shape, value: Any, at: str, operation: str) -> Iterator[str]:
    if isinstance(shape, StructureShape):
        yield from _structure_faults(shape, value, f"{at}.", operation)
    elif isinstance(shape, ListShape):
        yield from _size_faults(shape, len(value), "length", value, at)
        for number, item in enumerate(value, start=1):
            yield from _faults(shape.member, item, f"{at}.{number}.member", operation)
    elif shape.type_name == "integer":
        yield from _size_faults(shape, int(value), "value", value, at)
    elif shape.type_name == "string":
        yield from _string_faults(shape, value, at)


def _string_faults(shape: Shape, value: str, at: str) -> Iterator[str]:
    yield from _size_faults(shape, len(value), "length", value, at)
    choices = shape.metadata.get("enum")
    if choices and value not in choices:
        yield _fault(shape, value, at, f"Member must satisfy enum value set: [{', '.join(choices)}]")
    pattern = shape.metadata.get("pattern")
    if pattern and not _matcher(pattern)(value):
        if pattern == NAME_PATTERN:
            yield (
                f"The specified value for {at} is invalid. It must contain only alphanumeric characters "
                "and/or the following: +=,.@_-"
            )
        else:
            yield _fault(shape, value, at, f"Member must satisfy regular expression pattern: {pattern}")
    elif shape.name == "tagKeyType" and not value.strip():
        # Whitespace satisfies the pattern, and is refused all the same.
        yield _fault(shape, value, at, "Member must not be blank")


def _size_faults(shape: Shape, size: int, what: str, value: Any, at: str) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and size > most:
        yield _fault(shape, value, at, f"Member must have {what} less than or equal to {most}")
    if least is not None and size < least:
        yield _fault(shape, value, at, f"Member must have {what} greater than or equal to {least}")


def _fault(shape: Shape, value: Any, at: str, constraint: str) -> str:
    shown = "Value" if shape.metadata.get("sensitive") else f"Value '{value}'"
    return f"{shown} at '{at}' failed to satisfy constraint: {constraint}"


@cache
def _matcher(pattern: str) -> Callable[[str], object]:
    """AWS's patterns are Java's: \\w is ASCII, the whole value must match, and $ does not forgive a last newline."""
    if r"\p{L}" in pattern:
        return _is_tag_text if pattern.endswith("+") else lambda value: not value or _is_tag_text(value)
    return re.compile(pattern, re.ASCII).fullmatch


def _is_tag_text(value: str) -> bool:
    return bool(value) and all(c in TAG_PUNCTUATION or unicodedata.category(c)[0] in "LZN" for c in value)
