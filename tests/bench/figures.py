# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that are promised, beside what was measured. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.company import Company, writes_to_create
from tests.bench.measure import Run

NO_OP_CALLS = 12
ONE_USER_CALLS = 2
TIMES_FASTER = 100
WHOLE_RATIO = 1.5
WRITE_RATIO = 1.1
ISSUE_RATIO = 1.5
FAR_RATIO = 1.3
FORKS_RATIO = 1.6
UNDISTURBED = 0.75
FRESH_CALLS = 2
HEALED_CALLS = 4
OUTPUT = 10_000
USERS_TASK = "Users"


@dataclass(frozen=True)
class PerPerson:
    """What a person costs in a loop over amazon.aws's modules, from two samples of these sizes.

    Calls are the samples' difference, which holds what a member costs in the loop over the groups too. Seconds are the
    loop over the users alone: neither Ansible's start nor the groups are held against it, and no difference of two
    times is taken, which would be mostly noise.
    """

    sizes: tuple[int, int]
    small: Run
    large: Run

    @property
    def people(self) -> int:
        return self.sizes[1] - self.sizes[0]

    @property
    def seconds(self) -> float:
        return self.large.tasks[USERS_TASK] / self.sizes[1]

    @property
    def read(self) -> float:
        return (self.large.read - self.small.read) / self.people

    @property
    def write(self) -> float:
        return (self.large.write - self.small.write) / self.people


@dataclass(frozen=True)
class Issued:
    """First passwords, set and mailed: to everybody of a company that is new, and to everybody of one once more.

    ``far`` is the first of them with a mail server far away.
    """

    company: Company
    create: Run
    bare: Run
    far: Run
    healed_company: Company
    healed: Run


@dataclass(frozen=True)
class Accounts:
    """So many accounts of so many people each, created in one play, one after the other and four at a time.

    ``right`` and ``done_without_one`` are how many were as the lists say afterwards, the latter of a run in which one
    could not be reached and three were throttled; ``pace`` is how fast the others wrote in it, against the calm run.
    """

    count: int
    people: int
    one: Run
    four: Run
    right: int
    done_without_one: int
    pace: float

    @property
    def size(self) -> int:
        """The people of all accounts."""
        return self.count * self.people


@dataclass(frozen=True)
class Measured:
    """Everything that was measured: of this collection by the number of employees, and of the others."""

    companies: Mapping[int, Company]
    create: Mapping[int, Run]
    no_op: Mapping[int, Run]
    bare: Run
    amazon_create: PerPerson
    amazon_no_op: PerPerson
    one_user: Run
    amazon_one_user: Run
    issued: Issued
    accounts: Accounts

    @property
    def largest(self) -> int:
        return max(self.companies)


@dataclass(frozen=True)
class Figure:
    """One promise."""

    name: str
    found: str
    wanted: str
    holds: bool


def figures(of: Measured) -> list[Figure]:
    """All promises."""
    no_op = of.no_op[of.largest]
    return [
        Figure(
            f"API calls of a no-op run, {of.largest:,} employees",
            f"{no_op.total}, {_counted(no_op.write, 'write')}",
            f"≤ {NO_OP_CALLS}, none of them a write",
            no_op.total <= NO_OP_CALLS and no_op.write == 0,
        ),
        *(_exact_writes(of, size) for size in of.companies),
        _one_user(of),
        _against_amazon(of),
        *_against_bare(of),
        *_issued(of.issued),
        *_accounts(of.accounts),
        Figure(
            f"JSON callback output of a no-op with {of.largest:,}",
            f"{no_op.output / 1000:.1f} kB",
            f"≤ {OUTPUT // 1000} kB",
            no_op.output <= OUTPUT,
        ),
    ]


def _exact_writes(of: Measured, size: int) -> Figure:
    found, wanted = of.create[size].writes, writes_to_create(of.companies[size])
    wrong = [
        f"{found.get(name, 0):,} {name} instead of {wanted.get(name, 0):,}"
        for name in sorted({*found, *wanted})
        if found.get(name, 0) != wanted.get(name, 0)
    ]
    return Figure(
        f"writes when creating {size:,} employees: "
        "1 per user, per membership, per group, per attachment or inline policy",
        ", ".join([f"{sum(found.values()):,}", *wrong]),
        f"exactly {sum(wanted.values()):,}",
        not wrong,
    )


def _one_user(of: Measured) -> Figure:
    pages = of.one_user.by_operation.get("ListPolicies", 0)
    others = of.one_user.total - pages
    return Figure(
        "API calls of a no-op of one user by name, friendly policy name given",
        f"{others} + {_counted(pages, 'page')} of ListPolicies (amazon.aws: {of.amazon_one_user.total})",
        f"≤ {ONE_USER_CALLS} + the pages of ListPolicies",
        others <= ONE_USER_CALLS and of.one_user.write == 0,
    )


