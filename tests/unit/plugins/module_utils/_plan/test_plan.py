# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner kept to its word: the plan applied to the directory gives the desired; planning again gives nothing."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredUser,
    Password,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    Group,
    LoginProfile,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Plan
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from hypothesis import given
from hypothesis import strategies as st

ARN = "arn:aws:iam::aws:policy/"
READ, WRITE, ADMIN = (ARN + name for name in ("ReadOnlyAccess", "PowerUserAccess", "AdministratorAccess"))
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
DENY: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}


def user(name: str, **parts: t.Any) -> User:
    """A user all of whose parts were read."""
    read: dict[str, t.Any] = {"tags": {}, "boundary": "", "attached": {}, "inline": {}, "login_profile": False}
    return User(name=name, **({"credentials": Credentials()} | read | parts))


def group(name: str, **parts: t.Any) -> Group:
    """A group all of whose parts were read."""
    return Group(name=name, **({"attached": {}, "inline": {}} | parts))


def directory(*entities: User | Group, members: t.Iterable[tuple[str, str]] = ()) -> Directory:
    """A whole directory."""
    return Directory(
        users={fold(one.name): one for one in entities if isinstance(one, User)},
        groups={fold(one.name): one for one in entities if isinstance(one, Group)},
        memberships=frozenset((fold(who), fold(where)) for who, where in members),
    )


def told(plan: Plan) -> list[str]:
    """The plan in short."""
    return [f"{step.subject.name} {step.operation}" for step in plan.steps]


def one_user(existing: User | None, wanted: DesiredUser, *others: Group, **more: t.Any) -> Plan:
    entities: list[User | Group] = [*others] if existing is None else [existing, *others]
    return make_plan(Desired(users=(wanted,)), directory(*entities, members=more.pop("members", ())), **more)


