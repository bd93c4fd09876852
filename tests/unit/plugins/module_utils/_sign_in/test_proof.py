# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is the first sign-in proved? Plans against the sandbox, which simulates by an evaluator of its own."""

from __future__ import annotations

import itertools
import json
import typing as t
from collections.abc import Iterator

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart import mark_protection
from ansible_collections.workforce.aws.plugins.module_utils._chart.everyone import POLICY, POLICY_NAME
from ansible_collections.workforce.aws.plugins.module_utils._core import mfa
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredPolicy,
    DesiredUser,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account, Directory, Group, User, fold
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._directory.directory import read_directory, read_whole
from ansible_collections.workforce.aws.plugins.module_utils._directory.scope import scope_of
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.proof import Proved, prove_first_sign_in
from botocore import xform_name
from hypothesis import given
from hypothesis import strategies as st
from moto.iam.models import iam_backends

from tests.sandbox import behaviour
from tests.sandbox.behaviour import quotas
from tests.sandbox.behaviour.account import Account as BackEnd
from tests.sandbox.behaviour.errors import AccessDenied
from tests.sandbox.behaviour.operations import OPERATIONS, Call
from tests.sandbox.behaviour.permissions import require_change_password
from tests.sandbox.client import Sandbox
from tests.sandbox.seed import Seeder
from tests.support.iam_double import IamDouble, aws_error
from tests.unit.plugins.module_utils._sign_in.test_evaluation import DOCUMENTS

ACCOUNT: t.Final = Account("123456789012", "arn:aws:iam::123456789012:user/automation")
TITLES: t.Final[t.Mapping[t.Any, str]] = {"user": "employee", "group": "department"}
OWN_PASSWORD: t.Final = "arn:aws:iam::aws:policy/IAMUserChangePassword"
S3: t.Final = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
GUARD: t.Final = "arn:aws:iam::123456789012:policy/guard"
FORCE_MFA: t.Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "DenyAllExceptListedIfNoMFA",
            "Effect": "Deny",
            "NotAction": ["iam:EnableMFADevice", "iam:GetUser", "sts:GetSessionToken"],
            "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        }
    ],
}


