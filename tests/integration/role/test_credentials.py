# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's settings of first passwords: where their paths begin, who is named, who reads them, who may sign in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import ROLE, RUN, play

Run = Callable[..., PlaybookResult]
NAMES = ["asha.rao", "li.wei"]
CHART: dict[str, Any] = {
    "departments": [{"name": "sales"}],
    "employees": [{"name": name, "email": f"{name}@example.com", "departments": ["sales"]} for name in NAMES],
}


def _mail(sandbox: Sandbox, folder: Path) -> dict[str, Any]:
    """The sandbox's mailbox, whose certificate authority lies in a folder of ours."""
    mail = sandbox.mailbox.settings()
    (folder / "ca.pem").write_bytes(Path(mail["ca_path"]).read_bytes())
    return {**mail, "ca_path": "ca.pem"}


def _inventory(*hosts: str, **variables: Any) -> dict[str, Any]:
    settings = {**CHART, "onboard_everyone": {"name": "everyone"}, **variables}
    return {"all": {"hosts": {host: {} for host in hosts}, "vars": settings}}


def test_paths_begin_where_the_others_do(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """Beside a playbook of one's own; with the collection's, where one stands."""
    own, ours = tmp_path / "own", tmp_path / "ours"
    for folder in (own, ours):
        (folder / "credentials").mkdir(parents=True)
        mail = _mail(sandbox, folder)
    settings = {"file": {"directory": "credentials"}, "mail": {**mail, "connections": 1}}
    (own / "site.yml").write_text(json.dumps([play(ROLE)]), encoding="utf-8")
    first = _inventory("web1", onboard_credentials=settings, employees=CHART["employees"][:1])
    playbook(own / "site.yml", inventory=first).succeeded()
    assert [file.name for file in (own / "credentials").iterdir()] == ["asha.rao_credentials.csv"]
    playbook("workforce.aws.onboard", inventory=_inventory("web1", onboard_credentials=settings), cwd=ours).succeeded()
    assert [file.name for file in (ours / "credentials").iterdir()] == ["li.wei_credentials.csv"]
    assert [mail["recipients"] for mail in sandbox.mailbox.mails()] == [[f"{name}@example.com"] for name in NAMES]


def test_reissue_by_name_from_the_command_line(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    hosts = _inventory("web1", onboard_credentials={"mail": _mail(sandbox, tmp_path)})
    playbook([play(ROLE)], inventory=hosts).succeeded()
    again = playbook([play(ROLE)], inventory=hosts).succeeded()
    assert again.result(RUN, "web1")["changed"] is False
    assert len(sandbox.mailbox.mails()) == 2
    reissue = playbook([play(ROLE)], inventory=hosts, arguments=["-e", "onboard_reissue=asha.rao,li.wei"]).succeeded()
    assert [one["name"] for one in reissue.result(RUN, "web1")["credentials"]["issued"]] == NAMES
    assert len(sandbox.mailbox.mails()) == 4


def test_only_the_host_that_converges_reads_them(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """A password from a vault elsewhere is asked for once or twice, and not by each host of the play."""
    mail = _mail(sandbox, tmp_path)
    asked = tmp_path / "asked"
    secret = f"{{{{ lookup('ansible.builtin.pipe', 'echo asked >> {asked}; echo {mail['password']}') }}}}"
    settings = {"mail": {**mail, "password": secret}}
    hosts = _inventory(*(f"web{number}" for number in range(8)), onboard_credentials=settings)
    playbook([play(ROLE)], inventory=hosts).succeeded()
    assert len(asked.read_text(encoding="utf-8").splitlines()) <= 2


def test_nobody_is_mailed_who_could_not_sign_in(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    settings = {"mail": _mail(sandbox, tmp_path)}
    failed = playbook([play(ROLE)], inventory=_inventory("web1", onboard_credentials=settings, onboard_everyone={}))
    message = failed.failed().result(RUN, "web1")["msg"]
    assert "employees asha.rao, li.wei: would not be able to complete the first sign-in" in message
    assert "onboard_everyone: {name: everyone}" in message
    assert sandbox.mailbox.mails() == []
    assert sandbox.state()["users"] == {}


def test_a_file_of_others_gives_no_policy_and_sends_no_password_elsewhere(
    playbook: Run, sandbox: Sandbox, tmp_path: Path, iam: Any
) -> None:
    """Whoever writes the personnel department's export does not write the inventory."""
    cyrillic = "ivan@\u0435xample.com"
    rows = [
        "mallory,m@example.com,,sales,AdministratorAccess",
        f"ivan,{cyrillic},,sales,",
        "olga,olga@example.com,olga@evil.test,sales,",
    ]
    table = "\n".join(["name,email,credentials_to,departments,managed_policies", *rows])
    (tmp_path / "hr.csv").write_text(table, encoding="utf-8")
    mail = {**_mail(sandbox, tmp_path), "domains": ["example.com"]}
    hosts = _inventory("web1", onboard_credentials={"mail": mail}, onboard_employees_from="hr.csv")
    for check in (True, False):
        message = playbook([play(ROLE)], inventory=hosts, check=check).failed().result(RUN, "web1")["msg"]
        assert f"employee mallory ({tmp_path}/hr.csv line 2): has managed_policies, which files and" in message
        assert "employee ivan: is to be mailed a password at \u0435xample.com, which has '\u0435' (CYRILLIC" in message
        assert "employee olga: is to be mailed a password at evil.test, which is not in" in message
        assert "olga@" not in message
    assert sandbox.mailbox.mails() == []
    assert sandbox.state()["users"] == {}
    (tmp_path / "hr.csv").write_text("\n".join(table.splitlines()[:2]), encoding="utf-8")
    asked = {**hosts["all"]["vars"], "onboard_files_may_set": ["managed_policies"]}
    playbook([play(ROLE)], inventory={"all": {**hosts["all"], "vars": asked}}).succeeded()
    assert [policy["PolicyName"] for policy in iam.list_attached_user_policies(UserName="mallory")["AttachedPolicies"]]
    assert len(sandbox.mailbox.mails()) == 3
    ours = iam.list_group_policies(GroupName="everyone")["PolicyNames"]
    assert sorted(ours) == ["workforce-first-sign-in", "workforce-protect-marks"]
