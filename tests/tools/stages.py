# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each stage of the checks runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.tools.places import ROOT, Places

WORKERS = "2"
# What a pytest run starts, as it is counted for the summary.
PLAYBOOKS, SANDBOXES = "ansible-playbook runs", "sandbox starts"
# The longest tests come first, so that no worker begins one when the other has ended.
ROLE = ("tests/integration/journeys", "tests/integration/role")
MODULES = ("tests/integration/modules", "tests/integration/harness")
# Else the first worker would be given an eighth of all tests at once, and with them nearly all the longest.
FEW_AT_A_TIME = ("--maxschedchunk", "4")


@dataclass(frozen=True)
class Check:
    """One command. The commands of a stage may run in parallel, except those that show their progress."""

    name: str
    command: list[str]
    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)
    # Called first, in the runner's process.
    prepare: Callable[[], None] | None = None
    # A pytest run shows its progress, uses all cores, and writes its counts to this file.
    junit: Path | None = None

    @property
    def starts(self) -> Path | None:
        """The file to which a pytest run writes how often it started what costs most."""
        return None if self.junit is None else self.junit.with_suffix(".starts.json")


def lint(places: Places) -> list[Check]:
    """Static checks of code, YAML, documentation and changelog."""
    tool = str(places.bin) + "/"
    return [
        Check(
            "ansible-lint",
            [tool + "ansible-lint", "--offline", "--profile", "production", "--nocolor", "-q"],
            cwd=places.collection,
        ),
        mypy(places),
        Check(
            "antsibull-docs",
            [
                tool + "antsibull-docs",
                "lint-collection-docs",
                "--plugin-docs",
                "--validate-collection-refs=dependent",
                ".",
            ],
            cwd=places.collection,
        ),
        Check("antsibull-changelog", [tool + "antsibull-changelog", "lint"], cwd=places.collection),
        Check("layers", [str(places.python), "-m", "tests.tools.layers"]),
        Check("ruff check", [tool + "ruff", "check", "--quiet"]),
        Check("ruff format", [tool + "ruff", "format", "--check", "--diff", "--quiet"]),
    ]


def mypy(places: Places) -> Check:
    """Check plugins in the tree, where each of their imports is one file; check tests where they are."""
    plugins = places.collection / "plugins"
    return Check(
        "mypy",
        [
            str(places.bin / "mypy"),
            f"--python-version={places.version}",
            f"--cache-dir={places.build / 'mypy_cache'}",
            "--config-file=pyproject.toml",
            *([str(plugins.relative_to(ROOT))] if plugins.is_dir() else []),
            "tests",
        ],
        env={"MYPYPATH": f"{ROOT}:{places.tree}"},
    )


def sanity(places: Places) -> list[Check]:
    """All tests of ansible-test sanity; pylint, which takes most of their time, for what is shipped.

    The files of the tests are checked by ruff and mypy here, and by pylint in `make test-long`.
    """
    return [ansible_test(places, "ansible-test sanity", "--skip-test pylint", "--test pylint plugins/")]


def ansible_test(places: Places, name: str, *selections: str) -> Check:
    """Runs of ansible-test sanity with these options, one after the other."""
    command = f"ansible-test sanity --color no --requirements --python {places.version}"
    # pip's output, while the tests' own environments are made, would hide the findings.
    log = places.reports / f"{name.replace(' ', '-')}-venvs.log"
    # All of them, also after one that found something.
    runs = " ".join(f"{command} {selection} || code=1;" for selection in selections)
    return Check(
        name,
        ["sh", "-c", f"{command} --prime-venvs > '{log}' 2>&1; code=0; {runs} exit $code"],
        cwd=places.collection,
        prepare=lambda: provide_pip_bootstrap(places),
    )