class TestUser:
    def test_a_joiner_is_created_with_all_that_one_call_takes(self) -> None:
        wanted = DesiredUser(
            "asha", path="/staff/", tags={"team": "x"}, boundary=READ, policies=(WRITE,), groups=("Ops",)
        )
        plan = one_user(None, wanted, group("ops"))
        assert told(plan) == ["asha CreateUser", "asha AttachUserPolicy", "asha AddUserToGroup"]
        assert plan.steps[0].params == {
            "UserName": "asha",
            "Path": "/staff/",
            "Tags": [{"Key": "team", "Value": "x"}],
            "PermissionsBoundary": READ,
        }
        assert plan.steps[2].params == {"UserName": "asha", "GroupName": "ops"}

    def test_a_bare_joiner_carries_no_empty_parameters(self) -> None:
        assert one_user(None, DesiredUser("asha", tags={}, boundary="")).steps[0].params == {"UserName": "asha"}

    def test_nothing_asked_nothing_done(self) -> None:
        full = user("Asha", path="/x/", tags={"a": "b"}, boundary=READ, attached={WRITE: "w"}, inline={"p": ALLOW})
        assert one_user(full, DesiredUser("asha")) == Plan()

    def test_names_are_compared_without_case_and_written_as_stored(self) -> None:
        plan = one_user(user("Asha"), DesiredUser("ASHA", path="/x/"))
        assert plan.steps[0].params == {"UserName": "Asha", "NewPath": "/x/"}

    def test_a_user_that_must_exist_is_a_fault_when_it_does_not(self) -> None:
        plan = one_user(None, DesiredUser("asha", create=False))
        assert [str(fault) for fault in plan.faults] == ["user asha: does not exist in the account"]

    @pytest.mark.parametrize(
        ("have", "want", "purge", "expected"),
        [
            ({"a": "1"}, {"a": "1"}, True, []),
            ({"a": "1"}, {"a": "2"}, True, ["TagUser"]),
            ({"A": "1"}, {"a": "1"}, True, ["TagUser"]),
            ({"a": "1", "b": "2"}, {"a": "1"}, True, ["UntagUser"]),
            ({"a": "1", "b": "2"}, {"a": "1"}, False, []),
            ({"a": "1"}, {}, True, ["UntagUser"]),
            ({"a": "1"}, None, True, []),
            ({"workforce:managed": "onboard", "aws:x": "y"}, {}, True, []),
            ({"a": "1"}, {"b": "2"}, True, ["UntagUser", "TagUser"]),
        ],
    )
    def test_tags(self, have: dict[str, str], want: dict[str, str] | None, purge: bool, expected: list[str]) -> None:
        plan = one_user(user("asha", tags=have), DesiredUser("asha", tags=want, purge_tags=purge))
        assert [step.operation for step in plan.steps] == expected

    @pytest.mark.parametrize(
        ("have", "want", "expected"),
        [
            ("", READ, ["PutUserPermissionsBoundary"]),
            (READ, WRITE, ["PutUserPermissionsBoundary"]),
            (READ, "", ["DeleteUserPermissionsBoundary"]),
            (READ, READ, []),
            (READ, None, []),
            ("", "", []),
        ],
    )
    def test_boundary(self, have: str, want: str | None, expected: list[str]) -> None:
        plan = one_user(user("asha", boundary=have), DesiredUser("asha", boundary=want))
        assert [step.operation for step in plan.steps] == expected

    def test_policies_are_additive_unless_purged(self) -> None:
        existing = user("asha", attached={READ: "ReadOnlyAccess"})
        assert told(one_user(existing, DesiredUser("asha", policies=(WRITE,)))) == ["asha AttachUserPolicy"]
        plan = one_user(existing, DesiredUser("asha", policies=(WRITE,), purge_policies=True))
        assert told(plan) == ["asha AttachUserPolicy", "asha DetachUserPolicy"]

    def test_what_only_fits_after_something_went_is_given_after_it(self) -> None:
        existing = user("asha", attached={READ: "ReadOnlyAccess"})
        wanted = DesiredUser("asha", policies=(WRITE,), purge_policies=True)
        plan = one_user(existing, wanted, quotas={"AttachedPoliciesPerUserQuota": 1})
        assert told(plan) == ["asha DetachUserPolicy", "asha AttachUserPolicy"]

    def test_inline_policies_are_compared_by_meaning_and_name_without_case(self) -> None:
        spelled = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}}
        existing = user("asha", inline={"S3": spelled, "old": DENY})
        assert one_user(existing, DesiredUser("asha", inline={"s3": ALLOW})).steps == ()
        plan = one_user(existing, DesiredUser("asha", inline={"s3": DENY}, purge_inline=True))
        assert [(step.operation, step.params["PolicyName"]) for step in plan.steps] == [
            ("PutUserPolicy", "S3"),
            ("DeleteUserPolicy", "old"),
        ]

    def test_inline_policies_make_room_when_the_quota_needs_it(self) -> None:
        existing = user("asha", inline={"old": ALLOW})
        wanted = DesiredUser("asha", inline={"new": DENY}, purge_inline=True)
        plan = one_user(existing, wanted, quotas={"UserPolicySizeQuota": 100})
        assert told(plan) == ["asha DeleteUserPolicy", "asha PutUserPolicy"]

    def test_a_mover_joins_before_leaving_unless_the_quota_forbids(self) -> None:
        wanted = DesiredUser("asha", groups=("new",), purge_groups=True)
        others, members = (group("old"), group("new")), [("asha", "old")]
        plan = one_user(user("asha"), wanted, *others, members=members)
        assert told(plan) == ["asha AddUserToGroup", "asha RemoveUserFromGroup"]
        plan = one_user(user("asha"), wanted, *others, members=members, quotas={"GroupsPerUserQuota": 1})
        assert told(plan) == ["asha RemoveUserFromGroup", "asha AddUserToGroup"]

    def test_exact_membership_leaves_the_groups_of_others_alone(self) -> None:
        others = (group("a", path="/workforce/"), group("b", path="/other/"), group("c", path="/other/"))
        wanted = DesiredUser(
            "asha", groups=(), purge_groups=True, purge_path="/workforce/", purge_names=frozenset({"c"})
        )
        plan = one_user(user("asha"), wanted, *others, members=[("asha", "a"), ("asha", "b"), ("asha", "c")])
        assert [step.params["GroupName"] for step in plan.steps] == ["a", "c"]
        assert all(step.cutting for step in plan.steps)

    def test_named_groups_are_left(self) -> None:
        wanted = DesiredUser("asha", groups_absent=("A", "unknown"), create=False)
        assert told(one_user(user("asha"), wanted, group("a"), members=[("asha", "a")])) == ["asha RemoveUserFromGroup"]

    def test_an_unknown_group_is_a_fault(self) -> None:
        plan = one_user(user("asha"), DesiredUser("asha", groups=("nowhere",)))
        assert [str(fault) for fault in plan.faults] == ["user asha: group nowhere does not exist in the account"]
        assert plan.steps == ()

    @pytest.mark.parametrize(
        ("profile", "update", "expected"),
        [
            (False, "on_create", ["CreateLoginProfile"]),
            (False, "always", ["CreateLoginProfile"]),
            (LoginProfile(True), "on_create", []),
            (LoginProfile(True), "always", ["UpdateLoginProfile"]),
        ],
    )
    def test_password(self, profile: t.Any, update: t.Literal["always", "on_create"], expected: list[str]) -> None:
        password = Password("N0t-shown-anywhere", update=update, reset_required=True)
        plan = one_user(user("asha", login_profile=profile), DesiredUser("asha", password=password))
        assert [step.operation for step in plan.steps] == expected
        assert "N0t-shown" not in repr(plan)
        for step in plan.steps:
            assert step.params["PasswordResetRequired"] is True
            assert step.secrets == {"Password": "N0t-shown-anywhere"}

    @pytest.mark.parametrize(("profile", "expected"), [(False, []), (LoginProfile(False), ["DeleteLoginProfile"])])
    def test_remove_password(self, profile: t.Any, expected: list[str]) -> None:
        plan = one_user(user("asha", login_profile=profile), DesiredUser("asha", remove_password=True))
        assert [step.operation for step in plan.steps] == expected

    @pytest.mark.parametrize(
        ("part", "wanted"),
        [
            ("tags", DesiredUser("asha", tags={})),
            ("attached", DesiredUser("asha", policies=())),
            ("inline", DesiredUser("asha", inline={})),
            ("login_profile", DesiredUser("asha", password=Password("x"))),
            ("login_profile", DesiredUser("asha", remove_password=True)),
            ("credentials", DesiredUser("asha", absent=True)),
            ("inline", DesiredUser("asha", absent=True)),
        ],
    )
    def test_an_unread_part_is_never_taken_for_an_empty_one(self, part: str, wanted: DesiredUser) -> None:
        with pytest.raises(KeyError):
            one_user(dataclasses.replace(user("asha"), **t.cast("t.Any", {part: None})), wanted)

    def test_a_user_that_was_not_asked_for_is_never_taken_for_absent(self) -> None:
        some = Directory(users={}, groups={}, whole=False)
        with pytest.raises(KeyError):
            make_plan(Desired(users=(DesiredUser("asha"),)), some)