def allow(resource: t.Any = "*") -> dict[str, t.Any]:
    statement = {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


AT_ROOT: t.Final = allow("arn:aws:iam::*:user/${aws:username}")


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def client(running: Sandbox) -> t.Any:
    return running.boto("iam")


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.reset()
    return running


@pytest.fixture
def iam(sandbox: Sandbox, client: t.Any) -> t.Any:
    return client


def first_password(name: str, *, reset: bool = True) -> Step:
    params = {"UserName": name, "PasswordResetRequired": reset}
    line = "gets a first password"
    return Step(Subject("user", name), "CreateLoginProfile", params, line, Phase.CREDENTIALS, issuing=True)


def prove(iam: t.Any, *users: DesiredUser, **more: t.Any) -> list[str]:
    """The faults of a plan; no doubts go with them."""
    proved = proof(iam, *users, **more)
    assert proved.warnings == ()
    return list(map(str, proved.faults))


def proof(
    iam: t.Any,
    *users: DesiredUser,
    groups: tuple[DesiredGroup, ...] = (),
    policies: tuple[DesiredPolicy, ...] = (),
    rules: bool = False,
    issue: t.Sequence[str] | None = None,
    directory: Directory | None = None,
    required: t.Container[str] = (),
) -> Proved:
    """The proof of a plan in which these users get a first password, or those in `issue` alone."""
    wanted = Desired(groups, users, policies)
    before = directory or read_whole(iam, asked=wanted)[0]
    plan = make_plan(wanted, before)
    assert not plan.faults
    names = [user.name for user in users] if issue is None else issue
    steps = [*plan.steps, *map(first_password, names)]
    return prove_first_sign_in(
        iam, steps, before, ACCOUNT, rules_allow_change=rules, require_mfa=required, titles=TITLES
    )


def calls(sandbox: Sandbox) -> dict[str, int]:
    """The calls of the proof: the directory is read with others."""
    found: dict[str, int] = sandbox.calls()["by_operation"]
    others = ("GetAccountAuthorizationDetails", "GetAccountSummary")
    return {operation: count for operation, count in found.items() if operation not in others}


def test_nobody_is_issued_anything(sandbox: Sandbox, iam: t.Any) -> None:
    """Not one call, whatever else is planned; nor for a password that nobody must change."""
    sandbox.seed(groups=[{"name": "sales", "managed_policies": [S3]}])
    sandbox.clear_calls()
    asha = DesiredUser("asha", groups=("sales",))
    assert prove(iam, asha, issue=[]) == []
    before = read_whole(iam)[0]
    steps = [*make_plan(Desired(users=(asha,)), before).steps, first_password("asha", reset=False)]
    assert prove_first_sign_in(iam, steps, before, ACCOUNT, rules_allow_change=False) == ((), ())
    assert calls(sandbox) == {}


def test_a_new_department_with_our_policy(sandbox: Sandbox, iam: t.Any) -> None:
    """What is only planned is judged by its documents, without a call; under a path too."""
    everyone = DesiredGroup("everyone", inline={POLICY_NAME: POLICY, mark_protection.NAME: mark_protection.POLICY})
    people = [DesiredUser("asha", groups=("everyone",)), DesiredUser("ben", path="/staff/", groups=("everyone",))]
    assert prove(iam, *people, groups=(everyone,)) == []
    assert calls(sandbox) == {}


def test_where_mfa_is_required_a_device_can_be_enrolled(sandbox: Sandbox, iam: t.Any) -> None:
    """The forced change passes, and the rest is allowed: planned without a call, or simulated, by two calls each."""
    guarded = {POLICY_NAME: POLICY, mfa.NAME: mfa.POLICY}
    sandbox.seed(groups=[{"name": "old", "inline_policies": guarded}])
    new = DesiredGroup("new", inline=guarded)
    sandbox.clear_calls()
    asha, ben = DesiredUser("asha", groups=("new",)), DesiredUser("ben", path="/staff/", groups=("new",))
    assert prove(iam, asha, ben, groups=(new,), required={"asha", "ben"}) == []
    assert calls(sandbox) == {}
    assert prove(iam, DesiredUser("carl", groups=("old",)), required={"carl"}) == []
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 2}


def test_what_keeps_people_from_a_required_device(sandbox: Sandbox, iam: t.Any) -> None:
    """A deny of a department and a boundary, by name; and nothing of those who need no device."""
    deny = {"Sid": "NoDevices", "Effect": "Deny", "Action": "iam:*MFADevice", "Resource": "*"}
    devices = {"Version": "2012-10-17", "Statement": [deny]}
    everyone = DesiredGroup("everyone", inline={POLICY_NAME: POLICY, mfa.NAME: mfa.POLICY})
    sandbox.seed(
        policies=[{"name": "devices", "document": devices}],
        groups=[{"name": "ops", "managed_policies": ["arn:aws:iam::123456789012:policy/devices"]}],
    )
    asha, ben = DesiredUser("asha", groups=("everyone", "ops")), DesiredUser("ben", groups=("everyone",))
    dora = DesiredUser("dora", groups=("everyone",), boundary=OWN_PASSWORD)
    people: dict[str, t.Any] = {"groups": (everyone,), "required": {"asha", "ben", "dora"}}
    actions = "iam:CreateVirtualMFADevice and iam:EnableMFADevice"
    for asked in ("simulator", "documents"):
        told = prove(iam, asha, ben, dora, **people)
        would = "would not be able to enrol the MFA device that their departments require: "
        assert [one.partition(would)[0] for one in told] == ["employee asha: ", "employee dora: "], asked
        assert f"the statement NoDevices of the policy devices of department ops denies {actions} to anybody" in told[0]
        assert f"their permissions boundary IAMUserChangePassword does not allow {actions}. Allow" in told[1]
        assert all(one.endswith("or do not require MFA of them (require_mfa)") for one in told)
        sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", count=None)
    assert prove(iam, asha, dora, groups=(everyone,)) == []


