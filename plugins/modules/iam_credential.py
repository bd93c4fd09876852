#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user's first credentials. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_credential
short_description: Issue and deliver the first credentials of one IAM user
description:
  - Makes a console password, an access key or both for an existing user, delivers them by mail, to a file or both, and
    records that in the user's tag C(workforce:credential).
  - No secret is in a result, a diff, a log or a temporary file. Secrets exist only in the module's own process, in IAM,
    and where they are delivered.
  - The password is random, of at least 20 characters, and meets the account's password policy. Its owner chooses
    another one at the first sign-in. Before anything is issued, the module checks that the user may do so.
  - A user whose credentials were delivered, or who has a password that was not issued here, is issued nothing, unless
    O(reissue) is true. A user who is C(pending), because an earlier run was interrupted or its mail was refused, is
    issued a new password, unless the owner has chosen one meanwhile.
  - The delivery is tried before the first write. If it does not work, nothing is issued and the task fails; in check
    mode that is a warning.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  user_name:
    description:
      - The user, who must exist; M(workforce.aws.iam_user) creates users.
    type: str
    required: true
    aliases: [name]
  email:
    description:
      - The address that O(mail) goes to.
    type: str
  console:
    description:
      - Whether a console password is issued.
    type: bool
    default: true
  issue_access_key:
    description:
      - Whether an access key is issued. Do not confuse it with O(access_key), the key with which the module calls AWS.
      - If the user has a key that was ever used, it stays, and no other one is created.
    type: bool
    default: false
  password_reset_required:
    description:
      - Whether the user must choose another password at the first sign-in.
      - If V(false), nobody can tell whether the user has claimed the password. The caller then also needs
        C(iam:UpdateLoginProfile), since the reset is required until the password has been delivered.
    type: bool
    default: true
  reissue:
    description:
      - Whether new credentials are issued even if the user has some, for example because the mail with the first ones
        bounced. Even a password that its owner chose is deleted.
      - Each run with V(true) issues new ones.
    type: bool
    default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._deliveries
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_user
  - module: workforce.aws.iam_workforce
  - name: First credentials
    description: Mail servers, templates, and what blocks a first sign-in.
    link: https://workforce-collections.github.io/workforce.aws/docsite/first_credentials.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Mail a first password to a user
  workforce.aws.iam_credential:
    user_name: asha.rao
    email: asha.rao@example.com
    mail:
      host: smtp.example.com
      username: runner@example.com
      password: "{{ lookup('ansible.builtin.env', 'SMTP_PASSWORD') }}"
      sender: IT <it@example.com>

- name: Write a first password to a file
  workforce.aws.iam_credential:
    user_name: li.wei
    file:
      directory: "{{ playbook_dir }}"

- name: Issue another password, because nobody has the first one any more
  workforce.aws.iam_credential:
    user_name: li.wei
    file:
      directory: "{{ playbook_dir }}"
    reissue: true

- name: Issue an access key and no password
  workforce.aws.iam_credential:
    user_name: builder
    console: false
    issue_access_key: true
    file:
      directory: "{{ playbook_dir }}"
"""

RETURN = r"""
user_name:
  description: The user, as IAM spells the name.
  returned: when AWS was asked
  type: str
  sample: asha.rao
issued:
  description: What was issued and delivered, or in check mode would be.
  returned: when AWS was asked
  type: dict
  contains:
    console_password:
      description: Whether a console password was issued.
      returned: always
      type: bool
      sample: true
    access_key:
      description: Whether an access key was issued.
      returned: always
      type: bool
      sample: false
    by:
      description: The deliveries.
      returned: always
      type: list
      elements: str
      sample:
        - mail
credential:
  description:
    - The user's tag C(workforce:credential) after the task, or null. In check mode it lacks the time.
  returned: when AWS was asked
  type: str
  sample: delivered 2026-11-23T21:28:05Z mail
reason:
  description: Why nothing was issued.
  returned: when nothing failed and nothing was issued
  type: str
  sample: "was issued credentials before (delivered): reissue issues new ones"
postponed:
  description: Why nothing could be delivered now. Nothing was changed.
  returned: when a delivery could not be reached
  type: list
  elements: str
  sample:
    - "mail: smtp.example.com does not answer. 1 user waits for their credentials: asha.rao."
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
        GetLoginProfile: 1
faults:
  description: What stopped the task before its first write, one entry for each fault.
  returned: when nothing was written because of them
  type: list
  elements: str
  sample:
    - "user asha.rao: does not exist in the account"
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
    - The writes and deliveries that failed. Those before them were done. The next run does what is missing.
  returned: when a write or a delivery failed
  type: list
  elements: dict
  contains:
    subject:
      description: The user.
      returned: always
      type: str
      sample: user asha.rao
    operation:
      description: IAM's operation, or C(Deliver).
      returned: always
      type: str
      sample: CreateLoginProfile
    code:
      description: The error's code.
      returned: always
      type: str
      sample: AccessDenied
    message:
      description: What AWS or the mail server said.
      returned: always
      type: str
      sample: "User: arn:aws:iam::123456789012:user/runner is not authorized to perform: iam:CreateLoginProfile"
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Allow iam:CreateLoginProfile on the user to the caller.
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._credentials.settings import credentials_arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.credential import run_credential


def main() -> t.NoReturn:
    """Run the module."""
    deliveries = credentials_arguments()
    del deliveries["expire_after_days"]
    module = AnsibleAWSModule(
        argument_spec=arguments(
            deliveries,
            user_name={"type": "str", "required": True, "aliases": ["name"]},
            email={"type": "str"},
            console={"type": "bool", "default": True},
            # Neither of these is a secret, whatever its name looks like.
            issue_access_key={"type": "bool", "default": False, "no_log": False},
            password_reset_required={"type": "bool", "default": True, "no_log": False},
            reissue={"type": "bool", "default": False},
        ),
        supports_check_mode=True,
    )
    run_credential(module)


if __name__ == "__main__":
    main()
