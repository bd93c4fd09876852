#!/bin/sh
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# `make demo`: says what will be installed, then installs and shows it.
set -eu
cd "$(dirname "$0")/../.."

cat <<'SAY'
workforce.aws, the demo: a company of 60 people in 9 departments, on a practice AWS account on this machine.

It needs Ansible, amazon.aws, boto3, moto (the practice account) and this project's own tools. Unless an earlier
run has done so, they are now installed from PyPI and npm into .venv/ in this folder: a download of about 220 MB, about
1.1 GB on disk, a minute or two. Nothing else on this machine changes; `make clean` removes it all.
No AWS account is touched, and no mail leaves this machine.

SAY
exec "${PYTHON:-python3}" -m tests.tools.within python -m tests.tools.demo
