# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is to be issued something today, and what is wrong with that, from the list and the marks."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings, ThisAccount
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    DesiredCredential,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, User
from ansible_collections.workforce.aws.plugins.module_utils._roster.first_credentials import (
    CredentialSettings,
    FirstCredentials,
    first_credentials,
)

if t.TYPE_CHECKING:
    from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import Issued, Recipient, SignIn

NOW = datetime.datetime(2026, 11, 24, 6, 0, 0, tzinfo=datetime.UTC)
ASHA: t.Final = {"name": "asha", "email": "asha@example.com"}


@dataclasses.dataclass
class Way:
    """A delivery that hands over nothing."""

    name: str = "mail"
    at_once = 1

    def reaches(self, recipient: Recipient) -> bool:
        return self.name == "file" or recipient.address is not None

    def try_out(self) -> None:
        raise NotImplementedError

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        raise NotImplementedError

    def warnings(self) -> t.Sequence[str]:
        return ()

    def close(self) -> None:
        raise NotImplementedError


MAIL, FILE = Way(), Way("file")


def asked(
    *employees: dict[str, t.Any],
    account: t.Sequence[User] = (),
    users: t.Sequence[DesiredUser] | None = None,
    all_of_them: object = None,
    limited: bool = False,
    this: ThisAccount | None = None,
    **settings: t.Any,
) -> FirstCredentials:
    chart_settings = ChartSettings(everyone=all_of_them, account=this or ThisAccount())
    chart = read_chart([{"name": "sales"}], list(employees), chart_settings)
    here = Directory({user.name.lower(): user for user in account}, {})
    return first_credentials(
        chart,
        chart.desired.users if users is None else users,
        here,
        CredentialSettings(**{"deliveries": (MAIL,), **settings}),
        now=NOW,
        limited=limited,
    )


def credential(found: FirstCredentials, place: int = 0) -> DesiredCredential:
    wanted = found.users[place].credential
    assert wanted is not None
    return wanted


def told(found: FirstCredentials) -> list[str]:
    return [str(fault) for fault in found.faults]


def marked(mark: str | None, **parts: t.Any) -> User:
    return User("asha", tags={} if mark is None else {"workforce:credential": mark}, **parts)


def test_a_joiner_is_reached_by_what_reaches_them() -> None:
    found = asked(ASHA, deliveries=(MAIL, FILE))
    assert credential(found) == DesiredCredential(by=("mail", "file"))
    assert found.recipients["asha"].address == "asha@example.com"
    without = asked({"name": "asha"}, deliveries=(MAIL, FILE))
    assert credential(without).by == ("file",)
    assert told(without) == []


def test_mail_goes_to_one_address() -> None:
    found = asked({**ASHA, "credentials_to": "boss@example.com"})
    assert found.recipients["asha"].address == "boss@example.com"
    assert found.recipients["asha"].fields["email"] == "asha@example.com"


def test_a_recipient_has_the_employees_own_fields() -> None:
    entry = {
        **ASHA,
        "employee_id": 7,
        "departments": ["sales"],
        "starts_on": "2026-11-01",
        "ends_on": "2027-01-31",
        "tags": {"team": "x", "name": "nobody"},
    }
    found = asked(entry, all_of_them={"name": "All"}, everyone="all")
    assert found.users[0].groups == ("sales", "All")
    assert found.recipients["asha"].fields == {
        "name": "asha",
        "email": "asha@example.com",
        "employee_id": "7",
        "departments": "sales",
        "starts_on": "2026-11-01",
        "ends_on": "2027-01-31",
        "team": "x",
    }