class TestTeardown:
    def test_everything_goes_in_the_documented_order(self) -> None:
        existing = dataclasses.replace(
            user("asha", login_profile=LoginProfile(False), inline={"p": ALLOW}, attached={READ: "r"}, boundary=READ),
            credentials=Credentials(
                access_keys={"AKIA1": True, "AKIA2": False},
                signing_certificates=("C1",),
                ssh_public_keys=("S1",),
                service_specific_credentials=("X1",),
                mfa_devices=("arn:aws:iam::123456789012:mfa/asha", "GAHT1"),
                left_mfa_devices=("arn:aws:iam::123456789012:mfa/team/asha",),
            ),
        )
        plan = one_user(existing, DesiredUser("asha", absent=True), group("ops"), members=[("asha", "ops")])
        assert [step.operation for step in plan.steps] == [
            "DeleteLoginProfile",
            "DeleteAccessKey",
            "DeleteAccessKey",
            "DeleteSigningCertificate",
            "DeleteSSHPublicKey",
            "DeleteServiceSpecificCredential",
            "DeactivateMFADevice",
            "DeleteVirtualMFADevice",
            "DeactivateMFADevice",
            "DeleteVirtualMFADevice",
            "DeleteUserPolicy",
            "DetachUserPolicy",
            "RemoveUserFromGroup",
            "DeleteUser",
        ]
        assert all(step.cutting for step in plan.steps)
        assert [step.operation for step in plan.steps if step.closing] == ["DeleteUser"]
        gone = after(directory(existing, group("ops"), members=[("asha", "ops")]), plan.steps)
        assert gone.users == {}
        assert gone.memberships == frozenset()

    def test_who_is_gone_is_gone(self) -> None:
        assert one_user(None, DesiredUser("asha", absent=True)) == Plan()


