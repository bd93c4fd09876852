# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chart settled with the account: who comes, stays, leaves, returns, is held or waits."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings, Outsider, ThisAccount
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser, Suspension
from ansible_collections.workforce.aws.plugins.module_utils._core.model import User
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny, is_suspended
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import settle
from hypothesis import given
from hypothesis import strategies as st

from tests.support.roster import AT, DEPARTMENTS, NOW, directory, only_user, settled, stranger, told, user

# States


def test_who_is_to_have_access_is_desired_as_listed() -> None:
    roster = settled([{"name": "asha", "departments": ["sales"]}], user("asha"))
    assert only_user(roster).groups == ("sales",)
    assert (roster.faults, roster.notes.leavers) == ((), {})


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"state": "suspended"}, "state suspended"),
        ({"ends_on": "2026-11-22"}, "the last day is over"),
        ({"starts_on": "2026-11-24"}, "the first day is yet to come"),
    ],
)
def test_who_is_not_to_have_access_is_suspended_and_nothing_else(keys: dict[str, str], why: str) -> None:
    roster = settled([{"name": "ASHA", "departments": ["sales"], **keys}], user("asha"))
    assert only_user(roster) == DesiredUser("asha", create=False, suspend=Suspension("list", AT))
    assert roster.notes.leavers == {"asha": why}
    # Once suspended, nothing more is written or told.
    for by in ("list", "person"):
        again = settled([{"name": "ASHA", "departments": ["sales"], **keys}], user("asha", by))
        assert (again.desired.users, again.notes.leavers, again.notes.held) == ((), {}, {})


# People without access to AWS


@pytest.mark.parametrize("unlisted", ["ignore", "suspend", "remove"])
@pytest.mark.parametrize(
    ("outsider", "theirs"),
    [
        (Outsider("LI", "2"), "2"),
        (Outsider("li"), "2"),
        (Outsider("li", "2"), None),
        (Outsider("li"), None),
        (Outsider("other.name", "2"), "2"),
        (Outsider(None, "2"), "2"),
    ],
)
def test_who_has_no_access_by_the_list_is_suspended(outsider: Outsider, theirs: str | None, unlisted: str) -> None:
    roster = settled([], user("li", employee_id=theirs), outsiders=[outsider], unlisted=unlisted)
    assert only_user(roster) == DesiredUser("li", create=False, suspend=Suspension("list", AT))
    assert roster.notes.leavers == {"li": "no access to AWS by the list"}
    assert (roster.notes.unlisted, roster.faults) == ([], ())
    for by in ("list", "person"):
        again = settled([], user("li", by, employee_id=theirs), outsiders=[outsider], unlisted=unlisted)
        assert (again.desired.users, again.notes.leavers, again.notes.unlisted) == ((), {}, [])


def test_who_has_no_access_is_cut_when_nobody_may_be_called_missing() -> None:
    settings: dict[str, t.Any] = {"outsiders": [Outsider("li", "2")], "trusted": False, "unlisted": "suspend"}
    assert settled([{"no": "name"}], user("li", employee_id="2"), **settings).notes.leavers == {
        "li": "no access to AWS by the list"
    }


def test_who_has_no_access_is_removed_after_the_days() -> None:
    days: dict[str, t.Any] = {"outsiders": [Outsider("li")], "remove_after_days": 30}
    assert settled([], user("li", "list", since="2026-10-25T21:28:05Z"), **days).desired.users == ()
    roster = settled([], user("li", "list", since="2026-10-24T21:28:05Z"), **days)
    assert only_user(roster).absent
    assert roster.notes.leavers == {"li": "suspended for 30 days"}


def test_who_had_no_access_returns_with_a_department() -> None:
    entry = {"name": "li", "employee_id": "2", "departments": ["sales"]}
    roster = settled([entry], user("li", "list", employee_id="2"))
    assert (roster.notes.returned, only_user(roster).lift) == (["li"], True)


# People of other accounts

PRODUCTION: t.Final = ThisAccount("production")
ELSEWHERE: t.Final = {"name": "li", "employee_id": "2", "departments": ["sales"], "accounts": ["training"]}


