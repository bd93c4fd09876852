# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a step waits for: a group of the same run, a policy of the same run."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredPolicy,
    DesiredRole,
    DesiredUser,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan

from tests.support.charts import DOCUMENT

OWN = "arn:aws:iam::123456789012:policy/own"
OLD = "arn:aws:iam::123456789012:policy/old"
AWS = "arn:aws:iam::aws:policy/own"


def test_who_is_given_a_policy_waits_for_its_creation() -> None:
    wanted = Desired(
        groups=(DesiredGroup("sales", policies=(OWN, OLD, AWS)),),
        users=(DesiredUser("asha", boundary=OWN, groups=("sales",)), DesiredUser("ben", boundary=OLD)),
        policies=(DesiredPolicy("Own", document=DOCUMENT),),
        roles=(DesiredRole("reader", trust=DOCUMENT, boundary=OWN),),
    )
    directory = Directory({}, {}, asked_policies=frozenset({"own"}), asked_roles=frozenset({"reader"}))
    steps = make_plan(wanted, directory).steps
    own = Subject("policy", "Own")
    waiting = {(step.subject.name, step.operation) for step in steps if own in step.needs}
    assert waiting == {("sales", "AttachGroupPolicy"), ("asha", "CreateUser"), ("reader", "CreateRole")}
    assert [step.params["PolicyArn"] for step in steps if own in step.needs and "PolicyArn" in step.params] == [OWN]
    assert [step.needs for step in steps if step.operation == "AddUserToGroup"] == [(Subject("group", "sales"),)]
