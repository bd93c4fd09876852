#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One IAM role. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_role
short_description: Manage an IAM role, who may assume it, and its policies
description:
  - Creates, changes and deletes one IAM role together with its trust policy, its managed and inline policies, its
    permissions boundary and its tags.
  - Takes and returns what M(amazon.aws.iam_role) does, so a playbook only needs the new module name.
  - Everything that can be checked beforehand is checked before the first write, and one message has all faults.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  name:
    description:
      - The name of the role.
      - IAM compares names without case. A name is unique in the account, also among roles of other paths.
    type: str
    required: true
    aliases: [role_name]
  path:
    description:
      - The path of the role. It begins and ends with V(/).
      - IAM cannot move a role. If the role lies under another path, that is an error.
      - When left out, a new role is created at V(/).
    type: str
    aliases: [prefix, path_prefix]
  description:
    description:
      - What the role is for.
    type: str
  assume_role_policy_document:
    description:
      - The trust policy, which says who may assume the role, as a dictionary or a JSON text. It is compared by meaning.
      - Needed for a role that does not exist. When left out, an existing role keeps its trust policy.
    type: json
  max_session_duration:
    description:
      - The longest session with the role, in seconds, from 3600 to 43200.
    type: int
  boundary:
    description:
      - The permissions boundary, as the ARN or the friendly name of a managed policy. The empty string removes it.
    type: str
    aliases: [boundary_policy_arn]
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
      - Does nothing without O(managed_policies). Write C(managed_policies=[]) to detach all.
    type: bool
    default: true
    aliases: [purge_policy, purge_managed_policies]
  inline_policies:
    description:
      - The inline policies to put, as a dictionary of policy names to policy documents.
        A document is a dictionary or a JSON text.
      - A document is compared with the stored one by meaning, not by spelling.
      - When left out, inline policies are not touched.
    type: dict
  purge_inline_policies:
    description:
      - Whether to delete the inline policies that are not in O(inline_policies).
      - V(true) without O(inline_policies) is an error. Write C(inline_policies={}) to delete all.
    type: bool
    default: false
  tags:
    description:
      - The tags to set. IAM compares their keys without case.
      - Keys that begin with V(workforce:) are the collection's own marks and cannot be given here.
      - When left out, tags are not touched.
  purge_tags:
    description:
      - Whether to remove the tags that are not in O(tags). Does nothing without O(tags).
      - Tags whose keys begin with V(aws:) or V(workforce:) are never removed.
  state:
    description:
      - V(present) creates or changes the role.
      - V(absent) takes the role out of its instance profiles, removes its policies and deletes it.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Accepted so that playbooks for M(amazon.aws.iam_role) run unchanged. It has no effect.
      - Results do not depend on waiting. Writes that follow a role's creation are repeated until AWS shows the new role
        everywhere.
    type: bool
    default: true
  wait_timeout:
    description:
      - Accepted so that playbooks for M(amazon.aws.iam_role) run unchanged. It has no effect.
    type: int
    default: 120
notes:
  - "Differences from M(amazon.aws.iam_role): If O(managed_policies) is left out, policies do not change. A role at
    another path is an error. O(wait) and O(wait_timeout) have no effect. O(inline_policies) and
    O(purge_inline_policies) are new. Instance profiles are neither created nor deleted;
    M(amazon.aws.iam_instance_profile) does that."
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_role
  - name: Policies and roles
    description: The same from the organisation chart.
    link: https://workforce-collections.github.io/workforce.aws/docsite/policies_and_roles.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Let whoever another account allows become a deployer here
  workforce.aws.iam_role:
    name: deployer
    description: Ships what the platform team has built
    assume_role_policy_document:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Principal:
            AWS: arn:aws:iam::210987654321:root
          Action: sts:AssumeRole
    managed_policies:
      - PowerUserAccess
    max_session_duration: 14400

