# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx makes the documentation site: `make docs`. Nothing is looked up on the network."""

from __future__ import annotations

project = "workforce.aws"
html_title = "workforce.aws"
html_short_title = "workforce.aws"
author = "the workforce.aws contributors"
# Not called `copyright` by a name of Python's.
project_copyright = "2026, the workforce.aws contributors"

extensions = ["sphinx_antsibull_ext"]
highlight_language = "yaml"
smartquotes = False

# Each reference must lead somewhere. Other projects' pages are not looked up, so theirs cannot be known.
nitpicky = True
nitpick_ignore_regex = [("std:ref", r"ansible_collections\.(amazon|ansible)\..*"), ("std:ref", r"ansible_.*")]

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
