# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First credentials are planned from the user's mark: what was issued once is never issued again by itself."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.credential_mark import mark_of
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredCredential,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.issuing import needs_of
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Plan
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.quotas import quota_faults
from ansible_collections.workforce.aws.plugins.module_utils._report.page import page
from hypothesis import given
from hypothesis import strategies as st

KEY = "workforce:credential"
MADE = datetime.datetime(2026, 11, 2, 8, 0, 0, tzinfo=datetime.UTC)
LATER = MADE + datetime.timedelta(days=30)
DELIVERED = "delivered 2026-11-02T08:00:00Z mail"
UNCLAIMED = LoginProfile(reset_required=True, create_date=MADE)
CLAIMED = LoginProfile(reset_required=False, create_date=MADE)
MAIL = DesiredCredential(by=("mail",))
JOINS = [
    "CreateLoginProfile",
    "Deliver",
    "TagUser delivered",
]


def user(mark: str | None = None, **parts: t.Any) -> User:
    """A user all of whose parts were read."""
    read: dict[str, t.Any] = {"boundary": "", "attached": {}, "inline": {}, "login_profile": False}
    read["credentials"] = Credentials(used_keys=frozenset())
    read["tags"] = {} if mark is None else {KEY: mark}
    return User(name="asha", **(read | parts))


def keys(*names: str, used: t.Iterable[str] = ()) -> Credentials:
    return Credentials(access_keys=dict.fromkeys(names, True), used_keys=frozenset(used))


def directory(existing: User | None) -> Directory:
    return Directory(users={} if existing is None else {"asha": existing}, groups={})


def plan(existing: User | None, credential: DesiredCredential | None, **wish: t.Any) -> Plan:
    return make_plan(Desired(users=(DesiredUser("asha", credential=credential, **wish),)), directory(existing))


def told(made: Plan) -> list[str]:
    """The steps in short, a mark with its value."""
    values = [
        "".join(f" {tag['Value']}" for tag in step.params.get("Tags", ()) if tag["Key"] == KEY) for step in made.steps
    ]
    return [f"{step.operation}{value}" for step, value in zip(made.steps, values, strict=True)]


class TestJoiner:
    def test_is_pending_from_the_call_that_creates_it(self) -> None:
        made = plan(None, MAIL)
        assert told(made) == ["CreateUser pending", *JOINS]
        assert [(step.phase, step.issuing) for step in made.steps] == [
            (Phase.USERS, False),
            *[(Phase.CREDENTIALS, True)] * 3,
        ]
        assert made.steps[1].params == {"UserName": "asha", "PasswordResetRequired": True}
        assert made.steps[2].params == {"UserName": "asha", "By": ["mail"]}

    def test_gets_an_access_key_only_when_asked(self) -> None:
        asked = DesiredCredential(by=("mail", "file"), access_key=True)
        assert told(plan(None, asked))[1:] == ["CreateLoginProfile", "CreateAccessKey", *JOINS[1:]]
        assert told(plan(None, dataclasses.replace(asked, console=False)))[1:] == ["CreateAccessKey", *JOINS[1:]]

    @pytest.mark.parametrize("asked", [None, DesiredCredential(), DesiredCredential(by=("mail",), console=False)])
    def test_without_a_delivery_or_a_password_is_not_marked(self, asked: DesiredCredential | None) -> None:
        made = plan(None, asked, tags={"team": "x"})
        assert told(made) == ["CreateUser"]
        assert made.steps[0].params["Tags"] == [{"Key": "team", "Value": "x"}]

    def test_the_page_tells_it_in_one_line(self) -> None:
        made = plan(None, DesiredCredential(by=("mail", "file"), access_key=True))
        assert page(made.steps, directory(None)) == (
            "employees\n  + asha: new; gets a first password and an access key by mail and file\n"
        )
        assert [step.line for step in made.steps] == [
            "new",
            "is given a first password",
            "is given an access key",
            "gets a first password and an access key by mail and file",
            "is marked as delivered",
        ]

    def test_the_mark_counts_among_the_tags_that_iam_allows(self) -> None:
        full = {f"tag{number}": "x" for number in range(50)}
        made = plan(None, MAIL, tags=full)
        found = quota_faults(made.steps, after(directory(None), made.steps), {"Users": 0, "UsersQuota": 5, **GROUPS})
        assert [str(fault) for fault in found] == ["user asha: would have 51 tags; IAM allows 50"]


