# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One page of several accounts, made of their own pages: each part with ids of its own, and a choice. Pure."""

from __future__ import annotations

import html
import re
import typing as t

from .page import BEGIN, END, Part, shell

_NAMED = re.compile(r'(?<= )(id|for|name|href)="(#?)([^"]+)"')
"""What leads from one place of a page to another. A quotation mark in text is escaped, so that it is never text."""

_LABEL = re.compile(r'<article id="account" data-account="([^"]*)"')


class PageError(ValueError):
    """A file is no access page. The text follows the file's name."""


def joined_page(pages: t.Mapping[str, str]) -> str:
    """One page with a choice of account; ``pages`` are the accounts' own, by file name. Raises PageError."""
    articles, parts = [], []
    for number, (name, page) in enumerate(pages.items(), 1):
        article, label = _part(name, page)
        articles.append(_NAMED.sub(rf'\1="\2a{number}-\3"', article))
        parts.append(Part(f"a{number}-account", label))
    return shell(f"Access to {len(parts)} AWS accounts", "\n".join(articles), parts)


def _part(name: str, page: str) -> tuple[str, str]:
    article = page.partition(BEGIN)[2].partition(END)[0]
    label = _LABEL.search(article)
    if label is None:
        raise PageError(f"{name} is no access page; name files that iam_access_report wrote with format html")
    return article, html.unescape(label.group(1))
