# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches for secrets in everything that a run left behind, in the encodings in which programs write text."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import math
import quopri
import re
import shlex
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# Half of a secret is searched for too, if it is too long to be a word.
SHORTEST_HALF = 9
# How to read text that was altered in places: soft line breaks of quoted-printable, folded and continued lines, JSON's
# line breaks, and letters that are written as numbers.
READINGS = (
    lambda data: data,
    lambda data: re.sub(rb"=\r?\n", b"", data),
    lambda data: re.sub(rb"\\?\s+", b"", data),
    lambda data: re.sub(rb"(\\r)?\\n\s*", b"", data),
    lambda data: re.sub(rb"\\u00([2-7][0-9A-Fa-f])", lambda found: bytes([int(found[1], 16)]), data),
)


@dataclass(frozen=True)
class Sighting:
    """The label of a secret, the place where it was found, and its encoding. Never the secret: the output is kept."""

    secret: str
    place: str
    shape: str


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _quoted_printable(text: str) -> str:
    return re.sub(r"=\r?\n", "", quopri.encodestring(text.encode(), quotetabs=True).decode("ascii"))


# Encodings of a text from which a person or a program could still read the secret.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "JSON": _json,
    "JSON in JSON": lambda text: _json(_json(text)),
    "Python": lambda text: repr(text)[1:-1],
    "YAML": lambda text: text.replace("'", "''"),
    "a shell": lambda text: shlex.quote(text)[1:-1] if shlex.quote(text) != text else text,
    "a URL": lambda text: quote(text, safe=""),
    "a URL's small letters": lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text, safe="")),
    "a URL's path": quote,
    "a form with unreserved signs": lambda text: quote(text, safe="!'()*~-._"),
    "HTML": html.escape,
    "HTML's text": lambda text: html.escape(text, quote=False),
    "quoted-printable": _quoted_printable,
    "hexadecimal": lambda text: text.encode().hex(),
    "HEXADECIMAL": lambda text: text.encode().hex().upper(),
}


def _base64_of(data: bytes, altchars: bytes | None = None) -> Iterator[bytes]:
    """The letters of base64 that depend only on the secret, for each of its three positions in a longer text."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + data, altchars)
        yield encoded[math.ceil(before * 8 / 6) : (before + len(data)) * 8 // 6]


def shapes(secret: str) -> dict[bytes, str]:
    """Every encoding of this secret, with the encoding's name."""
    found: dict[bytes, str] = {}
    for name, spell in SPELLINGS.items():
        spelt = spell(secret).encode()
        found.setdefault(spelt, name)
        for form in (*_base64_of(spelt), *_base64_of(spelt, b"-_")):
            found.setdefault(form, f"base64 of {name}")
    found.setdefault(secret.encode("utf-16-le"), "UTF-16")
    found.setdefault(secret.encode("utf-16-be"), "UTF-16")
    middle = len(secret) // 2
    for half in (secret[:middle], secret[middle:]):
        if len(half) >= SHORTEST_HALF:
            found.setdefault(half.encode(), "a half")
    return found


class Search:
    """Searches for secrets, by label, in places, by name."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        # A short secret would be found everywhere, and without a secret the test would always pass.
        assert secrets, "there is nothing to search for"
        assert all(len(secret) >= SHORTEST_HALF for secret in secrets.values()), "too short to be told from words"
        self._shapes = {label: shapes(secret) for label, secret in secrets.items()}

    def within(self, places: Mapping[str, bytes]) -> list[Sighting]:
        """What was found, at most once for each secret and place."""
        return [sighting for place, data in places.items() for sighting in self._in_one(place, data)]

    def _in_one(self, place: str, data: bytes) -> Iterator[Sighting]:
        texts = {read(data) for read in READINGS}
        for label, forms in self._shapes.items():
            seen = next((name for form, name in forms.items() if any(form in text for text in texts)), None)
            if seen is not None:
                yield Sighting(label, place, seen)


def files_under(folder: Path, apart: Collection[Path] = ()) -> dict[str, bytes]:
    """The files below a folder with their names, archives unpacked. Files in the folders `apart` are left out."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if any(path == other or other in path.parents for other in apart):
            continue
        name = str(path.relative_to(folder))
        found[f"name of {name}"] = name.encode()
        if path.is_file():
            found.update(unpacked(name, path.read_bytes()))
    return found


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """A file, and the files in it if it is an archive."""
    found = {name: data}
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                found.update(unpacked(f"{name}!{member}", packed.read(member)))
    if data.startswith(b"\x1f\x8b"):
        found.update(unpacked(f"{name}!", gzip.decompress(data)))
    return found