GROUPS = {"Groups": 0, "GroupsQuota": 5}


class TestPending:
    def test_without_a_password_gets_one(self) -> None:
        assert told(plan(user("pending"), MAIL)) == JOINS

    def test_the_unclaimed_one_is_replaced(self) -> None:
        made = plan(user("pending", login_profile=UNCLAIMED), MAIL)
        assert told(made) == ["DeleteLoginProfile", *JOINS]
        assert made.steps[0].issuing
        assert made.steps[0].params == {"UserName": "asha"}

    def test_the_claimed_one_is_only_marked_as_delivered(self) -> None:
        made = plan(user("pending", login_profile=CLAIMED), MAIL)
        assert told(made) == [f"TagUser {DELIVERED}"]
        assert not made.steps[0].issuing

    def test_waits_as_long_as_there_is_no_delivery(self) -> None:
        existing = user("pending", login_profile=UNCLAIMED)
        assert plan(existing, DesiredCredential()) == Plan()
        assert needs_of(DesiredUser("asha", credential=DesiredCredential()), existing) == frozenset()

    @pytest.mark.parametrize(
        ("profile", "expected"),
        [
            (UNCLAIMED, ["DeleteLoginProfile", "UntagUser"]),
            (CLAIMED, ["UntagUser"]),
            (False, ["UntagUser"]),
        ],
    )
    def test_who_needs_no_password_any_more_loses_it_and_the_mark(self, profile: t.Any, expected: list[str]) -> None:
        existing = user("pending", login_profile=profile)
        for by in ((), ("mail",)):
            assert told(plan(existing, DesiredCredential(console=False, by=by))) == expected

    def test_who_needs_a_key_alone_waits_for_a_delivery_too(self) -> None:
        assert plan(user("pending"), DesiredCredential(console=False, access_key=True)) == Plan()

    def test_keys_that_nobody_used_are_replaced(self) -> None:
        existing = user("pending", login_profile=UNCLAIMED, credentials=keys("AKIA1", "AKIA2"))
        asked = dataclasses.replace(MAIL, access_key=True)
        expected = ["DeleteLoginProfile", "DeleteAccessKey", "DeleteAccessKey", "CreateLoginProfile", "CreateAccessKey"]
        assert told(plan(existing, asked)) == [*expected, *JOINS[1:]]

    def test_a_key_in_use_stays_and_no_other_is_made(self) -> None:
        existing = user("pending", credentials=keys("AKIA1", "AKIA2", used=["AKIA1"]), keys_last_used=MADE)
        asked = dataclasses.replace(MAIL, access_key=True)
        assert told(plan(existing, asked)) == JOINS
        assert told(plan(existing, dataclasses.replace(asked, console=False))) == [f"TagUser {DELIVERED}"]

    def test_a_key_alone_takes_the_unclaimed_password_away(self) -> None:
        asked = dataclasses.replace(MAIL, access_key=True, console=False)
        made = plan(user("pending", login_profile=UNCLAIMED), asked)
        assert told(made) == ["DeleteLoginProfile", "CreateAccessKey", *JOINS[1:]]
        made = plan(user("pending", login_profile=CLAIMED), asked)
        assert told(made) == ["CreateAccessKey", *JOINS[1:]]

    def test_who_is_suspended_is_issued_nothing(self) -> None:
        tags = {KEY: "pending", "workforce:suspended": "2026-11-02T08:00:00Z person"}
        suspended = user(tags=tags, inline={DENY_NAME: deny("list")})
        assert plan(suspended, dataclasses.replace(MAIL, reissue=True)) == Plan()
        assert plan(suspended, DesiredCredential(console=False)) == Plan()

    def test_a_renamed_user_is_issued_it_under_the_new_name(self) -> None:
        wanted = DesiredUser("asha.rao", rename_from="asha", credential=MAIL)
        made = make_plan(Desired(users=(wanted,)), directory(user("pending")))
        assert told(made) == ["UpdateUser", *JOINS]
        assert made.steps[1].params["UserName"] == "asha.rao"
        assert mark_of(after(directory(user("pending")), made.steps).users["asha.rao"]).state == "delivered"  # type: ignore[union-attr]  # it has one


