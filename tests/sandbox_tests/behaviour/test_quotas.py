# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quotas: AWS's own, the smaller ones that a test sets, and GetAccountSummary which tells both."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.authenticator import give_device

from ..refusal import refused

# The defaults that a live probe read from GetAccountSummary, and the IAM user guide's page on quotas names.
AWS_QUOTAS = {
    "UsersQuota": 5000,
    "GroupsQuota": 300,
    "GroupsPerUserQuota": 10,
    "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10,
    "AttachedPoliciesPerRoleQuota": 20,
    "PoliciesQuota": 1500,
    "PolicySizeQuota": 6144,
    "VersionsPerPolicyQuota": 5,
    "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120,
    "RolePolicySizeQuota": 10240,
    "AccessKeysPerUserQuota": 2,
    "SigningCertificatesPerUserQuota": 2,
}


def document(size: int = 0) -> str:
    """A policy of so many characters that count."""
    statement = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Sid": ""}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    bare = len(json.dumps(policy, separators=(",", ":")))
    statement["Sid"] = "x" * max(1, size - bare)
    return json.dumps(policy, indent=4)


def create_policies(iam: Any, number: int) -> list[str]:
    return [iam.create_policy(PolicyName=f"p{n}", PolicyDocument=document())["Policy"]["Arn"] for n in range(number)]


def test_summary_tells_awss_quotas(iam: Any) -> None:
    """GetAccountSummary: every key of the API reference, with AWS's defaults."""
    summary = iam.get_account_summary()["SummaryMap"]
    modelled = set(iam.meta.service_model.shape_for("summaryKeyType").enum)
    assert modelled <= set(summary)
    assert {name: summary[name] for name in AWS_QUOTAS} == AWS_QUOTAS


def test_summary_counts(iam: Any) -> None:
    """GetAccountSummary: real counts, AccountPasswordPresent among them (API reference)."""
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    arn = create_policies(iam, 1)[0]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document())
    give_device(iam, "u")
    iam.create_virtual_mfa_device(VirtualMFADeviceName="orphan")
    summary = iam.get_account_summary()["SummaryMap"]
    counted = ("Users", "Groups", "Policies", "PolicyVersionsInUse", "MFADevices", "MFADevicesInUse")
    assert [summary[name] for name in counted] == [1, 1, 1, 2, 2, 1]
    assert summary["AccountPasswordPresent"] == 1


def test_quotas_can_be_set_for_all_or_one_account(sandbox: Sandbox, iam: Any) -> None:
    """The sandbox's own: smaller quotas, per account or for all, shown by GetAccountSummary, gone after a reset."""
    other = sandbox.boto("iam", account_id="210987654321")
    sandbox.quotas(UsersQuota=1, GroupsQuota=7)
    sandbox.quotas("210987654321", UsersQuota=2)
    assert iam.get_account_summary()["SummaryMap"]["UsersQuota"] == 1
    summary = other.get_account_summary()["SummaryMap"]
    assert (summary["UsersQuota"], summary["GroupsQuota"]) == (2, 7)
    iam.create_user(UserName="a")
    with refused("LimitExceeded", "Cannot exceed quota for UsersPerAccount: 1"):
        iam.create_user(UserName="b")
    other.create_user(UserName="a")
    other.create_user(UserName="b")
    sandbox.reset()
    assert iam.get_account_summary()["SummaryMap"]["UsersQuota"] == 5000


def test_groups_per_account(sandbox: Sandbox, iam: Any) -> None:
    """Quotas: 300 groups by default; the next CreateGroup gives LimitExceeded."""
    sandbox.quotas(GroupsQuota=2)
    iam.create_group(GroupName="a")
    iam.create_group(GroupName="b")
    with refused("LimitExceeded", "GroupsPerAccount: 2"):
        iam.create_group(GroupName="c")


def test_the_eleventh_group_of_a_user(iam: Any) -> None:
    """Quotas: 10 groups per user; adding to a group again is not one more."""
    iam.create_user(UserName="u")
    for number in range(11):
        iam.create_group(GroupName=f"g{number}")
    for number in range(10):
        iam.add_user_to_group(UserName="u", GroupName=f"g{number}")
    with refused("LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10"):
        iam.add_user_to_group(UserName="u", GroupName="g10")
    iam.add_user_to_group(UserName="u", GroupName="g0")
    iam.remove_user_from_group(UserName="u", GroupName="g0")
    iam.add_user_to_group(UserName="u", GroupName="g10")


