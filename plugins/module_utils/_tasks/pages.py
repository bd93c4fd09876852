# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of access_pages: read the accounts' own pages, put them on one page, and write it with mode 0600."""

from __future__ import annotations

import typing as t
from pathlib import Path

from .._files.text import FileError, read_text
from .._review.accounts import PageError, joined_page
from .access import delivered, dest_fault

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule


def run_access_pages(module: AnsibleModule) -> None:
    """The body of access_pages."""
    faults, pages = [], {}
    if fault := dest_fault(Path(module.params["dest"])):
        faults.append(f"dest: {fault}")
    for name in module.params["pages"]:
        try:
            pages[name] = read_text(Path(name))
        except FileError as error:
            faults.append(f"pages: {name} {error}")
    try:
        text = joined_page(pages)
    except PageError as error:
        faults.append(f"pages: {error}")
    if faults:
        module.fail_json(msg="\n".join(faults), faults=faults)
    module.exit_json(**delivered(module, text))
