# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import yaml
from ansible_collections.workforce.aws.plugins.module_utils._core.version import VERSION


def test_the_version_is_galaxys() -> None:
    galaxy = next(parent / "galaxy.yml" for parent in Path(__file__).parents if (parent / "galaxy.yml").is_file())
    assert yaml.safe_load(galaxy.read_text(encoding="utf-8"))["version"] == VERSION
