#!/bin/sh
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes the documentation site: guides, modules, role. A warning is an error. Runs within the checks' environment: `make docs`.
set -eu

pages="$(python -c 'from tests.tools.places import Places; print(Places.here().build)')/docs"
rm -rf "$pages"
mkdir -p "$pages/rst"
antsibull-docs collection --use-current --squash-hierarchy --fail-on-error --dest-dir "$pages/rst" workforce.aws
# Its first page is a list by kinds of plugins; ours has a navigation.
cp -R docs/site/. "$pages/rst/"
# Before the first release it has no title, which Sphinx wants of every page.
grep -q '^[=+*-]\{3,\}$' "$pages/rst/changelog.rst" ||
    printf '\nChangelog\n=========\n\nNothing has been released yet.\n' >>"$pages/rst/changelog.rst"
sphinx-build -q -W --keep-going -n -b html "$pages/rst" "$pages/html"
echo "The first page is $pages/html/index.html"