def test_nothing_allows_it(sandbox: Sandbox, iam: t.Any) -> None:
    """One fault for all whom it concerns, ten of them by name, with the ways out."""
    sandbox.seed(groups=[{"name": "sales", "managed_policies": [S3]}, {"name": "bare"}])
    people = [DesiredUser(f"u{number:02}", groups=("sales", "bare")) for number in range(12)]
    (told,) = prove(iam, *people)
    assert told.startswith("employees u00, u01, u02, u03, u04, u05, u06, u07, u08, u09 and 2 more: would not")
    for way in ("onboard_everyone: {name: everyone}", "AllowUsersToChangePassword", "user/*/${aws:username}"):
        assert way in told
    assert calls(sandbox)["SimulatePrincipalPolicy"] == 1, "a department without policies has nothing to simulate"


def test_without_any_department(sandbox: Sandbox, iam: t.Any) -> None:
    """Nothing to ask IAM for."""
    (told,) = prove(iam, DesiredUser("asha"))
    assert told.startswith("employee asha: would not be able to complete the first sign-in: nothing allows them")
    assert prove(iam, DesiredUser("asha"), rules=True) == []
    assert calls(sandbox) == {}


def test_the_accounts_rules_allow_it_to_all(sandbox: Sandbox, iam: t.Any) -> None:
    """No policy is needed then; a denial still blocks, and is shown whole with its policy and Sid."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[{"name": "sales", "managed_policies": [S3]}, {"name": "ops", "managed_policies": [GUARD, S3]}],
    )
    people = [DesiredUser("asha", groups=("sales",)), DesiredUser("ben", groups=("sales", "ops"))]
    sandbox.clear_calls()
    (told,) = prove(iam, *people, rules=True)
    assert told.startswith(
        "employee ben: would not be able to complete the first sign-in: the statement DenyAllExceptListedIfNoMFA "
    )
    assert "of the policy guard of department ops denies iam:ChangePassword" in told
    assert json.dumps(FORCE_MFA["Statement"][0]) in told
    assert "add it to NotAction" in told
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 2, "GetPolicy": 2, "GetPolicyVersion": 2}


def test_one_simulation_a_department(sandbox: Sandbox, iam: t.Any) -> None:
    """A thousand joiners in twenty departments are twenty calls, and no policy is read."""
    names = [f"d{number:02}" for number in range(20)]
    sandbox.seed(groups=[{"name": name, "managed_policies": [OWN_PASSWORD, S3]} for name in names])
    wheel = itertools.cycle(names)
    people = [DesiredUser(f"u{number:04}", path="/staff/", groups=(next(wheel), next(wheel))) for number in range(1000)]
    sandbox.clear_calls()
    assert prove(iam, *people) == []
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 20}


def test_one_department_allows_for_the_others(sandbox: Sandbox, iam: t.Any) -> None:
    """Some allow and none deny: existing and new departments together."""
    sandbox.seed(groups=[{"name": "sales", "managed_policies": [S3]}])
    new = DesiredGroup("new", policies=(OWN_PASSWORD,))
    assert prove(iam, DesiredUser("asha", groups=("sales", "new")), groups=(new,)) == []
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 1, "GetPolicy": 1, "GetPolicyVersion": 1}


@pytest.mark.parametrize("planned", [False, True])
def test_the_path_trap(sandbox: Sandbox, iam: t.Any, planned: bool) -> None:
    """A policy for users without a path is told as such, by the simulator's word and by the document."""
    if not planned:
        sandbox.seed(groups=[{"name": "sales", "inline_policies": {"own": AT_ROOT}}])
    groups = (DesiredGroup("sales", inline={"own": AT_ROOT}),) if planned else ()
    people = [DesiredUser("asha", groups=("sales",)), DesiredUser("ben", path="/staff/", groups=("sales",))]
    (told,) = prove(iam, *people, groups=groups)
    assert told.startswith(
        "employee ben: would not be able to complete the first sign-in: the policy own of department sales allows"
    )
    assert "Add arn:aws:iam::*:user/*/${aws:username} to its Resource" in told
    assert calls(sandbox) == ({} if planned else {"SimulatePrincipalPolicy": 2})