def test_a_recipient_knows_whether_mfa_is_required() -> None:
    """By the departments of the entry and that of all employees; where it leaves them out, by those of the account."""
    everyone = {"name": "All", "require_mfa": True}
    assert asked(ASHA, all_of_them=everyone).recipients["asha"].require_mfa
    for departments, required in ((["sales"], False), (["ops"], True), (None, True)):
        entry = ASHA if departments is None else {**ASHA, "departments": departments}
        chart = read_chart([{"name": "sales"}, {"name": "ops", "require_mfa": True}], [entry], ChartSettings())
        here = Directory({"asha": marked("pending")}, {}, frozenset({("asha", "ops")}))
        settings = CredentialSettings(deliveries=(MAIL,))
        found = first_credentials(chart, chart.desired.users, here, settings, now=NOW)
        assert found.recipients["asha"].require_mfa is required, departments


def test_without_a_delivery_nobody_is_reached_and_nobody_is_missing_an_address() -> None:
    found = asked({"name": "asha"}, deliveries=())
    assert credential(found) == DesiredCredential()
    assert (told(found), found.recipients) == ([], {})


@pytest.mark.parametrize(
    ("account", "wish"),
    [
        ([], {}),
        ([marked("pending")], {}),
        ([marked(None)], {"reissue": frozenset({"ASHA"})}),
    ],
)
def test_only_who_is_to_be_issued_something_needs_an_address(account: list[User], wish: dict[str, t.Any]) -> None:
    found = asked({"name": "asha"}, account=account, **wish)
    assert told(found) == [
        "employee asha: is to be issued first credentials and has neither credentials_to nor email to mail them to; "
        "write one, or console: false"
    ]
    assert told(asked({"name": "asha", "console": False}, account=account)) == []


@pytest.mark.parametrize("mark", [None, "delivered 2026-11-02T08:00:00Z mail", "revoked"])
def test_who_has_what_they_need_may_lack_an_address(mark: str | None) -> None:
    found = asked({"name": "asha"}, account=[marked(mark)])
    assert (told(found), found.recipients) == ([], {})


def test_a_returner_is_reached() -> None:
    suspended = User("asha", tags={"workforce:suspended": "2026-11-02T08:00:00Z list"})
    back = DesiredUser("asha", credential=DesiredCredential(), lift=True)
    assert credential(asked(ASHA, account=[suspended], users=[back])).by == ("mail",)
    assert "neither" in told(asked({"name": "asha"}, account=[suspended], users=[back]))[0]


def test_who_is_not_to_have_access_is_asked_nothing_of() -> None:
    users = [DesiredUser("asha", create=False, suspend=Suspension("list", "x")), DesiredUser("ben", absent=True)]
    found = asked(ASHA, users=users, account=[marked("pending")])
    assert found.users == tuple(users)
    assert told(found) == []


def test_what_is_too_old_is_told_by_days() -> None:
    assert credential(asked(ASHA, expire_after_days=14)).expired_before == NOW - datetime.timedelta(days=14)
    assert credential(asked(ASHA)).expired_before is None


def test_whom_the_account_keeps_under_another_name_is_found_by_the_id() -> None:
    entry = {**ASHA, "name": "asha.rao", "employee_id": "7"}
    kept = DesiredUser("asha", tags={"workforce:employee-id": "7"}, credential=DesiredCredential())
    found = asked(entry, users=[kept], account=[marked("pending")])
    assert found.recipients["asha"].address == "asha@example.com"