class TestGroup:
    def plan(self, existing: Group | None, wanted: DesiredGroup, *users: User, **more: t.Any) -> Plan:
        entities: list[User | Group] = [*users] if existing is None else [existing, *users]
        return make_plan(Desired(groups=(wanted,)), directory(*entities, members=more.pop("members", ())), **more)

    def test_a_new_department(self) -> None:
        wanted = DesiredGroup("ops", path="/w/", policies=(READ,), inline={"p": ALLOW}, members=("asha",))
        plan = self.plan(None, wanted, user("Asha"))
        assert told(plan) == ["ops CreateGroup", "ops AttachGroupPolicy", "ops PutGroupPolicy", "Asha AddUserToGroup"]
        assert plan.steps[3].needs == (Subject("group", "ops"),)
        assert [step.phase for step in plan.steps] == [Phase.GROUPS] * 3 + [Phase.USERS]

    def test_a_path_is_changed_later(self) -> None:
        plan = self.plan(group("Ops"), DesiredGroup("ops", path="/w/"))
        assert plan.steps[0].params == {"GroupName": "Ops", "NewPath": "/w/"}
        assert self.plan(group("Ops", path="/w/"), DesiredGroup("ops", path="/w/")) == Plan()

    def test_members(self) -> None:
        people, members = (user("a"), user("b"), user("c")), [("a", "ops"), ("b", "ops")]
        plan = self.plan(group("ops"), DesiredGroup("ops", members=("b", "c")), *people, members=members)
        assert told(plan) == ["c AddUserToGroup"]
        wanted = DesiredGroup("ops", members=("b", "c"), purge_members=True)
        plan = self.plan(group("ops"), wanted, *people, members=members)
        assert told(plan) == ["c AddUserToGroup", "a RemoveUserFromGroup"]
        plan = self.plan(group("ops"), DesiredGroup("ops", members_absent=("B", "z")), *people, members=members)
        assert told(plan) == ["b RemoveUserFromGroup"]

    def test_a_purge_within_a_path_keeps_the_others(self) -> None:
        people, members = (user("a", path="/w/"), user("b"), user("c", path="/w/")), [("a", "ops"), ("b", "ops")]
        wanted = DesiredGroup("ops", members=("c",), purge_members=True, purge_path="/w/")
        plan = self.plan(group("ops"), wanted, *people, members=members)
        assert told(plan) == ["c AddUserToGroup", "a RemoveUserFromGroup"]

    def test_an_unknown_member_is_a_fault(self) -> None:
        plan = self.plan(group("ops"), DesiredGroup("ops", members=("nobody",)))
        assert [str(fault) for fault in plan.faults] == ["group ops: user nobody does not exist in the account"]

    def test_a_group_that_must_exist_is_a_fault_when_it_does_not(self) -> None:
        assert self.plan(None, DesiredGroup("ops", create=False)).faults

    def test_deletion_takes_all_in_its_way(self) -> None:
        existing = group("ops", attached={READ: "r"}, inline={"p": ALLOW})
        plan = self.plan(existing, DesiredGroup("OPS", absent=True), user("a"), members=[("a", "ops")])
        assert told(plan) == [
            "a RemoveUserFromGroup",
            "ops DeleteGroupPolicy",
            "ops DetachGroupPolicy",
            "ops DeleteGroup",
        ]
        assert plan.steps[-1].closing
        assert plan.steps[-1].needs == (Subject("user", "a"),)
        assert self.plan(None, DesiredGroup("ops", absent=True)) == Plan()


def test_groups_come_before_the_users_that_join_them() -> None:
    desired = Desired(groups=(DesiredGroup("ops"),), users=(DesiredUser("asha", groups=("OPS",)),))
    plan = make_plan(desired, directory())
    assert told(plan) == ["ops CreateGroup", "asha CreateUser", "asha AddUserToGroup"]
    assert plan.steps[2].needs == (Subject("group", "OPS"),)