class TestNobodyElse:
    @pytest.mark.parametrize("mark", [None, DELIVERED, "revoked 2026-11-02T08:00:00Z", "Pending", "mailed by hand"])
    @pytest.mark.parametrize("profile", [False, UNCLAIMED, CLAIMED])
    def test_is_touched_or_read(self, mark: str | None, profile: t.Any) -> None:
        existing = user(mark, login_profile=profile)
        assert plan(existing, MAIL) == Plan()
        assert needs_of(DesiredUser("asha", credential=MAIL), existing) == frozenset()

    def test_exact_tags_leave_the_mark(self) -> None:
        assert plan(user(DELIVERED), MAIL, tags={}) == Plan()


class TestReissue:
    ASKED = dataclasses.replace(MAIL, reissue=True)

    @pytest.mark.parametrize("mark", [None, DELIVERED, "revoked 2026-11-02T08:00:00Z", "something else"])
    def test_is_marked_first_and_overwrites_even_a_claimed_password(self, mark: str | None) -> None:
        made = plan(user(mark, login_profile=CLAIMED), self.ASKED)
        assert told(made) == ["TagUser pending", "DeleteLoginProfile", *JOINS]
        assert (made.steps[0].phase, made.steps[0].issuing) == (Phase.USERS, False)
        assert made.steps[1].params == {"UserName": "asha", "EvenIfClaimed": True}

    def test_of_the_pending_needs_no_second_mark(self) -> None:
        assert told(plan(user("pending"), self.ASKED)) == JOINS

    def test_of_a_key_in_use_is_a_fault(self) -> None:
        asked = dataclasses.replace(self.ASKED, console=False, access_key=True)
        made = plan(user(DELIVERED, credentials=keys("AKIA1", used=["AKIA1"])), asked)
        assert [str(fault) for fault in made.faults] == [
            "user asha: cannot be issued a new access key while one is in use (AKIA1); delete that one first"
        ]

    def test_of_a_new_user_is_nothing_more(self) -> None:
        assert told(plan(None, self.ASKED)) == ["CreateUser pending", *JOINS]


class TestReturner:
    SUSPENDED = user(
        tags={"workforce:suspended": "2026-11-02T08:00:00Z list", KEY: DELIVERED}, inline={DENY_NAME: deny("list")}
    )

    def test_is_pending_before_anything_is_lifted(self) -> None:
        expected = ["TagUser pending", "UntagUser", "DeleteUserPolicy", *JOINS]
        assert told(plan(self.SUSPENDED, MAIL, lift=True)) == expected

    @pytest.mark.parametrize("asked", [None, DesiredCredential(), dataclasses.replace(MAIL, console=False)])
    def test_without_a_delivery_is_let_in_as_ever(self, asked: DesiredCredential | None) -> None:
        assert told(plan(self.SUSPENDED, asked, lift=True)) == ["UntagUser", "DeleteUserPolicy"]

    def test_who_kept_a_password_keeps_it(self) -> None:
        kept = dataclasses.replace(self.SUSPENDED, login_profile=CLAIMED)
        assert told(plan(kept, MAIL, lift=True)) == ["UntagUser", "DeleteUserPolicy"]


class TestFirst:
    ASKED = dataclasses.replace(MAIL, first=True)

    def test_is_issued_to_who_has_neither_mark_nor_password(self) -> None:
        assert told(plan(user(), self.ASKED)) == ["TagUser pending", *JOINS]

    @pytest.mark.parametrize("mark", [DELIVERED, "revoked", "something else"])
    def test_is_not_issued_to_who_has_a_mark(self, mark: str) -> None:
        assert plan(user(mark), self.ASKED) == Plan()

    @pytest.mark.parametrize("profile", [UNCLAIMED, CLAIMED])
    def test_is_not_issued_to_who_has_a_password(self, profile: LoginProfile) -> None:
        assert plan(user(login_profile=profile), self.ASKED) == Plan()

    def test_no_key_is_deleted_for_another(self) -> None:
        both = dataclasses.replace(self.ASKED, access_key=True)
        with_key = user(credentials=keys("AKIA1"))
        assert told(plan(with_key, both)) == ["TagUser pending", *JOINS]
        assert plan(with_key, dataclasses.replace(both, console=False)) == Plan()
        assert told(plan(user(), dataclasses.replace(both, console=False)))[1] == "CreateAccessKey"


