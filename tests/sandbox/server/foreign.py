# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refuses what other sites' pages ask by way of a browser on this machine.

A page of any site can send requests to 127.0.0.1, and can read the answers if the site's own name leads there (DNS
rebinding). Its browser then names the site in Host, in Origin or by Sec-Fetch-Site. AWS's clients send neither Origin
nor Sec-Fetch-Site.
"""

from __future__ import annotations

import json

from ..calls.names import LOOPBACK, SIGN_IN_DOMAINS, is_own
from ..calls.wire import Answer, Request, error_answer
from .control import PREFIX

OWN_NAMES = f"{', '.join(LOOPBACK)} and names such as 123456789012.{SIGN_IN_DOMAINS[0]}"
# What a browser says of a request of our own pages, and of an address that a person typed.
OWN_SITES = ("same-origin", "none")


def refusal(request: Request, scheme: str) -> Answer | None:
    """The answer to a request of another site, None for one that may go on."""
    reason = _host(request) or _origin(request, scheme) or _site(request)
    if reason is None:
        return None
    if request.path.startswith(PREFIX):
        return Answer(403, json.dumps({"error": reason}).encode(), "application/json")
    if request.authorization:
        return error_answer("iam", "AccessDenied", reason, 403)
    return Answer(403, f"{reason}\n".encode(), "text/plain; charset=utf-8")


def _host(request: Request) -> str | None:
    named = request.headers.get_all("Host", [])
    if len(named) == 1 and is_own(named[0]):
        return None
    return f"The sandbox was asked as {', '.join(named) or 'nobody'!r}. It answers only to {OWN_NAMES}."


def _origin(request: Request, scheme: str) -> str | None:
    own = f"{scheme}://{request.host}".lower()
    foreign = [origin for origin in request.headers.get_all("Origin", []) if origin.lower() != own]
    if not foreign:
        return None
    return f"A page of {foreign[0]!r} asked this. The sandbox takes from browsers only what its own pages ask ({own})."


def _site(request: Request) -> str | None:
    """A link on another site may lead to our pages; it may change nothing, and has nothing to do with the control."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    may_come_from_anywhere = request.method == "GET" and not request.path.startswith(PREFIX)
    if site in OWN_SITES or may_come_from_anywhere:
        return None
    return f"A page of another site asked this ({site}). The sandbox takes from browsers only what its own pages ask."
