# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup of the host that brings an AWS account in step for all hosts of that account."""

from __future__ import annotations

DOCUMENTATION = r"""
name: converging_host
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Find the host of a play that brings an AWS account in step for all hosts of that account
description:
  - Returns the name of one host of the play. The role P(workforce.aws.onboard#role) runs only on that host, so that a
    play over many hosts changes an account once.
  - Hosts with the same variable C(onboard_account) belong to one account; hosts without it share one.
    Of the hosts of an account, it is the first that is still up, in the order of the inventory.
  - A host on which the role failed still counts, so that no other host tries the same again.
  - The variable belongs in the inventory. If the play, the role or an include sets it, it is evaluated with the
    variables of each other host.
options:
  _terms:
    description: This lookup takes no terms.
notes:
  - It looks at the variables of other hosts only up to the first one of the same account.
seealso:
  - plugin: workforce.aws.ignored_config
    plugin_type: lookup
    description: Another lookup plugin of the role.
"""

EXAMPLES = r"""
- name: Show which host changes this host's account
  ansible.builtin.debug:
    msg: "{{ lookup('workforce.aws.converging_host') }}"

- name: Do something once for each account
  ansible.builtin.debug:
    msg: Only on the first host of each account
  when: lookup('workforce.aws.converging_host') == inventory_hostname
"""

RETURN = r"""
_raw:
  description: The name of the host, as in the inventory.
  type: list
  elements: str
"""

import typing as t

from ansible.plugins.lookup import LookupBase

if t.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LABEL = "onboard_account"
RESULT = "onboard_result"
SHARED_ACCOUNT = "default"


def converging_host(
    me: str, hosts: list[str], up: set[str], label: Callable[[str], str], tried: Callable[[str], bool]
) -> str:
    """The first host that has the label of `me`, and is up or left the play because the role failed there."""
    mine = ""
    for host in hosts:
        if host == me:
            break
        if host not in up and not tried(host):
            continue
        mine = mine or label(me)
        if label(host) == mine:
            return host
    return me


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[str]:
        """Find the host among those of the play."""
        variables = variables or {}
        hostvars = variables["hostvars"]

        def tried(host: str) -> bool:
            result = hostvars[host].get(RESULT)
            return bool(result and result.get("failed"))

        return [
            converging_host(
                me=variables["inventory_hostname"],
                hosts=list(variables["ansible_play_hosts_all"]),
                up=set(variables["ansible_play_hosts"]),
                label=self.label(variables),
                tried=tried,
            )
        ]

    def label(self, variables: Mapping[str, t.Any]) -> Callable[[str], str]:
        """How to read a host's label.

        Hostvars do not have what a play, a role or an include sets. All hosts of the play share that expression, so it
        is evaluated with the other host's variables.
        """
        hostvars = variables["hostvars"]
        shown = hostvars.raw_get(variables["inventory_hostname"]).get(LABEL)
        own = variables.get(LABEL)

        def of_play(host: str) -> str:
            seen = {**variables, **hostvars.raw_get(host)}
            return str(self._templar.copy_with_new_env(available_variables=seen).template(own) or SHARED_ACCOUNT)

        def of_inventory(host: str) -> str:
            return str(hostvars[host].get(LABEL) or SHARED_ACCOUNT)

        return of_inventory if own == shown else of_play