NAMES = st.sampled_from(["ann", "Ann", "bob", "cleo"])
GROUPS = st.sampled_from(["ops", "Ops", "hr", "it"])
ARNS = st.sampled_from([READ, WRITE, ADMIN])
INLINE = st.dictionaries(st.sampled_from(["p", "q"]), st.sampled_from([ALLOW, DENY]), max_size=2)
PATHS = st.sampled_from(["/", "/workforce/", "/other/"])
TAGS = st.dictionaries(st.sampled_from(["team", "Cost", "site"]), st.sampled_from(["1", "2"]), max_size=3)


def _unique(entities: t.Iterable[t.Any]) -> dict[str, t.Any]:
    return {fold(one.name): one for one in entities}


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    policies = st.dictionaries(ARNS, st.just("p"), max_size=3)
    groups = _unique(draw(st.lists(st.builds(group, GROUPS, path=PATHS, attached=policies, inline=INLINE), max_size=3)))
    users = _unique(
        draw(
            st.lists(
                st.builds(
                    user, NAMES, path=PATHS, attached=policies, inline=INLINE, tags=TAGS, boundary=ARNS | st.just("")
                ),
                max_size=3,
            )
        )
    )
    pairs = [(who, where) for who in users for where in groups]
    members = draw(st.frozensets(st.sampled_from(pairs))) if pairs else frozenset()
    return Directory(users=users, groups=groups, memberships=members)


def lists(of: st.SearchStrategy[str]) -> st.SearchStrategy[t.Any]:
    return st.none() | st.lists(of, max_size=3, unique_by=fold).map(tuple)


@st.composite
def wishes(draw: st.DrawFn) -> Desired:
    """Any desired that only refers to what it promises itself."""
    groups = _unique(
        draw(
            st.lists(
                st.builds(
                    DesiredGroup,
                    GROUPS,
                    path=st.none() | PATHS,
                    policies=lists(ARNS),
                    purge_policies=st.booleans(),
                    inline=st.none() | INLINE,
                    purge_inline=st.booleans(),
                ),
                min_size=1,
                max_size=3,
            )
        )
    )
    names = st.sampled_from([one.name for one in groups.values()])
    users = _unique(
        draw(
            st.lists(
                st.builds(
                    DesiredUser,
                    NAMES,
                    path=st.none() | PATHS,
                    tags=st.none() | TAGS,
                    purge_tags=st.booleans(),
                    boundary=st.none() | ARNS | st.just(""),
                    policies=lists(ARNS),
                    purge_policies=st.booleans(),
                    inline=st.none() | INLINE,
                    purge_inline=st.booleans(),
                    groups=lists(names),
                    purge_groups=st.booleans(),
                    purge_path=st.none() | st.just("/workforce/"),
                    absent=st.booleans(),
                ),
                max_size=3,
            )
        )
    )
    return Desired(groups=tuple(groups.values()), users=tuple(users.values()))


@given(directories(), wishes())
def test_the_plan_applied_gives_the_desired_and_planning_again_gives_nothing(have: Directory, want: Desired) -> None:
    plan = make_plan(want, have)
    assert plan.faults == ()
    reached = after(have, plan.steps)
    assert make_plan(want, reached) == Plan()
    for wanted in want.groups:
        _assert_reached(wanted, t.cast("Group", reached.group(wanted.name)))
    for person in want.users:
        found = reached.user(person.name)
        if person.absent:
            assert found is None
            continue
        assert found is not None
        _assert_reached(person, found)
        assert {fold(name) for name in person.groups or ()} <= reached.groups_of(person.name)
        if person.groups is not None and person.purge_groups and person.purge_path is None:
            assert {fold(name) for name in person.groups} == reached.groups_of(person.name)


def _assert_reached(wanted: DesiredUser | DesiredGroup, found: User | Group) -> None:
    assert wanted.path in (None, found.path)
    if wanted.policies is not None:
        assert set(wanted.policies) <= set(found.attached or {})
        if wanted.purge_policies:
            assert set(wanted.policies) == set(found.attached or {})
    if wanted.inline is not None:
        assert wanted.inline.items() <= (found.inline or {}).items()
        if wanted.purge_inline:
            assert wanted.inline == found.inline


