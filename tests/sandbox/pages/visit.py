# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page is asked and what it answers; the page itself is HTML, which no script may enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from ..calls.wire import Answer, Request

COOKIE = "workforce-sandbox"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer", with which browsers name no origin for our own forms either.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Visit:
    """A browser's request."""

    method: str
    path: str
    query: Mapping[str, str]
    # The path with its query, as it came.
    target: str
    host: str
    # The value of our cookie, or nothing.
    cookie: str = field(repr=False)
    form: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, request: Request) -> Visit:
        return cls(
            method=request.method,
            path=request.path,
            query=dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True)),
            target=request.target,
            host=request.host,
            cookie=_cookie(request.headers.get("Cookie", "")),
            form=dict(parse_qsl(request.content.decode("utf-8", "replace"), keep_blank_values=True)),
        )

    @property
    def first(self) -> str:
        """The first part of the path."""
        return self.path.strip("/").partition("/")[0]


def shown(content: bytes, status: int = 200, cookie: str | None = None) -> Answer:
    """A page. `cookie` is given to the browser, for this site alone and out of any script's reach."""
    return Answer(status, content, "text/html; charset=utf-8", headers={**HEADERS, **_set_cookie(cookie)})


def sent_on(location: str, cookie: str | None = None) -> Answer:
    """Elsewhere, by GET whatever was done here."""
    return Answer(303, b"", "text/plain", headers={**HEADERS, "Location": location, **_set_cookie(cookie)})


def _set_cookie(value: str | None) -> dict[str, str]:
    if value is None:
        return {}
    return {"Set-Cookie": f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax"}


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
