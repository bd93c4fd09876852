# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of customer managed policies, roles and the account's settings."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredAccount,
    DesiredPolicy,
    DesiredRole,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    AccountSettings,
    Directory,
    ManagedPolicy,
    Role,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from hypothesis import given
from hypothesis import strategies as st

ARN = "arn:aws:iam::123456789012:policy/workforce/billing"


def document(*actions: str) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}


TRUST: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}],
}


def policy(**parts: Any) -> ManagedPolicy:
    known: dict[str, Any] = {
        "name": "billing",
        "path": "/workforce/",
        "arn": ARN,
        "default_version": "v3",
        "versions": {"v3": document("s3:Get*")},
        "tags": MARK,
        "attached_to": (),
        "boundary_of": (),
    }
    return ManagedPolicy(**{**known, **parts})


def old(*versions: str, **documents: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Versions, each with a document of its own unless it is given."""
    return {version: documents.get(version) or document(f"old:{version}") for version in versions}


def role(**parts: Any) -> Role:
    known: dict[str, Any] = {
        "name": "deployer",
        "arn": "arn:aws:iam::123456789012:role/deployer",
        "description": "",
        "max_session_duration": 3600,
        "trust": TRUST,
        "tags": MARK,
        "boundary": "",
        "attached": {},
        "inline": {},
        "instance_profiles": (),
    }
    return Role(**{**known, **parts})


def account(
    *entities: ManagedPolicy | Role, policies: str = "billing", roles: str = "deployer", **parts: Any
) -> Directory:
    return Directory(
        users={},
        groups={},
        policies={one.name: one for one in entities if isinstance(one, ManagedPolicy)},
        roles={one.name: one for one in entities if isinstance(one, Role)},
        asked_policies=frozenset({policies}),
        asked_roles=frozenset({roles}),
        **parts,
    )


def operations(desired: Desired, directory: Directory) -> list[str]:
    plan = make_plan(desired, directory)
    assert not plan.faults, plan.faults
    return [step.operation for step in plan.steps]


def faults(desired: Desired, directory: Directory) -> list[str]:
    return [str(fault) for fault in make_plan(desired, directory).faults]


def wanted_policy(**parts: Any) -> Desired:
    return Desired(policies=(DesiredPolicy("billing", **parts),))


def wanted_role(**parts: Any) -> Desired:
    return Desired(roles=(DesiredRole("deployer", **parts),))


def test_a_new_policy_is_made_with_all_that_it_has() -> None:
    [step] = make_plan(
        wanted_policy(path="/workforce/", document=document("s3:Get*"), tags=MARK, description="bills"), account()
    ).steps
    assert step.operation == "CreatePolicy"
    assert step.params["Path"] == "/workforce/"
    assert step.params["Description"] == "bills"
    assert step.params["Tags"] == [{"Key": "workforce:managed", "Value": "onboard"}]


def test_another_meaning_is_a_new_version_and_another_spelling_is_none() -> None:
    spelled = {"Statement": {"Resource": ["*"], "Action": "s3:Get*", "Effect": "Allow"}, "Version": "2012-10-17"}
    assert operations(wanted_policy(document=spelled), account(policy())) == []
    assert operations(wanted_policy(document=document("s3:*")), account(policy())) == ["CreatePolicyVersion"]


@pytest.mark.parametrize(
    ("versions", "default", "dropped"),
    [
        (("v1", "v2", "v3", "v4", "v5"), "v5", "v1"),
        (("v1", "v6", "v7", "v8", "v9"), "v1", "v6"),
        (("v9", "v10", "v11", "v12", "v13"), "v13", "v9"),
    ],
)
def test_at_the_limit_the_oldest_version_out_of_force_makes_room(
    versions: tuple[str, ...], default: str, dropped: str
) -> None:
    full = account(policy(versions=old(*versions), default_version=default))
    plan = make_plan(wanted_policy(document=document("s3:*")), full)
    assert [step.operation for step in plan.steps] == ["DeletePolicyVersion", "CreatePolicyVersion"]
    assert plan.steps[0].params["VersionId"] == dropped


def test_a_version_that_has_the_document_already_is_put_in_force_again() -> None:
    earlier = account(policy(versions=old("v1", "v2", "v3")))
    wanted = {"document": document("old:v2")}
    [step] = make_plan(wanted_policy(**wanted), earlier).steps
    assert (step.operation, step.params["VersionId"]) == ("SetDefaultPolicyVersion", "v2")
    assert operations(wanted_policy(**wanted, make_default=False), earlier) == []
    new = wanted_policy(document=document("s3:*"), make_default=False)
    plan = make_plan(new, earlier)
    assert [(step.operation, step.params["SetAsDefault"]) for step in plan.steps] == [("CreatePolicyVersion", False)]
    assert make_plan(new, after(earlier, plan.steps)).steps == ()


def test_only_version_deletes_all_others() -> None:
    several = account(policy(versions=old("v1", "v2", "v3", v3=document("s3:Get*"))))
    same = wanted_policy(document=document("s3:Get*"), only_version=True)
    assert operations(same, several) == ["DeletePolicyVersion"] * 2
    other = wanted_policy(document=document("s3:*"), only_version=True)
    plan = make_plan(other, several)
    assert [step.operation for step in plan.steps] == ["CreatePolicyVersion", *["DeletePolicyVersion"] * 3]
    assert len(after(several, plan.steps).policies["billing"].versions or ()) == 1


def test_a_policy_is_detached_everywhere_before_it_is_deleted() -> None:
    holders = (Subject("group", "sales"), Subject("role", "deployer"), Subject("user", "asha"))
    used = account(policy(versions=old("v1", "v3"), attached_to=holders))
    plan = make_plan(wanted_policy(absent=True), used)
    assert [step.operation for step in plan.steps] == [
        "DetachGroupPolicy",
        "DetachRolePolicy",
        "DetachUserPolicy",
        "DeletePolicyVersion",
        "DeletePolicy",
    ]
    assert all(step.cutting and step.phase == Phase.REMOVED_POLICIES for step in plan.steps)
    assert "billing" not in after(used, plan.steps).policies


def test_what_is_not_ours_is_neither_changed_nor_deleted() -> None:
    for wanted in (wanted_policy(absent=True, ours_only=True), wanted_policy(document=document("a:*"), ours_only=True)):
        [fault] = faults(wanted, account(policy(tags={})))
        assert fault.startswith("policy billing: exists in the account and is not managed")
    for desired in (wanted_role(absent=True, ours_only=True), wanted_role(trust=TRUST, ours_only=True)):
        [fault] = faults(desired, account(role(tags={"workforce:managed": "else"})))
        assert fault.startswith("role deployer: exists in the account and is not managed")


def test_what_iam_cannot_do_is_a_fault() -> None:
    bounding = account(policy(boundary_of=(Subject("user", "asha"),)))
    assert "is the permissions boundary of user asha" in faults(wanted_policy(absent=True), bounding)[0]
    assert "IAM cannot move a policy" in faults(wanted_policy(path="/else/"), account(policy()))[0]
    assert "IAM cannot move a role" in faults(wanted_role(path="/else/"), account(role()))[0]
    assert "does not exist yet" in faults(wanted_policy(), account())[0]
    assert "does not exist yet" in faults(wanted_role(), account())[0]
    assert "instance profile web" in faults(wanted_role(absent=True), account(role(instance_profiles=("web",))))[0]
    service = account(role(path="/aws-service-role/ops.amazonaws.com/"))
    assert "belongs to an AWS service" in faults(wanted_role(trust=TRUST), service)[0]


def test_a_role_is_changed_in_an_order_that_gives_last() -> None:
    desired = wanted_role(
        trust={**TRUST, "Statement": [{**TRUST["Statement"][0], "Sid": "Else", "Effect": "Deny"}]},
        boundary=ARN,
        description="ships",
        max_session_duration=7200,
        tags={**MARK, "team": "platform"},
        policies=("arn:aws:iam::aws:policy/PowerUserAccess",),
        inline={"own": document("s3:*")},
    )
    assert operations(desired, account(role())) == [
        "PutRolePermissionsBoundary",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
        "TagRole",
        "AttachRolePolicy",
        "PutRolePolicy",
    ]


def test_a_role_is_emptied_before_it_is_deleted() -> None:
    full = account(role(attached={ARN: "billing"}, inline={"own": document("s3:*")}, instance_profiles=("web",)))
    assert operations(wanted_role(absent=True, remove_instance_profiles=True), full) == [
        "RemoveRoleFromInstanceProfile",
        "DetachRolePolicy",
        "DeleteRolePolicy",
        "DeleteRole",
    ]


RULES = {"MinimumPasswordLength": 14, "RequireSymbols": True, "MaxPasswordAge": 90}


def test_rules_that_are_not_named_keep_their_value() -> None:
    strict = account(settings=AccountSettings(password_policy=RULES))
    [step] = make_plan(Desired(account=DesiredAccount(password_policy={"RequireNumbers": True})), strict).steps
    assert step.params["MinimumPasswordLength"] == 14
    assert step.params["RequireSymbols"] is True
    assert step.params["MaxPasswordAge"] == 90
    assert step.line == "changes its password policy: " + ", ".join(
        [
            "AllowUsersToChangePassword False",
            "HardExpiry False",
            "RequireLowercaseCharacters False",
            "RequireNumbers True",
            "RequireUppercaseCharacters False",
        ]
    )


def test_a_first_policy_loosens_nothing_of_awss_own() -> None:
    [step] = make_plan(
        Desired(account=DesiredAccount(password_policy={"RequireSymbols": True})),
        account(settings=AccountSettings(password_policy=False)),
    ).steps
    assert step.params["MinimumPasswordLength"] == 8
    # AWS's own asks for three kinds of characters.
    kinds = ("RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters", "RequireSymbols")
    assert all(step.params[kind] for kind in kinds)
    written = {"RequireNumbers": False, "MinimumPasswordLength": 6}
    [step] = make_plan(
        Desired(account=DesiredAccount(password_policy=written)),
        account(settings=AccountSettings(password_policy=False)),
    ).steps
    assert written.items() <= step.params.items()


def test_a_rule_of_zero_ends() -> None:
    strict = account(settings=AccountSettings(password_policy=RULES))
    [step] = make_plan(Desired(account=DesiredAccount(password_policy={"MaxPasswordAge": 0})), strict).steps
    assert "MaxPasswordAge" not in step.params
    assert "MaxPasswordAge ends" in step.line


def test_the_alias_is_set_replaced_and_removed() -> None:
    def steps(wanted: str, present: str) -> list[str]:
        directory = account(settings=AccountSettings(alias=present))
        plan = make_plan(Desired(account=DesiredAccount(alias=wanted)), directory)
        return [f"{step.operation}: {step.line}" for step in plan.steps]

    assert steps("acme", "acme") == []
    assert steps("acme", "") == ["CreateAccountAlias: is called acme"]
    assert steps("acme", "old") == ["CreateAccountAlias: is called acme: sign-in links with old end"]
    assert steps("", "old") == ["DeleteAccountAlias: is no longer called old: sign-in links with it end"]


STATES = st.booleans()
DOCUMENTS = st.sampled_from([document("s3:*"), document("ec2:*", "s3:Get*"), document("iam:List*")])
# One key in two cases is a fault of the lists: IAM takes it for one.
TAGS = st.dictionaries(
    st.sampled_from(["team", "Team", "cost", "workforce:managed"]), st.sampled_from("ab"), max_size=2
).filter(lambda tags: len({key.lower() for key in tags}) == len(tags))
VERSIONS = st.sampled_from([("v3",), ("v1", "v3"), ("v1", "v2", "v3", "v4", "v5")]).flatmap(
    lambda versions: st.fixed_dictionaries(dict.fromkeys(versions, DOCUMENTS))
)
POLICIES = st.builds(policy, tags=TAGS, versions=VERSIONS)
ROLES = st.builds(
    role,
    trust=st.sampled_from([TRUST, {**TRUST, "Statement": []}]),
    description=st.sampled_from(["", "ships"]),
    max_session_duration=st.sampled_from([3600, 7200]),
    tags=TAGS,
    boundary=st.sampled_from(["", ARN]),
    attached=st.sampled_from([{}, {ARN: "billing"}]),
    inline=st.dictionaries(st.sampled_from(["one", "two"]), DOCUMENTS, max_size=2),
)
WANTED_POLICIES = st.builds(
    DesiredPolicy,
    name=st.just("billing"),
    document=DOCUMENTS,
    tags=st.none() | TAGS,
    purge_tags=STATES,
    only_version=STATES,
    absent=STATES,
)
WANTED_ROLES = st.builds(
    DesiredRole,
    name=st.just("deployer"),
    trust=st.just(TRUST),
    description=st.sampled_from([None, "", "ships"]),
    max_session_duration=st.sampled_from([None, 3600, 7200]),
    boundary=st.sampled_from([None, "", ARN]),
    policies=st.sampled_from([None, (), (ARN,)]),
    purge_policies=STATES,
    inline=st.none() | st.dictionaries(st.sampled_from(["one", "two", "three"]), DOCUMENTS, max_size=2),
    purge_inline=STATES,
    tags=st.none() | TAGS,
    purge_tags=STATES,
    absent=STATES,
)
RULE_SETS = st.fixed_dictionaries(
    {},
    optional={
        "MinimumPasswordLength": st.integers(6, 128),
        "RequireSymbols": STATES,
        "HardExpiry": STATES,
        "MaxPasswordAge": st.integers(0, 1095),
        "PasswordReusePrevention": st.integers(0, 24),
    },
)
SETTINGS = st.builds(
    AccountSettings,
    alias=st.sampled_from(["", "acme", "else"]),
    password_policy=st.just(False) | RULE_SETS.map(lambda rules: {k: v for k, v in rules.items() if v}),
)
WANTED_SETTINGS = st.builds(
    DesiredAccount,
    alias=st.sampled_from([None, "", "acme"]),
    password_policy=st.none() | RULE_SETS,
    remove_password_policy=STATES,
)


ASKED = st.builds(
    Desired,
    policies=WANTED_POLICIES.map(lambda one: (one,)),
    roles=WANTED_ROLES.map(lambda one: (one,)),
    account=WANTED_SETTINGS,
)


@given(st.lists(POLICIES, max_size=1), st.lists(ROLES, max_size=1), SETTINGS, ASKED)
def test_after_the_steps_nothing_is_left_to_do(
    policies: list[ManagedPolicy], roles: list[Role], settings: AccountSettings, desired: Desired
) -> None:
    before = account(*policies, *roles, settings=settings)
    plan = make_plan(desired, before)
    assert not plan.faults
    assert [step.phase for step in plan.steps] == sorted(step.phase for step in plan.steps)
    assert make_plan(desired, after(before, plan.steps)).steps == ()
