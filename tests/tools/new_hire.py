# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new hire in the demo, who follows their mail on the sandbox's sign-in page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.sandbox.mailbox import first_password
from tests.support.browsing import Browsing

# The levels of the page's headings.
DEPARTMENT, POLICY = 3, 4
OWN = "My-own-choice-77"


class NewHireError(Exception):
    """What the mail says did not work."""


class NewHire:
    def __init__(self, name: str, mail: Mapping[str, Any]) -> None:
        self._name = name
        self._link = re.findall(r"https?://\S+", mail["text"])[0]
        self._mailed = first_password(dict(mail))

    def first_day(self) -> Iterator[str]:
        """Sign in, choose a password, look at the page. Yields what happened, line by line."""
        with Browsing() as browsing:
            yield self._link
            self._sign_in(browsing, self._mailed)
            _expect(browsing.path == "/home/password", f"no password was asked for: {browsing.text}")
            yield "signs in with the mailed password, and is made to choose an own one"
            browsing.send(old=self._mailed, new=OWN, again=OWN)
            _expect(browsing.path == "/home", browsing.alert)
            yield f"is told: {browsing.alert}"
            yield from (f"  {line}" for line in _seen(browsing))
        with Browsing() as browsing:
            self._sign_in(browsing, self._mailed)
            _expect(browsing.status == 403, "the mailed password still works")
            yield f"tries the mailed password once more: {browsing.alert}"
            self._sign_in(browsing, OWN)
            _expect(browsing.path == "/home", "the own password does not work")
            yield "signs in with the own one: it works"

    def _sign_in(self, browsing: Browsing, password: str) -> None:
        browsing.open(self._link)
        browsing.send(username=self._name, password=password)


def _seen(browsing: Browsing) -> Iterator[str]:
    """The page in short: the person, and each department with the names of its policies."""
    department, policies = "", list[str]()
    for rank, text in [*browsing.headings, (1, "")]:
        if rank == POLICY:
            policies.append(text)
            continue
        if department:
            yield f"{department:16} {', '.join(policies)}"
        department, policies = (text, []) if rank == DEPARTMENT else ("", [])
        if rank < DEPARTMENT and text:
            yield text


def _expect(came_true: bool, otherwise: str) -> None:
    if not came_true:
        raise NewHireError(otherwise)
