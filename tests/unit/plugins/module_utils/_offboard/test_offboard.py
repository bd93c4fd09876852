# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is meant by a name, an id or a key, and what is told of them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Suspension
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._offboard.assumable_roles import Assumable, Role
from ansible_collections.workforce.aws.plugins.module_utils._offboard.lookup import (
    NAME_NEEDED,
    find,
    name_directly,
    search,
)
from ansible_collections.workforce.aws.plugins.module_utils._offboard.result import cut_lines, not_cut_lines, told_cut
from ansible_collections.workforce.aws.plugins.module_utils._report.not_cut_off import still_working

from tests.support.iam_double import IamDouble, aws_error

KEY = "AKIAIOSFODNN7EXAMPLE"
AT = "2026-11-27T18:02:11Z"


def people(**ids: str | None) -> Directory:
    users = {
        name: User(name.replace("_", "."), tags={"Workforce:employee-id": number} if number else {})
        for name, number in ids.items()
    }
    return Directory({user.name: user for user in users.values()}, {})


def test_a_name_is_taken_as_it_is_and_a_key_is_asked_for() -> None:
    iam = IamDouble(GetAccessKeyLastUsed={"UserName": "asha.rao"})
    named = name_directly(iam, ["li.wei", KEY, "li.wei", "1042", "77: kim.lee"])
    assert dict(named.names) == {"li.wei": "li.wei", "asha.rao": KEY, "1042": "1042", "kim.lee": "77: kim.lee"}
    assert named.failures == ()
    assert (set(named.found), dict(named.ids)) == ({"asha.rao"}, {"kim.lee": "77"})
    assert iam.calls == [("get_access_key_last_used", {"AccessKeyId": KEY})]


@pytest.mark.parametrize(
    ("entry", "answer", "message"),
    [
        (KEY, aws_error("NoSuchEntity"), "is no access key of this account"),
        (KEY, aws_error("AccessDenied"), "Allow iam:GetAccessKeyLastUsed"),
        (KEY, {}, "the account's root user has it"),
        (f"ASIA{KEY[4:]}", {}, "CloudTrail says whose it is"),
        (" ", {}, "names nobody"),
        ("1042:", {}, "names nobody"),
        (" :asha.rao", {}, "names nobody"),
    ],
)
def test_nobody_is_meant(entry: str, answer: Any, message: str) -> None:
    named = name_directly(IamDouble(GetAccessKeyLastUsed=answer), [entry, "li.wei"])
    assert list(named.names) == ["li.wei"]
    (failure,) = named.failures
    assert message in failure.message


@pytest.mark.parametrize("entry", ["1042", "1042:asha.roa"])
def test_whose_an_employee_id_is_and_that_a_name_is_wanted(entry: str) -> None:
    (failure,) = find([entry], people(asha_rao="1042", li_wei=None), consistent=True)
    assert failure.code == NAME_NEEDED
    assert "1042 is the employee id of asha.rao (in no department). Nobody was cut off" in failure.message
    assert ("asha.roa is no user" in failure.message) == (entry != "1042")
    assert failure.advice.endswith("-e who=1042:asha.rao")


def test_an_id_of_two_shows_both_and_cuts_neither() -> None:
    (failure,) = find(["1042"], people(asha_rao="1042", li_wei="1042"), consistent=True)
    assert "the employee id of 2 users: asha.rao (in no department) and li.wei (in no department)" in failure.message
    assert failure.advice.endswith("-e who=1042:asha.rao or -e who=1042:li.wei")


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ("asha.roa", "Did you mean asha.rao?"),
        ("Asha Rao", "Did you mean asha.rao?"),
        ("10423", "Did you mean 1042:asha.rao?"),
        ("77:asha.roa", "Did you mean asha.rao?"),
        ("zzz", ""),
    ],
)
def test_nobody_is_found(entry: str, advice: str) -> None:
    (failure,) = find([entry], people(asha_rao="1042", li_wei=None), consistent=True)
    assert failure.code == "NoSuchEntity"
    assert failure.advice == advice
    (unsure,) = find([entry], people(asha_rao="1042"), consistent=False)
    assert "try again" in unsure.advice


def test_a_search_that_fails_is_told_for_each() -> None:
    failures = search(IamDouble(GetAccountAuthorizationDetails=aws_error("AccessDenied")), ["1042", "1043"])
    assert [failure.code for failure in failures] == ["AccessDenied"] * 2


def test_nobody_to_search_for_costs_nothing() -> None:
    iam = IamDouble()
    assert search(iam, []) == ()
    assert iam.calls == []


def told(**parts: Any) -> dict[str, Any]:
    defaults = {"name": "asha.rao", "asked": "1042", "done": ["is denied everything"], "before": None, "at": AT}
    return told_cut(**{**defaults, "found": Assumable(), "unread": None, **parts})


def test_what_may_go_on_and_until_when() -> None:
    roles = (Role("arn:r", "deploy", 5400, {}), Role("arn:s", "audit", 43200, {}))
    person = told(found=Assumable(roles, ("arn:aws:iam::2:role/x", "*")))
    assert [session["until"] for session in person["role_sessions"]] == ["2026-11-27T19:32:11Z", "2026-11-28T06:02:11Z"]
    page = "\n".join(cut_lines(person, check_mode=False))
    assert page.startswith(f"asha.rao (1042) was cut off at {AT}: is denied everything\n")
    assert "role deploy may last until 2026-11-27T19:32:11Z (90 min;" in page
    assert "role audit may last until 2026-11-28T06:02:11Z (12 h;" in page
    assert "role arn:aws:iam::2:role/x of another account" in page
    assert "any role of another account" in page
    assert page.endswith("-e onboard_readmit=asha.rao")


def test_what_could_not_be_read_is_not_nothing() -> None:
    page = "\n".join(cut_lines(told(found=None, unread="ListRoles failed"), check_mode=False))
    assert "may last up to 12 h; which, could not be read: ListRoles failed" in page


def test_nothing_more_and_what_would_be() -> None:
    person = told(done=[], before=Suspension("list", AT), asked="asha.rao")
    assert person["cut_at"] is None
    lines = list(cut_lines(person, check_mode=False))
    assert lines[:2] == [f"asha.rao was suspended before: {AT} by list", "asha.rao: nothing more to cut"]
    assert next(cut_lines(told(), check_mode=True)) == "asha.rao (1042) would be cut off: is denied everything"


def test_who_is_not_cut_off_is_told_first_and_never_called_cut() -> None:
    person = told(done=["loses the console password"], still_works=["access key AKIA1"])
    assert (person["denied"], person["cut_at"]) == (False, None)
    (first,) = not_cut_lines([told(), person])
    assert first.startswith("NOT CUT OFF asha.rao (1042): ")
    assert first.endswith("Still working: access key AKIA1")
    page = "\n".join(cut_lines(person, check_mode=False))
    assert page == "asha.rao (1042) is not cut off; done all the same: loses the console password"


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (None, ["everything, as far as is known"]),
        (User("a"), ["a console password, if there is one", "access keys, if there are any", "sessions", "SSH keys"]),
        (
            User("a", login_profile=LoginProfile(False), credentials=Credentials({"AKIA1": True, "AKIA2": False})),
            ["the console password", "access key AKIA1", "sessions", "SSH keys"],
        ),
        (User("a", login_profile=False, credentials=Credentials()), ["sessions", "SSH keys"]),
    ],
)
def test_what_still_works_without_a_deny(user: User | None, expected: list[str]) -> None:
    works = still_working(user)
    assert len(works) == len(expected)
    assert all(said.startswith(start) for said, start in zip(works, expected, strict=True))
