# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces of a mail, and how they look in plain text and in HTML. Pure."""

from __future__ import annotations

import dataclasses
import html
import typing as t

# What mail programs agree on: tables, and a style in each element. Text has no colour and no background of its own: a
# program that turns dark turns both.
_TEXT: t.Final = "margin: 0 0 16px"
_LIST: t.Final = "margin: 0 0 16px; padding-left: 24px"
_VALUE: t.Final = (
    "margin: 0 0 16px; padding: 8px 12px; border: 1px solid #8a94a6; border-radius: 4px; "
    "font-family: Consolas, Menlo, monospace; font-size: 16px; white-space: pre-wrap; word-break: break-all"
)
_TITLE: t.Final = '<p style="margin: 0 0 4px; font-weight: bold">{}</p>\n'
_TABLE: t.Final = '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"'
_PAGE: t.Final = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
</head>
<body style="margin: 0; padding: 0">
{_TABLE}>
<tr><td align="center" style="padding: 24px 12px">
{_TABLE} style="max-width: 560px; font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5">
<tr><td align="left" style="padding: 0 0 8px; border-bottom: 3px solid #2f7de1; font-size: 20px; font-weight: bold">
{{company}}
</td></tr>
<tr><td align="left" style="padding: 20px 0 0">
<p style="{_TEXT}">Hello {{name}},</p>
{{blocks}}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


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


def html_page(parts: t.Iterable[Part], *, title: str, company: str, name: str) -> str:
    """The whole page, with a greeting by name under the company's."""
    texts = {"title": title, "company": company, "name": name}
    escaped = {key: html.escape(text) for key, text in texts.items()}
    return _PAGE.format(blocks=html_blocks(parts), **escaped)


def html_blocks(parts: t.Iterable[Part]) -> str:
    """Pieces of a page."""
    return "".join((_TITLE.format(html.escape(part.title)) if part.title else "") + html_block(part) for part in parts)


def html_block(part: Part) -> str:
    """A piece of a page, without its title."""
    lines = [html.escape(line) for line in part.lines]
    if part.kind == "value":
        return "".join(f'<pre style="{_VALUE}">{line}</pre>\n' for line in lines)
    if part.kind == "link":
        return "".join(f'<p style="{_TEXT}"><a href="{line}">{line}</a></p>\n' for line in lines)
    if part.kind == "talk":
        return f'<p style="{_TEXT}">' + "<br>\n".join(lines) + "</p>\n"
    tag = "ol" if part.kind == "steps" else "ul"
    return f'<{tag} style="{_LIST}">\n' + "".join(f"<li>{line}</li>\n" for line in lines) + f"</{tag}>\n"
