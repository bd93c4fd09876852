# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for secrets finds what is there, however it is written down: one that finds nothing proves nothing."""

from __future__ import annotations

import base64
import gzip
import json
import pprint
import quopri
import shlex
import subprocess
import sys
import urllib.parse
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.support.secrecy import Search, files_under
from tests.support.watch import Watch

SECRET = "fG7!tr&Wq-2+ma=Zx'9(kD"
# Letters, digits, every sign that a password policy can ask for, and those that other people's passwords have.
ALPHABET = """abcXYZ0189!@#$%^&*()_+-=[]{}|'"<>\\~?/;:,."""
# So short that no half of them is looked for, which would be found in place of the whole.
WHOLE = st.text(ALPHABET, min_size=14, max_size=17)


def mail(secret: str, encoding: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Your account"
    message.set_content(f"Grüße\n\n    {secret}\n\n" + "bye " * 40, cte=encoding)
    return message.as_bytes()


WRITERS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda secret: f"password={secret};".encode(),
    "JSON": lambda secret: json.dumps({"stdout": secret}).encode(),
    "JSON in JSON": lambda secret: json.dumps({"stdout": json.dumps({"password": secret})}).encode(),
    "YAML": lambda secret: yaml.safe_dump({"stdout": secret, "x": ["y"]}).encode(),
    "YAML, folded": lambda secret: yaml.safe_dump({"a": {"msg": f"{'a word ' * 9}{secret} and more"}}).encode(),
    "YAML, double quotes": lambda secret: yaml.safe_dump([f"{'word ' * 13}{secret}"], default_style='"').encode(),
    "YAML, single quotes": lambda secret: yaml.safe_dump([f"word {secret}"], default_style="'").encode(),
    "Python": lambda secret: repr({"password": secret}).encode(),
    "Python, pretty": lambda secret: pprint.pformat(["a word " * 20, secret], width=60).encode(),
    "URL": lambda secret: f"https://x/?p={urllib.parse.quote(secret, safe='')}&q".encode(),
    "form": lambda secret: urllib.parse.urlencode({"Password": secret, "V": "1"}).encode(),
    "XML": lambda secret: f"<p>{escape(secret)}</p>".encode(),
    "shell": lambda secret: f"login {shlex.quote(secret)}".encode(),
    "hexadecimal": lambda secret: ("ab" + secret.encode().hex() + "cd").encode(),
    "UTF-16": lambda secret: f"password {secret}".encode("utf-16"),
    "quoted-printable": lambda secret: quopri.encodestring(f"{'x' * 66}{secret} ü".encode()),
    "mail, 7bit": lambda secret: mail(secret, "quoted-printable"),
    "mail, base64": lambda secret: mail(secret, "base64"),
    "base64 with lines": lambda secret: base64.encodebytes(f"{'x' * 41}{secret}{'y' * 41}".encode()),
    "base64 for URLs": lambda secret: base64.urlsafe_b64encode(f"??>{secret}~~".encode()),
    "base64 of JSON": lambda secret: base64.b64encode(json.dumps({"a": secret}).encode()),
    "JSON for pages": lambda secret: json.dumps({"a": secret}).replace("<", "\\u003c").replace("&", "\\u0026").encode(),
    "lines in JSON": lambda secret: json.dumps({"out": f"x\n{secret[:7]}\n  {secret[7:]}"}).encode(),
}


@pytest.mark.parametrize("writer", WRITERS)
@given(secret=WHOLE)
def test_a_secret_is_found_however_it_is_written(writer: str, secret: str) -> None:
    found = Search({"asha.rao": secret}).within({"a file": WRITERS[writer](secret)})
    assert [(each.secret, each.place) for each in found] == [("asha.rao", "a file")]


@given(secret=st.text(ALPHABET, min_size=18, max_size=24))
def test_half_a_secret_is_found(secret: str) -> None:
    middle = len(secret) // 2
    search = Search({"asha.rao": secret})
    for half in (secret[:middle], secret[middle:]):
        assert [each.shape for each in search.within({"a file": half.encode()})] == ["a half"]


@given(secret=WHOLE, other=st.binary(max_size=400))
def test_what_is_not_there_is_not_found(secret: str, other: bytes) -> None:
    search = Search({"asha.rao": secret})
    assert search.within({writer: write("Another-Password-2026") for writer, write in WRITERS.items()}) == []
    assert search.within({"noise": other}) == []


def test_a_sighting_does_not_tell_the_secret() -> None:
    found = Search({"asha.rao": SECRET}).within({"a log": SECRET.encode()})
    assert SECRET not in repr(found)


def test_nothing_to_search_for_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="nothing to search for"):
        Search({})
    with pytest.raises(AssertionError, match="too short"):
        Search({"asha.rao": "short"})


def test_files_names_and_what_is_packed(tmp_path: Path) -> None:
    search = Search({"asha.rao": SECRET})
    deep = tmp_path / "one" / "two"
    deep.mkdir(parents=True)
    (deep / ".hidden").write_text(SECRET, encoding="utf-8")
    (deep / f"job-{SECRET}").touch()
    (tmp_path / "log.gz").write_bytes(gzip.compress(SECRET.encode()))
    with zipfile.ZipFile(tmp_path / "module.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner/x.py", f"# {SECRET}" * 3)
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart" / "mail").write_text(SECRET, encoding="utf-8")
    seen = {each.place for each in search.within(files_under(tmp_path, apart=[tmp_path / "apart"]))}
    name = f"name of one/two/job-{SECRET}"
    assert seen == {"one/two/.hidden", name, "log.gz!", "module.zip!inner/x.py"}


def test_what_is_there_for_a_moment_is_seen(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys, time; file = pathlib.Path(sys.argv[1]);"
        "file.write_text(os.environ['MOMENT']); time.sleep(0.3); file.unlink()"
    )
    line = "Line-of-a-Process-2026"
    with Watch(tmp_path) as watch:
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "file"), line], env={"MOMENT": SECRET}, check=True)
    search = Search({"moment": SECRET, "line": line})
    assert {(each.secret, each.place.partition(" (")[0]) for each in search.within(watch.seen())} == {
        ("moment", "environments"),
        ("moment", "passing file"),
        ("line", "command lines"),
    }
    assert list(tmp_path.iterdir()) == []
