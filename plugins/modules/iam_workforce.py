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
  - Check mode predicts exactly what the run does, also for people and departments that do not exist yet.
  - Everything that can be checked beforehand is checked before the first write. One message has all faults, each with
    its employee or department.
  - When a write fails for one employee, the others are still served; the task fails at its end and names each of them.
  - Users are created with the tag C(workforce:managed=onboard). A listed employee or department that exists in the
    account and is not managed is a fault, not silently taken over.
  - The role P(workforce.aws.onboard#role) runs this module from the inventory's variables.
author:
  - workforce.aws contributors (@workforce-collections)
options:
  departments:
    description:
      - The departments, as a list of dictionaries. The list must be complete.
      - Each has a C(name). C(managed_policies) (a list of ARNs or friendly names) and C(inline_policies) (a
        dictionary of names to documents) are exact if they are given. Policies that are not in them are removed,
        V([]) or V({}) means none, and a key that is left out changes nothing.
      - C(console) V(false) means that people who are only in such departments need no console password.
      - C(boundary) is the permissions boundary of its employees, by ARN or friendly name, and V('') means none. That of
        an employee's own entry wins. Departments of one person with different boundaries are a fault unless the
        person's entry has one. The boundary of O(everyone) is for those whose departments write none.
      - C(require_mfa) V(true) gives it the inline policy C(workforce-require-mfa), which denies its people everything
        without MFA, except to choose their own password and to enrol a device. If it is V(false) or left out, the
        policy is removed.
      - C(path) puts a department at a path below O(path). C(description) is for readers of the list; IAM groups have
        no description.
      - C(beside) is a list of what the department may have beside the chart, such as C(policy ReadOnlyAccess),
        C(inline own-notes) or C(member deploy-bot). See O(beside).
    type: raw
    required: true
  employees:
    description:
      - The employees, as a list of dictionaries, or JSON or YAML text of one.
      - Each has a C(name) and the names of their C(departments), which are exact among the departments under
        O(path) and those in O(adopted_departments). Memberships in other groups are not touched.
      - C(path), C(tags), C(boundary), C(managed_policies), C(inline_policies) and C(employee_id) may be given. A key
        that is given is exact, and a key that is left out changes nothing. If the name of an employee id changes, the
        user is renamed, once O(confirm_renames) says so.
      - If the user of a listed name has another employee id than in the list, or lacks the tag C(workforce:managed),
        this is a fault, and the user is given nothing, since everybody who may tag users can write both tags. Leavers
        are still cut off.
      - C(state) is V(present), V(suspended) or V(absent). C(starts_on) and C(ends_on) are the first and the last day
        with access. On other days, and with V(suspended), the user is suspended. V(absent) deletes the user.
      - C(beside) is a list of what the person may have beside the chart, such as C(policy ReadOnlyAccess),
        C(inline own-notes), C(group shadow-admins), C(boundary developers) or C(key AKIAIOSFODNN7EXAMPLE). See
        O(beside).
      - C(accounts) is a list of the accounts that the entry is about, by O(account) or O(account_id). If left out, it
        is about all accounts. If all the employee's departments are in other accounts, the employee is so too.
        An employee of other accounts alone is suspended here, like one without access to AWS. Different entries for
        different accounts may have the same name.
      - The list ends only suspensions that the list made. Both the tag C(workforce:suspended) and the Sid of the deny,
        C(WorkforceSuspendedByList), must say so. All other suspended users stay suspended, and are named in RV(held),
        until O(readmit).
      - C(console) and C(access_key) say which credentials the person needs. They are mailed to C(credentials_to), or
        else to C(email), see O(credentials).
      - Together with O(employees_from) and O(extra_employees), the list must be complete. O(employees) or
        O(employees_from) is needed.
    type: raw
  employees_from:
    description:
      - Files of employees, by path or by a pattern such as V(people/*.yml), to join to O(employees). They are read on
        the machine that the task runs on. A relative path begins at the folder of the playbook.
      - A file whose name ends in C(.csv), C(.tsv) or C(.txt) is a table, see O(csv). C(.json), C(.yml) and C(.yaml)
        hold a list of employees in the form of O(employees), or a dictionary with the one key C(employees). All are in
        UTF-8.
      - If a part of a file cannot be understood, that is a fault, and the run does nothing.
    type: list
    elements: path
  extra_employees:
    description:
      - Employees to join to O(employees), for example the answer to a survey.
      - A list, or JSON or YAML text of one. Like a file, it may say no more than O(files_may_set) allows.
      - What is blank text, as a form sends it, is left out. The C(departments) may be text with commas or line breaks.
    type: raw
  files_may_set:
    description:
      - What O(employees_from) and O(extra_employees) may say beside C(name), C(email), C(employee_id), C(departments),
        C(console), C(credentials_to), C(state), C(starts_on), C(ends_on) and
        C(accounts).
      - Whoever writes an export does not write the inventory. A policy or an access key that a file gives somebody, and
        that is not named here, is a fault that names the file and the line.
      - The tags that C(tags) in O(csv.columns) names one by one need not be named again.
      - A list, a list as JSON text, or words with commas or line breaks between them, of V(access_key), V(beside),
        V(boundary), V(inline_policies), V(managed_policies), V(path) and V(tags).
    type: raw
    default: []
  csv:
    description:
      - How to read the tables in O(employees_from). The first row holds the titles of the columns; commas,
        semicolons or tabs stand between the cells. The guide on CSV files has examples.
    type: dict
    suboptions:
      columns:
        description:
          - The titles of the columns, by the key of O(employees) that is in them. C(tags) is a dictionary of tags to
            titles. Some of them count only where O(files_may_set) names them.
          - Other columns are ignored, and so are empty cells. If left out, the titles in the file are the keys.
        type: dict
      name:
        description:
          - V(email) takes the part of the mail address before the C(@) as the user name. Any other value is the title
            of the column that holds the user name.
        type: str
      departments:
        description:
          - The department, or a list of departments, for each text in the file. A text that is not here is a fault. If
            left out, the file holds the names of the departments.
          - V(none) in place of a department means no access to AWS. These people are counted, and need neither a name
            nor a mail address. If one of them has a managed user, it is suspended, as for a leaver.
        type: dict
      dates:
        description: The form of the dates, as in C(strptime) of Python.
        type: str
        default: "%Y-%m-%d"
      at_least:
        description: The least number of rows in all tables together. With fewer rows the export counts as broken.
        type: int
        default: 0
      separator:
        description:
          - The text between several departments, accounts or policies in one cell. If left out, a cell holds one.
        type: str
  everyone:
    description:
      - A department for all employees, in the form of O(departments). Its C(name) is V(everyone) if left out.
      - It has the inline policy C(workforce-first-sign-in), which lets people choose their own password. A policy of
        that name that you give replaces it.
      - Unless C(protect_marks) is V(false), it also has C(workforce-protect-marks). This policy denies people to write
        this collection's tags on users, with which they could pass for somebody else. The user that runs the task then
        must not be an employee.
      - If empty, there is no such department.
    type: dict
  policies:
    description:
      - Customer managed policies, as a list of dictionaries. If left out, none is created, changed or deleted. A policy
        that is not in the list is not touched either.
      - Each has a C(name), and its document in C(policy) (a dictionary or JSON text) or in C(policy_file), a file of
        JSON. Departments, employees and roles name it in C(managed_policies) or C(boundary), also before it exists.
      - C(path) is O(path) if left out. C(description) is written when the policy is created; IAM cannot change it, nor
        the path. C(tags) are exact if they are given.
      - A document with another meaning becomes the default version. If the policy has five, the oldest one that is not
        in force is deleted first.
      - A policy gets the tag C(workforce:managed). One that exists without it is a fault, unless the entry has
        C(adopt) V(true).
      - C(state) V(absent) deletes the policy, and detaches it from all users, groups and roles before.
    type: raw
  policy_folder:
    description:
      - The folder in which relative names in C(policy_file) of O(policies) begin. If left out, the current one.
    type: path
  roles:
    description:
      - IAM roles, as a list of dictionaries. If left out, no role is created, changed or deleted, and nobody's tags for
        roles are touched. A role that is not in the list is not touched either.
      - C(assumed_by) is a list of departments, whose people may assume the role, under their own user name as the
        session's name, and with C(require_mfa) V(true) only if they signed in with MFA. Or
        C(assume_role_policy_document) is the role's whole trust policy.
      - For C(assumed_by), these people get the tag C(workforce:role.<role>), and lose those of other roles. Their
        departments get the inline policy C(workforce-roles). The role trusts only users of the account with the tag.
      - C(managed_policies), C(inline_policies), C(boundary), C(description), C(max_session_duration) (in seconds, from
        3600 to 43200) and C(tags) are exact if they are given. C(path) is O(path) if left out, and cannot be changed.
      - C(adopt) and C(state) are as in O(policies).
    type: raw
  account_settings:
    description:
      - The account's own settings, as a dictionary. What is left out stays as it is.
      - C(alias) is the account's name in the sign-in URL, and V('') means none. The URL of the former alias ends.
      - C(password_policy) has rules by the names of M(amazon.aws.iam_password_policy), V(min_pw_length),
        V(require_symbols), V(require_numbers), V(require_uppercase), V(require_lowercase), V(allow_pw_change),
        V(pw_max_age), V(pw_reuse_prevent) and V(pw_expire). Rules that are not written stay as they are. V(0) ends
        V(pw_max_age) or V(pw_reuse_prevent).
      - C(require_mfa) V(true) requires MFA of everybody. It acts as C(require_mfa) of O(everyone), which is needed.
    type: raw
  issue:
    description:
      - V(missing) issues first credentials to everybody who is listed and managed, is to have a console password, has
        none, and never had one (no tag C(workforce:credential), never signed in), for example because they were created
        before O(credentials) was set. It issues to nobody else, and a second run to nobody at all.
      - Whether they have a password is asked of IAM for each managed person without the tag, so set it for one run
        and leave it out on ordinary days. Without O(credentials), and with any other value, it is a fault.
    type: str
  reissue:
    description:
      - The names or employee ids of people who are issued new credentials in this run, for example because the mail
        with the first ones bounced. Their old credentials are deleted, even a password that its owner chose. An access
        key that is in use stays.
      - It is meant for one run. In a file of settings it would issue a new password with each run.
      - A list, a list as JSON text, or names with commas or line breaks between them.
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
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  only:
    description:
      - Limits the run to the employees with these names. Nobody else is changed, and no department.
      - An empty list means nobody; for everybody, leave the option out. An empty name is a fault, and nothing is done.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
  account_id:
    description:
      - The account that must be reached. The task stops before anything is planned when the credentials reach
        another one.
      - Write it in quotes, since a number would lose zeros at its beginning.
      - Blank text is a fault, since it would silently switch this check off.
    type: str
  timezone:
    description:
      - The time zone of the days C(starts_on) and C(ends_on), V(UTC) or a name such as V(Europe/Berlin).
    type: str
    default: UTC
  unlisted:
    description:
      - What is done to users who have the tag C(workforce:managed) and are not in O(employees).
      - V(ignore) only names them. V(suspend) cuts them off, reversibly. V(remove) deletes them.
      - Nobody counts as missing if an entry does not say whom it means, if O(only) limits the run, or if the account
        changes while it is read.
    type: str
    choices: [ignore, suspend, remove]
    default: ignore
  unlisted_departments:
    description:
      - What is done to managed departments that are not in O(departments).
      - V(report) only names them. V(remove) empties and deletes them, except those with members who are not managed.
    type: str
    choices: [report, remove]
    default: report
  remove_after_days:
    description:
      - Deletes users who have been suspended for this number of days and who, by the list, have no access. If left
        out, nobody is deleted.
    type: int
  readmit:
    description:
      - The names or employee ids of people in RV(held) whom this run lets in again.
      - If C(AWSDenyAll) suspends the user, it is removed too. If it is the permissions boundary, the C(boundary) of the
        entry replaces it. Without one, you have to restore the boundary from before the suspension yourself.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  readmit_keys:
    description:
      - Whether all access keys of people who return in this run are made active again. If not, the keys are named in
        RV(returned), and stay inactive.
    type: bool
    default: false
  protected:
    description:
      - The names of users, and paths such as V(/machines/), who never lose access. The caller is always protected.
      - A name that nobody in the account has, and a path under which nobody is, is a warning.
      - A list, a list as JSON text, or names with commas or line breaks between them.
    type: raw
    default: []
  beside:
    description:
      - What is done about access beside the chart, which the account has and the lists do not write. V(report) tells
        it in every run, V(remove) takes it away, V(fail) takes nothing away and makes the run fail at its end.
      - One of these words for all kinds, or a dictionary of them by kind. A kind that is left out is reported.
      - C(members) are users in our departments who are neither listed nor managed. C(department_policies) are policies
        of a listed department, C(user_policies) those of a listed person alone, where the entry leaves the key out.
        C(user_groups) are groups that a listed person sits in and the entry does not name. C(boundaries) are
        permissions boundaries that it does not write.
      - What is removed is cut before anything is given, whatever is wrong with giving, and O(max_losses) counts who
        loses it. A boundary, and what denies something, are removed only where giving is not stopped, because that
        gives access. Nothing is removed from who is O(protected), nor because of an entry with faults.
      - What the key C(beside) of an entry names is accepted. It is neither told nor removed.
      - Users without the mark who bear tags of ours or sit in a department, and active access keys that no entry asks
        for, where keys were read anyway, are told too. The first are faults, unless they are only members and
        V(remove) takes them out.
      - Where O(roles) is given, roles with our mark that it does not name, and policies of a listed role whose entry
        leaves the key out, are told too.
      - A run that O(only) limits tells and removes what these people have, and nothing of others.
    type: raw
  max_losses:
    description:
      - How many people may lose access in one run, as a number or a percentage of the managed ones.
      - If left out, a tenth of the managed people, at least 3 and at most 25.
      - If a run would take access from more people, it stops before its first write and names them.
      - The number counts people who leave, move or are renamed; who lose a policy or a statement, of their own or of a
        department; and who get a policy that denies something, or another permissions boundary.
    type: raw
  max_gains:
    description:
      - How many people one run may give access, as a number or a percentage of the managed people.
      - If left out, a quarter of the managed people, at least 20. With fewer than 20 managed people there is no limit.
      - The number counts people who are new or let in again; who join a department; who gain a policy or a statement,
        of their own or of a department; and who lose a permissions boundary or a denial. Each person counts once.
    type: raw
  confirm_losses:
    description:
      - Repeats the number at which O(max_losses) stopped the run, so that this run goes on. Any other number stops it
        again.
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
  plan:
    description:
      - Does exactly the plan with this id, which check mode told as RV(plan_id), or nothing. If the account, the lists
        or the settings have changed so that something else would be done, the run stops before its first write, and
        shows what it would do now.
      - The id stands for the writes with their parameters, the account, and the addresses to which credentials go. It
        does not depend on the time, the machine or the order of the lists.
      - An approved plan has shown who loses and who gains access, so O(max_losses) and O(max_gains) do not stop it.
      - It may be a dictionary of ids by O(account). Blank text is a fault.
    type: raw
  account:
    description:
      - The label of this account in C(accounts) of O(departments) and O(employees), and in dictionaries such as
        O(confirm_losses).
    type: str
  known_accounts:
    description:
      - The labels and IDs of all accounts that C(accounts) in O(departments) and O(employees) may name. Another one is
        a fault.
      - If left out, or if neither O(account) nor O(account_id) is among them, any account may be named.
    type: list
    elements: str
  adopt:
    description:
      - Takes over listed employees who exist and are not managed, by setting the tag C(workforce:managed). Nothing else
        about them changes in this run. What the next run would change is reported.
      - The run shows each user's console password, access keys, MFA devices and date of creation. With V(true), users
        with a password or an active access key are refused, because the person who made these still has them. With a
        list of names, these people are taken over, whatever they have, and nobody else.
      - People who leave by the list are not adopted, but cut off.
      - Groups cannot have tags. For them, the line for O(adopted_departments) is printed.
    type: raw
    default: false
  release:
    description:
      - Removes all tags of this collection from the users, and changes nothing else. Suspended users stay suspended.
    type: bool
    default: false
  record:
    description:
      - A file to which a line of JSON is appended for each write as it is done, on the machine that runs the module.
      - A line has C(time) (UTC), C(run_id), C(account_id), C(caller_arn), C(subject), C(operation), C(line) (what was
        done, for people) and C(outcome). It never has a secret.
      - Only its owner can read a new file. If every user of the machine may read an existing file, the module takes
        this right away.
      - It is a fault if the file cannot be written, is a link, belongs to another user than C(root) and the one who
        runs the module, or lies below a folder in which every user may write. A sticky folder, such as C(/tmp), is
        allowed.
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

- name: Take the employees from the personnel department's export
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

- name: Take strangers out of departments and policies off people, and accept one policy
  workforce.aws.iam_workforce:
    departments:
      - name: data-science
        managed_policies:
          - ReadOnlyAccess
    employees:
      - name: asha.rao
        departments:
          - data-science
        beside:
          - policy AmazonS3FullAccess
    beside:
      members: remove
      user_policies: remove

- name: Let one department become something else, and set rules for passwords
  workforce.aws.iam_workforce:
    departments:
      - name: platform
        managed_policies:
          - read-billing-bucket
        boundary: PowerUserAccess
    employees:
      - name: asha.rao
        departments:
          - platform
    policies:
      - name: read-billing-bucket
        policy_file: policies/read-billing-bucket.json
    roles:
      - name: deployer
        managed_policies:
          - PowerUserAccess
        assumed_by:
          - platform
        require_mfa: true
        max_session_duration: 14400
    account_settings:
      alias: example-corp
      password_policy:
        min_pw_length: 14
        require_symbols: true
        allow_pw_change: true

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
  description: The account and the caller, with C(account_id), C(alias) (or null) and C(caller_arn).
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
    - The people whom the run made administrators, or in check mode would make. RV(summary) begins with them.
    - An administrator may do everything, or can give themselves that permission, for example by
      C(iam:AttachUserPolicy), or by C(iam:PassRole) with C(ec2:RunInstances).
    - This looks at inline policies, AWS's own policies, and your managed policies that the run attaches. Your managed
      policies that were attached before are not read. Conditions count as met.
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
plan_id:
  description:
    - The id of the plan, for O(plan). In check mode and in a run that was stopped, it is also the last line of
      RV(summary).
  returned: when the account was read and planned
  type: str
  sample: 7f3a91c2e04b
joiners:
  description: The names of the employees who were created, or in check mode would be.
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
  description: The names of the employees of whom something other than their departments changed.
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
policies:
  description: The names of the customer managed policies that were C(created), C(changed) and C(deleted).
  returned: when the account was read and planned
  type: dict
  sample: {created: [read-billing-bucket], changed: [], deleted: []}
roles:
  description: The names of the roles that were C(created), C(changed) and C(deleted).
  returned: when the account was read and planned
  type: dict
  sample: {created: [deployer], changed: [], deleted: []}
role_gains:
  description:
    - For each role that people may become from now on, its name (C(role)), these C(people), and the C(url) with which
      they switch to it once they are signed in. C(url) is null where the sign-in page of the partition is not known.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample:
    - role: deployer
      people: [asha.rao]
      url: https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=workforce/deployer&displayName=deployer
role_sessions:
  description:
    - The roles whose open sessions were ended for people who lost access or the role, or are no longer refused to those
      who have it again, as lines for people.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: [deployer ends the open sessions of kim.lee]
account_settings:
  description: What changed of the account's alias and password policy, as lines for people.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: [is called example-corp]
leavers:
  description:
    - The people who were cut off, or in check mode would be. Each has a C(name), C(how) (V(suspended) or V(removed)),
      and C(why), the reason in the list. If AWS refused every form of the deny, C(how) is V(not cut off). Then
      RV(summary) begins with C(NOT CUT OFF) and says what still works, and the task fails.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, how: suspended, why: the last day is over}]
returned:
  description: The people who were let in again, with C(name) and the C(inactive_access_keys) that stay inactive.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, inactive_access_keys: []}]
held:
  description: The people in the list who are suspended, but not by the list. Nothing was done to them.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: [{name: kim.lee, since: "2026-11-20T18:00:00Z"}]
waiting:
  description: The people who are not created yet, because they start later.
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
beside:
  description: The first 100 pieces of access beside the chart. RV(beside_count) tells how many there are.
  returned: when the account was read and planned
  type: list
  elements: dict
  contains:
    kind:
      description:
        - One of V(members), V(department_policies), V(user_policies), V(user_groups), V(boundaries), V(marks),
          V(access_keys), V(roles) and V(role_policies).
      returned: always
      type: str
    subject:
      description: The department, user or role that it is about.
      returned: always
      type: str
    what:
      description: What it is, in words.
      returned: always
      type: str
    since:
      description: Since when, where that is known, or null.
      returned: always
      type: str
    action:
      description:
        - V(report), V(remove) or V(fail), as O(beside) says of its kind. V(keep) is what stays because the user is
          protected.
      returned: always
      type: str
  sample:
    - kind: user_policies
      subject: ben.carter
      what: has AdministratorAccess of their own
      since: null
      action: report
beside_count:
  description: How many pieces of access beside the chart were found.
  returned: when the account was read and planned
  type: int
  sample: 1
unlisted_departments:
  description: The managed departments that are not in O(departments) and were not deleted, with the reason.
  returned: when the account was read and planned
  type: list
  elements: dict
  sample: []
adopted:
  description: The names of the users whom this run took over.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
adoptions:
  description:
    - What those whom this run took over can sign in with, and what they have beyond the list. It was made before the
      adoption.
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
    beyond_list:
      description: Groups and policies of the user's own that the list does not give.
      returned: always
      type: list
      elements: str
  sample: []
released:
  description: The names of the users whose tags of this collection were removed.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
still_suspended:
  description: The users in RV(released) who are suspended and stay suspended.
  returned: when the account was read and planned
  type: list
  elements: str
  sample: []
credentials:
  description:
    - What happened to first credentials, or in check mode would. It has names, but no secret and no address.
    - C(issued) has the people who were issued credentials, and C(by), their deliveries. C(pending) has those who still
      wait for them, C(claimed) those who were pending and had signed in already, C(revoked) those who lost a password
      that they never claimed, and C(settled) those to whom nothing more was delivered, with C(why).
      C(without_password) has those who are new and have none, because O(credentials) sets no way to deliver one.
  returned: when there is something to tell
  type: dict
  sample:
    issued: [{name: li.wei, by: [mail]}]
    pending: []
    claimed: []
    revoked: []
    settled: []
    without_password: []
counts:
  description:
    - The numbers of listed C(employees), C(departments), C(policies) and C(roles), of employees and departments that
      are unchanged, of people in the files who are C(without_access), of people in other accounts alone
      (C(elsewhere)), and of writes (C(steps)) that were done, or in check mode would be.
  returned: when the account was read and planned
  type: dict
  sample:
    employees: 2
    departments: 2
    policies: 0
    roles: 0
    unchanged_employees: 0
    unchanged_departments: 1
    without_access: 0
    elsewhere: 0
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
reason:
  description:
    - Why the run failed, on one line that counts the people about whom something is to be told. RV(summary) names them,
      and C(msg) has every fault and failure in full.
  returned: when the run failed after the account was read and planned
  type: str
  sample: "STOPPED, nothing was changed: losses: 37 people would lose access. 312 are managed and the limit is 25."
invocation:
  description: The arguments, with counts in place of people.
  returned: always
  type: dict
  sample: {module_args: {departments: 2 listed, employees: 2 listed, path: /workforce/}}
diff:
  description: What each employee and department gains and loses, with a line for each.
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
    - What is wrong, one entry for each fault. If there is a fault, nothing is given to anybody.
    - Leavers are still cut off, unless a fault is a brake or says that a list cannot be trusted.
  returned: always; empty when there are none
  type: list
  elements: str
  sample:
    - "employee asha.rao: is in department data-sciense, which is not listed; did you mean data-science?"
postponed:
  description:
    - The deliveries that did not work, and the people who wait for them. Everything else was done. The next run tries
      again.
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
      says what to do. All other writes were done. The next run does what is missing.
  returned: always; empty unless a write failed
  type: list
  elements: dict
  sample:
    - subject: user asha.rao
      operation: CreateUser
      code: LimitExceeded
      message: "Cannot exceed quota for UsersPerAccount: 5000"
      advice: >-
        The quota on users in an account, or tags on a user is used up: delete some, or ask AWS for a higher quota.
"""

import typing as t

from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule
from ansible_collections.workforce.aws.plugins.module_utils._credentials.settings import credentials_arguments
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
            files_may_set={"type": "raw", "default": []},
            csv={"type": "dict", "options": csv_arguments()},
            everyone={"type": "dict"},
            policies={"type": "raw"},
            policy_folder={"type": "path"},
            roles={"type": "raw"},
            account_settings={"type": "raw"},
            credentials={"type": "dict", "options": credentials_arguments()},
            reissue={"type": "raw", "default": []},
            issue={"type": "str"},
            path={"type": "str", "default": "/workforce/"},
            adopted_departments={"type": "raw", "default": []},
            timezone={"type": "str", "default": "UTC"},
            unlisted={"type": "str", "choices": ["ignore", "suspend", "remove"], "default": "ignore"},
            unlisted_departments={"type": "str", "choices": ["report", "remove"], "default": "report"},
            remove_after_days={"type": "int"},
            readmit={"type": "raw", "default": []},
            readmit_keys={"type": "bool", "default": False, "no_log": False},
            protected={"type": "raw", "default": []},
            beside={"type": "raw"},
            max_losses={"type": "raw"},
            max_gains={"type": "raw"},
            confirm_losses={"type": "raw"},
            confirm_gains={"type": "raw"},
            confirm_renames={"type": "raw"},
            plan={"type": "raw"},
            account={"type": "str"},
            known_accounts={"type": "list", "elements": "str"},
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
