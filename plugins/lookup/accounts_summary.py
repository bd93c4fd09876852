# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup of what became of all accounts of a play."""

from __future__ import annotations

DOCUMENTATION = r"""
name: accounts_summary
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Tell what became of all AWS accounts of a play
description:
  - Summarises the results of the hosts that did the work for their accounts, also of hosts that failed and left the
    play. The role P(workforce.aws.onboard#role) and the playbook C(workforce.aws.offboard) show it at their end.
  - It is for C(strategy) C(linear). With others, there is a summary only if the last of the hosts also ends last.
options:
  _terms:
    description: What was done, V(onboard) or V(offboard).
    required: true
notes:
  - It looks at the variables of all hosts of the play.
seealso:
  - plugin: workforce.aws.converging_host
    plugin_type: lookup
    description: Which host does the work for its account.
"""

EXAMPLES = r"""
- name: Show what became of all accounts
  ansible.builtin.debug:
    msg: "{{ together.lines }}"
  vars:
    together: "{{ lookup('workforce.aws.accounts_summary', 'onboard') }}"
  when: together.teller == inventory_hostname
"""

RETURN = r"""
_raw:
  description:
    - One dictionary. C(teller) is the host that is to show the C(lines). It is empty for a single account, and as long
      as an account is not done. C(excused) is true for a host on which C(offboard) failed only because people who were
      found in other accounts are not in its own.
  type: list
  elements: dict
"""

import typing as t

from ansible.errors import AnsibleError
from ansible_collections.workforce.aws.plugins.lookup.converging_host import LookupModule as ConvergingHost
from ansible_collections.workforce.aws.plugins.module_utils._offboard.accounts import is_excused, offboard_lines
from ansible_collections.workforce.aws.plugins.module_utils._report.accounts import AccountOfPlay, account_lines

if t.TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Result = Mapping[str, t.Any]

RESULTS: t.Final = {"onboard": "onboard_result", "offboard": "offboard_result"}
LINES: t.Final[dict[str, Callable[..., list[str]]]] = {"onboard": account_lines, "offboard": offboard_lines}


class Seen(t.NamedTuple):
    """The accounts of a play, by the host that did the work, or the first host where none did yet."""

    accounts: dict[str, AccountOfPlay]
    done: bool


def accounts_of(
    hosts: Sequence[str], up: set[str], label: Callable[[str], str], result: Callable[[str], Result | None]
) -> Seen:
    """The accounts in the order of the inventory. They are ``done`` if no account without a result has a host left."""
    of_label: dict[str, list[str]] = {}
    for host in hosts:
        of_label.setdefault(label(host), []).append(host)
    found: dict[str, AccountOfPlay] = {}
    done = True
    for name, its_hosts in of_label.items():
        results = {host: one for host in its_hosts if (one := result(host)) is not None}
        worker = next(iter(results), its_hosts[0])
        found[worker] = AccountOfPlay(name, results.get(worker))
        done = done and (worker in results or up.isdisjoint(its_hosts))
    return Seen(found, done)


class LookupModule(ConvergingHost):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[t.Any]:
        """Look at all hosts of the play."""
        if len(terms) != 1 or terms[0] not in RESULTS:
            raise AnsibleError(f"accounts_summary takes one of {', '.join(RESULTS)}")
        kind, variables = terms[0], variables or {}
        up = set(variables["ansible_play_hosts"])
        seen = accounts_of(variables["ansible_play_hosts_all"], up, self.label(variables), _result(variables, kind))
        accounts = list(seen.accounts.values())
        several = seen.done and len(accounts) > 1
        tellers = [host for host in seen.accounts if host in up and seen.accounts[host].result is not None]
        mine = seen.accounts.get(variables["inventory_hostname"])
        check_mode = bool(variables.get("ansible_check_mode"))
        return [
            {
                "teller": tellers[-1] if several and tellers else "",
                "lines": LINES[kind](accounts, check_mode=check_mode) if several else [],
                "excused": several and kind == "offboard" and mine is not None and is_excused(mine, accounts),
            }
        ]


def _result(variables: Mapping[str, t.Any], kind: str) -> Callable[[str], Result | None]:
    """How to read a host's result, as it is: to template a long one takes time, and it has no templates."""

    def of(host: str) -> Result | None:
        found = variables["hostvars"].raw_get(host).get(RESULTS[kind])
        return found if found and not found.get("skipped") else None

    return of