@pytest.mark.parametrize("unlisted", ["ignore", "suspend", "remove"])
@pytest.mark.parametrize("name", ["li", "li.old"])
def test_who_moved_to_another_account_is_suspended_and_comes_back(name: str, unlisted: str) -> None:
    """By the name, or by the id of a user whom no list names; whatever is done to who is missing."""
    options: dict[str, t.Any] = {"here": PRODUCTION, "unlisted": unlisted}
    roster = settled([ELSEWHERE], user(name, employee_id="2"), **options)
    assert only_user(roster) == DesiredUser(name, create=False, suspend=Suspension("list", AT))
    assert roster.notes.leavers == {name: "in other accounts by the list"}
    assert (roster.notes.unlisted, roster.faults) == ([], ())
    for by in ("list", "person"):
        again = settled([ELSEWHERE], user(name, by, employee_id="2"), **options)
        assert (again.desired.users, again.notes.leavers) == ((), {})
    back = settled([{**ELSEWHERE, "accounts": ["production"]}], user("li", "list", employee_id="2"), **options)
    assert (back.notes.returned, only_user(back).lift) == (["li"], True)


def test_who_is_in_other_accounts_is_made_in_these() -> None:
    assert settled([ELSEWHERE], here=PRODUCTION).desired.users == ()
    assert only_user(settled([ELSEWHERE], here=ThisAccount("training"))).groups == ("sales",)


def test_nobody_is_cut_by_a_mistyped_account() -> None:
    known = ThisAccount("production", known=frozenset({"production", "training"}))
    roster = settled([{**ELSEWHERE, "accounts": ["prodution"]}], user("li", employee_id="2"), here=known)
    assert (roster.notes.leavers, only_user(roster).groups) == ({}, ("sales",))


def test_options_may_name_people_of_other_accounts() -> None:
    options: dict[str, t.Any] = {"here": PRODUCTION, "adopt": True}
    named: dict[str, t.Any] = {"readmit": frozenset({"2"}), "adopt_named": frozenset({"li"})}
    assert told(settled([ELSEWHERE], **options, **named)) == []
    assert len(told(settled([], **options, **named))) == 2


@pytest.mark.parametrize(
    ("outsider", "unlisted"),
    [
        # Listed twice, once with access: told as a fault when the lists are read.
        (Outsider("li", "2", certain=False), []),
        (Outsider(None, None), ["li"]),
        (Outsider("other.name"), ["li"]),
    ],
)
def test_nobody_is_guessed_to_have_no_access(outsider: Outsider, unlisted: list[str]) -> None:
    roster = settled([], user("li", employee_id="2"), outsiders=[outsider])
    assert (roster.desired.users, roster.notes.unlisted, roster.notes.leavers) == ((), unlisted, {})


@pytest.mark.parametrize(
    "entry", [{"name": "li"}, {"name": "li", "employee_id": "2"}, {"name": "li", "employee_id": "3"}]
)
def test_whom_an_entry_with_access_may_mean_is_not_cut(entry: dict[str, str]) -> None:
    roster = settled([entry], user("li", employee_id="2"), outsiders=[Outsider("other.name", "2")])
    assert [one.suspend for one in roster.desired.users] in ([], [None])
    assert (roster.notes.leavers, roster.notes.unlisted) == ({}, [])


def test_who_is_without_access_for_sure_by_one_entry_alone_is_not_cut() -> None:
    outsiders = [Outsider("li", certain=False), Outsider("other.name", "2")]
    roster = settled([], user("li", employee_id="2"), outsiders=outsiders, unlisted="remove")
    assert (roster.desired.users, roster.notes.leavers) == ((), {})


def test_unmanaged_and_protected_people_without_access() -> None:
    roster = settled([], stranger("li"), outsiders=[Outsider("li")])
    assert (roster.desired.users, roster.notes.unlisted, told(roster)) == ((), [], [])
    roster = settled([], user("li"), outsiders=[Outsider("li")], protected=("li",))
    assert (roster.desired.users, roster.notes.unlisted) == ((), [])
    assert told(roster) == [
        "employee li: is not to have access any more (no access to AWS by the list), but is protected (li); "
        "nothing was taken away"
    ]


