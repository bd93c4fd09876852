# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables that look like a role's and are none of them."""

from __future__ import annotations

DOCUMENTATION = r"""
name: unknown_variables
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Variables that begin like those of a role and are none of them
description:
  - Ansible takes every variable. One whose name has a typo is a setting that nobody reads.
  - Gives a line for each variable of the host whose name begins with O(prefix) and is not among the names that are
    known, with the known name that is nearest to it. The values of variables are not looked at.
options:
  _terms:
    description: The names that are known.
    type: list
    elements: str
    required: true
  prefix:
    description: How the names begin.
    type: str
    required: true
seealso:
  - plugin: workforce.aws.converging_host
    plugin_type: lookup
    description: Another lookup plugin of the role.
"""

EXAMPLES = r"""
- name: Stop on a setting that nobody reads
  ansible.builtin.assert:
    that: unknown == []
    fail_msg: "{{ unknown | join(', ') }}"
  vars:
    unknown: "{{ query('workforce.aws.unknown_variables', 'backup_path', 'backup_days', prefix='backup_') }}"
"""

RETURN = r"""
_raw:
  description: A line for each variable, in the order of their names.
  type: list
  elements: str
"""

import typing as t

from ansible.plugins.lookup import LookupBase
from ansible_collections.workforce.aws.plugins.module_utils._core.names import nearest

if t.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def unknown_variables(names: Iterable[str], known: Iterable[str], prefix: str) -> list[str]:
    """The lines, given the names of all variables."""
    listed = [*known]
    # All begin alike: only what follows can tell which one was meant.
    ends = [name.removeprefix(prefix) for name in listed if name.startswith(prefix)]
    unknown = sorted({name for name in names if name.startswith(prefix)} - {*listed})
    near = {name: nearest(name.removeprefix(prefix), ends) for name in unknown}
    return [
        f"{name}: there is no such variable" + (f"; did you mean {prefix}{end}?" if end else "")
        for name, end in near.items()
    ]


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[str]:
        """Look at the names of the host's variables."""
        self.set_options(var_options=variables, direct=kwargs)
        return unknown_variables(variables or {}, terms, self.get_option("prefix"))
