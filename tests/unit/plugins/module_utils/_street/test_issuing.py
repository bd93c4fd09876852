# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First credentials: nothing is asked where nothing is issued; who cannot be reached today waits, and nobody else."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import (
    DeliveryError,
    Issued,
    Recipient,
    SignIn,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account, AccountSettings, Directory, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault, Phase, Plan, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import CHART_TITLES, Subject
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.proof import Proved
from ansible_collections.workforce.aws.plugins.module_utils._street import issuing
from ansible_collections.workforce.aws.plugins.module_utils._street.issuing import (
    Issuance,
    Proof,
    Ready,
    make_ready,
    prove,
)

from tests.support.iam_double import IamDouble, aws_error

ACCOUNT = Account("123456789012", "arn:aws:iam::123456789012:user/runner", "acme")
PENDING = {"Tags": [{"Key": "workforce:credential", "Value": "pending"}]}
DIRECTORY = Directory(
    users={
        "pat": User("Pat", tags={"workforce:credential": "pending"}),
        "rob": User("rob", tags={"workforce:suspended": "2026-11-01T00:00:00Z list"}),
        "lee": User("lee", tags={}),
        "mo": User("mo", tags={}),
    },
    groups={},
)


class Way:
    at_once = 1

    def __init__(self, name: str, error: DeliveryError | None = None, warnings: tuple[str, ...] = ()) -> None:
        self.name = name
        self.error = error
        self.told = warnings
        self.calls: list[str] = []

    def reaches(self, recipient: Recipient) -> bool:
        return True

    def try_out(self) -> None:
        self.calls.append("try_out")
        if self.error:
            raise self.error

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        self.calls.append(f"deliver to {recipient.name} at {sign_in.url}")

    def warnings(self) -> tuple[str, ...]:
        return self.told

    def close(self) -> None:
        self.calls.append("close")


def step(name: str, operation: str, phase: Phase = Phase.CREDENTIALS, **params: t.Any) -> Step:
    is_issuing = phase == Phase.CREDENTIALS
    return Step(
        Subject("user", name), operation, {"UserName": name, **params}, operation, phase, is_issuing, issuing=is_issuing
    )


def chain(name: str, *by: str) -> list[Step]:
    made = step(name, "CreateLoginProfile", PasswordResetRequired=True)
    return [made, step(name, "Deliver", By=list(by)), step(name, "TagUser", Tags=[])]


STEPS = [
    step("gone", "DeleteLoginProfile", Phase.LEAVERS),
    Step(Subject("group", "sales"), "CreateGroup", {"GroupName": "sales"}, "", Phase.GROUPS),
    step("new", "CreateUser", Phase.USERS, **PENDING),
    step("new", "AddUserToGroup", Phase.USERS, GroupName="sales"),
    step("Pat", "AddUserToGroup", Phase.USERS, GroupName="sales"),
    step("lee", "TagUser", Phase.USERS, **PENDING),
    step("lee", "TagUser", Phase.USERS, Tags=[{"Key": "team", "Value": "x"}]),
    step("rob", "TagUser", Phase.USERS, **PENDING),
    step("rob", "UntagUser", Phase.USERS, TagKeys=["workforce:suspended"]),
    *chain("new", "mail"),
    *chain("Pat", "mail", "file"),
    *chain("lee", "mail"),
    *chain("rob", "mail"),
    *chain("mo", "file"),
]


def issuance(*ways: Way, **more: t.Any) -> Issuance:
    recipients = {name: Recipient(name) for name in ("new", "pat", "lee", "rob", "mo")}
    return Issuance(ACCOUNT, ways, recipients, **more)


def made_ready(
    steps: t.Sequence[Step], *ways: Way, iam: IamDouble | None = None, check_mode: bool = False, **more: t.Any
) -> Ready:
    return make_ready(
        iam or IamDouble(), Plan(tuple(steps)), DIRECTORY, issuance(*ways, **more), Proof(), check_mode=check_mode
    )


def summary(steps: t.Iterable[Step]) -> list[str]:
    return [f"{each.subject.name} {each.operation}" for each in steps]


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[t.Any]:
    """What the proof of the first sign-in was asked; it finds a fault."""
    asked: list[t.Any] = []

    def proof(*given: t.Any, **more: t.Any) -> Proved:
        asked.append((given, more))
        return Proved((Fault("user new", "may not change the password"),), ("user new: a doubt",))

    monkeypatch.setattr(issuing, "prove_first_sign_in", proof)
    return asked


@pytest.mark.parametrize(
    ("settings", "changes", "expected"),
    [
        (AccountSettings(), (), 9),
        (AccountSettings(password_policy=False), (), 8),
        (AccountSettings(password_policy={"MinimumPasswordLength": 12}), (), 12),
        (AccountSettings(password_policy=False), ({"MinimumPasswordLength": 30},), 30),
    ],
)
def test_passwords_follow_the_rules_that_will_hold(
    settings: AccountSettings, changes: tuple[dict[str, t.Any], ...], expected: int, proved: list[t.Any]
) -> None:
    """Those of the plan, else those that were read already, else those that are asked for."""
    before = dataclasses.replace(DIRECTORY, settings=settings)
    subject = Subject("account", "settings")
    rules = [Step(subject, "UpdateAccountPasswordPolicy", one, "", Phase.ACCOUNT) for one in changes]
    iam = IamDouble(GetAccountPasswordPolicy={"PasswordPolicy": {"MinimumPasswordLength": 9}})
    assert prove(t.cast("t.Any", iam), [*rules, *STEPS], before, issuance()).rules.minimum_length == expected
    assert iam.operations() == (["get_account_password_policy"] if settings == AccountSettings() else [])


