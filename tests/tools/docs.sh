#!/bin/sh
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes HTML pages of the modules' and roles' documentation. Runs within the checks' environment: `make docs`.
set -eu

pages="$(python -c 'from tests.tools.places import Places; print(Places.here().build)')/docs"
rm -rf "$pages"
mkdir -p "$pages/rst"
antsibull-docs collection --use-current --squash-hierarchy --fail-on-error --dest-dir "$pages/rst" workforce.aws
# Without a conf.py, so that nothing is looked up in other projects' pages and it works off line.
sphinx-build -q -b html -C -D project=workforce.aws -D extensions=sphinx_antsibull_ext -D html_theme=alabaster \
    "$pages/rst" "$pages/html"
echo "The first page is $pages/html/index.html"
