#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user's groups or one group's users. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_membership
short_description: Manage the groups of one IAM user, or the users of one IAM group
description:
  - Puts a user into groups or takes the user out, from the user's side (O(user) and O(groups)) or from the group's side
    (O(group) and O(users)).
  - Users and groups must exist; M(workforce.aws.iam_user) and M(workforce.aws.iam_group) create them. One message
    names all that do not exist, before the first write, in check mode too.
  - A user who changes groups joins the new ones before leaving the old ones, unless the quota of groups for a user
    leaves no room for that.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  user:
    description:
      - The user whose memberships are managed.
      - Goes with O(groups).
    type: str
    aliases: [user_name]
  groups:
    description:
      - The names of the groups that the user is put into, or with O(state=absent) taken out of.
    type: list
    elements: str
  purge_groups:
    description:
      - Whether to take the user out of all groups that are not in O(groups).
      - With O(purge_path), only out of groups under that path.
    type: bool
    default: false
  group:
    description:
      - The group whose members are managed.
      - Goes with O(users).
    type: str
    aliases: [group_name]
  users:
    description:
      - The names of the users that are put into the group, or with O(state=absent) taken out of it.
    type: list
    elements: str
  purge_users:
    description:
      - Whether to take all users that are not in O(users) out of the group.
    type: bool
    default: false
  purge_path:
    description:
      - Limits O(purge_groups) to the groups, or O(purge_users) to the users, whose path begins with this one.
        It begins and ends with V(/).
      - Other memberships are not touched, so that several tools can share a user or a group.
    type: str
  state:
    description:
      - V(present) puts users into groups.
      - V(absent) takes them out. Nothing is purged.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_group
  - module: workforce.aws.iam_user
  - module: workforce.aws.iam_workforce
  - name: In your own plays
    description: The modules at a glance.
    link: https://workforce-collections.github.io/workforce.aws/docsite/in_your_plays.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Put a user into two groups
  workforce.aws.iam_membership:
    user: asha.rao
    groups:
      - data-science
      - finance

- name: Let these be the user's only groups under /workforce/
  workforce.aws.iam_membership:
    user: asha.rao
    groups:
      - data-science
    purge_groups: true
    purge_path: /workforce/

- name: Let exactly these users be the group's members
  workforce.aws.iam_membership:
    group: finance
    users:
      - asha.rao
      - li.wei
    purge_users: true

- name: Take users out of a group
  workforce.aws.iam_membership:
    group: finance
    users:
      - li.wei
    state: absent
"""

RETURN = r"""
groups:
  description: The names of the groups that the user is in after the task, or in check mode would be.
  returned: when O(user) is given
  type: list
  elements: str
  sample:
    - data-science
    - finance
users:
  description: The names of the users who are in the group after the task, or in check mode would be.
  returned: when O(group) is given
  type: list
  elements: str
  sample:
    - asha.rao
    - li.wei
api_calls:
  description: The requests that this task made to AWS, retries included.
  returned: when AWS was asked
  type: dict
  contains:
    total:
      description: All of them.
      returned: always
      type: int
      sample: 2
    read:
      description: Those that read.
      returned: always
      type: int
      sample: 2
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
        GetUser: 1
        ListGroupsForUser: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "user asha.rao: group data-sciense does not exist in the account"
error:
  description: AWS's error when the account could not be read. Nothing was planned and nothing was written.
  returned: when a read failed
  type: dict
  contains:
    code:
      description: The error's code.
      returned: always
      type: str
      sample: AccessDenied
failures:
  description:
    - The writes that failed. All other writes were done. The next run does what is missing.
  returned: when a write failed
  type: list
  elements: dict
  contains:
    subject:
      description: The user or group.
      returned: always
      type: str
      sample: user asha.rao
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: AddUserToGroup
    code:
      description: The error's code.
      returned: always
      type: str
      sample: AccessDenied
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: "User: arn:aws:iam::123456789012:user/runner is not authorized to perform: iam:AddUserToGroup"
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Allow iam:AddUserToGroup on the group to the caller.
"""

import functools
import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._chart.requests import membership_request
from ansible_collections.workforce.aws.plugins.module_utils._report.results import membership_result
from ansible_collections.workforce.aws.plugins.module_utils._street.street import run_module
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments, state_argument


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            user={"type": "str", "aliases": ["user_name"]},
            groups={"type": "list", "elements": "str"},
            purge_groups={"type": "bool", "default": False},
            group={"type": "str", "aliases": ["group_name"]},
            users={"type": "list", "elements": "str"},
            purge_users={"type": "bool", "default": False},
            purge_path={"type": "str"},
            state=state_argument(),
        ),
        mutually_exclusive=[["user", "group"], ["user", "users"], ["group", "groups"]],
        required_one_of=[["user", "group"]],
        required_together=[["user", "groups"], ["group", "users"]],
        supports_check_mode=True,
    )
    run_module(module, membership_request, functools.partial(membership_result, module.params))


if __name__ == "__main__":
    main()