class TestReissue:
    ENTRY: t.ClassVar = {**ASHA, "employee_id": "7"}

    @pytest.mark.parametrize("name", ["asha", "ASHA", "7"])
    def test_by_name_or_employee_id(self, name: str) -> None:
        found = asked(self.ENTRY, {"name": "ben"}, account=[marked(None), User("ben")], reissue=frozenset({name}))
        assert (credential(found).reissue, credential(found, 1).reissue) == (True, False)
        assert told(found) == []

    def test_by_the_name_so_far(self) -> None:
        renamed = DesiredUser("asha", rename_from="asha.old", credential=DesiredCredential())
        here = [User("asha.old", tags={})]
        assert credential(asked(ASHA, users=[renamed], account=here, reissue=frozenset({"asha.old"}))).reissue

    def test_a_blank_name_is_nobodys(self) -> None:
        found = asked(ASHA, account=[marked(None)], reissue=frozenset({""}))
        assert not credential(found).reissue
        assert len(told(found)) == 1

    def test_of_a_name_that_nobody_has(self) -> None:
        found = asked(ASHA, account=[marked(None)], reissue=frozenset({"ahsa"}))
        assert told(found) == [
            "employee ahsa: is to be issued credentials anew and is not in employees; did you mean asha?"
        ]
        assert told(asked(ASHA, account=[marked(None)], reissue=frozenset({"ahsa"}), limited=True)) == []

    def test_of_who_is_in_another_account(self) -> None:
        elsewhere = {**ASHA, "accounts": ["training"]}
        assert told(asked(elsewhere, this=ThisAccount("production"), reissue=frozenset({"asha"}))) == []

    def test_of_who_gets_nothing_in_this_run(self) -> None:
        for limited in (False, True):
            found = asked(ASHA, users=[], account=[marked(None)], reissue=frozenset({"asha"}), limited=limited)
            assert told(found) == [
                "employee asha: is to be issued credentials anew, but nothing is given to them in this run: "
                "they are held, suspended, leaving, yet to start, or only adopted"
            ]

    def test_of_who_needs_none(self) -> None:
        found = asked({**ASHA, "console": False}, account=[marked(None)], reissue=frozenset({"asha"}))
        assert told(found) == [
            "employee asha: is to be issued credentials anew, but needs none: "
            "console is false and access_key is not true"
        ]

    def test_without_a_way_to_deliver(self) -> None:
        found = asked(ASHA, account=[marked(None)], reissue=frozenset({"asha"}), deliveries=())
        assert told(found) == ["reissue: is asked for, but no way to deliver is set (onboard_credentials)"]


def test_no_password_is_mailed_to_a_domain_that_is_not_ours() -> None:
    mallory = {"name": "mallory", "email": "m@example.com", "credentials_to": "m@evil.test"}
    (refused,) = told(asked(ASHA, mallory, mail_domains=("example.com",)))
    assert refused.startswith("employee mallory: is to be mailed a password at evil.test, which is not in")
    assert not told(asked(ASHA, mallory))
    # Whoever is issued nothing waits for no address; a file goes to no domain.
    assert not told(asked({**mallory, "console": False}, mail_domains=("example.com",)))
    assert not told(asked(mallory, deliveries=(FILE,), mail_domains=("example.com",)))


def test_a_domain_that_only_looks_like_ours_is_told_whatever_the_settings_say() -> None:
    (refused,) = told(asked({"name": "asha", "email": "asha@\u0435xample.com"}))
    assert "CYRILLIC SMALL LETTER IE" in refused


class TestMissing:
    ISSUE: t.Final[dict[str, t.Any]] = {"issue": "missing"}

    def test_is_asked_of_who_wants_a_password_alone(self) -> None:
        robot = {"name": "robot", "console": False, "access_key": True}
        found = asked(ASHA, robot, account=[marked(None), User("robot", tags={})], **self.ISSUE)
        assert [credential(found, place).missing for place in (0, 1)] == [True, False]
        assert not credential(asked(ASHA, account=[marked(None)])).missing
        assert sorted(found.recipients) == ["asha"]
        assert told(found) == []

    def test_whom_nothing_reaches_is_judged_once_it_is_known_who_misses_one(self) -> None:
        found = asked({"name": "asha"}, account=[marked(None)], **self.ISSUE)
        assert told(found) == []
        assert credential(found).by == ("mail",)
        assert "neither credentials_to nor email" in str(credential(found).unreached)

    @pytest.mark.parametrize("word", ["all", "asha", "Missing"])
    def test_no_other_word(self, word: str) -> None:
        assert told(asked(ASHA, issue=word)) == [
            f"issue: is {word}; write missing, which issues to those who never had a password, or leave it out; "
            "onboard_reissue takes names"
        ]

    def test_without_a_delivery_it_is_a_fault(self) -> None:
        assert told(asked(ASHA, deliveries=(), **self.ISSUE)) == [
            "issue: is asked for, but no way to deliver is set (onboard_credentials)"
        ]
