# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTML without a framework: whatever is put into a page is escaped unless it is markup already."""

from __future__ import annotations

import html
from collections.abc import Iterable
from string import Template

STYLE = """
:root { color-scheme: light; --ink: #16202b; --quiet: #54626f; --line: #d5dce3; --accent: #0b5cad; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f4; color: var(--ink); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
header { background: #16202b; color: #fff; padding: .8rem 1.5rem; display: flex; gap: 1.5rem; align-items: baseline; }
header strong { font-weight: 600; }
header span { color: #b7c3cf; font-size: .875rem; }
header form { margin-left: auto; }
main { max-width: 58rem; margin: 2rem auto; padding: 0 1.5rem; }
main.narrow { max-width: 29rem; }
.card { background: #fff; border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem 1.5rem;
  margin: 0 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 .75rem; }
h2.first { margin-top: 0; }
h3 { font-size: 1.125rem; margin: 0 0 .5rem; }
h4 { font-size: .9375rem; margin: .75rem 0 .25rem; }
p { margin: 0 0 .75rem; }
ul { margin: 0 0 .5rem; padding-left: 1.25rem; }
.after { margin: .75rem 0 0; }
.quiet { color: var(--quiet); font-size: .875rem; }
label { display: block; font-weight: 600; margin: .9rem 0 .25rem; }
input { width: 100%; font: inherit; padding: .5rem .65rem; border: 1px solid #8494a3; border-radius: .3rem; }
input:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible
  { outline: 3px solid #7db4ea; outline-offset: 1px; }
button { font: inherit; font-weight: 600; margin-top: 1.25rem; padding: .55rem 1.1rem; border: 0;
  border-radius: .3rem; background: var(--accent); color: #fff; cursor: pointer; }
header button { margin: 0; padding: .25rem .75rem; background: none; border: 1px solid #7b8a99; font-weight: 400; }
.alert, .note { border-left: .3rem solid; padding: .65rem .9rem; margin: 0 0 1rem; border-radius: .2rem; }
.alert { background: #fdecea; border-color: #b3261e; }
.note { background: #e8f3ec; border-color: #1e7b45; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; font-size: .875rem; }
a { color: var(--accent); }
code, pre { font: .875rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
li { overflow-wrap: anywhere; }
summary { cursor: pointer; }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .3rem; background: #fff; }
"""

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<style>$style</style>
</head>
<body>
<header><strong>$heading</strong> <span>a sandbox on this machine, not AWS</span>$corner</header>
<main$width>
$content
</main>
</body>
</html>
""")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def fill(template: str, **values: object) -> Markup:
    """The template with its $names replaced; plain text is escaped on its way in."""
    return Markup(Template(template).substitute({name: _safe(value) for name, value in values.items()}))


def each(template: str, values: Iterable[object]) -> Markup:
    """The template once for each value, as $value."""
    return joined(fill(template, value=value) for value in values)


def joined(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))


def page(title: str, content: Markup, *, heading: str, corner: Markup | None = None, narrow: bool = False) -> bytes:
    """A whole page. `heading` is in its bar, and `corner` at the bar's end."""
    return PAGE.substitute(
        title=html.escape(title),
        style=STYLE,
        heading=html.escape(heading),
        corner=corner or "",
        width=' class="narrow"' if narrow else "",
        content=content,
    ).encode()


def _safe(value: object) -> str:
    return value if isinstance(value, Markup) else html.escape(str(value))
