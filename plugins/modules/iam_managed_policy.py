#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One customer managed policy. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_managed_policy
short_description: Manage a customer managed policy
description:
  - Creates, changes and deletes one customer managed policy with its versions and its tags.
  - Takes and returns what M(amazon.aws.iam_managed_policy) does, so a playbook only needs the new module name.
  - Documents are compared by meaning. The order of a list, a single value in place of a list, white space and the
    spelling of numbers are no change.
  - Everything that can be checked beforehand is checked before the first write, and one message has all faults.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  name:
    description:
      - The name of the policy.
      - IAM compares names without case. A name is unique in the account, also among policies of other paths.
    type: str
    required: true
    aliases: [policy_name]
  path:
    description:
      - The path of the policy. It begins and ends with V(/).
      - IAM cannot move a policy. If the policy lies under another path, that is an error.
      - When left out, a new policy is created at V(/).
    type: str
    aliases: [prefix, path_prefix]
  description:
    description:
      - What the policy is for. IAM takes it when the policy is created, and cannot change it.
    type: str
    aliases: [policy_description]
  policy:
    description:
      - The policy document, as a dictionary or a JSON text.
      - If a version has a document of the same meaning, that version is put in force. Otherwise a new version is
        created. When the policy has as many versions as IAM allows, the oldest one that is not in force is deleted
        first.
      - Needed for a policy that does not exist. When left out, an existing policy keeps its document.
    type: json
  make_default:
    description:
      - Whether the version with O(policy) is put in force.
    type: bool
    default: true
  only_version:
    description:
      - Whether all versions that are not in force are deleted. Only with O(make_default=true).
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
      - V(present) creates or changes the policy.
      - V(absent) detaches the policy from all users, groups and roles, deletes its versions, and deletes it. If it is
        the permissions boundary of somebody, that is an error, since nobody should lose their bounds by this.
    type: str
    choices: [present, absent]
    default: present
notes:
  - "Differences from M(amazon.aws.iam_managed_policy): A policy that is a permissions boundary is not deleted.
    O(only_version) with O(make_default=false) is an error, where M(amazon.aws.iam_managed_policy) deletes the version
    that it has just created. A policy at another path is an error. Check mode says what would be done, with the diff."
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_managed_policy
  - name: Policies and roles
    description: The same from the organisation chart.
    link: https://workforce-collections.github.io/workforce.aws/docsite/policies_and_roles.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Let the holders read one bucket
  workforce.aws.iam_managed_policy:
    name: read-billing-bucket
    description: Reads the bucket of the bills
    policy:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action:
            - s3:GetObject
            - s3:ListBucket
          Resource:
            - arn:aws:s3:::example-bills
            - arn:aws:s3:::example-bills/*

- name: Keep only the version that is in force
  workforce.aws.iam_managed_policy:
    name: read-billing-bucket
    policy: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}'
    only_version: true

- name: Detach the policy from everybody and delete it
  workforce.aws.iam_managed_policy:
    name: read-billing-bucket
    state: absent
"""

RETURN = r"""
policy:
  description: The policy after the task. In check mode, as it would be. With O(state=absent), as it was.
  returned: unless the policy does not exist and is not wanted
  type: dict
  contains:
    arn:
      description: The policy's ARN.
      returned: when known
      type: str
      sample: arn:aws:iam::123456789012:policy/read-billing-bucket
    create_date:
      description: When the policy was created, in ISO 8601.
      returned: when known
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    default_version_id:
      description: The version that is in force.
      returned: when known
      type: str
      sample: v2
    description:
      description: What the policy is for.
      returned: always
      type: str
      sample: Reads the bucket of the bills
    path:
      description: The path of the policy.
      returned: always
      type: str
      sample: /
    policy_id:
      description: The stable and unique ID of the policy.
      returned: when known
      type: str
      sample: ANPA12345EXAMPLE54321
    policy_name:
      description: The name of the policy, as IAM spells it.
      returned: always
      type: str
      sample: read-billing-bucket
    policy:
      description: The document that is in force.
      returned: when O(policy) is given
      type: dict
      sample:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:ListBucket
            Resource: "*"
    tags:
      description: The tags.
      returned: always
      type: dict
      sample:
        team: finance
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
        ListPolicies: 1
        GetPolicy: 1
        GetPolicyVersion: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "policy read-billing-bucket: does not exist yet: give its document as policy"
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
      sample: policy read-billing-bucket
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: CreatePolicyVersion
    code:
      description: The error's code.
      returned: always
      type: str
      sample: LimitExceeded
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: "A managed policy can have up to 5 versions."
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Delete a version that is not in force.
"""

import functools
import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._report.results import policy_result
from ansible_collections.workforce.aws.plugins.module_utils._rights.requests import policy_request
from ansible_collections.workforce.aws.plugins.module_utils._street.street import run_module
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import (
    arguments,
    path_argument,
    state_argument,
    tag_arguments,
)


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            tag_arguments(),
            name={"type": "str", "required": True, "aliases": ["policy_name"]},
            path=path_argument(),
            description={"type": "str", "aliases": ["policy_description"]},
            policy={"type": "json"},
            make_default={"type": "bool", "default": True},
            only_version={"type": "bool", "default": False},
            state=state_argument(),
        ),
        supports_check_mode=True,
    )
    run_module(module, policy_request, functools.partial(policy_result, module.params))


if __name__ == "__main__":
    main()
