#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cut people off now. How it is done is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_offboard
short_description: Cut people off from an AWS account now, until a person lets them in again
description:
  - Suspends users by name or access key. An explicit deny of everything comes first, whose Sid
    C(WorkforceSuspendedByPerson) says that a person did it. Then the console password is deleted, access keys are made
    inactive, and the user is tagged C(workforce:suspended) with the time and C(person). No list lets the user in again.
    Groups, policies and MFA stay as they are; the deny covers them.
  - Needs no list of employees and no mail. The first write is at most the third call to AWS.
  - An employee ID alone cuts nobody off, since everybody who may tag users can write one. The task then shows the users
    with that ID, fails, and asks for the name.
  - If somebody cannot be found, that is a failure, with the nearest names. All others are still cut off.
  - It never changes the identity that runs it. With O(assume_role_arn) that is the role. The module does not know the
    user who assumes the role, so do not name that user.
  - If the user's inline policies leave no room for the deny, AWS's managed policy C(AWSDenyAll) is attached. If that
    does not fit either, it becomes the user's permissions boundary, which always fits. The line in
    RV(offboarded[].done) then names the boundary that it replaces, since only you can restore that one.
  - If AWS refuses all three, the user is not cut off. The rest is still done, RV(summary) begins with C(NOT CUT OFF)
    and says what still works for the user, and the task fails.
  - A deny on a user does not end the session of a role that the user has assumed. For the roles that departments may
    assume (C(assumed_by) of O(workforce.aws.iam_workforce#module:roles)), the inline policy
    C(workforce-revoked-sessions) of the role refuses all tokens of the user from before the deny. Of other roles, the
    result names those that the user could have assumed, and until when such a session can last.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  who:
    description:
      - Names of users, IDs of access keys (C(AKIA...)), or an employee ID and a name with a colon between them.
      - With an employee ID and a name, the user of that name is cut off. RV(summary) says if that user has another ID.
      - An employee ID alone is a failure that shows who has it.
      - An entry that is the name of a user means that user, even if it is the employee ID of another one.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    required: true
  account_id:
    description:
      - The account that must be reached. The task stops before anything is written when the credentials reach
        another one.
      - Write it in quotes, since a number would lose zeros at its beginning.
      - Blank text is a fault, since it would silently switch this check off.
    type: str
  record:
    description:
      - A file to which a line of JSON is appended for each write, see the option of the same name of
        M(workforce.aws.iam_workforce).
      - If the file cannot be written, people are still cut off. The task fails at its end and says so.
    type: path
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_workforce
  - module: workforce.aws.iam_access_report
  - name: Cut one person off
    description: The playbook, and what happens afterwards.
    link: https://workforce-collections.github.io/workforce.aws/docsite/cut_off.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Cut one person off
  workforce.aws.iam_offboard:
    who: asha.rao

- name: Cut off the owner of a leaked access key
  workforce.aws.iam_offboard:
    who: AKIAIOSFODNN7EXAMPLE

- name: See what would be cut, without cutting it
  workforce.aws.iam_offboard:
    who:
      - "1042:asha.rao"
      - li.wei
  check_mode: true
  register: preview

- name: Show it as lines for people
  ansible.builtin.debug:
    var: preview.summary
"""

RETURN = r"""
offboarded:
  description: The people who were found, each with what was cut.
  returned: when the account was reached
  type: list
  elements: dict
  contains:
    name:
      description: The user.
      returned: always
      type: str
      sample: asha.rao
    asked_for:
      description: The entry of O(who) that named the user.
      returned: always
      type: str
      sample: "1042:asha.rao"
    denied:
      description:
        - Whether an explicit deny is in force. V(false) if AWS refused every form of it; then the user is not cut off.
        - In check mode, V(true).
      returned: always
      type: bool
      sample: true
    still_works:
      description: What still works for a user without a deny; empty if RV(offboarded[].denied).
      returned: always
      type: list
      elements: str
      sample: []
    other_employee_id:
      description: A note if the user has another employee ID than the given one, or null.
      returned: always
      type: str
      sample: null
    done:
      description: What was done, or in check mode would be, in this order.
      returned: always
      type: list
      elements: str
      sample:
        - is denied everything
        - loses the console password
        - loses the use of access key AKIAIOSFODNN7EXAMPLE
        - is suspended by a person
    cut_at:
      description: When the deny was written, in UTC; null if the user was cut off already, or if AWS refused the deny.
      returned: always
      type: str
      sample: "2026-11-27T18:02:11Z"
    suspended_before:
      description: When (C(at)) and by whom (C(by)) the user had been suspended before, as the tag says, or null.
      returned: always
      type: dict
      sample: null
    ended_role_sessions:
      description: The roles that departments may assume, whose policy refuses the user's open sessions.
      returned: always
      type: list
      elements: str
      sample:
        - deployer
    role_sessions:
      description: Roles of this account whose sessions may still be valid; null if they could not be read.
      returned: always
      type: list
      elements: dict
      contains:
        role:
          description: The role's name.
          returned: always
          type: str
          sample: deploy
        arn:
          description: The role's ARN.
          returned: always
          type: str
          sample: arn:aws:iam::123456789012:role/deploy
        max_seconds:
          description: How long a session of this role can last.
          returned: always
          type: int
          sample: 3600
        until:
          description: When a session that was opened just before the deny ends, in UTC.
          returned: always
          type: str
          sample: "2026-11-27T19:02:11Z"
    role_sessions_elsewhere:
      description: Roles of other accounts, as the policies name them; null if they could not be read.
      returned: always
      type: list
      elements: str
      sample: []
    role_sessions_unread:
      description: Why the roles could not be read, or null.
      returned: always
      type: str
      sample: null
    undo:
      description: The command that lets the user in again.
      returned: always
      type: str
      sample: ansible-playbook workforce.aws.onboard -e onboard_readmit=asha.rao
not_found:
  description: The entries of O(who) for which this account has no user. In a play over several accounts, others may.
  returned: when the account was reached
  type: list
  elements: str
  sample: []
reason:
  description: What is not done, on one line with numbers and no names.
  returned: on failure, when the account was reached
  type: str
  sample: "Not everything was done: 1 FAILED"
complete:
  description: Whether everything was done but for RV(not_found).
  returned: when the account was reached
  type: bool
  sample: true
summary:
  description: The result as lines for people.
  returned: when the account was reached
  type: list
  elements: str
  sample:
    - AWS account 123456789012, as arn:aws:iam::123456789012:user/runner, run 9f3c01ab
    - "asha.rao was cut off at 2026-11-27T18:02:11Z: is denied everything; is suspended by a person"
account:
  description: The account and the caller.
  returned: when the account was reached
  type: dict
  contains:
    account_id:
      description: The account's ID.
      returned: always
      type: str
      sample: "123456789012"
    caller_arn:
      description: The caller's ARN.
      returned: always
      type: str
      sample: arn:aws:iam::123456789012:user/runner
run_id:
  description: The run's own id. It is in every line of O(record), and in the user agent of every call to AWS.
  returned: when the account was reached
  type: str
  sample: 9f3c01ab
diff:
  description: What each user loses, with a line for each.
  returned: in diff mode
  type: dict
  sample:
    prepared: |-
      employees
        ~ asha.rao: is denied everything; is suspended by a person
api_calls:
  description: The requests that this task made to AWS, retries included.
  returned: when the account was reached
  type: dict
  contains:
    total:
      description: All of them.
      returned: always
      type: int
      sample: 14
    read:
      description: Those that read.
      returned: always
      type: int
      sample: 10
    write:
      description: Those that wrote.
      returned: always
      type: int
      sample: 4
    by_operation:
      description: How many of each operation.
      returned: always
      type: dict
      sample:
        PutUserPolicy: 1
        TagUser: 1
faults:
  description: What stopped the task before its first write.
  returned: when nothing was written because of it
  type: list
  elements: str
  sample:
    - "account: these credentials reach account 123456789012, but account_id says 210987654321"
error:
  description: AWS's error when the caller's identity could not be read. Nothing was written.
  returned: when that failed
  type: dict
  contains:
    code:
      description: The error's code.
      returned: always
      type: str
      sample: ExpiredToken
failures:
  description: The people who could not be found, and the writes that failed. Everything else was done.
  returned: when there are any
  type: list
  elements: dict
  contains:
    subject:
      description: The user, or the entry of O(who).
      returned: always
      type: str
      sample: user asha.roa
    operation:
      description: IAM's operation.
      returned: always
      type: str
      sample: GetUser
    code:
      description: The error's code.
      returned: always
      type: str
      sample: NoSuchEntity
    message:
      description: What was wrong.
      returned: always
      type: str
      sample: "is no user of this account and nobody's employee id: nobody was cut off for it"
    advice:
      description: What to do about it.
      returned: always
      type: str
      sample: Did you mean asha.rao?
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.offboard import run_offboard


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            who={"type": "raw", "required": True},
            account_id={"type": "str"},
            record={"type": "path"},
        ),
        supports_check_mode=True,
    )
    run_offboard(module)


if __name__ == "__main__":
    main()