def provide_pip_bootstrap(places: Places) -> None:
    """Write a get-pip.py that calls Python's ensurepip into ansible-test's cache, so that it downloads none."""
    code = (
        "from ansible_test._internal.python_requirements import get_venv_packages;"
        "from types import SimpleNamespace;"
        f"print(get_venv_packages(SimpleNamespace(version='{places.version}'))['pip'])"
    )
    done = subprocess.run([str(places.python), "-c", code], capture_output=True, text=True, check=True)
    cache = places.home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    script = cache / f"get_pip_{done.stdout.strip().replace('.', '_')}.py"
    script.write_text("import ensurepip\n\nensurepip.bootstrap(upgrade=True, default_pip=True)\n", encoding="utf-8")


def importer(places: Places) -> list[Check]:
    """Build the collection and check it with galaxy-importer, as Galaxy does."""
    dist = places.build / "dist"
    build = (
        f"rm -f {dist}/*.tar.gz && ansible-galaxy collection build --force --output-path {dist} {places.collection}"
        f" && python -m galaxy_importer.main {dist}/workforce-aws-*.tar.gz"
    )
    return [
        Check(
            "galaxy-importer",
            ["sh", "-c", build],
            cwd=dist,
            env={"GALAXY_IMPORTER_CHECK_REQUIRED_TAGS": "True", "GALAXY_IMPORTER_REQUIRE_V1_OR_GREATER": "True"},
            prepare=lambda: dist.mkdir(parents=True, exist_ok=True),
        )
    ]


def pytest(places: Places, name: str, *arguments: str) -> Check:
    """A pytest run with these folders and options. It fails if it finds no test."""
    report = places.reports / f"{name.replace(' ', '-')}.xml"
    check = Check(
        name,
        [
            str(places.python),
            "-m",
            "pytest",
            "-q",
            "--numprocesses",
            WORKERS,
            f"--junitxml={report}",
            *arguments,
        ],
        env={"WORKFORCE_TREE_IS_BUILT": "1"},
        junit=report,
    )
    check.env["WORKFORCE_STARTS"] = str(check.starts)
    return check


def unit(places: Places) -> list[Check]:
    """Unit tests, and the tests of the sandbox."""
    return [pytest(places, "unit", "-m", "not long", "tests/unit", "tests/sandbox_tests")]


def modules(places: Places) -> list[Check]:
    """Tests of every module by real playbook runs."""
    return [pytest(places, "modules", "-m", "not long", *MODULES)]


def role(places: Places) -> list[Check]:
    """Tests of the role and the playbooks, and the journeys."""
    return [pytest(places, "role", "-m", "not long", *FEW_AT_A_TIME, *ROLE)]


def integration(places: Places) -> list[Check]:
    """The stages `role` and `modules` in one run: tests are collected once, and workers and sandboxes start once."""
    return [pytest(places, "role and modules", "-m", "not long", *FEW_AT_A_TIME, *ROLE, *MODULES)]


def newest(places: Places) -> list[Check]:
    """What shows that the code runs on the newest Python too: unit tests of what is shipped, and the journeys.

    Property tests take few examples: a Python that differs fails the first ones. All stages run there with
    `make test PYTHON=python3.13`, and in continuous integration.
    """
    version = places.version
    unit = pytest(places, f"unit on {version}", "-m", "not long", "tests/unit/plugins", "tests/unit/roles")
    unit.env["WORKFORCE_EXAMPLES"] = "few"
    return [
        unit,
        pytest(places, f"journey on {version}", "-m", "journey and not long", "tests/integration"),
    ]


def campaigns(places: Places) -> list[Check]:
    """The tests that take minutes, pylint for the files of the tests, and the documentation site."""
    search = pytest(places, "search for counterexamples", "tests/unit")
    search.env["WORKFORCE_EXAMPLES"] = "search"
    pylint = ansible_test(places, "pylint of the tests", "--test pylint tests/ docs/")
    site = Check("documentation site", ["sh", "tests/tools/docs.sh"])
    return [pytest(places, "long", "-m", "long", "tests"), search, pylint, site]


STAGES: dict[str, Callable[[Places], list[Check]]] = {
    "lint": lint,
    "sanity": sanity,
    "importer": importer,
    "unit": unit,
    "modules": modules,
    "role": role,
    "integration": integration,
    "long": campaigns,
}
# What `make test` runs on the default Python.
EVERYTHING = ("lint", "sanity", "importer", "unit", "integration")
