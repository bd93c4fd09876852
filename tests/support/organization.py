# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own inventory over moto's Organizations: `read_inventories` runs it in a process of its own.

Ansible finds a collection's plugins by an import hook, which the tests' process must not have. As a program, this file
reads the cases as JSON, makes one organization, and writes what each inventory has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import botocore.client
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader
from ansible.template import Templar
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places

NAME = "workforce.aws.organization_accounts"
MANAGEMENT = "123456789012"
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
TEMPLATE = "{{ lookup('pipe', 'echo ran') }}"


def read_inventories(cases: Sequence[Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """What the inventory has in each case: `hosts` (variables by name), `groups`, `all` (variables), and the `calls`.

    A case has the plugin's `options`; `refresh` passes the cache over; `errors` are codes that calls fail with before
    they succeed, by operation, and `null` for good.
    """
    places = Places.here()
    done = subprocess.run(
        [str(places.python), "-m", "tests.support.organization", str(folder)],
        input=json.dumps(cases),
        cwd=ROOT,
        env={**clean_environment(places), **KEYS, "PYTHONPATH": f"{ROOT}:{places.tree}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _organization() -> None:
    """Workloads with Production below it, 21 accounts in Training (more than a page), one account that is closed."""
    aws = boto3.client("organizations", region_name="us-east-1")
    aws.create_organization(FeatureSet="ALL")
    root = aws.list_roots()["Roots"][0]["Id"]

    def unit(parent: str, name: str) -> str:
        return str(aws.create_organizational_unit(ParentId=parent, Name=name)["OrganizationalUnit"]["Id"])

    def account(parent: str, name: str, **tags: str) -> str:
        told = [{"Key": key, "Value": value} for key, value in tags.items()]
        made = aws.create_account(Email=f"{name}@example.com", AccountName=name, Tags=told)["CreateAccountStatus"]
        aws.move_account(AccountId=made["AccountId"], SourceParentId=root, DestinationParentId=parent)
        return str(made["AccountId"])

    workloads, training = unit(root, "Workloads"), unit(root, "Training")
    account(unit(workloads, "Production"), "shop", stage="prod", note=TEMPLATE)
    account(workloads, "build")
    aws.close_account(AccountId=account(workloads, "old"))
    for number in range(21):
        account(training, f"trainee-{number:02}")


class _Calls:
    """Notes the calls to AWS, and fails those that a case names."""

    def __init__(self, errors: Mapping[str, list[str | None]]) -> None:
        self.made: list[str] = []
        self._errors = {operation: list(codes) for operation, codes in errors.items()}
        client: Any = botocore.client.BaseClient
        self._real: Callable[..., Any] = client._make_api_call

    def answer(self, client: Any, operation: str, params: Any) -> Any:
        self.made.append(operation)
        codes = self._errors.get(operation)
        if codes:
            code = codes[0] if codes[-1] is None else codes.pop(0)
            raise ClientError({"Error": {"Code": str(code), "Message": "no"}}, operation)
        return self._real(client, operation, params)


def _read(case: Mapping[str, Any], path: Path) -> dict[str, Any]:
    path.write_text(json.dumps({"plugin": NAME, **case["options"]}), encoding="utf-8")
    calls = _Calls(case.get("errors", {}))

    def answer(client: Any, operation: str, params: Any) -> Any:
        return calls.answer(client, operation, params)

    loader = DataLoader()
    # A pause that returns something true would end the retries.
    waiting = mock.patch("time.sleep", return_value=None)
    with mock.patch.object(botocore.client.BaseClient, "_make_api_call", answer), waiting:
        inventory = InventoryManager(loader=loader, sources=[str(path)], cache=not case.get("refresh", False))
    variables = {host.name: host.vars for host in inventory.get_hosts("all")}
    return {
        # As a play sees them: what is a template is templated.
        "hosts": {name: Templar(loader=loader, variables=of).template(of) for name, of in variables.items()},
        "groups": {name: sorted(host.name for host in group.get_hosts()) for name, group in inventory.groups.items()},
        "all": inventory.groups["all"].vars,
        "calls": calls.made,
    }


def main() -> None:
    """Read every case, one after the other."""
    init_plugin_loader([str(Places.here().tree)])
    path = Path(sys.argv[1]) / "organization.yml"
    with mock_aws():
        _organization()
        found = [_read(case, path) for case in json.load(sys.stdin)]
    print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()