def _against_amazon(of: Measured) -> Figure:
    each = of.no_op[of.largest].seconds / of.largest
    ratio = of.amazon_no_op.seconds / each
    return Figure(
        f"time per employee of a no-op at {of.largest:,}, against the amazon.aws loop",
        f"{ratio:.0f}x faster ({each * 1000:.1f} ms, {of.amazon_no_op.seconds * 1000:.0f} ms)",
        f"≥ {TIMES_FASTER}x faster",
        ratio >= TIMES_FASTER,
    )


def _against_bare(of: Measured) -> list[Figure]:
    create = of.create[of.largest]
    whole, write = create.seconds / of.bare.seconds, create.write_seconds / of.bare.write_seconds
    name = f"create {of.largest:,} with memberships, against the bare boto3 script"
    return [
        Figure(f"{name}: whole run", f"{whole:.2f}x", f"≤ {WHOLE_RATIO}x", whole <= WHOLE_RATIO),
        Figure(f"{name}: write phase alone", f"{write:.2f}x", f"≤ {WRITE_RATIO}x", write <= WRITE_RATIO),
    ]


def _issued(of: Issued) -> list[Figure]:
    ratio, far = of.create.seconds / of.bare.seconds, of.far.seconds / of.create.seconds
    size = len(of.company.employees)
    return [
        Figure(
            f"create {size:,} and mail each a first password, against the IAM calls alone by bare boto3: whole run",
            f"{ratio:.2f}x",
            f"≤ {ISSUE_RATIO}x",
            ratio <= ISSUE_RATIO,
        ),
        Figure(
            "the same with a mail server that takes 200 ms for each answer, against one next door: whole run",
            f"{far:.2f}x",
            f"≤ {FAR_RATIO}x",
            far <= FAR_RATIO,
        ),
        _fresh(of),
        _healed(of),
    ]


def _accounts(of: Accounts) -> list[Figure]:
    ratio, others = of.one.seconds / of.four.seconds, of.count - 1
    name = f"{of.count} accounts of {of.people}"
    return [
        Figure(f"{name}: as the lists say", str(of.right), f"all {of.count}", of.right == of.count),
        Figure(
            f"{name}: four forks against one, whole run",
            f"{ratio:.2f}x faster",
            f"≥ {FORKS_RATIO}x faster",
            ratio >= FORKS_RATIO,
        ),
        Figure(
            f"{of.count} accounts, one of them unreachable, three throttled: as the lists say",
            str(of.done_without_one),
            f"the other {others}",
            of.done_without_one == others,
        ),
        Figure(
            "the same: writes a second of the accounts that are not throttled, against the run without",
            f"{of.pace:.2f}x",
            f"≥ {UNDISTURBED}x",
            of.pace >= UNDISTURBED,
        ),
    ]


def _fresh(of: Issued) -> Figure:
    size = len(of.company.employees)
    creation = writes_to_create(dataclasses.replace(of.company, mailed=False))
    calls = {name: (count - creation.get(name, 0)) / size for name, count in of.create.writes.items()}
    each = sum(calls.values())
    checks = of.create.by_operation.get("GetLoginProfile", 0) / size
    return Figure(
        "API calls for each first password beyond creation and memberships",
        f"{each:.1f} ({_named(calls)}); GetLoginProfile to see that it is still ours: {checks:.1f}",
        f"≤ {FRESH_CALLS}, the checks not counted",
        each <= FRESH_CALLS,
    )


def _healed(of: Issued) -> Figure:
    """Whether the one on record was claimed is read once; each further GetLoginProfile sees that it is still so."""
    size = len(of.healed_company.employees)
    calls = {name: count / size for name, count in of.healed.writes.items()}
    reads = of.healed.by_operation.get("GetLoginProfile", 0) / size
    calls["GetLoginProfile"] = min(1.0, reads)
    checks = reads - calls["GetLoginProfile"]
    each = sum(calls.values())
    return Figure(
        "API calls for each first password that an interrupted run left undelivered",
        f"{each:.1f} ({_named(calls)}); GetLoginProfile to see that it is still so: {checks:.1f}",
        f"≤ {HEALED_CALLS}, the checks not counted",
        each <= HEALED_CALLS,
    )


def _named(calls: Mapping[str, float]) -> str:
    return ", ".join(sorted(name for name, count in calls.items() if count))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count or 'no'} {word}s"
