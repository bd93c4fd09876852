# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of first credentials are names."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredCredential, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, LoginProfile, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._report.credential_summary import (
    credential_lines,
    credentials_data,
)

KEY = "workforce:credential"


def told(*, by: dict[str, tuple[str, ...]], account: t.Sequence[User] = (), **more: t.Any) -> dict[str, t.Any]:
    """What is told once all is done that is planned for these names."""
    here = Directory({user.name: user for user in account}, {})
    wanted = tuple(DesiredUser(name, credential=DesiredCredential(by=ways)) for name, ways in by.items())
    steps: tuple[Step, ...] = make_plan(Desired(users=wanted), here).steps
    return credentials_data(steps, after(here, steps), by, more.get("settled", ()), more.get("without", ()))


def user(name: str, mark: str, profile: t.Any = False) -> User:
    return User(name, tags={KEY: mark}, attached={}, inline={}, login_profile=profile)


def test_nothing_to_tell_is_nothing() -> None:
    assert told(by={"asha": ()}, account=[user("asha", "delivered 2026-11-02T08:00:00Z mail")]) == {}
    assert told(by={"new": ()}) == {}
    assert list(credential_lines({}, check_mode=False)) == []


def test_who_was_mailed_and_who_waits() -> None:
    found = told(
        by={"ben": ("mail", "file"), "asha": ("mail",), "cleo": ("file",), "dan": (), "eve": ("mail",)},
        account=[user("dan", "pending"), user("eve", "pending", LoginProfile(reset_required=False))],
        settled=[(Subject("user", "fay"), "has signed in meanwhile")],
    )
    assert found == {
        "issued": [
            {"name": "asha", "by": ["mail"]},
            {"name": "ben", "by": ["mail", "file"]},
            {"name": "cleo", "by": ["file"]},
        ],
        "pending": ["dan"],
        "claimed": ["eve"],
        "revoked": [],
        "settled": [{"name": "fay", "why": "has signed in meanwhile"}],
        "without_password": [],
    }
    assert list(credential_lines(found, check_mode=False)) == [
        "mailed: 2 people",
        "written to files: 2 people",
        "signed in already, so nothing was delivered again: eve",
        "fay has signed in meanwhile",
        "waiting for their credentials: dan",
    ]
    assert list(credential_lines(found, check_mode=True))[:2] == [
        "to be mailed: 2 people",
        "to be written to files: 2 people",
    ]


def test_joiners_to_whom_nothing_is_delivered_are_counted() -> None:
    names = [f"p{number:02}" for number in range(12)]
    found = told(by=dict.fromkeys([*names, "old"], ()), without=[*names, "old"], account=[user("old", "revoked")])
    assert found["without_password"] == names
    what_to_do = "write onboard_credentials into your settings, then run once with -e onboard_issue=missing"
    why = "because no way to deliver one is set"
    assert list(credential_lines(found, check_mode=True)) == [f"12 joiners have no password, {why}; {what_to_do}"]
    (line,) = credential_lines({**found, "without_password": ["asha"]}, check_mode=False)
    assert line == f"1 joiner has no password, {why}; {what_to_do}"
    assert told(by={"robot": ()}) == {}


def test_who_was_revoked_can_be_issued_anew_by_name() -> None:
    tag = {"Key": KEY, "Value": "revoked 2026-11-24T08:00:00Z"}
    steps = [
        Step(
            Subject("user", name),
            "TagUser",
            {"UserName": name, "Tags": [tag]},
            "is marked as revoked",
            Phase.CREDENTIALS,
        )
        for name in ("ben", "asha")
    ]
    found = credentials_data(steps, Directory({}, {}), (), ())
    assert found["revoked"] == ["asha", "ben"]
    assert list(credential_lines(found, check_mode=False)) == [
        "revoked, never claimed: 2 people; to issue new ones: -e onboard_reissue=asha,ben"
    ]
    many = {**found, "revoked": [f"p{number:02}" for number in range(11)]}
    (line,) = credential_lines(many, check_mode=False)
    assert line.endswith("-e onboard_reissue=... (their names are in onboard_result.credentials.revoked)")


def test_other_tags_tell_nothing() -> None:
    step = Step(
        Subject("user", "asha"),
        "TagUser",
        {"UserName": "asha", "Tags": [{"Key": "state", "Value": "revoked"}]},
        "sets tags state",
        Phase.USERS,
    )
    assert credentials_data([step], Directory({}, {}), (), ()) == {}