def test_what_the_plan_changes_is_not_simulated(sandbox: Sandbox, iam: t.Any) -> None:
    """The simulator would judge what no longer holds: a denial that goes, one that comes."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[
            {"name": "loses", "managed_policies": [GUARD, OWN_PASSWORD]},
            {"name": "gains", "managed_policies": [OWN_PASSWORD]},
        ],
    )
    changes = (
        DesiredGroup("loses", policies=(OWN_PASSWORD,), purge_policies=True),
        DesiredGroup("gains", policies=(OWN_PASSWORD, GUARD)),
    )
    people = [DesiredUser("asha", groups=("loses",)), DesiredUser("ben", groups=("gains",))]
    sandbox.clear_calls()
    (told,) = prove(iam, *people, groups=changes)
    assert told.startswith("employee ben:")
    assert "guard of department gains" in told
    assert calls(sandbox) == {"GetPolicy": 2, "GetPolicyVersion": 2}


def test_a_policy_that_the_plan_makes_or_changes_is_judged_as_it_will_be(sandbox: Sandbox, iam: t.Any) -> None:
    """A new one is nowhere to be read, and of a changed one the account still has the old text."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[{"name": "guarded", "managed_policies": [GUARD]}],
    )
    own = "arn:aws:iam::123456789012:policy/own"
    changes = (DesiredPolicy("guard", document=AT_ROOT), DesiredPolicy("own", document=AT_ROOT))
    people = [DesiredUser("asha", groups=("guarded",)), DesiredUser("ben", groups=("new",))]
    sandbox.clear_calls()
    groups = (DesiredGroup("new", policies=(own,)),)
    assert prove(iam, *people, groups=groups, policies=changes) == []
    assert calls(sandbox) == {}


def test_the_caller_may_not_simulate(sandbox: Sandbox, iam: t.Any) -> None:
    """Asked once, then the documents are judged, each read once."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[
            {"name": "sales", "managed_policies": [OWN_PASSWORD]},
            {"name": "ops", "managed_policies": [OWN_PASSWORD, GUARD]},
        ],
    )
    sandbox.clear_calls()
    sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", count=None)
    people = [DesiredUser("asha", groups=("sales",)), DesiredUser("ben", groups=("ops",))]
    (told,) = prove(iam, *people)
    assert told.startswith("employee ben:")
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 1, "GetPolicy": 2, "GetPolicyVersion": 2}


def test_nothing_can_be_read(sandbox: Sandbox, iam: t.Any) -> None:
    """What is not proved is a fault, which stops giving alone."""
    sandbox.seed(groups=[{"name": "sales", "managed_policies": [OWN_PASSWORD]}])
    sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", count=None)
    sandbox.fail("GetPolicy", "AccessDenied", count=None)
    (told,) = prove(iam, DesiredUser("asha", groups=("sales",)))
    assert told.startswith("the first sign-in: could not be proved to work: GetPolicy of policy ")
    assert "iam:SimulatePrincipalPolicy" in told


def test_advice_needs_no_permission(sandbox: Sandbox, iam: t.Any) -> None:
    """The simulator said no; that the policies cannot be read hides nothing of it."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[{"name": "sales", "managed_policies": [S3]}],
    )
    sandbox.fail("GetPolicy", "AccessDenied", count=None)
    (told,) = prove(iam, DesiredUser("asha", groups=("sales",)))
    assert "nothing allows them iam:ChangePassword" in told
    sandbox.seed(groups=[{"name": "ops", "managed_policies": [GUARD]}])
    (told,) = prove(iam, DesiredUser("asha", groups=("ops",)))
    assert "IAM's simulator says that the policy guard of department ops denies" in told


