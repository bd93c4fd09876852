# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rename by the employee id alone waits for a person."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser, Suspension
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan

from tests.support.roster import AT, directory, only_user, settled, stranger, told, user

ADMIN: t.Final = {
    "name": "new.admin",
    "employee_id": "77",
    "departments": ["it"],
    "managed_policies": ["arn:aws:iam::123456789012:policy/X"],
}
MADE: t.Final = datetime.datetime(2026, 1, 3, tzinfo=datetime.UTC)


@pytest.mark.parametrize("unlisted", ["ignore", "suspend", "remove"])
@pytest.mark.parametrize("written", [None, 2, "x", True, {"other": 1}])
def test_who_bears_the_id_of_a_name_without_a_user_is_left_alone(unlisted: str, written: object) -> None:
    mallory = user("mallory", employee_id="77", create_date=MADE)
    settings: dict[str, t.Any] = {"unlisted": unlisted, "confirm_renames": written, "account": "prod"}
    roster = settled([ADMIN, {"name": "joiner"}], mallory, members=[("mallory", "sales")], **settings)
    assert only_user(roster).name == "joiner"
    other = "" if written is None else " What onboard_confirm_renames says is not this number."
    assert told(roster) == [
        "employee new.admin: would be the user mallory under a new name, by the employee id 77 alone (mallory was made "
        "on 2026-01-03, in sales). Renamed, mallory would join the departments it and get the policies X. Whoever may "
        "write tags can write an id: nothing was done to mallory, and new.admin was not created."
        f"{other} If all such renames of this run are right, run once more with -e onboard_confirm_renames=1; "
        "if mallory is somebody else, take the tag workforce:employee-id off, or cut mallory off with the playbook "
        "offboard (-e who=mallory)"
    ]
    assert not roster.faults[0].stops_giving
    assert (roster.notes.unlisted, roster.notes.leavers) == ([], {})


@pytest.mark.parametrize("written", [2, "2", {"prod": 2}])
def test_the_number_that_was_told_renames_them_all(written: object) -> None:
    users = [user("rao", employee_id="1"), user("lee", employee_id="2")]
    employees = [{"name": "sen", "employee_id": "1"}, {"name": "kim", "employee_id": "2"}]
    roster = settled(employees, *users, confirm_renames=written, account="prod")
    assert roster.faults == ()
    assert [(one.name, one.rename_from) for one in roster.desired.users] == [("sen", "rao"), ("kim", "lee")]
    assert "What onboard_confirm_renames says" in told(settled(employees[:1], *users[:1], confirm_renames=written))[0]


def test_a_run_limited_to_one_waits_as_well() -> None:
    roster = settled([ADMIN], user("mallory", employee_id="77"), only=frozenset({"new.admin"}))
    assert (roster.desired.users, len(roster.faults)) == ((), 1)


def test_a_user_whose_name_anybody_lists_is_nobody_else() -> None:
    # A leaver who writes the joiner's id is cut off, and the joiner is served.
    leaver = {"name": "mallory", "employee_id": "42", "state": "suspended"}
    mallory = user("mallory", employee_id="77")
    roster = settled([ADMIN, leaver], mallory)
    steps = make_plan(roster.desired, directory(mallory)).steps
    assert {step.subject.name for step in steps if step.operation == "CreateUser"} == {"new.admin"}
    assert DesiredUser("mallory", create=False, suspend=Suspension("list", AT)) in roster.desired.users
    assert told(roster)[0].startswith(
        "employee mallory: the user mallory bears the employee id 77, which the list gives to new.admin; "
        "the list says 42. Whoever may write tags can write an id: the user is given nothing."
    )
    # In a run about the joiner alone, the leaver's entry still says who mallory is.
    alone = settled([ADMIN, leaver], mallory, only=frozenset({"new.admin"}))
    assert (only_user(alone).name, alone.faults) == ("new.admin", ())


def test_a_user_without_the_mark_is_no_rename() -> None:
    other = stranger("mallory", tags={"workforce:employee-id": "77"})
    roster = settled([ADMIN], other, user("asha"), unlisted="ignore")
    assert only_user(roster).name == "new.admin"
    assert told(roster)[0].startswith(
        "user mallory: bears the tags workforce:employee-id=77, but does not carry the mark"
    )


def test_a_readmission_by_id_means_the_list_and_not_the_tag() -> None:
    employees = [{"name": "mallory"}, {"name": "asha", "employee_id": "1"}]
    users = [user("mallory", "person", employee_id="9"), user("asha", "person", employee_id="1")]
    roster = settled(employees, *users, readmit=frozenset({"1"}))
    assert (roster.notes.returned, list(roster.notes.held)) == (["asha"], ["mallory"])
    forged = [user("mallory", "person", employee_id="1"), users[1]]
    assert settled(employees, *forged, readmit=frozenset({"1"})).notes.returned == ["asha"]
