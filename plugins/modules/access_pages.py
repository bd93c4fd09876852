#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One page of several accounts. How it is made is in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: access_pages
short_description: Put the access reviews of several AWS accounts on one page
description:
  - Reads pages that M(workforce.aws.iam_access_report) wrote with O(workforce.aws.iam_access_report#module:format=html)
    and writes one page with all of them and a choice of account.
  - Reaches no account. The pages that it reads stay as they are.
  - Takes Jinja2 where the module runs, which every controller has.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  pages:
    description:
      - The accounts' own pages, in the order in which they are shown.
    type: list
    elements: path
    required: true
  dest:
    description:
      - The file to write, on the machine that runs the module, as in M(workforce.aws.iam_access_report).
    type: path
    required: true
attributes:
  check_mode:
    description: Can predict what it would do, without changing anything.
    support: full
  diff_mode:
    description: Can show the differences.
    support: none
    details:
      - The page is about people, and a diff would show them to everybody who reads the log.
  platform:
    description: The systems on which the module runs.
    support: full
    platforms: posix
seealso:
  - module: workforce.aws.iam_access_report
  - name: Who has access
    description: The page, its review and its answers.
    link: https://workforce-collections.github.io/workforce.aws/docsite/who_has_access.html
"""

EXAMPLES = r"""
- name: Put both accounts on one page
  workforce.aws.access_pages:
    pages:
      - reports/access-main.html
      - reports/access-test.html
    dest: reports/access.html
"""

RETURN = r"""
dest:
  description: The file that was written, or in check mode would be.
  returned: success
  type: str
  sample: /srv/reports/access.html
faults:
  description: What is wrong with the options, one entry for each fault. Nothing was written.
  returned: when there are any
  type: list
  elements: str
  sample:
    - "pages: reports/access-test.html does not exist"
"""

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible_collections.workforce.aws.plugins.module_utils._review.page import HAS_JINJA2
from ansible_collections.workforce.aws.plugins.module_utils._tasks.pages import run_access_pages


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "pages": {"type": "list", "elements": "path", "required": True},
            "dest": {"type": "path", "required": True},
        },
        supports_check_mode=True,
    )
    if not HAS_JINJA2:
        module.fail_json(msg=missing_required_lib("Jinja2"))
    run_access_pages(module)


if __name__ == "__main__":
    main()
