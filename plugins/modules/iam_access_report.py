#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has access to what. How it is read and written is in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_access_report
short_description: Report who has access to what in an AWS account, or write its people as an inventory
description:
  - Reports for every IAM user whether it is managed, its employee ID and state, its departments, its policies and the
    department that each comes from, its console password, access keys with their age, MFA, last sign-in and the state
    of its first credentials, and whether and through what it can become administrator. Unmanaged users, and groups that
    are not departments, are listed apart.
  - Where a department requires MFA (C(require_mfa) in M(workforce.aws.iam_workforce)), it says since when somebody
    without a device could have had one.
  - Reads the account's directory, its list of users and its credential report. The number of calls grows with
    pages of 1,000, not with people.
  - AWS makes a credential report at most every four hours. RV(credentials_as_of) says when this one was made. The
    credentials of users who were created later are unknown. The last sign-in is always up to date.
  - With O(format=inventory) the account is written as the lists C(departments) and C(employees). With these lists, the
    role P(workforce.aws.onboard#role) has nothing to change.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  format:
    description:
      - V(csv) has a line for each person. A cell that a spreadsheet would take for a formula begins with an
        apostrophe.
      - V(markdown) is a page for people, V(json) has everything for programs. Its C(format) is the number of its shape.
      - V(html) is a page that is opened in a browser, reviewed, printed and signed. It is one file that loads nothing.
        It takes Jinja2 where the module runs, which every controller has.
      - V(inventory) is YAML for an inventory. Unmanaged users without a console password are written as C(machines), a
        list that nothing reads. The lists have no mail addresses, since the account has none.
    type: str
    choices: [csv, html, json, markdown, inventory]
    default: json
  dest:
    description:
      - The file to write, on the machine that runs the module. It is replaced as a whole. Only its owner can read a new
        file. An existing file keeps its rights; but if every user of the machine may read it, from now on only its
        owner may.
      - It is a fault if the file is a link, belongs to another user than C(root) and the one who runs the module, or
        lies below a folder in which every user may write. A sticky folder, such as C(/tmp), is allowed.
      - If left out, the text is returned as RV(report).
    type: path
  since:
    description:
      - An earlier report of the same account, written with O(format=json). The page tells what changed since then.
      - Goes with O(format=html) only. A report of another account, or of a newer format, is a fault.
    type: path
  review:
    description:
      - Whether the page has a review sheet for each department, with boxes for keep and remove and a line to sign.
      - Goes with O(format=html) only.
    type: bool
    default: false
  path:
    description:
      - The path under which the managed departments lie.
    type: str
    default: /workforce/
  adopted_departments:
    description:
      - The names of groups outside O(path) that are managed as departments.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  account_id:
    description:
      - The account that must be reached. The task stops if the credentials reach another one.
      - Write it in quotes, since a number would lose zeros at its beginning.
      - Blank text is a fault, since it would silently switch this check off.
    type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
attributes:
  diff_mode:
    support: none
    details:
      - The report is about people, and a diff would show them to everybody who reads the log.
  idempotent:
    support: none
    details:
      - Each run writes the file again, since the report says when it was made.
seealso:
  - module: workforce.aws.iam_directory_info
  - module: workforce.aws.iam_workforce
  - name: Who has access
    description: The playbook, the record of changes, and CloudTrail.
    link: https://workforce-collections.github.io/workforce.aws/docsite/who_has_access.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Write who has access to what, for a spreadsheet
  workforce.aws.iam_access_report:
    format: csv
    dest: reports/access.csv

- name: Keep a report to compare a later one with
  workforce.aws.iam_access_report:
    format: json
    dest: reports/access-2026-10.json

- name: Write the page of an access review, with what changed since last quarter
  workforce.aws.iam_access_report:
    format: html
    dest: reports/access.html
    since: reports/access-2026-10.json
    review: true

- name: Write the account as the lists of an inventory
  workforce.aws.iam_access_report:
    format: inventory
    dest: inventory/group_vars/all/people.yml

- name: Read who has access to what
  workforce.aws.iam_access_report:
  register: access

- name: Show who has a console password and no MFA
  ansible.builtin.debug:
    msg: "{{ everybody | selectattr('console') | rejectattr('mfa') | map(attribute='name') }}"
  vars:
    found: "{{ access.report | ansible.builtin.from_json }}"
    everybody: "{{ found.employees + found.unmanaged_users }}"
"""

RETURN = r"""
report:
  description: The report in the wanted format.
  returned: when O(dest) is not given
  type: str
  sample: "account_id,person,employee_id,managed,state"
dest:
  description: The file that was written, or in check mode would be.
  returned: when O(dest) is given
  type: str
  sample: /srv/reports/access.csv
account:
  description: The account and the caller.
  returned: success
  type: dict
  contains:
    account_id:
      description: The account's ID.
      returned: always
      type: str
      sample: "123456789012"
    alias:
      description: The account's alias, or null.
      returned: always
      type: str
      sample: example-company
    caller_arn:
      description: The caller's ARN.
      returned: always
      type: str
      sample: arn:aws:iam::123456789012:user/runner
read_at:
  description: When the account was read, in UTC.
  returned: success
  type: str
  sample: "2026-11-23T20:30:00Z"
credentials_as_of:
  description: When AWS made the credential report, which has console passwords, access keys and MFA.
  returned: success
  type: str
  sample: "2026-11-23T18:02:11Z"
consistent:
  description:
    - Whether the numbers of users and groups that were read are those of the account's own summary.
    - V(false) means that the account is being changed right now, and somebody may be missing.
  returned: success
  type: bool
  sample: true
counts:
  description: The numbers of users, groups and memberships in the report.
  returned: success
  type: dict
  contains:
    employees:
      description: Managed users.
      returned: always
      type: int
      sample: 60
    unmanaged_users:
      description: Users who are not managed.
      returned: always
      type: int
      sample: 2
    suspended:
      description: Suspended users, managed or not.
      returned: always
      type: int
      sample: 1
    without_mfa:
      description: People of whom a department requires MFA, who could have a device and have none.
      returned: always
      type: int
      sample: 3
    extra_memberships:
      description: Memberships of managed users in groups that are not departments.
      returned: always
      type: int
      sample: 0
    departments:
      description: Managed groups.
      returned: always
      type: int
      sample: 9
    other_groups:
      description: The other groups.
      returned: always
      type: int
      sample: 1
api_calls:
  description: The requests that this task made to AWS, retries included.
  returned: success
  type: dict
  contains:
    total:
      description: All of them.
      returned: always
      type: int
      sample: 7
    read:
      description: Those that read.
      returned: always
      type: int
      sample: 7
    write:
      description: Those that wrote.
      returned: always
      type: int
      sample: 0
    by_operation:
      description: How many of each operation.
      returned: always
      type: dict
      sample:
        GetAccountAuthorizationDetails: 1
        GetCredentialReport: 1
faults:
  description: What is wrong with the options, one entry for each fault. Nothing was read.
  returned: when there are any
  type: list
  elements: str
  sample:
    - "dest: the folder reports does not exist"
error:
  description: AWS's error when the account could not be read. Nothing is reported then.
  returned: when a read failed
  type: dict
  contains:
    code:
      description: The error's code.
      returned: always
      type: str
      sample: AccessDenied
"""

import typing as t

from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.yaml import HAS_YAML
from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._review.page import HAS_JINJA2
from ansible_collections.workforce.aws.plugins.module_utils._tasks.access import run_access_report
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            format={"type": "str", "choices": ["csv", "html", "json", "markdown", "inventory"], "default": "json"},
            dest={"type": "path"},
            since={"type": "path"},
            review={"type": "bool", "default": False},
            path={"type": "str", "default": "/workforce/"},
            adopted_departments={"type": "raw", "default": []},
            account_id={"type": "str"},
        ),
        supports_check_mode=True,
    )
    if not HAS_YAML and module.params["format"] == "inventory":
        module.fail_json(msg=missing_required_lib("PyYAML"))
    if not HAS_JINJA2 and module.params["format"] == "html":
        module.fail_json(msg=missing_required_lib("Jinja2"))
    run_access_report(module)


if __name__ == "__main__":
    main()
