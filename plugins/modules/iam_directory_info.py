#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account has. How it is read is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_directory_info
short_description: Read an account's IAM users, groups, policies and roles
description:
  - Reads the users and groups of an account with their paths, tags, boundaries, managed and inline policies and
    memberships.
  - The whole directory takes one call for up to 1,000 users or groups, and a few more. Single names take a few calls
    for each name.
  - Console passwords, access keys and MFA devices are not read.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  path_prefix:
    description:
      - Return only the users and groups whose path begins with this one. It begins and ends with V(/).
      - Mutually exclusive with O(users) and O(groups).
    type: str
    aliases: [path, prefix]
  users:
    description:
      - Return only the users with these names, and only the groups in O(groups).
      - A name that the account does not have is left out of the result.
    type: list
    elements: str
  groups:
    description:
      - Return only the groups with these names, and only the users in O(users).
      - A name that the account does not have is left out of the result.
    type: list
    elements: str
  include:
    description:
      - What to return beside users and groups.
      - V(policies) are the customer managed policies with their documents, V(roles) are the roles with who may assume
        them. They come with the same calls. V(account) is the account's alias and its password policy, for two more.
      - Only without O(users) and O(groups).
    type: list
    elements: str
    choices: [policies, roles, account]
    default: []
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes.info_module
seealso:
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_user_info
  - name: In your own plays
    description: The modules at a glance.
    link: https://workforce-collections.github.io/workforce.aws/docsite/in_your_plays.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Read the whole directory
  workforce.aws.iam_directory_info:
  register: directory

- name: Show who is in which group
  ansible.builtin.debug:
    msg: "{{ dict(directory.groups | map(attribute='group_name') | zip(directory.groups | map(attribute='users'))) }}"

- name: Read the groups under a path
  workforce.aws.iam_directory_info:
    path_prefix: /workforce/

- name: Read customer policies, roles and the account's settings too
  workforce.aws.iam_directory_info:
    include:
      - policies
      - roles
      - account

- name: Read one user and one group
  workforce.aws.iam_directory_info:
    users:
      - asha.rao
    groups:
      - data-science
"""

RETURN = r"""
users:
  description: The users, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    arn:
      description: The user's ARN.
      returned: always
      type: str
      sample: arn:aws:iam::123456789012:user/asha.rao
    create_date:
      description: When the user was created, in ISO 8601.
      returned: always
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    user_id:
      description: The stable and unique ID of the user.
      returned: always
      type: str
      sample: AIDA12345EXAMPLE54321
    user_name:
      description: The name of the user.
      returned: always
      type: str
      sample: asha.rao
    path:
      description: The path of the user.
      returned: always
      type: str
      sample: /
    tags:
      description: The tags of the user.
      returned: always
      type: dict
      sample:
        Team: data-science
    permissions_boundary:
      description: The boundary of the user.
      returned: when the user has one
      type: dict
      contains:
        permissions_boundary_arn:
          description: The ARN of the policy.
          returned: always
          type: str
          sample: arn:aws:iam::aws:policy/PowerUserAccess
        permissions_boundary_type:
          description: Always V(Policy).
          returned: always
          type: str
          sample: Policy
    password_last_used:
      description:
        - When the console password was last used, in ISO 8601. It is left out when the whole directory is read.
      returned: when it was used and the user was read by name
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    groups:
      description: The names of the groups that the user is in.
      returned: always
      type: list
      elements: str
      sample:
        - data-science
    attached_policies:
      description: The managed policies that are attached.
      returned: always
      type: list
      elements: dict
      contains: &attached
        policy_arn:
          description: The policy's ARN.
          returned: always
          type: str
          sample: arn:aws:iam::aws:policy/ReadOnlyAccess
        policy_name:
          description: The policy's friendly name.
          returned: always
          type: str
          sample: ReadOnlyAccess
    inline_policies:
      description: The inline policies, by name.
      returned: always
      type: dict
      sample: {}
groups:
  description: The groups, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    arn:
      description: The group's ARN.
      returned: always
      type: str
      sample: arn:aws:iam::123456789012:group/workforce/data-science
    create_date:
      description: When the group was created, in ISO 8601.
      returned: always
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    group_id:
      description: The stable and unique ID of the group.
      returned: always
      type: str
      sample: AGPA12345EXAMPLE54321
    group_name:
      description: The name of the group.
      returned: always
      type: str
      sample: data-science
    path:
      description: The path of the group.
      returned: always
      type: str
      sample: /workforce/
    users:
      description: The names of the members.
      returned: always
      type: list
      elements: str
      sample:
        - asha.rao
    attached_policies:
      description: The managed policies that are attached.
      returned: always
      type: list
      elements: dict
      contains: *attached
    inline_policies:
      description: The inline policies, by name.
      returned: always
      type: dict
      sample: {}
policies:
  description: The customer managed policies, sorted by name, in the form of M(workforce.aws.iam_managed_policy).
  returned: when O(include) has V(policies)
  type: list
  elements: dict
  sample:
    - arn: arn:aws:iam::123456789012:policy/workforce/read-billing-bucket
      default_version_id: v2
      path: /workforce/
      policy_name: read-billing-bucket
roles:
  description: The roles, sorted by name, in the form of M(workforce.aws.iam_role).
  returned: when O(include) has V(roles)
  type: list
  elements: dict
  sample:
    - arn: arn:aws:iam::123456789012:role/workforce/deployer
      path: /workforce/
      role_name: deployer
account:
  description: The account's alias and its password policy, in the form of M(workforce.aws.iam_account).
  returned: when O(include) has V(account)
  type: dict
  sample:
    alias: example-corp
    password_policy:
      min_pw_length: 14
counts:
  description: The numbers of what is returned; also of policies and roles where O(include) has them.
  returned: success
  type: dict
  contains:
    users:
      description: The users in RV(users).
      returned: always
      type: int
      sample: 60
    groups:
      description: The groups in RV(groups).
      returned: always
      type: int
      sample: 9
consistent:
  description:
    - Whether the numbers of users and groups are those of the account's own summary. They are compared when the whole
      directory is read. While they differ, it is read again, at most three times.
    - V(false) means that the account is being changed right now. Do not conclude from such a result that somebody
      is missing.
  returned: success
  type: bool
  sample: true
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
        GetAccountAuthorizationDetails: 1
        GetAccountSummary: 1
faults:
  description: What is wrong with the options, one entry for each fault. Nothing was read.
  returned: when there are any
  type: list
  elements: str
  sample:
    - "user asha rao: has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"
error:
  description: AWS's error when the account could not be read. No part of the directory is returned then.
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

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.info import run_directory_info


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            path_prefix={"type": "str", "aliases": ["path", "prefix"]},
            users={"type": "list", "elements": "str"},
            groups={"type": "list", "elements": "str"},
            include={
                "type": "list",
                "elements": "str",
                "choices": ["policies", "roles", "account"],
                "default": [],
            },
        ),
        mutually_exclusive=[["path_prefix", "users"], ["path_prefix", "groups"]],
        supports_check_mode=True,
    )
    run_directory_info(module)


if __name__ == "__main__":
    main()