def test_a_joiner_with_policies_of_their_own(sandbox: Sandbox, iam: t.Any) -> None:
    """Judged by documents: nobody can be simulated who does not exist."""
    sandbox.seed(policies=[{"name": "guard", "document": FORCE_MFA}], groups=[{"name": "bare"}])
    people = [
        DesiredUser("asha", groups=("bare",), inline={"own": allow()}),
        DesiredUser("ben", policies=(OWN_PASSWORD,)),
        DesiredUser("carl", policies=(OWN_PASSWORD,), inline={"mfa": FORCE_MFA}),
        DesiredUser("dora", policies=(OWN_PASSWORD,), boundary=S3),
        DesiredUser("emil", policies=(OWN_PASSWORD,), boundary=GUARD),
        DesiredUser("fay", policies=(OWN_PASSWORD,), boundary=OWN_PASSWORD),
    ]
    sandbox.clear_calls()
    carl, dora, emil = sorted(prove(iam, *people))
    assert carl.startswith("employee carl:")
    assert "the policy mfa of employee carl denies" in carl
    assert dora.startswith("employee dora:")
    assert "boundary AmazonS3ReadOnlyAccess does not allow" in dora
    assert emil.startswith("employee emil:")
    assert "the policy guard of the permissions boundary denies" in emil
    assert calls(sandbox) == {"GetPolicy": 3, "GetPolicyVersion": 3}


def test_people_who_exist_are_simulated_whole(sandbox: Sandbox, iam: t.Any) -> None:
    """Somebody with policies of their own is one call, which sees their departments and boundary too."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[{"name": "sales", "managed_policies": [OWN_PASSWORD]}, {"name": "ops", "managed_policies": [GUARD]}],
        users=[
            {"name": "asha", "groups": ["sales"], "inline_policies": {"s3": allow("arn:aws:s3:::*")}},
            {"name": "ben", "groups": ["sales", "ops"], "managed_policies": [S3]},
            {"name": "carl", "groups": ["sales"], "permissions_boundary": S3},
            {"name": "dora", "groups": ["sales"]},
        ],
    )
    people = [DesiredUser(name) for name in ("asha", "ben", "carl", "dora")]
    sandbox.clear_calls()
    ben, carl = prove(iam, *people)
    assert ben.startswith("employee ben:")
    assert "the policy guard of department ops denies" in ben
    assert carl.startswith("employee carl:")
    assert "boundary AmazonS3ReadOnlyAccess does not allow" in carl
    assert calls(sandbox)["SimulatePrincipalPolicy"] <= 6
    sandbox.clear_calls()
    assert prove(iam, DesiredUser("asha"), DesiredUser("dora")) == []
    assert calls(sandbox) == {"SimulatePrincipalPolicy": 2}


def test_who_returns_is_not_judged_by_the_deny_that_goes(sandbox: Sandbox, iam: t.Any) -> None:
    """The plan takes it away before anything is issued."""
    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
    sandbox.seed(
        groups=[{"name": "sales", "managed_policies": [OWN_PASSWORD]}],
        users=[{"name": "asha", "groups": ["sales"], "inline_policies": {"workforce-suspended": everything}}],
    )
    (told,) = prove(iam, DesiredUser("asha"))
    assert "the policy workforce-suspended of employee asha denies" in told
    assert prove(iam, DesiredUser("asha", lift=True)) == []


def test_a_partial_directory(sandbox: Sandbox, iam: t.Any) -> None:
    """One person is asked for by name: what was not read is not taken for none."""
    sandbox.seed(
        policies=[{"name": "guard", "document": FORCE_MFA}],
        groups=[{"name": "sales", "managed_policies": [OWN_PASSWORD]}, {"name": "ops", "managed_policies": [GUARD]}],
        users=[{"name": "asha", "groups": ["sales"]}, {"name": "ben", "groups": ["sales", "ops"]}],
    )
    for name, faults in (("asha", 0), ("ben", 1)):
        wanted = DesiredUser(name, groups=())
        before = read_directory(iam, scope_of(Desired(users=(wanted,))))
        assert before.user(name).inline is None  # type: ignore[union-attr]  # it exists
        assert len(prove(iam, wanted, directory=before)) == faults
        sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", count=None)
        assert len(prove(iam, wanted, directory=before)) == faults
        joining = DesiredUser(name, groups=(), policies=(GUARD,))
        assert len(prove(iam, joining, directory=before)) == faults + 1
        sandbox.switch(errors=[])


class InProcess:
    """The sandbox's operations called as methods: no server, so that hundreds of accounts are judged in seconds."""

    def __init__(self, account: BackEnd) -> None:
        self._account = account

    def __getattr__(self, method: str) -> t.Callable[..., t.Any]:
        operation = {xform_name(name): name for name in OPERATIONS}[method]
        return lambda **params: OPERATIONS[operation](Call(operation, self._account, params, ""))


