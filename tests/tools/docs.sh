#!/bin/sh
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes HTML pages of the modules' and roles' documentation. Runs within the checks' environment: `make docs`.
set -eu

pages="$(python -c 'from tests.tools.places import Places; print(Places.here().build)')/docs"
rm -rf "$pages"
mkdir -p "$pages"
antsibull-docs sphinx-init --use-current --squash-hierarchy --fail-on-error --sphinx-theme alabaster \
    --dest-dir "$pages" workforce.aws > /dev/null
cd "$pages"
./build.sh > build.log 2>&1 || { cat build.log; exit 1; }
echo "The first page is $pages/build/html/index.html"
