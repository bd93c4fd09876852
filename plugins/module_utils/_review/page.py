# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The access review as one HTML page that loads nothing. Pure.

Its content security policy allows just the style and the script that the page itself carries, by their hashes.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import typing as t

try:
    import jinja2
    from markupsafe import Markup
except ImportError:
    HAS_JINJA2 = False
else:
    HAS_JINJA2 = True

from .changes import changes
from .decisions import decisions
from .page_script import SCRIPT
from .page_style import STYLE
from .page_templates import TEMPLATES
from .pictures import pictures
from .tables import anchors, names, tables

if t.TYPE_CHECKING:
    from .tables import GroupRow, Link, PersonRow, Tables

    Data = dict[str, t.Any]

FEW = 12
"""So many names are shown at once; more are folded away."""

BEGIN, END = "<!-- account -->", "<!-- end of account -->"
"""What an account's part of a page lies between. Text is escaped, so that no name can be taken for them."""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The review sheet of one department."""

    group: GroupRow
    people: tuple[PersonRow, ...]


class Part(t.NamedTuple):
    """One account on a page of several: the ``id`` of its part, and what it is called."""

    id: str
    label: str


def review_page(data: Data, earlier: Data | None = None, *, sheets: bool = False) -> str:
    """The page of one account's report; with an ``earlier`` one, what changed since; with review sheets if wanted."""
    account = data["account"]
    label = account["account_id"] + (f" ({account['alias']})" if account["alias"] else "")
    made = tables(data)
    article = (
        _environment()
        .get_template("article")
        .render(
            account=account,
            label=label,
            data=data,
            decisions=decisions(data),
            changes=changes(earlier, data) if earlier else None,
            pictures=pictures(data),
            tables=made,
            sheets=_sheets(made) if sheets else (),
            links=_links(made),
        )
    )
    return shell(f"Access to AWS account {label}", f"{BEGIN}\n{article}\n{END}", [Part("account", label)])


def shell(title: str, articles: str, parts: t.Sequence[Part]) -> str:
    """A whole page around the parts of accounts, which are HTML already."""
    page = (
        _environment()
        .get_template("shell")
        .render(
            title=title,
            policy=_policy(),
            style=Markup(STYLE),  # noqa: S704  # our own text
            script=Markup(SCRIPT),  # noqa: S704  # our own text
            articles=Markup(articles),  # noqa: S704  # made by the templates, which escape
            accounts=parts,
        )
    )
    return page.lstrip() + "\n"


def _policy() -> str:
    return (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _sheets(made: Tables) -> tuple[Sheet, ...]:
    """A sheet for each department that somebody sits in."""
    people = {row.link: row for row in made.people}
    return tuple(
        Sheet(group, tuple(people[link] for link in group.members))
        for group in made.groups
        if group.kind == "department" and group.members
    )


def _links(made: Tables) -> dict[tuple[str, str], Link]:
    """The links to people and groups, by kind and name."""
    people = {("person", row.link.name): row.link for row in made.people}
    return people | {("group", row.link.name): row.link for row in made.groups}


def _moment(stamp: str) -> str:
    """A moment for people: ``2026-11-23 20:30 UTC``."""
    return f"{stamp[:10]} {stamp[11:16]} UTC"


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["few"] = FEW
    environment.filters.update(anchors=anchors, names=names, moment=_moment)
    return environment
