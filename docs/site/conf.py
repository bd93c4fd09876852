# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx makes the documentation site: `make docs`. Nothing is looked up on the network."""

from __future__ import annotations

import re
import typing as t

from docutils import nodes

if t.TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "workforce.aws"
html_title = "workforce.aws"
html_short_title = "workforce.aws"
author = "the workforce.aws contributors"
project_copyright = "2026, the workforce.aws contributors"

extensions = ["sphinx_antsibull_ext"]
highlight_language = "yaml"
smartquotes = False

# Each reference must lead somewhere, but for those to pages of Ansible itself, which are on another site.
nitpicky = True
nitpick_ignore_regex = [("envvar", "ANSIBLE_.*"), ("ref", "action_plugins")]

html_theme = "furo"
html_theme_options = {
    "source_repository": "https://github.com/workforce-collections/workforce.aws/",
    "source_branch": "main",
    "source_directory": "docs/",
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#1a5d8f", "color-brand-content": "#1a5d8f"},
    "dark_css_variables": {"color-brand-primary": "#7fc1ee", "color-brand-content": "#7fc1ee"},
}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False

ANSIBLE = "https://docs.ansible.com/ansible/latest/"
# Pages of Ansible's own documentation that antsibull-docs refers to.
ELSEWHERE = {
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", shorten)
    app.connect("missing-reference", lead_to_ansible)


# A module's title as antsibull-docs writes it: its full name, what it is, and what it does, all in one line.
TITLE = re.compile(r"(?m)^workforce\.aws\.(?P<name>\w+) (?P<kind>\w+)(?: -- (?P<does>.+))?\n\++$")
CONTENTS = re.compile(r"(?m)^\.\. contents::\n(?:   :.*\n)+")


def shorten(_app: object, _page: str, source: list[str]) -> None:
    """Give a module's page a title that fits, and no table of contents beside the theme's own."""
    source[0] = CONTENTS.sub("", TITLE.sub(_title, source[0]))


def _title(found: re.Match[str]) -> str:
    title = f"{found['name']} ({found['kind']})"
    return f"{title}\n{'+' * len(title)}\n" + (f"\n**{found['does']}.**\n" if found["does"] else "")


def lead_to_ansible(_app: object, _env: object, node: nodes.Element, text: nodes.TextElement) -> nodes.Node | None:
    """What is described on Ansible's own site, without asking that site for its list of pages."""
    target = node.get("reftarget", "")
    page = ELSEWHERE.get(target)
    name = target.removeprefix("ansible_collections.")
    if name.startswith(("amazon.aws.", "ansible.builtin.")) and target != name:
        namespace, collection, plugin = name.split(".")[:3]
        page = f"collections/{namespace}/{collection}/{plugin}.html"
    return nodes.reference("", "", text, internal=False, refuri=ANSIBLE + page) if page else None
