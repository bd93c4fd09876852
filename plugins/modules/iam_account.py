#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's own settings. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_account
short_description: Manage the account's alias and its password policy
description:
  - Sets the alias of an AWS account, which is a part of the link to its sign-in page, and the rules for passwords.
  - AWS's call for the password policy is not partial, since it sets every rule that is not named back to its default.
    This module reads the policy first. Rules that are not given keep their value.
  - In an account without a policy AWS's own rules hold, at least 8 characters of three kinds. A first policy keeps
    them by asking for digits, uppercase and lowercase letters, unless they are given otherwise.
  - Names and meanings of the rules are those of M(amazon.aws.iam_password_policy).
author:
  - workforce.aws contributors (@workforce-collections)
options:
  alias:
    description:
      - The account's alias, 3 to 63 of C(a-z), C(0-9) and C(-). The empty string removes it.
      - Sign-in links with the old alias end, and another account can take it. Links with the account's number always
        work.
      - An alias is unique among all AWS accounts. Only AWS knows whether it is taken, so that this fails when it is
        written.
      - When left out, the alias is not touched.
    type: str
  min_pw_length:
    description:
      - The least number of characters, from 6 to 128.
    type: int
    aliases: [minimum_password_length]
  require_symbols:
    description:
      - Whether a password needs a symbol.
    type: bool
  require_numbers:
    description:
      - Whether a password needs a digit.
    type: bool
  require_uppercase:
    description:
      - Whether a password needs an uppercase letter.
    type: bool
  require_lowercase:
    description:
      - Whether a password needs a lowercase letter.
    type: bool
  allow_pw_change:
    description:
      - Whether every user may change their own password.
    type: bool
    aliases: [allow_password_change]
  pw_max_age:
    description:
      - After how many days a password expires, from 1 to 1095. V(0) means never.
    type: int
    aliases: [password_max_age]
  pw_reuse_prevent:
    description:
      - How many earlier passwords cannot be used again, from 1 to 24. V(0) means none.
    type: int
    aliases: [password_reuse_prevent, prevent_reuse]
  pw_expire:
    description:
      - Whether a person whose password has expired needs an administrator to set a new one.
    type: bool
    aliases: [password_expire, expire]
  password_policy_state:
    description:
      - V(present) sets the rules that are given. Without a rule, the password policy is not touched.
      - V(absent) deletes the account's password policy, so that AWS's own holds.
    type: str
    choices: [present, absent]
    default: present
notes:
  - "Differences from M(amazon.aws.iam_password_policy): Rules that are left out keep their value, where
    M(amazon.aws.iam_password_policy) sets them to its defaults. C(state) is called O(password_policy_state) and has a
    default. Check mode and the diff are new, as is O(alias)."
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_workforce
  - module: amazon.aws.iam_password_policy
  - name: Policies and roles
    description: The same from the organisation chart.
    link: https://workforce-collections.github.io/workforce.aws/docsite/policies_and_roles.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Give the account a name, and its passwords some rules
  workforce.aws.iam_account:
    alias: example-corp
    min_pw_length: 14
    require_symbols: true
    allow_pw_change: true
    pw_max_age: 90

- name: Let passwords expire no more, and keep all other rules
  workforce.aws.iam_account:
    pw_max_age: 0

- name: Bring AWS's own password policy back
  workforce.aws.iam_account:
    password_policy_state: absent
"""

RETURN = r"""
iam_account:
  description: The settings that the task is about, after it. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    alias:
      description: The account's alias, or an empty string.
      returned: when O(alias) is given
      type: str
      sample: example-corp
    password_policy:
      description: The account's password policy. It is empty if AWS's own holds.
      returned: when a rule or O(password_policy_state=absent) is given
      type: dict
      contains:
        min_pw_length:
          description: The least number of characters, from 6 to 128.
          returned: always
          type: int
          sample: 14
        require_symbols:
          description: Whether a password needs a symbol.
          returned: always
          type: bool
          sample: true
        require_numbers:
          description: Whether a password needs a digit.
          returned: always
          type: bool
          sample: true
        require_uppercase:
          description: Whether a password needs an uppercase letter.
          returned: always
          type: bool
          sample: true
        require_lowercase:
          description: Whether a password needs a lowercase letter.
          returned: always
          type: bool
          sample: true
        allow_pw_change:
          description: Whether every user may change their own password.
          returned: always
          type: bool
          sample: true
        pw_max_age:
          description: After how many days a password expires, from 1 to 1095. V(0) means never.
          returned: when the rule is in force
          type: int
          sample: 90
        pw_reuse_prevent:
          description: How many earlier passwords cannot be used again, from 1 to 24. V(0) means none.
          returned: when the rule is in force
          type: int
          sample: 5
        pw_expire:
          description: Whether a person whose password has expired needs an administrator to set a new one.
          returned: always
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
        ListAccountAliases: 1
        GetAccountPasswordPolicy: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "account: has 5 for min_pw_length; IAM allows 6 to 128"
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
      sample: account settings
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: CreateAccountAlias
    code:
      description: The error's code.
      returned: always
      type: str
      sample: EntityAlreadyExists
    message:
      description: What AWS said.
      returned: always
      type: str
      sample: "The account alias example-corp already exists."
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Choose another name.
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._report.results import account_result
from ansible_collections.workforce.aws.plugins.module_utils._rights.requests import account_request
from ansible_collections.workforce.aws.plugins.module_utils._street.street import run_module
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments, password_rule_arguments


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            password_rule_arguments(),
            alias={"type": "str"},
            password_policy_state={
                "type": "str",
                "choices": ["present", "absent"],
                "default": "present",
                "no_log": False,
            },
        ),
        supports_check_mode=True,
    )
    run_module(module, account_request, account_result)


if __name__ == "__main__":
    main()
