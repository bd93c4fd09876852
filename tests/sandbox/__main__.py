# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python tests/sandbox`: start the practice account."""

from __future__ import annotations

import sys
from pathlib import Path

# Python put this folder itself on the path; its files are a package's modules and must not be importable by bare name.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.sandbox.cli import main  # noqa: E402 - the path has to be right before this import

if __name__ == "__main__":
    sys.exit(main())
