# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removes secrets from other programs' messages: AWS, a proxy or a mail server may repeat what it refuses."""

from __future__ import annotations

import base64
import re
import typing as t
import urllib.parse

HIDDEN = "********"
LEAST_ENCODED = 8


def shapes_of(secrets: t.Iterable[str]) -> frozenset[str]:
    """The secrets as they are, and in the encodings of Python, URLs, mail and SMTP logins."""
    return frozenset(shape for secret in secrets if secret for shape in _shapes(secret))


def _shapes(secret: str) -> t.Iterator[str]:
    yield secret
    yield repr(secret)[1:-1]
    yield urllib.parse.quote(secret, safe="")
    yield urllib.parse.quote_plus(secret)
    data = secret.encode()
    # Quoted-printable. A secret is shorter than a line, so line breaks need no thought.
    yield "".join(chr(byte) if 33 <= byte <= 126 and byte != 61 else f"={byte:02X}" for byte in data)
    yield base64.b64encode(data).decode()
    # Inside a longer text, base64 depends on what stands before, and the first and last letters also encode the
    # neighbours: they are left out. A very short secret then leaves nothing to search for.
    for before in range(3) if len(data) >= LEAST_ENCODED else ():
        encoded = base64.b64encode(b"\0" * before + data).rstrip(b"=").decode()
        inner = encoded[(0, 2, 3)[before] :]
        yield inner if (before + len(data)) % 3 == 0 else inner[:-1]


def hide(text: str, shapes: t.Iterable[str]) -> str:
    """The text without these shapes, in upper or lower case."""
    # Longest first: a shape may contain another.
    for shape in sorted(shapes, key=len, reverse=True):
        text = re.sub(re.escape(shape), HIDDEN, text, flags=re.IGNORECASE)
    return text
