# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Friendly policy names become ARNs, or faults."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredGroup, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.managed_policies import (
    Policy,
    needs_listing,
    policy_name,
    references,
    resolve,
)
from hypothesis import given
from hypothesis import strategies as st

AWS = "arn:aws:iam::aws:policy/"
OURS = "arn:aws:iam::123456789012:policy/"
READ, BILLING = f"{AWS}ReadOnlyAccess", f"{AWS}job-function/Billing"
ROOT_BILLING, LOWER, UPPER = f"{OURS}team/Billing", f"{OURS}reports", f"{OURS}Reports"
LISTING = (
    Policy(READ, "ReadOnlyAccess", "/"),
    Policy(BILLING, "Billing", "/job-function/"),
    Policy(ROOT_BILLING, "Billing", "/team/"),
    Policy(LOWER, "reports", "/"),
    Policy(f"{OURS}Edge", "Edge", "/"),
)


def resolved(*refs: str, listing: t.Sequence[Policy] | None = LISTING) -> tuple[tuple[str, ...] | None, list[str]]:
    """The ARNs and faults of one group with these policies."""
    desired, faults = resolve(Desired(groups=(DesiredGroup("sales", policies=refs),)), listing, "aws")
    return desired.groups[0].policies, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("ref", "arn"),
    [
        ("ReadOnlyAccess", READ),
        ("/ReadOnlyAccess", READ),
        ("readonlyaccess", READ),
        ("job-function/Billing", BILLING),
        ("/job-function/Billing", BILLING),
        ("JOB-function/billing", BILLING),
        ("team/Billing", ROOT_BILLING),
        (READ, READ),
        (BILLING, BILLING),
    ],
)
def test_every_way_to_write_a_policy(ref: str, arn: str) -> None:
    assert resolved(ref) == ((arn,), [])


def test_the_spelling_in_the_same_case_comes_first() -> None:
    listing = (*LISTING, Policy(UPPER, "Reports", "/"))
    assert resolved("reports", listing=listing) == ((LOWER,), [])
    assert resolved("Reports", listing=listing) == ((UPPER,), [])
    assert resolved("REPORTS", listing=listing) == (
        (),
        [f"group sales: names the policy REPORTS, which is ambiguous: {LOWER} or {UPPER}; give the ARN"],
    )


def test_an_ambiguous_name_is_told_with_both_arns() -> None:
    assert resolved("Billing") == (
        (),
        [f"group sales: names the policy Billing, which is ambiguous: {BILLING} or {ROOT_BILLING}; give the ARN"],
    )


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("ReadOnlyAcess", "the policy ReadOnlyAcess, which the account does not have; did you mean ReadOnlyAccess?"),
        ("/ReadOnlyAcess", "the policy /ReadOnlyAcess, which the account does not have; did you mean ReadOnlyAccess?"),
        (
            "job-functions/Billing",
            "the policy job-functions/Billing, which the account does not have; did you mean job-function/Billing?",
        ),
        ("zzz", "the policy zzz, which the account does not have"),
        (f"{AWS}ReadOnlyAcces", f"{AWS}ReadOnlyAcces, which the account does not have; did you mean {READ}?"),
        (
            "arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
            "arn:aws-cn:iam::aws:policy/ReadOnlyAccess, which is of partition aws-cn; this account is in aws",
        ),
        ("arn:aws:iam::aws:role/X", "arn:aws:iam::aws:role/X, which is not the ARN of a managed policy"),
    ],
)
def test_references_that_lead_nowhere(ref: str, told: str) -> None:
    assert resolved(ref) == ((), [f"group sales: names {told}"])


def test_without_a_listing_arns_are_only_checked_for_their_form() -> None:
    other = f"{AWS}Unheard"
    assert resolved(other, READ, listing=None) == ((other, READ), [])
    assert len(resolved("arn:aws-cn:iam::aws:policy/X", listing=None)[1]) == 1


def test_a_name_without_a_listing_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="must be listed"):
        resolved("ReadOnlyAccess", listing=None)


def test_an_empty_listing_is_a_listing() -> None:
    assert resolved("X", listing=())[1] == ["group sales: names the policy X, which the account does not have"]
    assert resolved(READ, listing=())[1] == [f"group sales: names {READ}, which the account does not have"]


def test_a_policy_listed_twice_is_not_ambiguous() -> None:
    assert resolved("Edge", listing=(*LISTING, *LISTING)) == ((f"{OURS}Edge",), [])