def test_two_users_of_one_id_without_access_are_told() -> None:
    users = (user("li", employee_id="2"), user("li.old", employee_id="2"))
    roster = settled([], *users, outsiders=[Outsider(None, "2")], unlisted="remove")
    assert (roster.desired.users, roster.notes.unlisted) == ((), [])
    assert told(roster) == [
        "employee_id 2: is to have no access to AWS, and the users li and li.old both carry it; "
        "take the wrong one's tag off"
    ]
    assert not roster.faults[0].stops_giving
    # The name says which of them it is; the other is in nobody's list.
    named = settled([], *users, outsiders=[Outsider("li", "2")], unlisted="remove")
    assert [(one.name, one.absent) for one in named.desired.users] == [("li", False), ("li.old", True)]
    assert told(named)[0].startswith("user li.old: bears the employee id 2, which the list gives to li, who is another")


def test_a_run_limited_to_some_leaves_people_without_access_alone() -> None:
    # Their tags may not have been read.
    users = (user("asha"), dataclasses.replace(user("li"), tags=None))
    roster = settled([{"name": "asha"}], *users, outsiders=[Outsider("li")], only=frozenset({"asha"}))
    assert [one.name for one in roster.desired.users] == ["asha"]


def test_the_last_day_is_judged_where_the_company_is() -> None:
    employees = [{"name": "asha", "ends_on": "2026-11-23"}]
    assert settled(employees, user("asha")).notes.leavers == {}
    assert settled(employees, user("asha"), timezone="Asia/Kolkata").notes.leavers == {"asha": "the last day is over"}


def test_state_absent_removes() -> None:
    roster = settled([{"name": "asha", "state": "absent"}], user("asha"))
    assert only_user(roster) == DesiredUser("asha", absent=True)
    assert settled([{"name": "asha", "state": "absent"}], user("asha", "person")).notes.leavers == {
        "asha": "state absent"
    }


@pytest.mark.parametrize("keys", [{"state": "suspended"}, {"state": "absent"}, {"ends_on": "2026-11-22"}])
def test_nobody_is_created_to_be_suspended(keys: dict[str, str]) -> None:
    roster = settled([{"name": "asha", **keys}])
    assert (roster.desired.users, roster.faults, roster.notes.waiting) == ((), (), {})


def test_a_joiner_of_later_waits() -> None:
    roster = settled([{"name": "asha", "starts_on": "2026-12-01"}])
    assert (roster.desired.users, roster.notes.waiting) == ((), {"asha": "2026-12-01"})


# Suspended and back


def test_the_list_lifts_what_the_list_did() -> None:
    roster = settled([{"name": "asha", "departments": ["it"]}], user("asha", "list"))
    wanted = only_user(roster)
    assert (wanted.lift, wanted.lift_keys, wanted.groups) == (True, False, ("it",))
    assert roster.notes.returned == ["asha"]
    assert only_user(settled([{"name": "asha"}], user("asha", "list"), readmit_keys=True)).lift_keys


@pytest.mark.parametrize("keys", [{}, {"state": "present"}])
def test_what_a_person_did_is_held(keys: dict[str, str]) -> None:
    roster = settled([{"name": "asha", "departments": ["it"], **keys}], user("asha", "person"))
    assert (roster.desired.users, roster.faults) == ((), ())
    assert (roster.notes.held, roster.notes.returned) == ({"asha": AT}, [])


def test_a_tag_that_makes_the_lists_of_a_persons_suspension_is_told_and_held() -> None:
    rewritten = user("asha", tags={"workforce:suspended": f"{AT} list"}, inline={DENY_NAME: deny("person")})
    roster = settled([{"name": "asha"}], rewritten)
    assert (roster.desired.users, roster.notes.held) == ((), {"asha": AT})
    (fault,) = roster.faults
    assert "the person's word stands" in str(fault)
    assert not fault.stops_giving
    assert settled([{"name": "asha"}], rewritten, readmit=frozenset({"asha"})).notes.returned == ["asha"]


@pytest.mark.parametrize("readmit", ["ASHA", "1042"])
def test_a_person_readmits_by_name_or_id(readmit: str) -> None:
    there = user("asha", "person", employee_id="1042")
    roster = settled([{"name": "asha", "employee_id": "1042"}], there, readmit=frozenset({readmit}))
    assert only_user(roster).lift
    assert (roster.notes.returned, roster.notes.held) == (["asha"], {})