class TestMissing:
    ASKED = dataclasses.replace(MAIL, missing=True)

    def test_is_issued_to_who_never_had_a_password(self) -> None:
        assert told(plan(user(), self.ASKED)) == ["TagUser pending", *JOINS]
        assert needs_of(DesiredUser("asha", credential=self.ASKED), user()) == {"login_profile", "password_last_used"}

    @pytest.mark.parametrize(
        "existing",
        [
            user(login_profile=None, password_last_used=LATER),
            user(login_profile=UNCLAIMED),
            user(login_profile=CLAIMED),
            user(DELIVERED),
            user("revoked"),
        ],
    )
    def test_is_issued_to_nobody_else(self, existing: User) -> None:
        assert plan(existing, self.ASKED) == Plan()

    def test_a_second_run_finds_nobody(self) -> None:
        here = directory(user())
        wanted = Desired(users=(DesiredUser("asha", credential=self.ASKED),))
        assert make_plan(wanted, after(here, make_plan(wanted, here).steps)) == Plan()

    def test_whom_nothing_reaches_alone_is_at_fault(self) -> None:
        lost = dataclasses.replace(self.ASKED, unreached="has no address")
        users = (DesiredUser("asha", credential=lost), DesiredUser("new"))
        made = make_plan(Desired(users=users), directory(user()))
        assert [str(fault) for fault in made.faults] == ["user asha: has no address"]
        assert [fault.stops_giving for fault in made.faults] == [False]
        assert told(made) == ["CreateUser"]

    def test_whom_nothing_reaches_and_who_needs_nothing_is_not_at_fault(self) -> None:
        lost = dataclasses.replace(self.ASKED, unreached="has no address")
        assert plan(user(login_profile=CLAIMED), lost) == Plan()
        assert plan(user(login_profile=None, password_last_used=LATER), lost) == Plan()


class TestExpiry:
    ASKED = dataclasses.replace(MAIL, expired_before=LATER)

    def test_what_was_never_claimed_is_revoked(self) -> None:
        made = plan(user(DELIVERED, login_profile=UNCLAIMED), self.ASKED)
        assert told(made) == ["DeleteLoginProfile", "TagUser revoked"]
        assert all(step.issuing for step in made.steps)
        assert "EvenIfClaimed" not in made.steps[0].params

    @pytest.mark.parametrize("profile", [False, CLAIMED])
    def test_what_is_gone_or_claimed_is_left(self, profile: t.Any) -> None:
        assert plan(user(DELIVERED, login_profile=profile), self.ASKED) == Plan()

    def test_who_signed_in_since_is_not_even_looked_at(self) -> None:
        signed_in = user(DELIVERED, login_profile=None, password_last_used=MADE + datetime.timedelta(minutes=1))
        assert plan(signed_in, self.ASKED) == Plan()

    def test_an_older_sign_in_claims_nothing(self) -> None:
        before = user(DELIVERED, login_profile=UNCLAIMED, password_last_used=MADE - datetime.timedelta(minutes=1))
        assert told(plan(before, self.ASKED)) == ["DeleteLoginProfile", "TagUser revoked"]

    def test_what_is_not_due_is_left(self) -> None:
        asked = dataclasses.replace(MAIL, expired_before=MADE)
        assert plan(user(DELIVERED, login_profile=UNCLAIMED), asked) == Plan()

    def test_what_was_revoked_is_issued_by_name_alone(self) -> None:
        revoked = user("revoked 2026-11-02T08:00:00Z")
        assert plan(revoked, self.ASKED) == Plan()
        assert told(plan(revoked, dataclasses.replace(self.ASKED, reissue=True))) == ["TagUser pending", *JOINS]


