# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""With what it was measured."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

import yaml

from tests.tools.places import ROOT, Places


def versions(places: Places) -> dict[str, str]:
    """The versions of everything that the figures depend on."""
    return {
        "workforce.aws": str(yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]),
        "amazon.aws": version_in_manifest(places.tree / "ansible_collections" / "amazon" / "aws"),
        "ansible-core": version("ansible-core"),
        "boto3": version("boto3"),
        "botocore": version("botocore"),
        "moto": version("moto"),
        "Python": platform.python_version(),
        "CPU cores": str(os.cpu_count()),
    }


def version_in_manifest(collection: Path) -> str:
    """The version that an installed collection states."""
    manifest = json.loads((collection / "MANIFEST.json").read_text(encoding="utf-8"))
    return str(manifest["collection_info"]["version"])