def test_a_readmission_left_behind_does_nothing_and_a_wrong_one_is_told() -> None:
    assert not only_user(settled([{"name": "asha"}], user("asha"), readmit=frozenset({"asha"}))).lift
    assert told(settled([{"name": "asha"}], user("asha"), readmit=frozenset({"ahsa"}))) == [
        "employee ahsa: is to be readmitted and is not in employees; did you mean asha?"
    ]


def test_a_readmission_does_not_stand_over_the_list() -> None:
    roster = settled([{"name": "asha", "state": "suspended"}], user("asha", "person"), readmit=frozenset({"asha"}))
    assert roster.desired.users == ()


def test_a_suspension_that_was_begun_is_held_unless_the_list_wants_it() -> None:
    begun = user("asha", inline={DENY_NAME: deny("person")})
    assert settled([{"name": "asha"}], begun).notes.held == {"asha": "an unknown time"}
    assert only_user(settled([{"name": "asha", "state": "suspended"}], begun)).suspend == Suspension("list", AT)
    # The list's deny without the tag: a suspension that was stopped, or a return.
    stopped = user("asha", inline={DENY_NAME: deny("list")})
    assert only_user(settled([{"name": "asha"}], stopped)).lift
    # The tag without a deny: one that was refused, or taken away by somebody.
    refused = user("asha", tags={"workforce:suspended": f"{AT} list"})
    assert only_user(settled([{"name": "asha"}], refused)).suspend == Suspension("person", AT)
    assert only_user(settled([{"name": "asha", "state": "suspended"}], refused)).suspend is not None


# Removal after a time


@pytest.mark.parametrize(("since", "due"), [("2026-10-24T21:28:05Z", True), ("2026-10-24T21:28:06Z", False)])
@pytest.mark.parametrize("by", ["list", "person"])
def test_who_has_been_suspended_long_enough_is_removed(since: str, due: bool, by: str) -> None:
    there = user("asha", by, since)
    for employees in ([{"name": "asha", "ends_on": "2026-01-01"}], []):
        roster = settled(employees, there, remove_after_days=30)
        assert roster.desired.users == ((DesiredUser("asha", absent=True),) if due else ())
    assert settled([], there).desired.users == ()


def test_who_is_held_and_no_longer_denied_is_told() -> None:
    tags = {"workforce:suspended": f"{AT} person"}
    roster = settled([{"name": "asha"}], user("asha", tags=tags))
    assert only_user(roster) == DesiredUser("asha", create=False, suspend=Suspension("person", AT))
    assert (roster.notes.held, roster.notes.leavers) == (
        {},
        {"asha": "suspended before, and no longer denied everything"},
    )
    assert told(roster)[0].startswith("employee asha: is suspended and no longer denied everything: cut off again.")
    assert not roster.faults[0].stops_giving
    for fine in (user("asha", by="person"), user("asha", tags=tags, attached=None)):
        held = settled([{"name": "asha"}], fine)
        assert (held.desired.users, held.faults, held.notes.held) == ((), (), {"asha": AT})


def test_who_is_held_is_never_removed_or_the_next_run_would_let_them_in() -> None:
    roster = settled([{"name": "asha"}], user("asha", "person", "2020-01-01T00:00:00Z"), remove_after_days=30)
    assert roster.desired.users == ()
    odd = user("asha", tags={"workforce:suspended": "long ago"}, inline={DENY_NAME: deny("list")})
    assert settled([], odd, remove_after_days=0).desired.users == ()


# Not in the list


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("ignore", None),
        ("suspend", DesiredUser("eve", create=False, suspend=Suspension("list", AT))),
        ("remove", DesiredUser("eve", absent=True)),
    ],
)
def test_who_is_missing_and_ours(mode: str, wanted: DesiredUser | None) -> None:
    roster = settled([], user("eve"), stranger("robot"), unlisted=mode)
    assert roster.desired.users == (() if wanted is None else (wanted,))
    assert roster.notes.unlisted == (["eve"] if wanted is None else [])
    assert roster.notes.leavers == ({} if wanted is None else {"eve": "not in the list"})