MARKS = st.sampled_from([None, "pending", DELIVERED, "revoked 2026-11-02T08:00:00Z", "delivered", "something else"])
USERS = st.builds(
    lambda mark, profile, suspended, credentials, used: user(
        tags={
            **({} if mark is None else {KEY: mark}),
            **({} if suspended is None else {"workforce:suspended": f"2026-11-02T08:00:00Z {suspended}"}),
        },
        inline={} if suspended is None else {DENY_NAME: deny("list")},
        login_profile=profile,
        credentials=credentials,
        password_last_used=used,
    ),
    MARKS,
    st.sampled_from([False, UNCLAIMED, CLAIMED]),
    st.sampled_from([None, None, "list", "person"]),
    st.sampled_from([keys(), keys("AKIA1"), keys("AKIA1", "AKIA2", used=["AKIA2"])]),
    st.sampled_from([None, MADE - datetime.timedelta(days=1), MADE, LATER]),
)
ASKED = st.builds(
    DesiredCredential,
    console=st.booleans(),
    access_key=st.booleans(),
    by=st.sampled_from([(), ("mail",), ("mail", "file")]),
    first=st.booleans(),
    reissue=st.booleans(),
    expired_before=st.sampled_from([None, MADE, LATER]),
)
WISHES = st.builds(
    DesiredUser, st.just("asha"), credential=ASKED, lift=st.booleans(), suspend=st.none(), absent=st.just(False)
)


@given(st.one_of(st.none(), USERS), WISHES)
def test_after_the_plan_nothing_is_left_to_plan(existing: User | None, wanted: DesiredUser) -> None:
    made = make_plan(Desired(users=(wanted,)), directory(existing))
    then = after(directory(existing), made.steps)
    asked = dataclasses.replace(t.cast("DesiredCredential", wanted.credential), reissue=False)
    once_more = dataclasses.replace(wanted, credential=asked, lift=False)
    if made.faults or (existing is not None and "workforce:suspended" in (existing.tags or {}) and not wanted.lift):
        return
    found = then.users["asha"]
    mark = mark_of(found)
    if mark is not None and mark.state == "pending":
        assert not asked.by
    assert make_plan(Desired(users=(once_more,)), then) == Plan()


@given(USERS, WISHES)
def test_who_is_suspended_is_issued_nothing(existing: User, wanted: DesiredUser) -> None:
    is_suspended = "workforce:suspended" in (existing.tags or {})
    made = make_plan(Desired(users=(wanted,)), directory(existing))
    if is_suspended and not wanted.lift:
        assert made == Plan()
    leaver = dataclasses.replace(wanted, suspend=Suspension("person", "2026-11-02T08:00:00Z"))
    left = make_plan(Desired(users=(leaver,)), directory(existing))
    assert all(step.phase == Phase.LEAVERS and not step.issuing for step in left.steps)


@given(USERS, WISHES)
def test_without_the_mark_or_being_asked_for_nobody_is_touched(existing: User, wanted: DesiredUser) -> None:
    asked = dataclasses.replace(
        t.cast("DesiredCredential", wanted.credential), reissue=False, first=False, expired_before=None
    )
    if (existing.tags or {}).get(KEY) == "pending" or wanted.lift:
        return
    left_alone = dataclasses.replace(wanted, credential=asked)
    assert needs_of(left_alone, existing) == frozenset()
    assert make_plan(Desired(users=(left_alone,)), directory(existing)) == Plan()


@given(USERS, WISHES)
def test_only_a_name_takes_a_claimed_password(existing: User, wanted: DesiredUser) -> None:
    made = make_plan(Desired(users=(wanted,)), directory(existing))
    if existing.login_profile == CLAIMED and not t.cast("DesiredCredential", wanted.credential).reissue:
        assert not any(step.operation in ("DeleteLoginProfile", "CreateLoginProfile") for step in made.steps)


@given(st.one_of(st.none(), USERS), WISHES)
def test_nothing_is_delivered_before_the_mark_says_so(existing: User | None, wanted: DesiredUser) -> None:
    steps = told(make_plan(Desired(users=(wanted,)), directory(existing)))
    if "Deliver" in steps:
        was_pending = existing is not None and (existing.tags or {}).get(KEY) == "pending"
        marks = [place for place, step in enumerate(steps) if step.endswith(" pending")]
        assert was_pending or (marks and marks[0] < steps.index("Deliver"))
        assert steps[-1] == "TagUser delivered"
