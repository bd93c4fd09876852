# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge of first days tells the truth: it lets a good one pass, and names what is wrong with each that is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.first_day import FirstDay, Letter

NAME, ADDRESS = "asha.rao", "asha.rao@example.com"
OLD, NEW = "aaaaAAAA1111----aaaa", "bbbbBBBB2222----bbbb"
MARK = {"workforce:credential": "delivered 2026-01-31T09:00:00Z mail"}
GOOD = {"name": NAME, "tags": MARK, "password": NEW, "password_reset_required": True}
CHANGE = {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"}
Day = Callable[..., FirstDay]


@pytest.fixture
def day(sandbox: Sandbox) -> Day:
    """One person who may change their password, as seeded, with the mails that were sent so far."""

    def begin(user: dict[str, Any], *passwords: str, **more: Any) -> FirstDay:
        document = {"Version": "2012-10-17", "Statement": [CHANGE]}
        sandbox.seed(users=[{"inline_policies": {"own": document}, **user}])
        letters = [Letter(ADDRESS, f"Hello,\n\nyour password:\n{password}\n") for password in passwords]
        return FirstDay(sandbox, {NAME: ADDRESS}, lambda: letters, **more)

    return begin


def test_a_good_one(day: Day) -> None:
    day(GOOD, OLD, NEW).judge()


def test_a_password_of_their_own(day: Day) -> None:
    begun = day(GOOD, NEW)
    assert begun.able() == [NAME]
    begun.claim(NAME)
    assert begun.able() == []
    begun.judge()


def test_a_file(day: Day, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.csv").write_text(f"User name,Password,Console sign-in URL\n{NAME},{NEW},https://x\n")
    day(GOOD, folder=tmp_path).judge()


@pytest.mark.parametrize(
    ("user", "mails", "message"),
    [
        (GOOD, [NEW, OLD], "cannot sign in"),
        (GOOD, [], "cannot sign in"),
        ({**GOOD, "password_reset_required": False}, [NEW], "cannot sign in"),
        ({"name": NAME, "tags": MARK}, [NEW], "cannot sign in"),
        ({**GOOD, "tags": {"workforce:credential": "pending"}}, [NEW], "pending"),
        ({**GOOD, "tags": {}}, [NEW], NAME),
        (GOOD, [NEW, NEW], "the same password twice"),
        ({**GOOD, "name": "li.wei"}, [NEW], "li.wei"),
    ],
)
def test_a_bad_one(day: Day, user: dict[str, Any], mails: list[str], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        day(user, *mails).judge()


def test_one_who_cannot_choose_a_password(day: Day, sandbox: Sandbox, iam: Any) -> None:
    begun = day(GOOD, NEW)
    iam.delete_user_policy(UserName=NAME, PolicyName="own")
    iam.update_account_password_policy(AllowUsersToChangePassword=False)
    with pytest.raises(AssertionError, match="not authorized to perform: iam:ChangePassword"):
        begun.judge()


def test_one_who_lost_their_own_password(day: Day, iam: Any) -> None:
    begun = day(GOOD, NEW)
    begun.claim(NAME)
    iam.update_login_profile(UserName=NAME, Password=OLD)
    with pytest.raises(AssertionError, match="cannot sign in"):
        begun.judge()


def test_one_who_is_mailed_again(day: Day) -> None:
    begun = day(GOOD, NEW)
    begun.look()
    begun.letters = lambda: [Letter(ADDRESS, OLD), Letter(ADDRESS, NEW)]
    with pytest.raises(AssertionError, match="mailed again"):
        begun.judge()


def test_a_letter_without_its_password_alone_on_a_line() -> None:
    with pytest.raises(AssertionError, match="0 lines"):
        assert Letter(ADDRESS, f"password: {NEW}").password
    with pytest.raises(AssertionError, match="2 lines"):
        assert Letter(ADDRESS, f"{OLD}\n{NEW}").password