@pytest.mark.parametrize("mode", ["ignore", "suspend"])
def test_who_is_missing_and_suspended_is_done_with(mode: str) -> None:
    roster = settled([], user("eve", "person"), unlisted=mode)
    assert (roster.desired.users, roster.notes.unlisted) == ((), [])


@pytest.mark.parametrize("mode", ["suspend", "remove"])
def test_nobody_is_missing_when_the_counts_disagree(mode: str) -> None:
    left = user("ben", "list", "2020-01-01T00:00:00Z")
    roster = settled(
        [{"name": "asha", "state": "absent"}], user("asha"), user("eve"), left,
        unlisted=mode, trusted=False, remove_after_days=1,
    )  # fmt: skip
    assert only_user(roster) == DesiredUser("asha", absent=True)
    assert roster.notes.unlisted == ["ben", "eve"]
    assert len(roster.notes.warnings) == 1


@pytest.mark.parametrize("employees", [[{"name": "a b"}], ["asha"], None, [{}]])
def test_nobody_is_missing_from_a_list_that_does_not_say_whom_it_means(employees: object) -> None:
    assert settled(employees, user("eve"), unlisted="remove").desired.users == ()


def test_nobody_is_missing_from_a_run_about_others() -> None:
    roster = settled([{"name": "asha"}], user("asha"), user("eve"), unlisted="remove", only=frozenset({"asha"}))
    assert only_user(roster).name == "asha"


# Protected


PROTECTIONS: t.Final[list[dict[str, t.Any]]] = [
    {"protected": ("ASHA",)},
    {"protected": ("/machines/",)},
    {"caller_arn": "arn:aws:iam::1:user/asha"},
]


@pytest.mark.parametrize("protection", PROTECTIONS)
def test_nothing_is_taken_away_from_who_is_protected(protection: dict[str, t.Any]) -> None:
    there = user("asha", path="/machines/x/")
    for mode in ("suspend", "remove"):
        missing = settled([], there, unlisted=mode, **protection)
        assert (missing.desired.users, missing.notes.unlisted) == ((), ["asha"])
    for state in ("suspended", "absent"):
        explicit = settled([{"name": "asha", "state": state}], there, **protection)
        assert explicit.desired.users == ()
        assert len(explicit.faults) == 1
        assert not explicit.faults[0].stops_cutting
    kept = only_user(settled([{"name": "asha", "departments": [], "managed_policies": []}], there, **protection))
    assert not any((kept.purge_groups, kept.purge_policies, kept.purge_inline, kept.purge_tags))


# Identity


def test_a_change_of_name_that_is_confirmed_is_a_rename() -> None:
    rao = user("asha.rao", employee_id="1")
    roster = settled([{"name": "asha.sen", "employee_id": "1"}], rao, unlisted="remove", confirm_renames="1")
    assert only_user(roster).rename_from == "asha.rao"
    assert only_user(roster).name == "asha.sen"
    assert roster.notes.unlisted == []


def test_who_comes_back_under_another_name_is_recognised() -> None:
    roster = settled(
        [{"name": "asha.sen", "employee_id": "1"}], user("asha.rao", "list", employee_id="1"), confirm_renames=1
    )
    assert (only_user(roster).rename_from, only_user(roster).lift) == ("asha.rao", True)


def test_a_leaver_is_found_by_id() -> None:
    roster = settled([{"name": "asha.sen", "employee_id": "1", "state": "absent"}], user("asha.rao", employee_id="1"))
    assert only_user(roster) == DesiredUser("asha.rao", absent=True)


def test_a_leaver_is_cut_by_the_name_and_not_removed_while_the_id_contradicts() -> None:
    users = [user("rao", employee_id="1"), user("sen", employee_id="2")]
    roster = settled([{"name": "sen", "employee_id": "1", "state": "absent"}], *users)
    assert only_user(roster) == DesiredUser("sen", create=False, suspend=Suspension("list", AT))
    assert [fault.who for fault in roster.faults] == ["employee sen", "employee sen", "user rao"]
    assert not any(fault.stops_giving for fault in roster.faults)


