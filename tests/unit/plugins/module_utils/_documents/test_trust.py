# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust policies: what IAM would refuse, and a trust in everybody."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._documents.trust import trust_faults
from ansible_collections.workforce.aws.plugins.module_utils._rights.trust import trust_of_departments

STATEMENT: dict[str, t.Any] = {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
    "Action": "sts:AssumeRole",
}
WHOM = "write whom the role trusts, such as AWS: an account's number"
STS = (
    "a trust policy decides about sts:AssumeRole, sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity, "
    "sts:SetContext, sts:SetSourceIdentity, sts:TagSession"
)
EVERYBODY = "trusts everybody (*) in statement 1, people of other accounts too"


def trust(**changes: t.Any) -> dict[str, t.Any]:
    """A trust policy of one statement with these keys changed; None takes a key away."""
    statement = {key: value for key, value in {**STATEMENT, **changes}.items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [statement]}


def everybody(**condition: t.Any) -> dict[str, t.Any]:
    return trust(Principal={"AWS": "*"}, Condition=condition)


@pytest.mark.parametrize(
    "good",
    [
        trust(),
        trust(Principal={"AWS": "123456789012"}),
        trust(Principal={"AWS": ["arn:aws-cn:iam::123456789012:user/staff/asha", "AROAEXAMPLEEXAMPLEID0"]}),
        trust(Principal={"AWS": "arn:aws:sts::123456789012:assumed-role/deployer/asha"}),
        trust(Principal={"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, Sid="two words"),
        trust(
            Principal={"Federated": "arn:aws:iam::123456789012:saml-provider/corp"},
            Action=["sts:AssumeRoleWithSAML", "sts:TagSession"],
        ),
        trust(Action=["sts:assumerole", "sts:Tag*"]),
        trust(Action="sts:*"),
        trust(Effect="Deny", Principal="*"),
        everybody(StringEquals={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
        everybody(**{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}),
        everybody(ArnLike={"AWS:principalarn": "arn:aws:iam::123456789012:role/ci-*"}),
        everybody(StringEquals={"aws:PrincipalAccount": [123456789012, "210987654321"]}),
    ],
)
def test_good_trust(good: dict[str, t.Any]) -> None:
    assert list(trust_faults(good)) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({}, "has no Statement"),
        ({**trust(), "Version": "1"}, "has Version 1; IAM knows"),
        (trust(Principal=None), f"has no Principal in statement 1; {WHOM}"),
        (trust(Principal="123456789012"), f"has a string (123456789012) for Principal in statement 1; {WHOM}"),
        (trust(Principal={}), f"has an empty Principal in statement 1; {WHOM}"),
        (trust(Principal={"AWS": []}), "has nobody for AWS in the Principal of statement 1"),
        (
            trust(Principal={"AWS": 123456789012}),
            "has a number (123456789012) for AWS in the Principal of statement 1; put it in quotes",
        ),
        (
            trust(Principal={"aws": "123456789012"}),
            "has the unknown key aws in the Principal of statement 1; did you mean AWS?",
        ),
        (
            trust(Principal={"AWS": "deployers"}, Sid="Whom"),
            "trusts deployers in statement 1 (Whom); write an account's number of twelve digits, "
            "or the ARN of a user or role",
        ),
        (
            trust(Principal={"AWS": "arn:aws:iam::123456789012:group/sales"}),
            "trusts arn:aws:iam::123456789012:group/sales",
        ),
        (
            trust(Principal={"AWS": "arn:aws:iam::123456789012:user/*"}),
            "trusts arn:aws:iam::123456789012:user/* in statement 1; a principal has no wildcards: "
            "name each, or use a condition",
        ),
        (trust(Principal={"Service": "*.amazonaws.com"}), "trusts *.amazonaws.com in statement 1; a principal has no"),
        (
            trust(NotPrincipal={"AWS": "123456789012"}, Principal=None),
            "has NotPrincipal in statement 1, which a trust policy has not; write whom it trusts into Principal",
        ),
        (
            trust(Resource="*"),
            "has Resource in statement 1, which a trust policy has not, for it is about its own role alone; take",
        ),
        (
            trust(NotAction="sts:TagSession", Action=None),
            "has NotAction in statement 1, which a trust policy has not; write what it allows into Action, such as ",
        ),
        (trust(Action=None), "has neither of Action and NotAction in statement 1; write one of the two"),
        (trust(Action="*"), f"has * for Action in statement 1; {STS}"),
        (trust(Action="*:*"), f"has *:* for Action in statement 1; {STS}"),
        (trust(Action=["sts:AssumeRole", "s3:*"]), f"has s3:* for Action in statement 1; {STS}"),
        (
            trust(Action="sts:AssumeRoll"),
            f"has sts:AssumeRoll for Action in statement 1; {STS}; did you mean sts:AssumeRole?",
        ),
        (trust(Action="AssumeRole"), "has AssumeRole for Action in statement 1; write service:Name"),
        (trust(Effect="allow"), "has a string (allow) for Effect in statement 1"),
        (
            trust(Condition={"Strings": {"a:b": "c"}}),
            "has the unknown operator Strings in the Condition of statement 1",
        ),
        (trust(principal="*"), "has the unknown key principal in statement 1; did you mean Principal?"),
    ],
)
def test_trust_that_iam_would_refuse(bad: dict[str, t.Any], told: str) -> None:
    (fault,) = trust_faults(bad)
    assert fault.startswith(told)


@pytest.mark.parametrize(
    "bad",
    [
        trust(Principal="*"),
        trust(Principal={"AWS": "*"}),
        trust(Principal={"AWS": ["123456789012", "*"]}),
        trust(Principal={"Federated": "*"}),
        everybody(Bool={"aws:MultiFactorAuthPresent": "true"}),
        everybody(StringNotEquals={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
        everybody(StringEqualsIfExists={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
        everybody(**{"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        everybody(StringLike={"aws:PrincipalOrgID": "o-*"}),
        everybody(StringLike={"aws:PrincipalAccount": ["123456789012", "*"]}),
        everybody(ArnLike={"aws:PrincipalArn": "arn:aws:iam::*:role/ci"}),
        everybody(StringEquals={"sts:ExternalId": "o-a1b2c3d4e5"}),
    ],
)
def test_everybody_is_not_trusted(bad: dict[str, t.Any]) -> None:
    (fault,) = trust_faults(bad)
    assert fault.startswith(EVERYBODY)


def test_all_faults_are_told() -> None:
    bad = {"Statement": [trust(Effect=None, Principal=None)["Statement"][0], {**STATEMENT, "Resource": "*"}]}
    assert [fault.split(";")[0] for fault in trust_faults(bad)] == [
        "has no Effect in statement 1: Allow or Deny",
        "has no Principal in statement 1",
        "has Resource in statement 2, which a trust policy has not, for it is about its own role alone",
    ]


def test_what_is_made_for_departments_is_good() -> None:
    account = Account("123456789012", "arn:aws-cn:iam::123456789012:user/automation")
    assert list(trust_faults(trust_of_departments("workforce:role.deployer", account, require_mfa=True))) == []