@given(directories(), wishes())
def test_only_who_is_named_is_touched(have: Directory, want: Desired) -> None:
    named = {fold(user.name) for user in want.users} | {fold(group.name) for group in want.groups}
    reached = after(have, make_plan(want, have).steps)
    assert {key: one for key, one in have.users.items() if key not in named} == {
        key: one for key, one in reached.users.items() if key not in named
    }


@given(directories(), wishes(), st.integers(0, 3))
def test_a_quota_changes_the_order_of_steps_and_nothing_else(have: Directory, want: Desired, quota: int) -> None:
    names = ("GroupsPerUserQuota", "AttachedPoliciesPerUserQuota", "AttachedPoliciesPerGroupQuota")
    free, bound = make_plan(want, have), make_plan(want, have, dict.fromkeys(names, quota))
    assert sorted(map(repr, free.steps)) == sorted(map(repr, bound.steps))


class TestRename:
    def test_one_call_keeps_everything(self) -> None:
        old = user("asha.rao", arn="arn:aws:iam::123456789012:user/asha.rao", user_id="AIDA1", inline={"p": ALLOW})
        have = directory(old, group("ops"), group("it"), members=[("asha.rao", "ops")])
        wanted = DesiredUser(
            "asha.sen", rename_from="asha.rao", path="/x/", tags={"a": "b"}, groups=("it",), purge_groups=True
        )
        plan = make_plan(Desired(users=(wanted,)), have)
        assert [(str(step.subject), step.operation) for step in plan.steps] == [
            ("user asha.sen", "UpdateUser"),
            ("user asha.sen", "TagUser"),
            ("user asha.sen", "AddUserToGroup"),
            ("user asha.sen", "RemoveUserFromGroup"),
        ]
        assert plan.steps[0].params == {"UserName": "asha.rao", "NewUserName": "asha.sen", "NewPath": "/x/"}
        reached = after(have, plan.steps)
        assert "asha.rao" not in reached.users
        found = reached.users["asha.sen"]
        assert (found.arn, found.user_id, found.inline) == (
            "arn:aws:iam::123456789012:user/x/asha.sen",
            "AIDA1",
            {"p": ALLOW},
        )
        assert reached.groups_of("asha.sen") == {"it"}
        assert make_plan(Desired(users=(wanted,)), reached) == Plan()

    def test_a_name_that_a_leaver_frees_is_free(self) -> None:
        have = directory(user("asha", tags={"id": "1"}))
        wanted = (DesiredUser("asha", absent=True), DesiredUser("ASHA", tags={"id": "2"}))
        plan = make_plan(Desired(users=wanted), have)
        assert told(plan) == ["asha DeleteUser", "ASHA CreateUser"]
        assert after(have, plan.steps).users["asha"].tags == {"id": "2"}

    def test_a_user_who_must_exist_may_be_renamed(self) -> None:
        wanted = DesiredUser("b", rename_from="a", create=False)
        assert told(make_plan(Desired(users=(wanted,)), directory(user("a")))) == ["b UpdateUser"]


def test_marks_are_taken_off_and_nothing_else() -> None:
    marked = user("asha", tags={"workforce:managed": "onboard", "Workforce:Employee-Id": "1", "Site": "Pune"})
    plan = one_user(marked, DesiredUser("asha", create=False, release=True))
    assert [step.params["TagKeys"] for step in plan.steps] == [["Workforce:Employee-Id", "workforce:managed"]]
    assert one_user(user("asha", tags={"Site": "Pune"}), DesiredUser("asha", create=False, release=True)) == Plan()


def test_a_member_leaves_a_group_once_though_two_want_it() -> None:
    have = directory(user("asha"), group("ops"), members=[("asha", "ops")])
    wanted = Desired(
        groups=(DesiredGroup("ops", absent=True),), users=(DesiredUser("asha", groups=(), purge_groups=True),)
    )
    assert told(make_plan(wanted, have)) == ["asha RemoveUserFromGroup", "ops DeleteGroup"]


def test_a_teardown_wants_every_credential_read() -> None:
    with pytest.raises(KeyError, match="only the access keys"):
        one_user(user("asha", credentials=Credentials(whole=False)), DesiredUser("asha", absent=True))


def test_no_steps_leave_the_very_same_directory() -> None:
    """With its indexes: made anew for each user of a large account, they would take minutes."""
    have = directory(user("asha"))
    assert after(have, []) is have
