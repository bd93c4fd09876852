# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example company: its very folder, copied as a user would, on an account that is new."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.quartet import Quartet
from tests.support.role import FAIL, RUN, SUMMARY, policies_of
from tests.tools.places import ROOT

EXAMPLE = ROOT / "examples" / "company"
POLICY = "arn:aws:iam::aws:policy/"
OWN = "arn:aws:iam::123456789012:policy/workforce/"


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A copy of the folder that only its owner may write to."""
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "company"))
    copied.chmod(0o755)
    return copied


def _listed(name: str) -> list[dict[str, Any]]:
    text = (EXAMPLE / "inventory" / "group_vars" / "all" / f"{name}.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)[name]
    return found


@pytest.mark.journey
def test_company_in_the_quartet(
    quartet_of_playbook: Callable[..., Quartet[PlaybookResult]], company: Path, sandbox: Sandbox, iam: Any
) -> None:
    # With what is printed for this company, and judged as AWS would.
    sandbox.switch(policies=policies_of("runner"), enforce=True)
    four = quartet_of_playbook("onboard.yml", cwd=company)
    sandbox.switch(policies=None)
    departments, employees = _listed("departments"), _listed("employees")
    assert (len(departments), len(employees)) == (9, 60)
    assert sum(len(employee["departments"]) > 1 for employee in employees) > 5

    for department in departments:
        group = iam.get_group(GroupName=department["name"])
        assert group["Group"]["Path"] == "/workforce/"
        members = {user["UserName"] for user in group["Users"]}
        assert members == {each["name"] for each in employees if department["name"] in each["departments"]}
        attached = iam.list_attached_group_policies(GroupName=department["name"])["AttachedPolicies"]
        assert {policy["PolicyArn"].removeprefix(POLICY).removeprefix(OWN) for policy in attached} == set(
            department.get("managed_policies", [])
        )
        inline = set(iam.list_group_policies(GroupName=department["name"])["PolicyNames"])
        mfa = {"workforce-require-mfa"} if department.get("require_mfa") else set()
        roles = {"workforce-roles"} if department["name"] == "platform" else set()
        assert inline == {*department.get("inline_policies", {}), *mfa, *roles}
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName="asha.rao")["Tags"]}
    assert tags == {
        "workforce:managed": "onboard",
        "workforce:employee-id": "1001",
        "workforce:role.deployer": "yes",
    }
    assert iam.list_account_aliases()["AccountAliases"] == ["example-company"]
    # GetCallerIdentity, ListAccountAliases, GetAccountSummary, two pages of ListPolicies, one of
    # GetAccountAuthorizationDetails, GetPolicy, GetRole
    assert four.run_again.result(RUN)["api_calls"]["total"] == 8

    preview, run = four.check.page(SUMMARY), four.run.page(SUMMARY)
    assert preview[0] == run[0] == "AWS account 123456789012, as arn:aws:iam::123456789012:user/automation"
    foretold = [line.replace("could become", "may become") for line in preview[3:]]
    assert foretold == [*run[3:], f"plan {four.run.result(RUN)['plan_id']}"]
    # The diff shows the plan, so the summary counts.
    assert re.search(r"\+ asha\.rao: +new; joins engineering, platform\n", four.run.result(RUN)["diff"]["prepared"])
    assert "new: 60 employees, 9 departments, 1 policy, 1 role" in run
    assert not any(each["name"] in line for each in employees for line in run)
    assert four.run_again.result(RUN)["api_calls"]["write"] == 0
    assert len(four.run_again.stdout) < 10_000


def test_a_folder_that_everybody_may_write_to(playbook: Callable[..., PlaybookResult], company: Path) -> None:
    """Ansible ignores the ansible.cfg there; without the cause nobody finds out why the departments are gone."""
    company.chmod(0o777)
    outcome = playbook("onboard.yml", cwd=company).failed()
    assert outcome.result(FAIL)["msg"] == "Nothing was changed (the page above tells all of it)"
    message = outcome.page(SUMMARY)[0]
    assert message.startswith(
        "No departments: put them in inventory/group_vars/all/, or pass -e @file. Ansible ignored "
    )
    assert str(company / "ansible.cfg") in message
    assert "chmod o-w" in message


def test_playbook_by_name_with_and_without_inventory(
    playbook: Callable[..., PlaybookResult], company: Path, sandbox: Sandbox
) -> None:
    """Without one there is only the implicit localhost, which the pattern `all` does not name."""
    chart = {"departments": [], "employees": [{"name": "asha.rao", "departments": []}]}
    playbook("workforce.aws.onboard", extra_vars=chart).succeeded().result(RUN)
    assert set(sandbox.state()["users"]) == {"asha.rao"}
    options = {"inventory": company / "inventory", "check": True, "callback": "ansible.builtin.default"}
    outcome = playbook("workforce.aws.onboard", **options).succeeded()
    page = (
        outcome.stdout.partition("Show the summary]")[2].partition("=> (item=\n")[2].partition("\n)\n")[0].splitlines()
    )
    listed = "60 employees and 9 departments are listed, and 1 policy and 1 role"
    assert page[1:3] == [listed, "What would change:"]
    rows = [line.partition(": ") for line in page if line.startswith("  + ")]
    people = {each["name"] for each in _listed("employees")} - {"asha.rao"}
    assert {row[0].removeprefix("  + ") for row in rows} > people
    assert all(outcome.stdout.count(f" {name}:") == 1 for name in people)
    starts = {len(f"{name}{colon}{rest}") - len(rest.lstrip()) for name, colon, rest in rows if name[4:] in people}
    assert len(starts) == 1, "the second column does not line up"
