# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The oldest ansible-core that meta/runtime.yml allows, with the amazon.aws that PyPI's `ansible` bundles.

Many execution environments have it. The daily job runs with it, its preview, its approved plan, and the playbooks for
one person.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import RUN, SUMMARY
from tests.tools.places import ROOT, Places

Run = Callable[..., PlaybookResult]
VERSION = "2.17"
pytestmark = pytest.mark.long
CHART: dict[str, Any] = {
    "departments": [{"name": "sales", "managed_policies": ["IAMUserChangePassword"]}, {"name": "it"}],
    "employees": [{"name": f"p{number}", "departments": ["sales"]} for number in range(9)],
}


@pytest.fixture(scope="module")
def environment() -> Path:
    """A virtual environment of its own, which stays in .build for the next time."""
    folder = Places.here().build / f"ansible-core-{VERSION}"
    if not (folder / "bin" / "ansible-playbook").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        packages = [f"ansible-core=={VERSION}.*", "-r", str(ROOT / "requirements.txt")]
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *packages], check=True)
    return folder


@pytest.fixture
def old(playbook: Run, environment: Path) -> Run:
    """`run_playbook` with it."""
    places = Places.here()
    settings = {
        # The collections of PyPI's `ansible`: the callback of these tests is one.
        "ANSIBLE_COLLECTIONS_PATH": f"{places.tree}:{places.site_packages}",
        "ANSIBLE_PYTHON_INTERPRETER": str(environment / "bin" / "python"),
        "ANSIBLE_COLLECTIONS_ON_ANSIBLE_VERSION_MISMATCH": "ignore",
    }
    return partial(playbook, ansible_playbook=environment / "bin" / "ansible-playbook", env=settings)


def test_it_is_what_the_collection_asks_for(environment: Path) -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["requires_ansible"] == f">={VERSION}.0"
    version = [str(environment / "bin" / "ansible"), "--version"]
    assert f"core {VERSION}." in subprocess.run(version, check=True, capture_output=True, text=True).stdout


def test_the_days_of_a_company(old: Run, sandbox: Sandbox) -> None:
    variables: dict[str, Any] = {**CHART, "onboard_unlisted": "suspend"}
    hosts: dict[str, Any] = {"all": {"vars": variables, "hosts": {"web1": {}, "web2": {}}}}
    first = old("workforce.aws.onboard", inventory=hosts, diff=True).succeeded()
    assert first.result(RUN, "web1")["joiners"] == [f"p{number}" for number in range(9)]
    again = old("workforce.aws.onboard", inventory=hosts).succeeded()
    assert (again.changed("web1"), again.changed("web2")) == (0, 0)
    variables["employees"] = CHART["employees"][:4]
    plan = old("workforce.aws.onboard", inventory=hosts, check=True).failed().page(SUMMARY, "web1")[-1]
    approved = {"onboard_plan": plan.removeprefix("plan ")}
    done = old("workforce.aws.onboard", inventory=hosts, extra_vars=approved).succeeded()
    assert [one["name"] for one in done.result(RUN, "web1")["leavers"]] == [f"p{number}" for number in range(4, 9)]
    blank = {f"onboard_{name}": "" for name in ("csv", "everyone", "path", "policies", "remove_after_days", "issue")}
    answers = {**blank, "employee_name": "li.wei", "employee_departments": "sales\nit", "employee_ends_on": ""}
    hired = old("workforce.aws.hire", inventory=hosts, extra_vars=answers).succeeded()
    assert hired.result(RUN, "web1")["joiners"] == ["li.wei"]
    assert sandbox.state()["users"]["li.wei"]["groups"] == ["it", "sales"]
    old("workforce.aws.offboard", inventory=hosts, extra_vars={"who": "li.wei"}).succeeded()
    assert sandbox.state()["users"]["li.wei"]["tags"]["workforce:suspended"].endswith(" person")
