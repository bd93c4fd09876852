# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox as a person reads it: every mail that came, and one of them as text and as its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..calls.wire import Answer
from .html import Markup, fill, joined, page
from .visit import Visit, shown

HEADING = "Practice mailbox"
NO_SUBJECT = "(no subject)"
SHOWN = ("From", "To", "Reply-To", "Date")
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")

LIST = """
<section class="card">
<h1>$title</h1>
<table>
<thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Date</th></tr></thead>
<tbody>$rows</tbody>
</table>
</section>
"""
ROW = """<tr><td>$to</td><td><a href="/mail/$number" aria-label="$subject, to $to">$subject</a></td><td>$date</td></tr>
"""
EMPTY = """
<section class="card"><h1>No mail yet</h1><p>What a run mails is kept here until the sandbox ends.</p></section>
"""
MAIL = """
<p><a href="/mail">All mail</a></p>
<section class="card">
<h1>$subject</h1>
<dl>$headers</dl>
</section>
<section class="card">
<h2 class="first">As plain text</h2>
<pre>$text</pre>
</section>
"""
AS_HTML = """
<section class="card">
<h2 class="first">As HTML</h2>
<iframe title="The mail as HTML" sandbox="allow-top-navigation-by-user-activation" srcdoc="$document"></iframe>
</section>
"""
# A mail as the mailbox reads it.
Mail = Mapping[str, Any]
# Whatever a mail says, its links open in the window and not in its frame.
BASE = '<base target="_top">'


class MailPage:
    def __init__(self, mails: Callable[[], Sequence[Mail]]) -> None:
        self._mails = mails

    def answer(self, visit: Visit) -> Answer:
        """The list under /mail, and one mail under its number, which begins at 1."""
        mails = self._mails()
        number = visit.path.removeprefix("/mail").strip("/")
        if not number:
            return shown(page(HEADING, _list(mails), heading=HEADING))
        if not (number.isdecimal() and 0 < int(number) <= len(mails)):
            nothing = fill('<p class="alert" role="alert">There is no mail $value.</p>', value=number)
            return shown(page(f"Not found · {HEADING}", nothing, heading=HEADING), 404)
        mail = mails[int(number) - 1]
        return shown(page(f"{mail['subject']} · {HEADING}", _mail(mail), heading=HEADING))


def _list(mails: Sequence[Mail]) -> Markup:
    """The newest first."""
    if not mails:
        return Markup(EMPTY)
    rows = [
        fill(
            ROW,
            number=number,
            to=mail["to"],
            subject=mail["subject"] or NO_SUBJECT,
            date=_headers(mail).get("Date", ""),
        )
        for number, mail in enumerate(mails, start=1)
    ]
    title = f"{len(mails)} mail" if len(mails) == 1 else f"{len(mails)} mails"
    return fill(LIST, title=title, rows=joined(reversed(rows)))


def _mail(mail: Mail) -> Markup:
    found = _headers(mail)
    headers = joined(
        fill("<dt>$name</dt><dd>$value</dd>", name=name, value=found[name]) for name in SHOWN if name in found
    )
    shown = fill(MAIL, subject=mail["subject"] or NO_SUBJECT, headers=headers, text=_linked(mail["text"] or ""))
    return Markup(shown + fill(AS_HTML, document=BASE + mail["html"])) if mail["html"] else shown


def _headers(mail: Mail) -> dict[str, str]:
    return dict(mail["headers"])


def _linked(text: str) -> Markup:
    """The text with its addresses as links."""
    pieces = ADDRESS.split(text)
    return joined(
        fill('<a href="$value">$value</a>' if number % 2 else "$value", value=piece)
        for number, piece in enumerate(pieces)
    )