def may_change(account: BackEnd, name: str) -> bool:
    """Whether the user in fact gets through the change at the first sign-in."""
    try:
        require_change_password(account, account.user(name), mfa=False)
    except AccessDenied:
        return False
    return True


# IAM takes no new policy of 2008.
HOLDER: t.Final = st.dictionaries(
    st.sampled_from(["first", "second"]),
    DOCUMENTS.map(lambda document: {**document, "Version": "2012-10-17"}),
    max_size=2,
)


@given(
    departments=st.lists(st.tuples(HOLDER, st.booleans()), max_size=3),
    own=HOLDER,
    exists=st.booleans(),
    path=st.sampled_from(["/", "/staff/"]),
    rules=st.booleans(),
)
def test_the_proof_holds(
    departments: list[tuple[dict[str, t.Any], bool]], own: dict[str, t.Any], exists: bool, path: str, rules: bool
) -> None:
    """Who is said to get through does, and nobody else: in departments that exist and such as are only planned."""
    behaviour.install()
    iam_backends.clear()
    quotas.set(None, UserPolicySizeQuota=100_000, GroupPolicySizeQuota=100_000)
    account = t.cast("BackEnd", iam_backends[ACCOUNT.account_id]["aws"])
    if rules:
        account.update_account_password_policy(True, False, 0, 8, 0, False, False, False, False)
    named = {f"d{number}": department for number, department in enumerate(departments)}
    seed = Seeder(ACCOUNT.account_id)
    person = {"name": "asha", "path": path, "inline_policies": own}
    seed.fill({"groups": [{"name": name, "inline_policies": held} for name, (held, old) in named.items() if old]})
    if exists:
        seed.fill({"users": [{**person, "groups": [name for name, (_held, old) in named.items() if old]}]})
    before = Directory(
        {fold(user.name): user_read(user) for user in account.users.values()},
        {fold(group.name): group_read(group) for group in account.groups.values()},
        frozenset((fold(user.name), fold(name)) for user in account.users.values() for name in user.group_list),
    )
    groups = tuple(DesiredGroup(name, path="/", inline=held) for name, (held, _old) in named.items())
    wanted = DesiredUser("asha", path=path, inline=own, groups=tuple(named))
    told = prove(InProcess(account), wanted, groups=groups, rules=rules, directory=before)
    # The account as the plan leaves it.
    iam_backends[ACCOUNT.account_id]["aws"].groups.clear()
    account.users.clear()
    seed.fill(
        {
            "groups": [{"name": name, "inline_policies": held} for name, (held, _old) in named.items()],
            "users": [{**person, "groups": list(named)}],
        }
    )
    quotas.reset()
    assert may_change(account, "asha") is (told == [])


def user_read(user: t.Any) -> User:
    inline = {name: json.loads(document) for name, document in user.policies.items()}
    return User(user.name, user.path, arn=user.arn, tags={}, boundary="", attached={}, inline=inline)


def group_read(group: t.Any) -> Group:
    inline = {name: json.loads(document) for name, document in group.policies.items()}
    return Group(group.name, group.path, arn=group.arn, attached={}, inline=inline)


def simulated(**result: t.Any) -> dict[str, t.Any]:
    arn = "arn:aws:iam::123456789012:user/asha"
    return {"EvaluationResults": [{"EvalActionName": "iam:ChangePassword", "EvalResourceName": arn, **result}]}