def test_who_is_protected_keeps_the_name() -> None:
    employees = [{"name": "sen", "employee_id": "1"}]
    wanted = only_user(settled(employees, user("rao", employee_id="1"), protected=("rao",), confirm_renames=1))
    assert (wanted.name, wanted.rename_from) == ("rao", None)


def test_who_had_no_id_yet_gets_it() -> None:
    wanted = only_user(settled([{"name": "asha", "employee_id": "1"}], user("asha")))
    assert (wanted.rename_from, (wanted.tags or {})["workforce:employee-id"]) == (None, "1")


def test_the_name_is_the_identity_of_who_has_no_id_in_the_list() -> None:
    assert only_user(settled([{"name": "asha"}], user("asha", employee_id="1"))).name == "asha"


@pytest.mark.parametrize(
    ("employees", "users", "words"),
    [
        (
            [{"name": "asha", "employee_id": "2"}],
            [user("asha", employee_id="1")],
            ["employee asha: the user asha bears the employee id 1, which the list gives to nobody; the list says 2"],
        ),
        (
            [{"name": "asha", "employee_id": "2"}, {"name": "asha2", "employee_id": "1", "state": "suspended"}],
            [user("asha", employee_id="1")],
            ["which the list gives to asha2; the list says 2"],
        ),
        # two who change names with each other
        (
            [{"name": "b", "employee_id": "1"}, {"name": "a", "employee_id": "2"}],
            [user("a", employee_id="1"), user("b", employee_id="2")],
            ["employee a: ", "employee b: ", "given nothing"],
        ),
        (
            [{"name": "sen", "employee_id": "1"}],
            [user("rao", employee_id="1"), user("sen", employee_id="2")],
            ["employee sen: ", "user rao: bears the employee id 1, which the list gives to sen, who is another user"],
        ),
        (
            [{"name": "rao"}, {"name": "sen", "employee_id": "1"}],
            [user("rao", employee_id="1")],
            ["employee rao: ", "which the list gives to sen; the list gives them none"],
        ),
        ([{"name": "a", "employee_id": "1"}], [user("b", employee_id="1"), user("c", employee_id="1")], ["b and c"]),
    ],
)
def test_ids_that_contradict_the_names_are_told_and_give_nothing(
    employees: list[dict[str, str]], users: list[User], words: list[str]
) -> None:
    roster = settled([*employees, {"name": "joiner"}], *users)
    assert all(word in "\n".join(told(roster)) for word in words), told(roster)
    assert not any(fault.stops_giving or fault.stops_cutting for fault in roster.faults)
    # Nothing is given to whom it is told of, and everybody else is served.
    steps = make_plan(roster.desired, directory(*users)).steps
    assert {step.subject.name for step in steps} <= {"joiner", "sen"}
    assert ("CreateUser", "joiner") in [(step.operation, step.subject.name) for step in steps]


def test_a_user_that_nobody_lists_does_not_hinder_the_owner_of_the_id() -> None:
    roster = settled([{"name": "sen", "employee_id": "1"}], user("rao", employee_id="1"), stranger("sen"))
    assert [fault.who for fault in roster.faults] == ["user rao", "employee sen"]
    both = settled([{"name": "sen", "employee_id": "1"}], user("sen", employee_id="1"), user("rao", employee_id="1"))
    assert (only_user(both).name, only_user(both).rename_from) == ("sen", None)
    assert [fault.who for fault in both.faults] == ["user rao"]


def test_one_of_two_words_cuts_nobody() -> None:
    roster = settled([{"name": "asha", "state": "absent"}, {"name": "ASHA"}], user("asha"), unlisted="remove")
    assert roster.desired.users == ()


# Adoption


def test_who_is_listed_and_not_ours_is_told_once_with_what_leads_on() -> None:
    roster = settled([{"name": name} for name in "abcd"], *map(stranger, "abcd"))
    assert told(roster) == [
        "employees a, b, c, d: exist in the account and are not managed. Nothing was changed. "
        "To take them over: -e onboard_adopt=true. "
        "To try a few first: -e onboard_adopt=true -e onboard_only=a,b,c"
    ]
    assert roster.desired.users == ()


