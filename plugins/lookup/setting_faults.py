# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a role's settings."""

from __future__ import annotations

DOCUMENTATION = r"""
name: setting_faults
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Tell what is wrong with the settings of a role
description:
  - Checks the variables of a host against the argument specification of a role, as
    M(ansible.builtin.validate_argument_spec) does, but without a task of its own. Options of type V(raw) are left to
    who reads them, and so is what is blank or cannot be templated.
  - Ansible takes every variable. One whose name has a typo is a setting that nobody reads. So there is also a line for
    each variable that begins with O(prefix) and is none of the options, with the name that is nearest to it.
options:
  _terms:
    description: The file with the argument specification, C(meta/argument_specs.yml) of a role.
    type: list
    elements: path
    required: true
  entry_point:
    description: The entry point of the role.
    type: str
    default: main
  prefix:
    description: How the names of the role's variables begin.
    type: str
    required: true
  apart:
    description: Options that are not checked against their types.
    type: list
    elements: str
    default: []
  known:
    description: Names that begin alike and are no options.
    type: list
    elements: str
    default: []
seealso:
  - module: ansible.builtin.validate_argument_spec
  - plugin: workforce.aws.converging_host
    plugin_type: lookup
    description: Another lookup plugin of the role.
"""

EXAMPLES = r"""
- name: Stop on settings that are wrong, and on those that nobody reads
  ansible.builtin.assert:
    that: faults == []
    fail_msg: "{{ faults | join(', ') }}"
  vars:
    faults: "{{ query('workforce.aws.setting_faults', role_path ~ '/meta/argument_specs.yml', prefix='backup_') }}"
"""

RETURN = r"""
_raw:
  description: A line for each fault, those of names first.
  type: list
  elements: str
"""

import typing as t
from pathlib import Path

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.yaml import yaml_load
from ansible.plugins.lookup import LookupBase
from ansible_collections.workforce.aws.plugins.module_utils._core.names import nearest

if t.TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    Options = Mapping[str, Mapping[str, t.Any]]


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


def type_faults(options: Options, given: Mapping[str, object]) -> list[str]:
    """What ansible-core's own check of types, choices and suboptions says of these values."""
    spec = {name: dict(options[name]) for name in given}
    faults: list[str] = ArgumentSpecValidator(spec).validate(dict(given)).error_messages
    return faults


def given_settings(
    options: Options, apart: Collection[str], variables: Mapping[str, object], value_of: Callable[[object], object]
) -> Iterator[tuple[str, object]]:
    """The settings that are to be checked, with their values."""
    for name, option in options.items():
        if option["type"] == "raw" or name in apart or name not in variables:
            continue
        try:
            value = value_of(variables[name])
        except AnsibleError:
            # Where it is used, the error is told with its place.
            continue
        if not isinstance(value, str) or value.strip():
            yield name, value


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[str]:
        """Look at the host's variables."""
        self.set_options(var_options=variables, direct=kwargs)
        variables = variables or {}
        options = _options(terms[0], self.get_option("entry_point"))
        known = [*options, *self.get_option("known")]
        given = dict(given_settings(options, self.get_option("apart"), variables, self._templar.template))
        unknown = unknown_variables(variables, known, self.get_option("prefix"))
        return unknown + type_faults(options, given)


def _options(file: str, entry_point: str) -> Options:
    """The options of the role."""
    options: Options = yaml_load(Path(file).read_text(encoding="utf-8"))["argument_specs"][entry_point]["options"]
    return options
