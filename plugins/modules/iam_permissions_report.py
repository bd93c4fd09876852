#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the job needs of IAM. How it is worked out is in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_permissions_report
short_description: Report the permissions that this inventory's job needs
description:
  - Works out the IAM policy that M(workforce.aws.iam_workforce) needs for these lists and settings, and no more. Groups
    are named by their path, users and roles by their mark, policies and permissions boundaries by their ARNs, and there
    is no action of a feature that is not used.
  - Each statement comes with what it is for, what IAM cannot narrow in it, and the page of AWS that says so.
  - It changes nothing in AWS. It asks the account for its number and the names of its policies, where it may. If the
    account does not answer, C(*) stands in place of its number, and a policy that is given by name stands for that name
    under any path.
  - If one policy would be longer than IAM allows, it becomes several, by subject. The principal needs all of them.
  - To cut people off is always part of it. Whoever leaves must not wait for a policy.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  principal:
    description:
      - For whom the policy is. V(runner) is the daily job, V(adopt) is what it needs beside that while it adopts users,
        V(offboard) is who runs the playbook C(workforce.aws.offboard), and V(report) is who runs the access report.
    type: str
    choices: [runner, adopt, offboard, report]
    default: runner
  format:
    description:
      - V(page) explains each statement in comments. Without the lines that begin with C(#), it is the JSON of the
        policies. V(json) is the JSON alone.
    type: str
    choices: [page, json]
    default: page
  dest:
    description:
      - The file to write, on the machine that runs the module. If it would have the same text, it is not written.
      - With O(format=json) and several policies there is a file for each, and their names end in C(-1), C(-2) and so
        on.
      - If left out, the text is returned as RV(report).
    type: path
  ask_account:
    description: Whether the account is asked for its number and the names of its policies.
    type: bool
    default: true
  required_boundary:
    description:
      - The name or ARN of a permissions boundary. The policy then lets the job make only users and roles that have it,
        change the policies only of those, and take it from nobody.
      - Nothing that the job makes can then do more than the boundary allows, whatever the job writes.
    type: str
  departments:
    description: The departments, as for M(workforce.aws.iam_workforce).
    type: raw
  employees:
    description: The employees, as for M(workforce.aws.iam_workforce).
    type: raw
  employees_from:
    description: Files of employees, as for M(workforce.aws.iam_workforce).
    type: list
    elements: path
  extra_employees:
    description: More employees, as for M(workforce.aws.iam_workforce).
    type: raw
  files_may_set:
    description: What files may say, as for M(workforce.aws.iam_workforce).
    type: list
    elements: str
    choices: [access_key, beside, boundary, inline_policies, managed_policies, path, tags]
    default: []
  csv:
    description: How to read tables, as for M(workforce.aws.iam_workforce).
    type: dict
    suboptions:
      columns:
        description: The titles of the columns.
        type: dict
      name:
        description: Where the user name comes from.
        type: str
      departments:
        description: The departments by the text in the file.
        type: dict
      dates:
        description: The form of the dates.
        type: str
        default: "%Y-%m-%d"
      at_least:
        description: The least number of rows.
        type: int
        default: 0
      separator:
        description: The text between several values in one cell.
        type: str
  everyone:
    description: The department of all employees, as for M(workforce.aws.iam_workforce).
    type: dict
  policies:
    description: The customer managed policies, as for M(workforce.aws.iam_workforce).
    type: raw
  policy_folder:
    description: The folder at which relative paths of policy files begin, as for M(workforce.aws.iam_workforce).
    type: path
  roles:
    description: The roles, as for M(workforce.aws.iam_workforce).
    type: raw
  account_settings:
    description: The alias and the password policy, as for M(workforce.aws.iam_workforce).
    type: raw
  issues_credentials:
    description:
      - Whether first credentials are delivered, as C(credentials) says to M(workforce.aws.iam_workforce).
    type: bool
    default: false
  path:
    description: The path under which the managed departments lie.
    type: str
    default: /workforce/
  adopted_departments:
    description:
      - The names of groups outside O(path) that are managed as departments.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  unlisted:
    description: What is done to managed users who are not in the list, as for M(workforce.aws.iam_workforce).
    type: str
    choices: [ignore, suspend, remove]
    default: ignore
  unlisted_departments:
    description: What is done to managed departments that are not in the list, as for M(workforce.aws.iam_workforce).
    type: str
    choices: [report, remove]
    default: report
  remove_after_days:
    description: When suspended users are deleted, as for M(workforce.aws.iam_workforce).
    type: int
  protected:
    description:
      - The names of users, and paths such as V(/machines/), whom the policy lets nobody touch.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  beside:
    description: What is done about access beside the chart, as for M(workforce.aws.iam_workforce).
    type: raw
  account_id:
    description:
      - The account that must be reached. The task stops if the credentials reach another one.
      - If the account is not asked, or does not answer, this number stands in the policy.
      - Write it in quotes, since a number would lose zeros at its beginning.
    type: str
  account:
    description: The label of this account in C(accounts) of entries, as for M(workforce.aws.iam_workforce).
    type: str
  known_accounts:
    description: The accounts that C(accounts) of entries may name, as for M(workforce.aws.iam_workforce).
    type: list
    elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
attributes:
  check_mode:
    details:
      - Check mode does all but write the file.
  diff_mode:
    support: none
    details:
      - The report is the result.
seealso:
  - module: workforce.aws.iam_workforce
  - name: Least privilege
    description: The playbook, what the policies allow, and what they cannot forbid.
    link: https://workforce-collections.github.io/workforce.aws/docsite/least_privilege.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Write the policy of the daily job, with the reasons
  workforce.aws.iam_permissions_report:
    departments: "{{ departments }}"
    employees: "{{ employees }}"
    required_boundary: developer-boundary
    dest: runner-policy.txt

- name: Work out the policy of who cuts people off, without asking AWS
  workforce.aws.iam_permissions_report:
    principal: offboard
    protected: [/break-glass/]
    ask_account: false
    account_id: "123456789012"
  register: needed

- name: Show its document
  ansible.builtin.debug:
    msg: "{{ needed.policies[0].document }}"
"""

RETURN = r"""
report:
  description: The page, or the JSON.
  returned: when O(dest) is not given
  type: str
  sample: "# What the principal runner of this inventory needs in account 123456789012, and no more."
dest:
  description: The files that were written, or that have the text already; in check mode those that would be.
  returned: when O(dest) is given
  type: list
  elements: str
  sample: [/srv/runner-policy.txt]
policies:
  description: The policies, all for the same principal.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: A name to give the policy.
      returned: always
      type: str
      sample: workforce-runner
    characters:
      description: The characters that count against IAM's 6,144.
      returned: always
      type: int
      sample: 4210
    document:
      description: The policy document.
      returned: always
      type: dict
      sample: {Version: "2012-10-17", Statement: []}
invocation:
  description: The arguments, without the lists.
  returned: always
  type: dict
  sample: {module_args: {principal: runner, format: page, path: /workforce/}}
faults:
  description: What is wrong with the lists and options, one entry for each fault.
  returned: when there are any
  type: list
  elements: str
  sample:
    - "employee asha.rao: is in department data-sciense, which is not listed; did you mean data-science?"
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._files.asked_keys import ASKED_KEYS
from ansible_collections.workforce.aws.plugins.module_utils._permissions.principals import PRINCIPALS
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments, csv_arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.permissions import run_permissions


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            principal={"type": "str", "choices": list(PRINCIPALS), "default": "runner"},
            format={"type": "str", "choices": ["page", "json"], "default": "page"},
            dest={"type": "path"},
            ask_account={"type": "bool", "default": True},
            required_boundary={"type": "str"},
            departments={"type": "raw"},
            employees={"type": "raw"},
            employees_from={"type": "list", "elements": "path"},
            extra_employees={"type": "raw"},
            files_may_set={"type": "list", "elements": "str", "default": [], "choices": list(ASKED_KEYS)},
            csv={"type": "dict", "options": csv_arguments()},
            everyone={"type": "dict"},
            policies={"type": "raw"},
            policy_folder={"type": "path"},
            roles={"type": "raw"},
            account_settings={"type": "raw"},
            issues_credentials={"type": "bool", "default": False},
            path={"type": "str", "default": "/workforce/"},
            adopted_departments={"type": "raw", "default": []},
            unlisted={"type": "str", "choices": ["ignore", "suspend", "remove"], "default": "ignore"},
            unlisted_departments={"type": "str", "choices": ["report", "remove"], "default": "report"},
            remove_after_days={"type": "int"},
            protected={"type": "raw", "default": []},
            beside={"type": "raw"},
            account_id={"type": "str"},
            account={"type": "str"},
            known_accounts={"type": "list", "elements": "str"},
        ),
        supports_check_mode=True,
    )
    run_permissions(module)


if __name__ == "__main__":
    main()