def test_where_nothing_is_issued_nothing_is_asked(proved: list[t.Any]) -> None:
    iam, mail = IamDouble(), Way("mail", DeliveryError("gone", "X"))
    plain = [each for each in STEPS if not each.issuing]
    assert prove(iam, plain, DIRECTORY, issuance(mail)) == Proof()
    ready = made_ready(plain, mail, iam=iam)
    assert ready.steps == tuple(plain)
    assert (ready.issuer, ready.postponed, ready.warnings) == (None, (), ())
    assert (iam.calls, mail.calls, proved) == ([], [], [])


def test_what_is_only_revoked_needs_an_issuer_and_no_mail_server() -> None:
    iam, mail = IamDouble(), Way("mail", DeliveryError("gone", "X"))
    steps = [step("lee", "DeleteLoginProfile"), step("lee", "TagUser", Tags=[])]
    ready = made_ready(steps, mail, iam=iam)
    assert ready.steps == tuple(steps)
    assert ready.issuer is not None
    assert (iam.calls, mail.calls) == ([], [])


def test_the_proof_is_asked_with_the_accounts_own_rules(proved: list[t.Any]) -> None:
    iam = IamDouble(GetAccountPasswordPolicy={"PasswordPolicy": {"AllowUsersToChangePassword": True}})
    proof = prove(iam, STEPS, DIRECTORY, issuance(Way("mail"), titles=CHART_TITLES))
    assert [str(fault) for fault in proof.faults] == ["user new: may not change the password"]
    assert proof.rules.allows_change
    (given, more) = proved[0]
    assert given == (iam, STEPS, DIRECTORY, ACCOUNT)
    assert more == {"rules_allow_change": True, "require_mfa": frozenset(), "titles": CHART_TITLES}


def test_a_doubt_is_told_when_it_begins(proved: list[t.Any]) -> None:
    """And only then: what is not begun needs no warning."""
    iam, way = IamDouble(GetAccountPasswordPolicy={"PasswordPolicy": {}}), issuance(Way("mail"))
    proof = prove(iam, STEPS, DIRECTORY, way)
    assert make_ready(iam, Plan(tuple(STEPS)), DIRECTORY, way, proof, check_mode=False).warnings == (
        "user new: a doubt",
    )


def test_rules_that_cannot_be_read_are_a_fault_of_giving(proved: list[t.Any]) -> None:
    iam = IamDouble(GetAccountPasswordPolicy=aws_error("AccessDenied"))
    (fault,) = prove(iam, STEPS, DIRECTORY, issuance(Way("mail"))).faults
    assert "Allow iam:GetAccountPasswordPolicy" in fault.what
    assert not fault.stops_cutting
    assert proved == []


def test_an_unknown_partition_is_a_fault(proved: list[t.Any]) -> None:
    away = Account("123456789012", "arn:aws-iso:iam::123456789012:user/runner")
    iam = IamDouble(GetAccountPasswordPolicy={"PasswordPolicy": {}})
    faults = prove(iam, STEPS, DIRECTORY, Issuance(away)).faults
    assert [fault.who for fault in faults] == ["sign_in_url", "user new"]


def test_every_delivery_is_tried_and_its_warnings_are_told() -> None:
    mail, file = Way("mail"), Way("file", warnings=("the folder goes with the container",))
    ready = made_ready(STEPS, mail, file)
    assert ready.steps == tuple(STEPS)
    assert ready.warnings == ("the folder goes with the container",)
    assert (ready.postponed, mail.calls, file.calls) == ((), ["try_out"], ["try_out"])
    ready.close()
    assert mail.calls == file.calls == ["try_out", "close"]


def test_a_delivery_that_nobody_needs_is_not_tried() -> None:
    mail, file = Way("mail"), Way("file")
    made_ready(chain("mo", "file"), mail, file)
    assert mail.calls == []


def test_who_cannot_be_reached_waits_and_everything_else_goes_on() -> None:
    mail = Way("mail", DeliveryError("the mail server smtp.example.com does not answer", "TimeoutError", "Check host"))
    ready = made_ready(STEPS, mail, Way("file"), titles=CHART_TITLES)
    assert summary(ready.steps) == [
        "gone DeleteLoginProfile",
        "sales CreateGroup",
        "Pat AddUserToGroup",
        "lee TagUser",
        "mo CreateLoginProfile",
        "mo Deliver",
        "mo TagUser",
    ]
    assert ready.steps[3].params["Tags"] == [{"Key": "team", "Value": "x"}]
    assert [str(fault) for fault in ready.postponed] == [
        "mail: the mail server smtp.example.com does not answer. Check host. "
        "4 employees wait for their credentials: Pat, lee, new, rob."
    ]


def test_in_check_mode_a_delivery_that_fails_is_a_warning() -> None:
    mail = Way("mail", DeliveryError("the mail server does not answer", "TimeoutError", "Check host."))
    iam = IamDouble()
    ready = made_ready(STEPS, mail, iam=iam, check_mode=True)
    assert ready.steps == tuple(STEPS)
    assert (ready.postponed, ready.issuer) == ((), None)
    assert ready.warnings == ("the mail server does not answer. Check host.",)
    assert (iam.calls, mail.calls) == ([], ["try_out", "close"])
