# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces of a mail, and how they look in plain text and in HTML. Pure."""

from __future__ import annotations

import dataclasses
import html
import typing as t


@dataclasses.dataclass(frozen=True)
class Part:
    """A piece of the mail: lines of talk, a list, steps to do, a value to copy or a link. ``kind`` says which."""

    kind: t.Literal["talk", "list", "steps", "value", "link"]
    lines: tuple[str, ...]
    title: str = ""


def plain(parts: t.Iterable[Part]) -> str:
    """The plain text. A value stands alone on its line, so that nothing else is copied with it."""
    return "\n".join("".join(f"{line}\n" for line in _marked(part)) for part in parts)


def _marked(part: Part) -> t.Iterator[str]:
    if part.title:
        yield part.title
    for number, line in enumerate(part.lines, start=1):
        if part.kind == "list":
            yield f"- {line}"
        else:
            yield f"{number}. {line}" if part.kind == "steps" else line


def html_page(parts: t.Iterable[Part]) -> str:
    """The whole page."""
    return f'<!DOCTYPE html>\n<html lang="en">\n<body>\n{html_blocks(parts)}</body>\n</html>\n'


def html_blocks(parts: t.Iterable[Part]) -> str:
    """Pieces of a page."""
    return "".join((f"<p>{html.escape(part.title)}</p>\n" if part.title else "") + html_block(part) for part in parts)


def html_block(part: Part) -> str:
    """A piece of a page, without its title."""
    lines = [html.escape(line) for line in part.lines]
    if part.kind == "value":
        return "".join(f'<pre style="font-family: monospace">{line}</pre>\n' for line in lines)
    if part.kind == "link":
        return "".join(f'<p><a href="{line}">{line}</a></p>\n' for line in lines)
    if part.kind == "talk":
        return "<p>" + "<br>\n".join(lines) + "</p>\n"
    tag = "ol" if part.kind == "steps" else "ul"
    return f"<{tag}>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + f"</{tag}>\n"
