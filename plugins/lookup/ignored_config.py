# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup of an ansible.cfg that Ansible ignored because everybody may write to its folder."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ignored_config
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Find the ansible.cfg that Ansible ignored because everybody may write to its folder
description:
  - Ansible does not read an C(ansible.cfg) in the current folder when everybody may write to that folder.
    The inventory that the file names is then not read either, and variables are undefined.
  - Returns the path of that file, so that a message can name the cause. It is empty if no file was ignored.
options:
  _terms:
    description: This lookup takes no terms.
seealso:
  - plugin: workforce.aws.converging_host
    plugin_type: lookup
    description: Another lookup plugin of the role.
"""

EXAMPLES = r"""
- name: Say why variables may be missing
  ansible.builtin.debug:
    msg: "Ansible ignored {{ lookup('workforce.aws.ignored_config') }}"
  when: lookup('workforce.aws.ignored_config') != ''
"""

RETURN = r"""
_raw:
  description: The path of the ignored file, if there is one.
  type: list
  elements: path
"""

import os
import stat
import typing as t
from pathlib import Path

from ansible import constants
from ansible.plugins.lookup import LookupBase

if t.TYPE_CHECKING:
    from collections.abc import Mapping


def ignored_config(folder: Path, used: str | None, named: str | None) -> list[str]:
    """The ignored file, given the configuration that is used and the one that ANSIBLE_CONFIG names."""
    config = folder / "ansible.cfg"
    if named or not config.is_file() or (used and Path(used) == config):
        return []
    return [str(config)] if folder.stat().st_mode & stat.S_IWOTH else []


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[str]:
        """Look at the current folder, as Ansible did when it started."""
        return ignored_config(Path.cwd(), constants.CONFIG_FILE, os.environ.get("ANSIBLE_CONFIG"))
