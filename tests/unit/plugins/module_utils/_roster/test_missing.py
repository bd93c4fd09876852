# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users whom no list names: managed, or once managed by what is left of our marks."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser, Suspension
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny

from tests.support.roster import AT, only_user, settled, stranger, told, user

ASHA = [{"name": "asha"}]
CUT = DesiredUser("eve", create=False, suspend=Suspension("list", AT))
LOST = [{"workforce:employee-id": "7"}, {"workforce:managed": "x"}, {"WORKFORCE:suspended": f"{AT} list"}]


@pytest.mark.parametrize("tags", LOST)
@pytest.mark.parametrize("unlisted", ["ignore", "suspend", "remove"])
def test_what_is_left_of_our_marks_is_told_and_cut_as_if_valid(tags: dict[str, str], unlisted: str) -> None:
    roster = settled(ASHA, user("asha"), stranger("eve", tags=tags), unlisted=unlisted)
    # Suspended, not removed: the mark that would say that the user is ours to remove is lacking.
    assert (CUT in roster.desired.users) is (unlisted != "ignore")
    (line,) = told(roster)
    assert line.startswith("user eve: bears the tags ")
    assert not roster.faults[0].stops_giving


def test_a_place_in_a_department_of_ours_is_told_without_any_tag() -> None:
    roster = settled(ASHA, user("asha"), stranger("eve"), members=[("eve", "sales")], unlisted="remove")
    assert only_user(roster).name == "asha"
    assert told(roster)[0].startswith("user eve: sits in sales, but does not carry the mark workforce:managed=onboard")


def test_of_whom_nobody_is_told() -> None:
    in_sales = [("eve", "sales")]
    # An account without anybody of ours: one that was given back.
    assert settled([], stranger("eve", tags=LOST[0]), members=in_sales).faults == ()
    assert settled(ASHA, user("asha"), stranger("eve"), members=in_sales, protected=("eve",)).faults == ()
    assert settled(ASHA, user("asha"), stranger("eve")).faults == ()
    # Whoever is denied everything, as offboarding leaves a user that was never ours.
    denied = user("eve", "person", tags={"workforce:managed": "x"})
    assert settled(ASHA, user("asha"), denied, members=in_sales, unlisted="suspend").faults == ()


def test_who_is_denied_and_can_sign_in_again_is_cut_off_again_with_any_marks() -> None:
    keys = Credentials(access_keys={"AKIA1": True}, whole=False)
    for tags in ({"workforce:managed": "x"}, {}):
        denied = user("eve", tags=tags, inline={DENY_NAME: deny("person")}, credentials=keys)
        roster = settled(ASHA, user("asha"), denied)
        assert [one.name for one in roster.desired.users if one.suspend] == ["eve"]
        assert "has the active access key AKIA1 again: cut off again" in told(roster)[0]


def test_another_bearer_of_an_id_is_told_and_missing_by_name() -> None:
    employees = [{"name": "asha", "employee_id": "1"}]
    users = [user("asha", employee_id="1"), user("eve", employee_id="1")]
    roster = settled(employees, *users, unlisted="suspend")
    assert CUT in roster.desired.users
    assert told(roster)[0].startswith("user eve: bears the employee id 1, which the list gives to asha, who is another")
    assert settled(employees, users[0], user("eve", "list", employee_id="1")).faults == ()
