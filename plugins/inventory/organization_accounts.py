# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts of AWS Organizations as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: organization_accounts
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Make hosts of the accounts of an AWS organization
version_added: 1.0.0
description:
  - Lists the accounts of AWS Organizations as hosts, so that the role P(workforce.aws.onboard#role) brings each of
    them in step. Accounts that are suspended, closed or not activated yet are left out.
  - The file's name must end in C(organization.yml), C(organization.yaml), C(organization_accounts.yml) or
    C(organization_accounts.yaml).
  - The credentials must be of the management account or of a delegated administrator, and allow
    C(organizations:ListRoots), C(organizations:ListAccountsForParent), C(organizations:ListTagsForResource) and
    C(organizations:ListOrganizationalUnitsForParent).
  - All hosts are in the group C(aws_accounts). A host is also in the groups of its organizational units, such as
    C(ou_Workloads) and below it C(ou_Workloads_Production), and of its tags, such as C(tag_stage_production). All
    characters but letters, digits and C(_) become C(_).
  - Each host has C(onboard_account) (the host's name) and C(onboard_account_id), with O(role_name) also
    C(onboard_connection), and C(aws_account_id), C(aws_account_name), C(aws_account_email), C(aws_account_ou_path),
    C(aws_account_ou_ids) and C(aws_account_tags). All hosts have C(onboard_accounts), the labels and IDs of all
    accounts.
  - If the accounts cannot be read, the role and the playbooks of this collection refuse to run, although Ansible
    itself only warns. Else they would run for fewer accounts, or for the account of the credentials.
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [workforce.aws.organization_accounts]
  hostnames:
    description:
      - Whether the C(name) of an account or its C(id) is the name of its host, and so its label in C(accounts) of an
        entry.
      - In a name, each run of characters other than letters, digits, C(_), C(.) and C(-) becomes one C(-). Accounts
        that then have the same name in any case are told apart by C(-) and their ID at its end.
    type: str
    choices: [name, id]
    default: name
  tags:
    description: Whether to read the tags of the accounts. That is one call for each account.
    type: bool
    default: true
  role_name:
    description:
      - The role to assume in each account, with its path but without the first C(/). If left out,
        C(onboard_connection) is not set.
      - AWS Organizations makes the role C(OrganizationAccountAccessRole) in the accounts that it creates. A role with
        the policies that the playbook C(workforce.aws.permissions) prints can do less and is enough.
      - The credentials of the run assume it, by O(profile) if that is set. O(access_key) and O(secret_key) are not
        handed on.
    type: str
  external_id:
    description: The external ID that the trust policies of these roles ask for.
    type: str
  own_account:
    description:
      - How the account is reached that the credentials belong to. With V(direct) no role is assumed in it, with
        V(role) the same as in the others. With V(omit) it is no host.
    type: str
    choices: [direct, role, omit]
    default: direct
extends_documentation_fragment:
  - inventory_cache
  - constructed
  - amazon.aws.boto3
  - amazon.aws.common.plugins
  - amazon.aws.region.plugins
  - amazon.aws.assume_role.plugins
seealso:
  - name: Many accounts
    description: The guide.
    link: https://workforce-collections.github.io/workforce.aws/docsite/many_accounts.html
"""

EXAMPLES = r"""
# inventory/organization.yml: every account, by the role that Organizations made in it
plugin: workforce.aws.organization_accounts
role_name: OrganizationAccountAccessRole

---
# The same for an hour from a file, by a role of one's own, with the credentials of a profile
plugin: workforce.aws.organization_accounts
profile: management
role_name: workforce-runner
external_id: our-secret-handshake
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/ansible-accounts
cache_timeout: 3600

---
# Without tags, accounts by their ids, with a group of one's own and another setting for the trainees' accounts
plugin: workforce.aws.organization_accounts
role_name: workforce-runner
hostnames: id
tags: false
groups:
  workloads: aws_account_ou_path.startswith("/Workloads")
compose:
  onboard_unlisted: "'remove' if aws_account_ou_path == '/Training' else 'suspend'"
"""

import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.amazon.aws.plugins.plugin_utils.inventory import AWSInventoryBase
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError
from ansible_collections.workforce.aws.plugins.module_utils._organization.hosts import Reach, hosts_of
from ansible_collections.workforce.aws.plugins.module_utils._organization.reads import read_organization

if t.TYPE_CHECKING:
    from ansible.inventory.data import InventoryData
    from ansible.parsing.dataloader import DataLoader
    from ansible_collections.workforce.aws.plugins.module_utils._organization.hosts import Host, Hosts

    Organization = dict[str, t.Any]

GROUP = "aws_accounts"
KNOWN = "onboard_accounts"
FAILED = "onboard_inventory_failed"
# Not secret: what the run needs to find the credentials that the accounts were read with.
HANDED_ON = ("profile", "endpoint_url", "region")


class InventoryModule(AWSInventoryBase):
    """The inventory plugin."""

    NAME = "workforce.aws.organization_accounts"
    INVENTORY_FILE_SUFFIXES = (
        "organization.yml",
        "organization.yaml",
        "organization_accounts.yml",
        "organization_accounts.yaml",
    )

    def parse(  # noqa: PLR0917  # the parameters are those of the base class
        self,
        inventory: InventoryData,
        loader: DataLoader,
        path: str,
        cache: bool = True,
        botocore_version: str | None = None,
        boto3_version: str | None = None,
    ) -> None:
        """Fill the inventory from AWS or the cache. If that fails, the collection's plays refuse to run."""
        try:
            super().parse(inventory, loader, path, cache, botocore_version, boto3_version)
            organization = self._organization(path, cache)
        except (AnsibleError, ReadError) as error:
            # Ansible goes on without the hosts of a file that failed, and a play then runs for the others alone.
            inventory.set_variable("all", FAILED, wrap_var(f"{path}: {error}"))
            raise AnsibleParserError(f"The accounts of the organization were not read. {error}") from error
        self._fill(
            hosts_of(self._wanted(organization), by_id=self.get_option("hostnames") == "id", reach=self._reach())
        )

    def _organization(self, path: str, cache: bool) -> Organization:
        found, organization = self.get_cached_result(path, cache)
        if not found:
            region = self.region or "us-east-1"  # Organizations has one endpoint, and botocore wants a region
            organization = read_organization(
                self.client("organizations", region=region),
                self.client("sts", region=region),
                with_tags=self.get_option("tags"),
            )
            self.update_cached_result(path, cache, organization)
        return t.cast("Organization", organization)

    def _wanted(self, organization: Organization) -> Organization:
        if self.get_option("own_account") != "omit":
            return organization
        accounts = [
            {**account, "active": account["active"] and account["id"] != organization["own"]}
            for account in organization["accounts"]
        ]
        return {**organization, "accounts": accounts}

    def _reach(self) -> Reach:
        given = {option: self.get_option(option) for option in HANDED_ON}
        return Reach(
            role_name=self.get_option("role_name"),
            external_id=self.get_option("external_id"),
            own_by_role=self.get_option("own_account") == "role",
            connection={option: str(value) for option, value in given.items() if value},
        )

    def _fill(self, found: Hosts) -> None:
        for group, sources in found.merged.items():
            self.warn(f"the group {group} stands for several: {', '.join(sources)}")
        self.inventory.add_group(GROUP)
        self.inventory.set_variable("all", KNOWN, wrap_var(list(found.known)))
        for host in found.hosts:
            self._add(host)

    def _add(self, host: Host) -> None:
        self.inventory.add_host(host.name, group=GROUP)
        parent = None
        for unit in host.units:
            self.inventory.add_group(unit)
            if parent is not None:
                self.inventory.add_child(parent, unit)
            parent = unit
        for group in (*host.units[-1:], *host.tags):
            self.inventory.add_group(group)
            self.inventory.add_child(group, host.name)
        # Names and tags are written by people in AWS: they are never templates.
        variables = wrap_var(dict(host.variables))
        for name, value in variables.items():
            self.inventory.set_variable(host.name, name, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host.name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, host.name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host.name, strict=strict)
