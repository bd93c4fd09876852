#!/usr/bin/python
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole chart. What it does is written in module_utils: this file says what it is called."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: iam_workforce
short_description: Bring an account's IAM groups, users and memberships in step with an organisation chart
description:
  - Takes the whole chart, O(departments) and O(employees), and makes the account match it in one read, one plan and
    one result. Departments are IAM groups with their policies; employees are IAM users who sit in departments.
  - Check mode predicts exactly what the run does, people and departments that do not exist yet included.
  - Everything that can be known beforehand is checked before the first write, and all faults are told in one message,
    each with the employee or department it belongs to.
  - When a write fails for one employee, the others are still served; the task fails at its end and names each of them.
  - Users are created with the tag C(workforce:managed=onboard). A listed employee or department that exists in the
    account and is not managed is a fault, not silently taken over.
  - The role P(workforce.aws.onboard#role) runs this module from the inventory's variables.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  departments:
    description:
      - The departments, as a list of dictionaries. It is the whole list.
      - Each has a C(name). C(managed_policies) (a list of ARNs or friendly names) and C(inline_policies) (a
        dictionary of names to documents) are exact where they are written. What is attached and not written is
        taken away, V([]) or V({}) means none, and a key that is left out is not touched.
      - C(console) V(false) says that who is in such departments only needs no console password.
      - C(path) puts a department at a path below O(path). C(description) is for those who read the list; groups
        have none in IAM.
    type: raw
    required: true
  employees:
    description:
      - The employees, as a list of dictionaries.
      - Each has a C(name) and the names of their C(departments), which are exact among the departments under
        O(path) and those in O(adopted_departments). Memberships in other groups are not touched.
      - C(path), C(tags), C(boundary), C(managed_policies), C(inline_policies) and C(employee_id) may be given. What
        is written is exact and what is left out is not touched. With an employee id a change of name renames the user,
        once O(confirm_renames) says so.
      - A user of a listed name with another employee id than the list's is told and given nothing, and so is one
        without the mark C(workforce:managed). Whoever may tag can write both. Leavers are cut off all the same.
      - C(state) is V(present), V(suspended) or V(absent), C(starts_on) and C(ends_on) are the first and the last day
        with access. Who is not to have access is suspended, reversibly. V(absent) deletes.
      - The list lifts only what the list did, and both the tag C(workforce:suspended) and the Sid of the deny,
        C(WorkforceSuspendedByList), must say so. Everybody else is held, and named, until O(readmit).
      - C(console) and C(access_key) tell which credentials the person needs, C(credentials_to) or else C(email) where
        they go, see O(credentials).
      - It is the whole list, together with those in O(employees_from) and O(extra_employees). One of the first two is
        needed.
    type: raw
  employees_from:
    description:
      - Files of employees, by path or by a pattern such as V(people/*.yml), to join to O(employees). They are read on
        the machine that the task runs on. A relative path begins at the folder of the playbook.
      - A file whose name ends in C(.csv), C(.tsv) or C(.txt) is a table, see O(csv). C(.json), C(.yml) and C(.yaml)
        hold a list of employees as O(employees) is one, or a dictionary with the one key C(employees). All are in
        UTF-8.
      - A file that cannot be understood to its end is a fault. Nothing is done as long as there is one.
    type: list
    elements: path
  extra_employees:
    description:
      - Employees to join to O(employees), for example the answer to a survey.
      - A list, or JSON or YAML text of one. Like a file, it may say no more than O(files_may_set) allows.
    type: raw
  files_may_set:
    description:
      - What O(employees_from) and O(extra_employees) may say beside C(name), C(email), C(employee_id), C(departments),
        C(console), C(credentials_to), C(state), C(starts_on) and C(ends_on).
      - Whoever writes an export does not write the inventory. A policy or an access key that a file gives somebody, and
        that is not named here, is a fault that names the file and the line.
      - The tags that C(tags) in O(csv.columns) names one by one need not be named again.
    type: list
    elements: str
    choices: [access_key, boundary, inline_policies, managed_policies, path, tags]
    default: []
  csv:
    description:
      - How the tables in O(employees_from) are to be read. The first row holds the titles of the columns; commas,
        semicolons or tabs stand between the cells. The guide on CSV files has examples.
    type: dict
    suboptions:
      columns:
        description:
          - The titles of the columns, by the key of O(employees) that is in them. C(tags) is a dictionary of tags to
            titles. Some of them count only where O(files_may_set) names them.
          - Other columns are passed over. An empty cell says nothing. If left out, the titles in the file are the keys.
        type: dict
      name:
        description:
          - V(email) makes the user name of what stands before the C(@) of the mail address. Anything else is the
            title of the column that holds the user name.
        type: str
      departments:
        description:
          - The department, or a list of them, by what stands in the file; any other title is a fault. If left out, the
            file holds the names of the departments.
          - V(none) in place of a department means no access to AWS. These people are counted, and need neither a name
            nor a mail address. A managed user that one of them has is suspended, like that of a leaver.
        type: dict
      dates:
        description: The form of the dates, as in C(strptime) of Python.
        type: str
        default: "%Y-%m-%d"
      at_least:
        description: How many rows the tables must have at least, together. An export with fewer is taken to be broken.
        type: int
        default: 0
      separator:
        description: What stands between several departments or policies in one cell. If left out, a cell holds one.
        type: str
  everyone:
    description:
      - A department of all employees, written as one of O(departments) is. Its C(name) is V(everyone) if left out.
      - It has the inline policy C(workforce-first-sign-in), which lets people choose their own password, unless one of
        that name is written.
      - It also has C(workforce-protect-marks), which denies people to write the tags of this collection on users,
        unless C(protect_marks) is V(false). Whoever writes them could become somebody else. The user that runs the task
        must not be an employee then.
      - If empty, there is none.
    type: dict
  reissue:
    description:
      - The names or employee ids of those who are issued their credentials anew in this run, for example because the
        mail with the first ones bounced. What they have is deleted, even a password that its owner chose. An access
        key that is in use stays.
      - It is meant for one run. What is written into settings would issue a password with each.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
    default: []
  path:
    description:
      - The path under which departments are created and managed.
    type: str
    default: /workforce/
  adopted_departments:
    description:
      - The names of existing groups outside O(path) that are to be managed as departments. Groups carry no tags;
        this list is the mark.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
    default: []
  only:
    description:
      - Limits the run to the employees of these names. Nobody else and no department changes.
      - An empty list is nobody; for everybody, leave it out. An empty name in it is a fault, and nothing is done.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
  account_id:
    description:
      - The account that must be reached. The task stops before anything is planned when the credentials reach
        another one.
      - Write it in quotes, since a number would lose zeros at its beginning.
      - Blank text is a fault. It would take the guard away without a word.
    type: str
  timezone:
    description:
      - The time zone in which C(starts_on) and C(ends_on) begin and end, V(UTC) or a name such as V(Europe/Berlin).
    type: str
    default: UTC
  unlisted:
    description:
      - What is done to users who carry the mark C(workforce:managed) and are not in O(employees).
      - V(ignore) only names them. V(suspend) cuts them off, reversibly. V(remove) deletes them.
      - Nobody is missing from a list with an entry that does not say whom it means, from a run that O(only) limits,
        or while the account cannot be counted.
    type: str
    choices: [ignore, suspend, remove]
    default: ignore
  unlisted_departments:
    description:
      - What is done to managed departments that are not in O(departments).
      - V(report) only names them. V(remove) empties and deletes them, unless they have members who are not managed.
    type: str
    choices: [report, remove]
    default: report
  remove_after_days:
    description:
      - Deletes who has been suspended for so many days and is not to have access by the list. When left out, nobody.
    type: int
  readmit:
    description:
      - The names or employee ids of those who are held, and who are to be let in again.
      - C(AWSDenyAll) goes too where it suspends. As permissions boundary it gives way to the C(boundary) of the entry;
        without one, a boundary from before the suspension is to be put back by hand.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
    default: []
  readmit_keys:
    description:
      - Whether who returns in this run gets all access keys back too. They are named otherwise, and stay inactive.
    type: bool
    default: false
  protected:
    description:
      - The names of users, and paths such as V(/machines/), from whom nothing is ever taken away. The caller is
        always protected.
      - A name that nobody in the account has, and a path under which nobody is, is a warning.
      - A list, JSON text of one, or names with commas or line breaks between them.
    type: raw
    default: []
  max_losses:
    description:
      - How many people may lose access in one run, as a number or a percentage of the managed ones.
      - When left out, a tenth of the managed ones, at least 3 and at most 25.
      - A run that would take access from more people stops before its first write and names them.
      - Counted are those who leave, move, or are renamed, who lose a policy or a statement, themselves or through a
        department, and who get a policy that denies something, or another permissions boundary.
    type: raw
  max_gains:
    description:
      - How many people one run may give access, as a number or a percentage of the managed people.
      - When left out, with 20 or more managed people a quarter of them, and at least 20.
      - Counted once each are those who are new, who are let in again, and who join a department, gain a policy or a
        statement, themselves or through a department, or lose a permissions boundary or a denial.
    type: raw
  confirm_losses:
    description:
      - The number that O(max_losses) stopped at, repeated to go on once. Any other number stops again.
      - It may be a dictionary of numbers by O(account).
    type: raw
  confirm_gains:
    description:
      - The same for O(max_gains).
    type: raw
  confirm_renames:
    description:
      - How many users this run renames because their employee id, a tag, is the id of a listed employee whose name no
        user has. It must be the number that the run before told, or none of them is renamed.
      - Whoever may write tags can write any id on a user. A rename by the id alone would give that user what the list
        gives somebody else, or let a leaver keep the departments of a joiner. So each waits for a person, also where it
        would give nothing new. Until then the user is neither renamed nor cut off, the employee's user is not created,
        and the run fails at its end with what a person must know to decide.
      - It may be a dictionary of numbers by O(account).
    type: raw
  account:
    description:
      - The label of this account in dictionaries such as O(confirm_losses).
    type: str
  adopt:
    description:
      - Takes over listed employees who exist and are not managed by setting the mark on them. Nothing else of them
        changes in this run; what the next one would change is reported.
      - Of each, the console password, the access keys, the MFA devices and the date of creation are shown. Who has a
        password or an active access key is refused, because whoever made these keeps them. A list of names in place of
        V(true) takes over these people alone, whatever they have.
      - Who is listed to leave is not adopted but cut off.
      - Groups can carry no mark. The line for O(adopted_departments) is printed instead.
    type: raw
    default: false
  release:
    description:
      - Takes all marks of this collection off the users, and touches nothing else. Who is suspended stays so.
    type: bool
    default: false
  record:
    description:
      - A file to which a line of JSON is appended for each write as it is done, on the machine that runs the module.
      - A line has C(time) (UTC), C(run_id), C(account_id), C(caller_arn), C(subject), C(operation), C(line) (what it
        does, for people) and C(outcome). It never has a secret.
      - A new file can be read by its owner alone. From one that every user of the machine may read this right is
        taken.
      - It is a fault if the file cannot be written, and if another user of the machine decides where it lies or what
        it is. That is so if it is a link, belongs to another user than C(root) and the one who runs the module, or
        lies below a folder in which every user may write. A folder such as C(/tmp), which is sticky, is fine.
    type: path
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.boto3
  - workforce.aws._deliveries.chart
  - workforce.aws._connection
  - workforce.aws._attributes
seealso:
  - module: workforce.aws.iam_group
  - module: workforce.aws.iam_user
  - module: workforce.aws.iam_membership
  - module: workforce.aws.iam_directory_info
  - name: The organisation chart
    description: Every key of departments and employees.
    link: https://workforce-collections.github.io/workforce.aws/docsite/organisation_chart.html
  - name: People from a CSV
    description: How tables are read.
    link: https://workforce-collections.github.io/workforce.aws/docsite/people_from_csv.html
  - name: First credentials
    description: Mail, files, and what blocks a first sign-in.
    link: https://workforce-collections.github.io/workforce.aws/docsite/first_credentials.html
  - name: The brakes
    description: Limits and confirmations.
    link: https://workforce-collections.github.io/workforce.aws/docsite/brakes.html
  - name: When something goes wrong
    description: What each message means, and what to do.
    link: https://workforce-collections.github.io/workforce.aws/docsite/troubleshooting.html
"""

EXAMPLES = r"""
# These examples set no credentials: the environment or module_defaults give them.

- name: Bring the account in step with the chart
  workforce.aws.iam_workforce:
    departments:
      - name: data-science
        managed_policies:
          - ReadOnlyAccess
          - AmazonS3FullAccess
      - name: finance
        managed_policies:
          - job-function/Billing
    employees:
      - name: asha.rao
        departments:
          - data-science
      - name: li.wei
        departments:
          - data-science
          - finance

- name: Take the employees from what the personnel department exports
  workforce.aws.iam_workforce:
    departments:
      - name: customer-service
      - name: development
    employees_from:
      - hr/export.csv
      - people/*.yml
    csv:
      columns:
        employee_id: Personnel no
        email: Work e-mail
        departments: Department
      name: email
      departments:
        Customer Service: customer-service
        Development: development
        Facilities: none
      dates: "%d.%m.%Y"
      at_least: 700

- name: See what a changed chart would do, without doing it
  workforce.aws.iam_workforce:
    departments:
      - name: data-science
        managed_policies:
          - ReadOnlyAccess
      - name: finance
    employees:
      - name: asha.rao
        departments:
          - finance
      - name: li.wei
        departments:
          - data-science
          - finance
  check_mode: true
  diff: true
  register: preview

- name: Show it as lines for people
  ansible.builtin.debug:
    var: preview.summary
"""

RETURN = r"""
account:
  description: Where the run went and as whom, with C(account_id), C(alias) (or null) and C(caller_arn).
  returned: when the account was reached
  type: dict
  sample: {account_id: "123456789012", alias: example-company, caller_arn: "arn:aws:iam::123456789012:user/runner"}
run_id:
  description:
    - The run's own id. It is in every line of O(record), and in the user agent of every call to AWS (C(run/<id>)),
      which CloudTrail keeps.
  returned: when the account was read and planned
  type: str
  sample: 9f3c01ab
new_administrators:
  description:
    - Whom the run made an administrator who was not, or in check mode would make. RV(summary) begins with them.
    - An administrator is allowed everything, or can become so, such as by C(iam:AttachUserPolicy), or by
      C(iam:PassRole) with C(ec2:RunInstances).
    - Judged are inline policies, the policies that AWS keeps, and your managed policies that the run attaches. What
      those allow that were attached before is not read. A condition is taken to be met.
  returned: when the account was read and planned
  type: list
  elements: dict
  contains:
    name:
      description: The employee.
      returned: always
      type: str
      sample: li.wei
    through:
      description: What allows it, for people.
      returned: always
      type: str
      sample: "through department admins: AdministratorAccess"
joiners:
  description: The names of the employees who are new in the account. In check mode, would be.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: [li.wei]
movers:
  description: The employees whose departments changed, with C(name) and the departments that each C(joins) and
    C(leaves).
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: asha.rao, joins: [finance], leaves: [data-science]}]
changed_employees:
  description: The names of the employees who changed in something else than their departments.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
departments:
  description: The names of the departments that were C(created), and of those that C(changed).
  returned: when the account was read and planned
  type: dict
  sample: {created: [], changed: [data-science]}
deleted_departments:
  description: The names of the departments that were deleted.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
leavers:
  description:
    - Who was cut off. In check mode, would be. Each has a C(name), C(how) (V(suspended) or V(removed)), and C(why),
      which is what the list says, or does not. V(not cut off) is C(how) where AWS took no deny in any form. Then
      RV(summary) begins with C(NOT CUT OFF), says what still works, and the task fails.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, how: suspended, why: the last day is over}]
returned:
  description: Who was let in again, with C(name) and the C(inactive_access_keys) that stay so.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, inactive_access_keys: []}]
held:
  description: Who is in the list and was suspended by a person. Nothing was done to them.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, since: "2026-11-20T18:00:00Z"}]
waiting:
  description: Who is not created yet.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: new.one, starts_on: "2026-12-01"}]
unlisted:
  description: The names of managed users who are not in O(employees) and to whom nothing was done.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
unlisted_departments:
  description: The managed departments that are not in O(departments) and were not deleted, with the reason.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: []
adopted:
  description: The names of those whom this run took over.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
adoptions:
  description: What those whom this run took over can sign in with. It was made before the adoption.
  returned: when the account was read and planned
  type: list
  elements: dict
  contains:
    name:
      description: The user's name.
      returned: always
      type: str
    created:
      description: When the user was created.
      returned: always
      type: str
    console:
      description: Whether there is a console password.
      returned: always
      type: bool
    access_keys:
      description: The access keys with C(id), C(active) and C(created).
      returned: always
      type: list
      elements: dict
    mfa_devices:
      description: The serial numbers of the MFA devices.
      returned: always
      type: list
      elements: str
  sample: []
released:
  description: The names of those from whom our marks were taken.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
still_suspended:
  description: Those of RV(released) who are suspended and stay so.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
credentials:
  description:
    - What came of first credentials, by name. In check mode, what would. Nothing secret, and no address.
    - C(issued) has who was issued first credentials, and C(by) which deliveries; C(pending) who still waits for them;
      C(claimed) who was pending and had signed in already; C(revoked) from whom a password was taken that they never
      claimed; C(settled) to whom nothing more was delivered, and C(why).
  returned: when there is something to tell
  type: dict
  sample: {issued: [{name: li.wei, by: [mail]}], pending: [], claimed: [], revoked: [], settled: []}
counts:
  description:
    - How many C(employees) and C(departments) are listed, how many of them are unchanged, how many people in the
      files are C(without_access), and how many writes (C(steps)) were done. In check mode, would be.
  returned: when the account was read and planned
  type: dict
  sample:
    employees: 2
    departments: 2
    unchanged_employees: 0
    unchanged_departments: 1
    without_access: 0
    steps: 5
summary:
  description: The result as lines for people.
  returned: when the account was read and planned
  type: list
  elements: str
  sample:
    - AWS account 123456789012 (example-company), as arn:aws:iam::123456789012:user/runner
    - 2 employees and 2 departments are listed
    - Nothing to change
    - "unchanged: 2 employees, 2 departments"
invocation:
  description: The arguments, with counts in place of people.
  returned: always
  type: dict
  sample: {module_args: {departments: 2 listed, employees: 2 listed, path: /workforce/}}
diff:
  description: What each employee and department gains and loses, as a page of names.
  returned: in diff mode
  type: dict
  sample:
    prepared: |-
      departments
        ~ data-science (14 people): loses AmazonS3FullAccess
api_calls:
  description: The requests that this task made to AWS, retries included, C(total), C(read), C(write) and
    C(by_operation).
  returned: when AWS was asked
  type: dict
  sample: {total: 5, read: 5, write: 0, by_operation: {GetAccountAuthorizationDetails: 1, GetAccountSummary: 1}}
faults:
  description:
    - What stands against the task, one entry for each fault. Nothing is given to anybody then.
    - Leavers are cut off all the same, unless a fault is a brake or says that a list cannot be trusted.
  returned: always; empty when there are none
  type: list
  elements: str
  sample:
    - "employee asha.rao: is in department data-sciense, which is not listed; did you mean data-science?"
postponed:
  description:
    - Why no delivery could be reached, and who waits for it. Everything else was done, and the next run goes on.
  returned: when somebody waits
  type: list
  elements: str
  sample:
    - "mail: smtp.example.com:587 did not answer. 1 employee waits for their credentials: li.wei."
error:
  description: AWS's error C(code) when the account could not be read. Nothing was planned and nothing was written.
  returned: when a read failed
  type: dict
  sample: {code: AccessDenied}
failures:
  description:
    - The writes that failed, each with C(subject), C(operation), AWS's C(code) and C(message), and C(advice), which
      is what to do. Writes before and beside them were done; running the task again goes on from there.
  returned: always; empty unless a write failed
  type: list
  elements: dict
  sample:
    - subject: user asha.rao
      operation: CreateUser
      code: LimitExceeded
      message: "Cannot exceed quota for UsersPerAccount: 5000"
      advice: "The quota on users in an account, or tags on a user is used up: free some, or ask AWS for more."
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._credentials.settings import credentials_arguments
from ansible_collections.workforce.aws.plugins.module_utils._files.asked_keys import ASKED_KEYS
from ansible_collections.workforce.aws.plugins.module_utils._tasks.arguments import arguments, csv_arguments
from ansible_collections.workforce.aws.plugins.module_utils._tasks.workforce import run_workforce


def main() -> t.NoReturn:
    """Run the module."""
    module = AnsibleAWSModule(
        argument_spec=arguments(
            departments={"type": "raw", "required": True},
            employees={"type": "raw"},
            employees_from={"type": "list", "elements": "path"},
            extra_employees={"type": "raw"},
            files_may_set={"type": "list", "elements": "str", "default": [], "choices": list(ASKED_KEYS)},
            csv={"type": "dict", "options": csv_arguments()},
            everyone={"type": "dict"},
            credentials={"type": "dict", "options": credentials_arguments()},
            reissue={"type": "raw", "default": []},
            path={"type": "str", "default": "/workforce/"},
            adopted_departments={"type": "raw", "default": []},
            timezone={"type": "str", "default": "UTC"},
            unlisted={"type": "str", "choices": ["ignore", "suspend", "remove"], "default": "ignore"},
            unlisted_departments={"type": "str", "choices": ["report", "remove"], "default": "report"},
            remove_after_days={"type": "int"},
            readmit={"type": "raw", "default": []},
            readmit_keys={"type": "bool", "default": False, "no_log": False},
            protected={"type": "raw", "default": []},
            max_losses={"type": "raw"},
            max_gains={"type": "raw"},
            confirm_losses={"type": "raw"},
            confirm_gains={"type": "raw"},
            confirm_renames={"type": "raw"},
            account={"type": "str"},
            adopt={"type": "raw", "default": False},
            release={"type": "bool", "default": False},
            only={"type": "raw"},
            account_id={"type": "str"},
            record={"type": "path"},
        ),
        supports_check_mode=True,
    )
    run_workforce(module)


if __name__ == "__main__":
    main()
