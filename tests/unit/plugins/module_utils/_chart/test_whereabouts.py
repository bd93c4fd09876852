# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which entries are about this account, and what is wrong with what they say of accounts."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, Outsider, ThisAccount

from tests.support.charts import SALES, chart

KNOWN: t.Final = frozenset({"production", "training", "111111111111", "222222222222"})
PRODUCTION: t.Final = ThisAccount("production", "111111111111", KNOWN)
TRAINING: t.Final = ThisAccount("training", "222222222222", KNOWN)


def told(read: Chart) -> list[str]:
    return [str(fault) for fault in read.faults]


def names(read: Chart) -> list[str]:
    return [user.name for user in read.desired.users]


@pytest.mark.parametrize("written", [["production"], ["111111111111"], [111111111111], [" production ", "training"]])
def test_an_entry_is_about_the_accounts_that_it_names(written: list[object]) -> None:
    people = [{"name": "asha", "employee_id": 7, "accounts": written}, {"name": "ben"}]
    here = chart([SALES], people, account=PRODUCTION)
    assert (told(here), names(here), here.without_access) == ([], ["asha", "ben"], ())
    if "training" not in written:
        there = chart([SALES], people, account=TRAINING)
        assert (told(there), names(there), there.listed) == ([], ["ben"], frozenset({"ben"}))
        assert there.without_access == (Outsider("asha", "7", elsewhere=True),)
        assert (there.is_elsewhere("ASHA"), there.is_elsewhere("7"), there.is_elsewhere("ben")) == (True, True, False)


def test_no_accounts_are_nowhere() -> None:
    read = chart([], [{"name": "asha", "accounts": []}], account=PRODUCTION)
    assert (told(read), names(read), read.is_elsewhere("asha")) == ([], [], True)


def test_another_entry_for_another_account() -> None:
    departments = [{"name": "ops", "accounts": ["training"]}, {"name": "ops", "path": "/workforce/x/"}]
    people = [
        {"name": "asha", "departments": ["ops"], "accounts": ["training"]},
        {"name": "Asha", "departments": [], "accounts": ["production"]},
    ]
    here = chart(departments, people, account=PRODUCTION)
    assert (told(here), here.without_access, here.listed) == ([], (), frozenset({"asha"}))
    assert [(user.name, user.groups, user.purge_groups) for user in here.desired.users] == [("Asha", (), True)]
    assert [group.path for group in here.desired.groups] == ["/workforce/x/"]
    there = chart(departments, people, account=TRAINING)
    assert told(there) == [
        "department ops: is listed more than once (entries 1 and 2)",
    ]


def test_a_department_takes_its_people_along() -> None:
    """Whoever is in no department of this account has no reason to be here, unless the entry says so."""
    departments = [SALES, {"name": "ops", "accounts": ["training"]}]
    people = [
        {"name": "both", "departments": ["sales", "OPS"]},
        {"name": "ops-only", "departments": ["Ops"]},
        {"name": "named", "departments": ["ops"], "accounts": ["production"]},
        {"name": "none", "departments": []},
        {"name": "open"},
    ]
    read = chart(departments, people, account=PRODUCTION)
    assert told(read) == []
    assert {user.name: (user.groups, user.purge_groups) for user in read.desired.users} == {
        "both": (("sales",), True),
        "named": ((), True),
        "none": ((), True),
        "open": (None, False),
    }
    assert (read.listed_departments, read.departments_elsewhere) == (frozenset({"sales"}), {"ops": "ops"})
    assert [one.name for one in read.without_access] == ["ops-only"]
    unknown = chart(departments, [{"name": "asha", "departments": ["opps"]}], account=PRODUCTION)
    assert told(unknown) == ["employee asha: is in the unknown department opps; did you mean ops?"]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (["trainig"], "is for the unknown account trainig; did you mean training?"),
        (["production", "trainig"], "is for the unknown account trainig; did you mean training?"),
        (["333333333333"], "is for the unknown account 333333333333"),
        ([7], "has a number (7) in accounts; a label belongs there, or an account id in quotes"),
        ([" "], "has a string (' ') in accounts; a label belongs there, or an account id in quotes"),
        ("training", "has a string (training) for accounts; write a list of accounts"),
        (None, "has null for accounts; write a list of accounts, or leave the key out"),
    ],
)
def test_who_is_misplaced_is_told_and_loses_nothing(written: object, fault: str) -> None:
    for entry in ({"name": "asha"}, {"name": "asha", "departments": ["ops"]}):
        departments = [{"name": "ops", "accounts": ["production"]}]
        read = chart(departments, [{**entry, "accounts": written}], account=PRODUCTION)
        assert (told(read), names(read), read.without_access) == ([f"employee asha: {fault}"], ["asha"], ())
    read = chart([{"name": "ops", "accounts": written}], account=PRODUCTION)
    assert (told(read), read.listed_departments) == ([f"department ops: {fault}"], frozenset({"ops"}))


def test_a_run_that_does_not_say_which_account_it_is() -> None:
    """Nobody is taken for somebody else's, and without labels of the inventory any label is believed."""
    people = [{"name": "asha", "accounts": ["training"]}, {"name": "ben", "accounts": ["222222222222"]}]
    asked = "is for the account {}, and whether that is this one is not known: set {}"
    label, account_id = asked.format("training", "onboard_account"), asked.format("222222222222", "onboard_account_id")
    nothing = chart([], people, account=ThisAccount())
    assert told(nothing) == [f"employee asha: {label}", f"employee ben: {account_id}"]
    assert (names(nothing), nothing.without_access) == (["asha", "ben"], ())
    assert told(chart([], people, account=ThisAccount("production"))) == [f"employee ben: {account_id}"]
    assert told(chart([], people, account=ThisAccount(account_id="1" * 12))) == [f"employee asha: {label}"]
    assert told(chart([], people, account=ThisAccount("production", "1" * 12, frozenset({"else"})))) == []
    # A label may be the id.
    assert told(chart([], people[1:], account=ThisAccount("1" * 12))) == []


def test_an_entry_elsewhere_is_judged_elsewhere() -> None:
    """But what nobody can read may be about anybody, and takes nothing away."""
    entry = {"name": "asha", "accounts": ["training"], "email": "no address", "typo": 1}
    assert told(chart([], [entry], account=PRODUCTION)) == []
    assert len(told(chart([], [entry], account=TRAINING))) == 2
    read = chart([], [entry, {"name": "a b", "accounts": ["training"]}], account=PRODUCTION)
    assert [fault.who for fault in read.faults] == ["employee 'a b'"]
    assert (read.listed, [one.certain for one in read.without_access]) == (None, [False])


def test_a_run_limited_to_people_of_other_accounts() -> None:
    people = [{"name": "asha", "accounts": ["training"]}, {"name": "ben", "accounts": ["training"]}, {"name": "li"}]
    read = chart([], people, account=PRODUCTION, only=frozenset({"Asha", "li"}))
    assert (told(read), names(read)) == ([], ["li"])
    assert [one.name for one in read.without_access] == ["asha"]
    missing = chart([], people, account=PRODUCTION, only=frozenset({"kim"}))
    assert told(missing) == ["employee kim: is not in employees"]