@pytest.mark.parametrize("keys", [{}, {"starts_on": "2999-01-01"}, {"departments": []}])
def test_adoption_marks_and_nothing_else(keys: dict[str, t.Any]) -> None:
    roster = settled([{"name": "asha", "path": "/x/", **keys}], stranger("asha", path="/old/"), adopt=True)
    assert roster.faults == ()
    assert only_user(roster) == DesiredUser("asha", tags=MARK, purge_tags=False, create=False)
    assert [one.name for one in roster.notes.adopted] == ["asha"]
    assert roster.next_time.users[0].path == "/x/"


def test_departments_of_others_are_told_or_left_alone() -> None:
    settings = ChartSettings(adopted=frozenset({"old"}))
    departments = [{"name": "ops"}, {"name": "old"}, {"name": "new"}]
    chart = read_chart(departments, [{"name": "a", "departments": ["ops", "new"]}], settings)
    account = directory(user("a"), ops="/team/", old="/")
    refused = settle(chart, account, settings, RosterSettings(NOW))
    assert told(refused) == [
        "department ops (at /team/): exists in the account and is not managed; "
        "name it in onboard_adopted_departments, or choose another name"
    ]
    adopting = settle(chart, account, settings, RosterSettings(NOW, adopt=True))
    assert [group.name for group in adopting.desired.groups] == ["old", "new"]
    assert only_user(adopting).groups == ("new",)
    assert adopting.notes.adopted_line == "onboard_adopted_departments: [old, ops]"
    assert [group.name for group in adopting.next_time.groups] == ["ops"]
    assert adopting.faults == ()


# Release


def test_release_takes_our_marks_off_whatever_the_list_says() -> None:
    roster = settled(None, user("asha"), user("eve", "list"), stranger("robot"), release=True)
    assert [(one.name, one.release) for one in roster.desired.users] == [("asha", True), ("eve", True)]
    assert (roster.notes.released, roster.notes.still_suspended) == (["asha", "eve"], ["eve"])
    assert roster.faults == ()
    some = settled(None, user("asha"), user("eve"), release=True, only=frozenset({"EVE"}))
    assert [one.name for one in some.desired.users] == ["eve"]


# What holds for every list and account

NAMES = ["asha", "ben", "eve"]
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES)},
        optional={
            "state": st.sampled_from(["present", "suspended", "absent"]),
            "ends_on": st.sampled_from(["2026-11-22", "2026-11-23"]),
            "departments": st.sampled_from([[], ["sales"], ["it", "sales"]]),
        },
    ),
    max_size=3,
    unique_by=lambda entry: entry["name"],
)
ACCOUNTS = st.lists(
    st.one_of(
        st.builds(user, st.sampled_from(NAMES), st.sampled_from([None, "list", "person"])),
        st.builds(stranger, st.sampled_from(NAMES)),
    ),
    max_size=3,
    unique_by=lambda one: one.name,
)


@given(ENTRIES, ACCOUNTS, st.sampled_from(["ignore", "suspend", "remove"]))
def test_the_plan_of_a_settled_list_gives_what_it_says(
    employees: list[dict[str, t.Any]], users: list[User], unlisted: str
) -> None:
    settings = ChartSettings()
    chart = read_chart(DEPARTMENTS, employees, settings)
    account = directory(*users)
    roster = settle(chart, account, settings, RosterSettings(NOW, unlisted=unlisted))
    reached = after(account, make_plan(roster.desired, account).steps)
    again = settle(chart, reached, settings, RosterSettings(NOW, unlisted=unlisted))
    assert make_plan(again.desired, reached).steps == ()
    for entry in employees:
        there, before = reached.users.get(entry["name"]), account.users.get(entry["name"])
        if before is not None and before.tags == {}:
            # Whoever is listed to leave leaves with the mark or without it, but is not removed.
            leaves = entry.get("state", "present") != "present" or entry.get("ends_on") == "2026-11-22"
            assert there is not None
            assert is_suspended(there) if leaves else there == before
        elif entry.get("state") == "absent":
            assert there is None
        elif entry.get("state") == "suspended" or entry.get("ends_on") == "2026-11-22":
            assert there is None or is_suspended(there)
        elif before is not None and before.tags is not None and "person" in str(before.tags):
            assert there == before
        else:
            assert there is not None
            assert not is_suspended(there)
            assert reached.groups_of(there.name) == set(entry.get("departments", []))
