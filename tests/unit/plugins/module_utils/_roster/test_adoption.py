# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adoption shows what somebody can sign in with already, and refuses it unless a person named them."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Group, LoginProfile, User
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._roster.adoption import possessions_data, possessions_line
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import settle

from tests.support.roster import DEPARTMENTS, NOW, directory, only_user, settled, stranger, told, user

MADE: t.Final = datetime.datetime(2026, 1, 3, tzinfo=datetime.UTC)
PASSWORD: t.Final = LoginProfile(reset_required=False, create_date=MADE)
KEYS: t.Final = Credentials(access_keys={"AKIA1": True, "AKIA2": False}, keys_made={"AKIA1": MADE}, whole=False)
ASHA: t.Final = {"name": "asha", "employee_id": "1", "departments": ["it"]}
WITH_BOTH: t.Final = (
    "a console password made on 2026-01-03, an active access key AKIA1 made on 2026-01-03, an inactive access key AKIA2"
)


def armed(**parts: t.Any) -> User:
    return stranger("asha", login_profile=PASSWORD, credentials=KEYS, create_date=MADE, **parts)


def test_who_can_sign_in_already_is_refused_and_the_others_are_adopted() -> None:
    roster = settled([ASHA, {"name": "ben"}], armed(), stranger("ben"), adopt=True)
    assert only_user(roster).name == "ben"
    assert told(roster) == [
        "employee asha: not adopted, because somebody can sign in as it already: asha (made on 2026-01-03, "
        f"{WITH_BOTH}, no MFA). Whoever made these keeps them after the adoption. If they are the person's own, name "
        "whom to adopt: -e onboard_adopt=asha"
    ]
    assert not roster.faults[0].stops_giving


@pytest.mark.parametrize("parts", [{"login_profile": PASSWORD}, {"credentials": KEYS}])
def test_a_password_or_an_active_key_alone_is_refused(parts: dict[str, t.Any]) -> None:
    assert settled([ASHA], stranger("asha", **parts), adopt=True).desired.users == ()


def test_an_inactive_key_is_none() -> None:
    keys = Credentials(access_keys={"AKIA2": False}, whole=False)
    assert only_user(settled([ASHA], stranger("asha", credentials=keys), adopt=True)).name == "asha"


def test_who_is_named_is_adopted_alone() -> None:
    roster = settled([ASHA, {"name": "ben"}], armed(), stranger("ben"), adopt=True, adopt_named=frozenset({"asha"}))
    assert [one.name for one in roster.notes.adopted] == ["asha"]
    assert told(roster)[0].startswith("employee ben: exists in the account and is not managed.")
    assert not roster.faults[0].stops_giving
    assert possessions_data(roster.notes.adopted[0]) == {
        "name": "asha",
        "created": "2026-01-03T00:00:00+00:00",
        "console": True,
        "access_keys": [
            {"id": "AKIA1", "active": True, "created": "2026-01-03T00:00:00+00:00"},
            {"id": "AKIA2", "active": False, "created": None},
        ],
        "mfa_devices": [],
        "beyond_list": [],
    }


ADMIN: t.Final = {"arn:aws:iam::aws:policy/AdministratorAccess": "AdministratorAccess"}
MORE: t.Final = (
    "the group Admins with AdministratorAccess, own (inline), the policy AdministratorAccess, the inline policy mine"
)


@pytest.mark.parametrize("settings", [{}, {"adopt": True}, {"adopt": True, "adopt_named": frozenset({"asha"})}])
@pytest.mark.parametrize("is_armed", [False, True])
def test_what_somebody_has_beyond_the_list_is_told_before_and_with_the_adoption(
    settings: dict[str, t.Any], is_armed: bool
) -> None:
    asha = dataclasses.replace(armed() if is_armed else stranger("asha"), attached=ADMIN, inline={"mine": {}})
    chart = read_chart(DEPARTMENTS, [ASHA], ChartSettings())
    here = directory(asha, members=[("asha", "admins"), ("asha", "it")])
    groups = {**here.groups, "admins": Group("Admins", attached=ADMIN, inline={"own": {}})}
    here = dataclasses.replace(here, groups=groups)
    roster = settle(chart, here, ChartSettings(), RosterSettings(now=NOW, **settings))
    lines = [*told(roster), *(possessions_line(one, roster.notes.beyond_list["asha"]) for one in roster.notes.adopted)]
    (line,) = [line for line in lines if "more than the list gives" in line]
    assert MORE in line
    assert "the group it" not in line


def test_a_name_to_adopt_that_nobody_has_is_told() -> None:
    roster = settled([ASHA], stranger("asha"), adopt=True, adopt_named=frozenset({"ahsa"}))
    assert "employee ahsa: is to be adopted and is not in employees; did you mean asha?" in told(roster)


def test_the_first_departments_after_an_adoption_warn_of_what_was_there_before() -> None:
    parts: dict[str, t.Any] = {"login_profile": PASSWORD, "credentials": KEYS}
    (warning,) = settled([ASHA], user("asha", **parts)).notes.warnings
    assert warning == (
        "asha was adopted with a password made on 2026-01-03 and the access key AKIA1 made on 2026-01-03, and joins it "
        "now: whoever knows these has that access, too"
    )
    joined: dict[str, t.Any] = {"members": [("asha", "sales")]}
    assert len(settled([ASHA], user("asha", **parts), **joined).notes.warnings) == 1
    # Who was one of ours before, was issued something by us, has nothing, or joins nothing.
    assert settled([ASHA], user("asha", employee_id="1", **parts), **joined).notes.warnings == []
    issued = {"workforce:credential": "delivered 2026-11-02T08:00:00Z mail"}
    assert settled([ASHA], user("asha", tags=issued, **parts)).notes.warnings == []
    assert settled([ASHA], user("asha")).notes.warnings == []
    assert settled([{**ASHA, "departments": []}], user("asha", **parts)).notes.warnings == []


def test_a_leaver_is_cut_off_in_place_of_being_adopted() -> None:
    wanted = only_user(settled([{**ASHA, "state": "suspended"}], armed(), adopt=True))
    assert (wanted.suspend is not None, wanted.tags) == (True, None)