- name: Let the role have exactly one inline policy and no managed one
  workforce.aws.iam_role:
    name: deployer
    managed_policies: []
    inline_policies:
      buckets:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:ListAllMyBuckets
            Resource: "*"
    purge_inline_policies: true

- name: Delete the role with all that is in its way
  workforce.aws.iam_role:
    name: deployer
    state: absent
"""

RETURN = r"""
iam_role:
  description: The role after the task. In check mode, as it would be.
  returned: when O(state=present)
  type: dict
  contains:
    arn:
      description: The role's ARN.
      returned: when known
      type: str
      sample: arn:aws:iam::123456789012:role/deployer
    assume_role_policy_document:
      description: The trust policy.
      returned: always
      type: dict
      sample:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: arn:aws:iam::210987654321:root
            Action: sts:AssumeRole
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
          sample: arn:aws:iam::aws:policy/PowerUserAccess
        policy_name:
          description: The policy's friendly name.
          returned: always
          type: str
          sample: PowerUserAccess
    create_date:
      description: When the role was created, in ISO 8601.
      returned: when known
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    description:
      description: What the role is for.
      returned: always
      type: str
      sample: Ships what the platform team has built
    inline_policies:
      description: The inline policies, by name.
      returned: when O(inline_policies) is given
      type: dict
      sample:
        buckets:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: s3:ListAllMyBuckets
              Resource: "*"
    max_session_duration:
      description: The longest session, in seconds.
      returned: always
      type: int
      sample: 14400
    path:
      description: The path of the role.
      returned: always
      type: str
      sample: /
    permissions_boundary:
      description: The permissions boundary.
      returned: when the role has one
      type: dict
      contains:
        permissions_boundary_arn:
          description: The ARN of the policy that is the boundary.
          returned: always
          type: str
          sample: arn:aws:iam::123456789012:policy/developer-boundary
        permissions_boundary_type:
          description: What the boundary is, always V(Policy).
          returned: always
          type: str
          sample: Policy
    role_id:
      description: The stable and unique ID of the role.
      returned: when known
      type: str
      sample: AROA12345EXAMPLE54321
    role_name:
      description: The name of the role, as IAM spells it.
      returned: always
      type: str
      sample: deployer
    tags:
      description: The tags.
      returned: always
      type: dict
      sample:
        team: platform
api_calls:
  description: The requests that this task made to AWS, retries included.
  returned: when AWS was asked
  type: dict
  contains:
    total:
      description: All of them.
      returned: always
      type: int
      sample: 3
    read:
      description: Those that read.
      returned: always
      type: int
      sample: 3
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
        GetRole: 1
        ListAttachedRolePolicies: 1
        ListRolePolicies: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "role deployer: does not exist yet: say who may assume it, with assume_role_policy_document"
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
      description: What the write was about.
      returned: always
      type: str
      sample: role deployer
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: AttachRolePolicy
    code:
      description: The error's code.
      returned: always
      type: str
      sample: LimitExceeded
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: "Cannot exceed quota for PoliciesPerRole: 10"
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Ask AWS for a larger quota, or attach fewer policies.
"""

import functools
import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._report.results import role_result
from ansible_collections.workforce.aws.plugins.module_utils._rights.requests import role_request
from ansible_collections.workforce.aws.plugins.module_utils._street.street import run_module
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import (
    arguments,
    path_argument,
    policy_arguments,
    state_argument,
    tag_arguments,
)


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            policy_arguments(purge=True),
            tag_arguments(),
            name={"type": "str", "required": True, "aliases": ["role_name"]},
            path=path_argument(),
            description={"type": "str"},
            assume_role_policy_document={"type": "json"},
            max_session_duration={"type": "int"},
            boundary={"type": "str", "aliases": ["boundary_policy_arn"]},
            state=state_argument(),
            wait={"type": "bool", "default": True},
            wait_timeout={"type": "int", "default": 120},
        ),
        supports_check_mode=True,
    )
    run_module(module, role_request, functools.partial(role_result, module.params))


if __name__ == "__main__":
    main()
