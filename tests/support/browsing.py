# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small browser without JavaScript: opens the sandbox's pages, fills in and sends forms, and keeps the cookie."""

from __future__ import annotations

from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests

from tests.sandbox.pages.visit import COOKIE

UNSEEN = ("style", "script", "title")
HEADINGS = ("h1", "h2", "h3", "h4")
# Elements without an end tag.
VOID = ("input", "meta", "link", "br", "hr", "img")


class Reader(HTMLParser):
    """The text, the headings, the forms and the alert of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.alert: list[str] = []
        # Each with its level, from 1.
        self.headings: list[tuple[int, str]] = []
        self._within: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and self.forms:
            self.forms[-1][1][given["name"]] = given.get("value", "")
        if tag not in VOID:
            self._within.append((tag, given.get("role") in ("alert", "status")))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in UNSEEN for tag, _told in self._within) or not data.strip():
            return
        self.text.append(data.strip())
        if any(told for _tag, told in self._within):
            self.alert.append(data.strip())
        if self._within and self._within[-1][0] in HEADINGS:
            self.headings.append((HEADINGS.index(self._within[-1][0]) + 1, data.strip()))


class Browsing:
    """One person at one browser: `with Browsing() as browsing:`."""

    def __init__(self, cookie: str = "") -> None:
        self._session = requests.Session()
        # 127.0.0.1 is never behind a proxy.
        self._session.trust_env = False
        if cookie:
            self._session.cookies.set(COOKIE, cookie)
        self._reader = Reader()
        self.url = ""
        self.status = 0
        self.page = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._session.close()

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def text(self) -> str:
        """What a person reads, a line for each piece."""
        return "\n".join(self._reader.text)

    @property
    def alert(self) -> str:
        """The page's alert: a refusal, or that something was done."""
        return " ".join(self._reader.alert)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings, each with its level, from 1. Elements within a heading are left out."""
        return self._reader.headings

    @property
    def cookie(self) -> str:
        return self._session.cookies.get(COOKIE) or ""

    def open(self, url: str) -> None:
        self._take(self._session.get(url, timeout=30))

    def send(self, action: str = "", /, **fields: str) -> None:
        """Fill in and send the last form, or the one whose action ends with `action`. Other fields keep values."""
        address, found = next(form for form in reversed(self._reader.forms) if form[0].endswith(action))
        self._take(self._session.post(urljoin(self.url, address), data={**found, **fields}, timeout=30))

    def _take(self, answer: requests.Response) -> None:
        self.url, self.status, self.page = answer.url, answer.status_code, answer.text
        self._reader = Reader()
        self._reader.feed(answer.text)