IN_SALES: t.Final = Directory(
    {}, {"sales": Group("sales", arn="arn:aws:iam::123456789012:group/sales", attached={S3: "x"}, inline={})}
)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (simulated(EvalDecision="allowed"), None),
        (simulated(EvalDecision="implicitDeny"), "nothing allows them"),
        (simulated(EvalDecision="explicitDeny"), "IAM's simulator says that a policy of department sales denies"),
        (
            simulated(EvalDecision="implicitDeny", OrganizationsDecisionDetail={"AllowedByOrganizations": False}),
            "a service control policy of the organisation",
        ),
        (simulated(EvalDecision="allowed", OrganizationsDecisionDetail={"AllowedByOrganizations": True}), None),
        ({"EvaluationResults": []}, "nothing allows them"),
        (aws_error("PolicyEvaluation"), "nothing allows them"),
        (aws_error("NoSuchEntity"), "nothing allows them"),
        (aws_error("ServiceFailure"), "could not be proved to work"),
    ],
)
def test_answers_of_aws(answer: t.Any, told: str | None) -> None:
    """One resource without results of its own, as AWS answered for years; service control policies; no answer."""
    document = {"PolicyVersion": {"Document": allow("arn:aws:s3:::*")}}
    policy = {"Policy": {"DefaultVersionId": "v1"}}
    iam = IamDouble(SimulatePrincipalPolicy=answer, GetPolicy=policy, GetPolicyVersion=document)
    faults = prove(iam, DesiredUser("asha", groups=("sales",)), directory=IN_SALES)
    assert len(faults) == (0 if told is None else 1)
    assert told is None or told in faults[0]
    params = next(params for operation, params in iam.calls if operation == "simulate_principal_policy")
    assert params["PolicySourceArn"] == "arn:aws:iam::123456789012:group/sales"
    assert params["ResourceArns"] == ["arn:aws:iam::123456789012:user/asha"]
    entries = {entry["ContextKeyName"]: entry for entry in params["ContextEntries"]}
    for key, kind, value in (
        ("aws:username", "string", "asha"),
        ("aws:PrincipalArn", "string", "arn:aws:iam::123456789012:user/asha"),
        ("aws:MultiFactorAuthPresent", "boolean", "false"),
    ):
        assert entries[key] == {"ContextKeyName": key, "ContextKeyType": kind, "ContextKeyValues": [value]}


def test_what_nobody_can_know_may_block(iam: t.Any) -> None:
    """A denial by address: said so, and not as a fact."""
    office = {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    }
    sales = DesiredGroup("sales", inline={"office": {"Version": "2012-10-17", "Statement": [office]}})
    asha = DesiredUser("asha", groups=("sales",))
    proved = proof(iam, asha, groups=(sales,), rules=True)
    assert proved.faults == ()
    (told,) = proved.warnings
    assert told.startswith("employee asha: may not be able to complete the first sign-in: ")
    assert "may deny, under a condition that is met or not only when they sign in," in told
    assert "a statement of the policy office of department sales" in told
    # What is not known is no excuse for what is.
    lacking = proof(iam, asha, groups=(sales,))
    assert lacking.warnings == (told,)
    assert [str(fault).partition(", which")[0] for fault in lacking.faults] == [
        "employee asha: would not be able to complete the first sign-in: nothing allows them iam:ChangePassword"
    ]


def test_a_doubt_where_the_simulator_is_certain(sandbox: Sandbox, iam: t.Any) -> None:
    """It takes what it is not told for absent; the documents tell that nobody can know."""
    office = {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"StringNotLike": {"aws:SourceVpc": "vpc-1"}},
    }
    may = {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [office, may]}
    sandbox.seed(groups=[{"name": "sales", "inline_policies": {"office": document}}])
    proved = proof(iam, DesiredUser("asha", groups=("sales",)))
    assert calls(sandbox)["SimulatePrincipalPolicy"] == 1
    assert proved.faults == ()
    assert len(proved.warnings) == 1