def test_duplicates_fold_and_order_stays() -> None:
    assert resolved("reports", READ, "ReadOnlyAccess", "REPORTS") == ((LOWER, READ), [])


def test_a_list_that_is_not_understood_whole_takes_nothing_away() -> None:
    asked = Desired(
        groups=(
            DesiredGroup("bad", policies=("zzz", READ), purge_policies=True),
            DesiredGroup("good", policies=(READ,), purge_policies=True),
            DesiredGroup("additive", policies=(READ,)),
        )
    )
    bad, good, additive = resolve(asked, LISTING, "aws")[0].groups
    assert (bad.policies, bad.purge_policies) == ((READ,), False)
    assert (good.policies, good.purge_policies) == ((READ,), True)
    assert not additive.purge_policies


def test_boundaries_are_resolved_too() -> None:
    asked = Desired(
        users=(
            DesiredUser("a", boundary="Edge"),
            DesiredUser("b", boundary=""),
            DesiredUser("c"),
            DesiredUser("d", boundary="Edgy", policies=("edge", "nope")),
        )
    )
    desired, faults = resolve(asked, LISTING, "aws")
    assert [user.boundary for user in desired.users] == [f"{OURS}Edge", "", None, None]
    assert [user.policies for user in desired.users] == [None, None, None, (f"{OURS}Edge",)]
    assert [str(fault) for fault in faults] == [
        "user d: names the policy nope, which the account does not have",
        "user d, boundary: names the policy Edgy, which the account does not have; did you mean Edge?",
    ]


def test_faults_speak_the_words_of_who_asks() -> None:
    asked = Desired(groups=(DesiredGroup("g", policies=("x",)),), users=(DesiredUser("u", policies=("x",)),))
    _desired, faults = resolve(asked, (), "aws", {"user": "employee", "group": "department"})
    assert [fault.who for fault in faults] == ["department g", "employee u"]


def test_the_rest_of_the_desired_is_untouched() -> None:
    asked = Desired(
        groups=(DesiredGroup("g", path="/x/", members=("u",), inline={"i": {}}),),
        users=(DesiredUser("u", tags={"a": "b"}, groups=("g",), absent=True),),
    )
    assert resolve(asked, LISTING, "aws") == (asked, ())


@pytest.mark.parametrize(
    ("desired", "needed"),
    [
        (Desired(), False),
        (Desired(groups=(DesiredGroup("g"),), users=(DesiredUser("u", boundary=""),)), False),
        (Desired(groups=(DesiredGroup("g", policies=(READ,)),)), False),
        (Desired(groups=(DesiredGroup("g", policies=(READ, "X")),)), True),
        (Desired(users=(DesiredUser("u", policies=("X",)),)), True),
        (Desired(users=(DesiredUser("u", boundary="X"),)), True),
        (Desired(users=(DesiredUser("u", boundary=READ, policies=()),)), False),
    ],
)
def test_policies_are_listed_only_for_a_name(desired: Desired, needed: bool) -> None:
    assert needs_listing(desired) is needed


def test_all_references_of_a_desired() -> None:
    asked = Desired(
        groups=(DesiredGroup("g", policies=("a", "b")), DesiredGroup("h")),
        users=(DesiredUser("u", policies=("b", "c"), boundary="d"), DesiredUser("v", boundary="")),
    )
    assert references(asked) == {"a", "b", "c", "d"}


def test_the_name_in_an_arn() -> None:
    assert policy_name(BILLING) == "Billing"
    assert policy_name(READ) == "ReadOnlyAccess"


NAMES = st.text(alphabet="abAB", min_size=1, max_size=2)
PATHS = st.sampled_from(["/", "/p/", "/P/", "/p/q/"])


@given(st.lists(st.tuples(PATHS, NAMES), unique=True, max_size=8), st.data())
def test_a_full_name_is_unambiguous_and_a_resolved_list_resolves_to_itself(
    found: list[tuple[str, str]], data: st.DataObject
) -> None:
    listing = [Policy(f"arn:aws:iam::123456789012:policy{path}{name}", name, path) for path, name in found]
    for policy in listing:
        if policy.path != "/":
            assert resolved(f"{policy.path}{policy.name}", listing=listing) == ((policy.arn,), [])
    refs = data.draw(st.lists(st.one_of(NAMES, st.sampled_from([p.arn for p in listing] or ["a"])), max_size=4))
    arns, faults = resolved(*refs, listing=listing)
    assert resolved(*(arns or ()), listing=listing) == (arns, [])
    assert len(arns or ()) + len(faults) <= len(refs)