@pytest.mark.parametrize("kind", ["user", "group"])
def test_the_eleventh_managed_policy(iam: Any, kind: str) -> None:
    """Quotas: 10 managed policies per user and per group; attaching one again is not one more."""
    getattr(iam, f"create_{kind}")(**{f"{kind.title()}Name": "x"})
    attach = getattr(iam, f"attach_{kind}_policy")
    arns = create_policies(iam, 11)
    for arn in arns[:10]:
        attach(**{f"{kind.title()}Name": "x", "PolicyArn": arn})
    with refused("LimitExceeded", f"Cannot exceed quota for PoliciesPer{kind.title()}: 10"):
        attach(**{f"{kind.title()}Name": "x", "PolicyArn": arns[10]})
    attach(**{f"{kind.title()}Name": "x", "PolicyArn": arns[0]})


@pytest.mark.parametrize(("kind", "most"), [("user", 2048), ("group", 5120)])
def test_inline_policies_are_measured_together_without_whitespace(iam: Any, kind: str, most: int) -> None:
    """Quotas: inline policies of a user 2,048, of a group 5,120 characters in all, whitespace not counted."""
    getattr(iam, f"create_{kind}")(**{f"{kind.title()}Name": "x"})
    put = getattr(iam, f"put_{kind}_policy")
    owner = {f"{kind.title()}Name": "x"}
    put(**owner, PolicyName="a", PolicyDocument=document(1000))
    put(**owner, PolicyName="b", PolicyDocument=document(most - 1000))
    with refused("LimitExceeded", f"Maximum policy size of {most} bytes exceeded for {kind} x"):
        put(**owner, PolicyName="c", PolicyDocument=document())
    with refused("LimitExceeded"):
        put(**owner, PolicyName="A", PolicyDocument=document(1001))
    put(**owner, PolicyName="A", PolicyDocument=document(1000))


def test_customer_policies(sandbox: Sandbox, iam: Any) -> None:
    """Quotas: customer managed policies per account, 5 versions each, 6,144 characters."""
    sandbox.quotas(PoliciesQuota=1)
    arn = create_policies(iam, 1)[0]
    with refused("LimitExceeded", "PoliciesPerAccount"):
        iam.create_policy(PolicyName="more", PolicyDocument=document())
    for _time in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document())
    with refused("LimitExceeded", "up to 5 versions"):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document())


def test_size_of_a_managed_policy(iam: Any) -> None:
    """Quotas: a managed policy has up to 6,144 characters that are not whitespace."""
    iam.create_policy(PolicyName="full", PolicyDocument=document(6144))
    with refused("LimitExceeded", "PolicySize: 6144"):
        iam.create_policy(PolicyName="fuller", PolicyDocument=document(6145))


def test_the_third_access_key(iam: Any) -> None:
    """Quotas: 2 access keys per user, inactive ones counted."""
    iam.create_user(UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
    iam.update_access_key(UserName="u", AccessKeyId=key, Status="Inactive")
    iam.create_access_key(UserName="u")
    with refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"):
        iam.create_access_key(UserName="u")
    iam.delete_access_key(UserName="u", AccessKeyId=key)
    iam.create_access_key(UserName="u")


def test_mfa_devices(sandbox: Sandbox, iam: Any) -> None:
    """Quotas: 8 MFA devices per user; as many virtual ones as users in the account, orphans among them."""
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    iam.create_user(UserName="u")
    for number in range(8):
        iam.enable_mfa_device(UserName="u", SerialNumber=f"GAHT{number:08}", **codes)
    with refused("LimitExceeded", "MFADevicesPerUser: 8"):
        iam.enable_mfa_device(UserName="u", SerialNumber="GAHT99999999", **codes)
    sandbox.quotas(UsersQuota=1)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="a")
    with refused("LimitExceeded"):
        iam.create_virtual_mfa_device(VirtualMFADeviceName="b")


def test_tags_may_be_limited_further(sandbox: Sandbox, iam: Any) -> None:
    """The sandbox's own: the quota of tags can be set too."""
    sandbox.quotas(TagsPerUserQuota=1)
    iam.create_user(UserName="u", Tags=[{"Key": "a", "Value": ""}])
    with refused("LimitExceeded"):
        iam.tag_user(UserName="u", Tags=[{"Key": "b", "Value": ""}])


def test_a_quota_that_does_not_exist(sandbox: Sandbox) -> None:
    """The sandbox's own: a misspelt quota is an error, not a test that proves nothing."""
    with pytest.raises(Exception, match="no such quota: UserQuota"):
        sandbox.quotas(UserQuota=1)
