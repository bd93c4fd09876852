#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cut people off now. How it is done is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_offboard
short_description: Cut people off from an AWS account now, and until a person lets them in again
description:
  - Suspends users by name or access key. An explicit deny of everything comes first, whose Sid
    C(WorkforceSuspendedByPerson) says that a person did it. Then the console password is deleted, access keys are made
    inactive, and the user is tagged C(workforce:suspended) with the time and C(person). No list lets the user in again.
    Groups, policies and MFA stay as they are; the deny covers them.
  - Needs no list of employees and no mail. The first write is at most the third call to AWS.
  - An employee ID alone cuts nobody off, since whoever may tag can write one on any user. The account is read, whoever
    has that ID is shown, and the task fails and asks for the name.
  - Somebody who cannot be found is a failure, with the nearest names. All others are cut off all the same.
  - It never touches the identity that runs it. With O(assume_role_arn) that is the role, and the user who assumes it
    is not known; do not name that one.
  - Where the deny does not fit beside the user's inline policies, AWS's managed policy C(AWSDenyAll) is attached. Where
    that does not fit either, it becomes the user's permissions boundary, which needs no room. The line in
    RV(offboarded[].done) then names the boundary that it replaces, since nobody but you can put that one back.
  - Where AWS refuses all three, the user is not cut off. The rest is done all the same, RV(summary) begins with
    C(NOT CUT OFF) and says what still works for the user, and the task fails.
  - A deny on a user does not end the session of a role that the user has assumed. The result names the roles that the
    user could have assumed, and until when such a session can last.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  who:
    description:
      - Names of users, IDs of access keys (C(AKIA...)), or an employee ID and a name with a colon between them.
      - Of an employee ID and a name, the name is cut off. RV(summary) says when the user has another employee ID.
      - An employee ID alone is a failure that shows who has it.
      - An entry that is the name of a user means that user, even if it is the employee ID of another one.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
    required: true
  account_id:
    description:
      - The account that must be reached. The task stops before anything is written when the credentials reach
        another one.
      - Write it in quotes, since a number would lose zeros at its beginning.
      - Blank text is a fault. It would take the guard away without a word.
    type: str
  record:
    description:
      - A file to which a line of JSON is appended for each write, see the option of the same name of
        M(workforce.aws.iam_workforce).
      - A file that cannot be written keeps nobody in. The task fails at its end and says so.
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

- name: Cut off whoever has a leaked access key
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
      description: What the user was asked for by.
      returned: always
      type: str
      sample: "1042:asha.rao"
    denied:
      description:
        - Whether an explicit deny is in force. V(false) where AWS took none; then the user is not cut off.
        - In check mode, V(true).
      returned: always
      type: bool
      sample: true
    still_works:
      description: What still works for a user without a deny; nothing where RV(offboarded[].denied).
      returned: always
      type: list
      elements: str
      sample: []
    other_employee_id:
      description: What to know where the user has another employee ID than the one beside the name, or null.
      returned: always
      type: str
      sample: null
    done:
      description: What was done, in its order. In check mode, would be.
      returned: always
      type: list
      elements: str
      sample:
        - is denied everything
        - loses the console password
        - loses the use of access key AKIAIOSFODNN7EXAMPLE
        - is suspended by a person
    cut_at:
      description: When the deny was written, in UTC; null when there was nothing more to cut, or no deny was taken.
      returned: always
      type: str
      sample: "2026-11-27T18:02:11Z"
    suspended_before:
      description: When (C(at)) and by whom (C(by)) the user was suspended already, as the tag says it, or null.
      returned: always
      type: dict
      sample: null
    role_sessions:
      description: Roles of this account whose sessions may go on, or null where they could not be read.
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
      description: Roles of other accounts, as the policies write them, or null where they could not be read.
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
summary:
  description: The result as lines for people.
  returned: when the account was reached
  type: list
  elements: str
  sample:
    - AWS account 123456789012, as arn:aws:iam::123456789012:user/runner, run 9f3c01ab
    - "asha.rao was cut off at 2026-11-27T18:02:11Z: is denied everything; is suspended by a person"
account:
  description: Where the run went, and as whom.
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
  description: What each user loses, as a page of names.
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
  description: What made the task impossible before its first write.
  returned: when nothing was written because of it
  type: list
  elements: str
  sample:
    - "account: these credentials reach account 123456789012, but account_id says 210987654321"
error:
  description: What AWS answered when it could not be found out who is calling. Nothing was written.
  returned: when that failed
  type: dict
  contains:
    code:
      description: The error's code.
      returned: always
      type: str
      sample: ExpiredToken
failures:
  description: Who could not be found, and what could not be done. All else was done.
  returned: when there are any
  type: list
  elements: dict
  contains:
    subject:
      description: Whom it was about.
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
