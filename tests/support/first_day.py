# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A joiner's first day, checked from outside: what they received, and whether they can sign in with it.

It uses only the mails, the files and the account, and nothing of the collection. A password is really tried: with
ChangePassword as the user, as the forced change at the first sign-in does.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session

from tests.sandbox.client import Sandbox

MARK = "workforce:credential"
DELIVERED = re.compile(r"delivered \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (mail|file|mail file)")
KEY_PARTS = {"access_key_id": "AccessKeyId", "secret_access_key": "SecretAccessKey"}
AFTERWARDS = "Chosen-by-the-judge-2026"
# The password is alone on its line. No other word is as long, and a link has a colon.
PASSWORD_LINE = re.compile(r"[^\s:/@]{20,}")


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    to: str
    text: str

    @property
    def password(self) -> str:
        found = [line.strip() for line in self.text.splitlines() if PASSWORD_LINE.fullmatch(line.strip())]
        assert len(found) == 1, f"{len(found)} lines of a mail to {self.to} could be a password"
        return found[0]


def password_in(file: Path) -> str:
    """The password in a file in the form of the console's, of one user."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        (row,) = csv.DictReader(opened)
    return row["Password"]


@dataclass
class FirstDay:
    """The people of one story, and where their mail goes.

    `letters` returns all mails so far, in the order of their arrival; `folder` is where files are written. `mailed` are
    the passwords of earlier mails. `chosen` are passwords that people chose themselves: only those of the `reissued`
    may be overwritten.
    """

    sandbox: Sandbox
    addresses: Mapping[str, str]
    letters: Callable[[], Sequence[Letter]]
    folder: Path | None = None
    chosen: dict[str, str] = field(default_factory=dict)
    mailed: Mapping[str, str] = field(default_factory=dict)
    reissued: set[str] = field(default_factory=set)
    # The number of mails to each person who must not get another one.
    _finished: dict[str, int] = field(default_factory=dict)

    def passwords(self, name: str) -> list[str]:
        """Every password that reached this person by mail, oldest first."""
        return [letter.password for letter in self.letters() if letter.to == self.addresses[name]]

    def in_hand(self, name: str) -> str | None:
        """The password that this person would try: the chosen one, or that of the last mail or of the file."""
        mailed = self.passwords(name)
        if name in self.chosen and not (mailed and name in self.reissued):
            return self.chosen[name]
        if mailed:
            return mailed[-1]
        file = self._file(name)
        return self.mailed.get(name) if file is None else password_in(file)

    def _file(self, name: str) -> Path | None:
        found = [] if self.folder is None else [*self.folder.glob(f"{name}*.csv")]
        assert len(found) <= 1, f"{len(found)} files of {name}"
        return found[0] if found else None

    def able(self) -> list[str]:
        """The names of the people who could sign in now with what they have received."""
        users = self.sandbox.state()["users"]
        return [name for name in self.addresses if name in users and _works(users[name], self.in_hand(name), new=True)]

    def claim(self, name: str) -> None:
        """This person signs in with the received password and chooses another one."""
        password, chosen = str(self.in_hand(name)), f"Chosen-by-{name}-today"
        assert change_password(self.sandbox, name, password, chosen), f"the password of {name} does not work"
        self.chosen[name] = chosen
        self.reissued.discard(name)
        self._finished[name] = len(self.passwords(name))

    def look(self) -> None:
        """Call it between two runs: people who are marked as delivered must not be mailed again."""
        for name, user in self.sandbox.state()["users"].items():
            if name in self.addresses and DELIVERED.fullmatch(user["tags"].get(MARK, "")):
                self._finished.setdefault(name, len(self.passwords(name)))

    def judge(self) -> None:
        """Everybody has received exactly one password that works; nobody lost a chosen one; nothing is left to do."""
        users = self.sandbox.state()["users"]
        assert sorted(users) == sorted(self.addresses), f"the account has {sorted(users)}"
        for name, user in users.items():
            assert DELIVERED.fullmatch(user["tags"].get(MARK, "")), f"{name}: {user['tags']}"
            assert not user["access_keys"], f"{name} has an access key"
            mailed = self.passwords(name)
            assert len(set(mailed)) == len(mailed), f"{name} was mailed the same password twice"
            assert len(mailed) == self._finished.get(name, len(mailed)), f"{name} was mailed again"
            self._judge_password(name, user, mailed)

    def _judge_password(self, name: str, user: dict[str, Any], mailed: Sequence[str]) -> None:
        """The present password works, as a first or as a chosen one, and no older one does. All are really tried."""
        password = self.in_hand(name)
        own = password == self.chosen.get(name)
        assert _works(user, password, new=not own), f"{name} cannot sign in: {len(mailed)} mails, {user}"
        file = self._file(name)
        assert own or file is None or password_in(file) == password, f"mail and file of {name} differ"
        for old in {*mailed} - {password}:
            assert not change_password(self.sandbox, name, old, AFTERWARDS), f"an older mail to {name} works"
        assert change_password(self.sandbox, name, str(password), AFTERWARDS), f"{name} cannot choose a password"


def _works(user: dict[str, Any], password: str | None, *, new: bool) -> bool:
    """Whether this is the user's password, and must be changed at the next sign-in if it is new."""
    profile = user["login_profile"]
    if profile is None or password is None or profile["password_reset_required"] is not new:
        return False
    return bool(profile["password_sha256"] == hashlib.sha256(password.encode()).hexdigest())


def change_password(sandbox: Sandbox, name: str, old: str, new: str) -> bool:
    """Whether the user can change this password. The call is signed with an access key that is made for it."""
    ours = sandbox.credentials()
    made = query(sandbox, ours, "CreateAccessKey", UserName=name)
    theirs = {part: made.findtext(f".//{{*}}{tag}", "") for part, tag in KEY_PARTS.items()}
    changed = query(sandbox, theirs, "ChangePassword", OldPassword=old, NewPassword=new)
    query(sandbox, ours, "DeleteAccessKey", UserName=name, AccessKeyId=theirs["access_key_id"])
    refusal = changed.findtext(".//{*}Message")
    assert refusal is None or "old password was incorrect" in refusal, f"ChangePassword by {name}: {refusal}"
    return refusal is None


def query(sandbox: Sandbox, key: Mapping[str, str], action: str, **parameters: str) -> ElementTree.Element:
    """IAM's answer to a call, also if it is an error. Not with boto3: its clients take too long to make."""
    body = urlencode({"Action": action, "Version": "2010-05-08", **parameters})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = AWSRequest("POST", sandbox.endpoint_url + "/", headers, body)
    SigV4Auth(Credentials(key["access_key_id"], key["secret_access_key"]), "iam", "us-east-1").add_auth(request)
    answer = URLLib3Session().send(request.prepare())
    return ElementTree.fromstring(answer.content)  # noqa: S314 # the sandbox is trusted
