# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the API calls of each module for create, no-op and delete, and those of amazon.aws on the same sandbox.

python -m tests.tools.call_counts
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import document, run_in_process
from tests.tools.places import Places

SNS = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
PASSWORD = "A-Password-2026"
MEMBERS = ["user-1", "user-2"]
PEOPLE = [f"person-{number}" for number in range(10)]

Options = dict[str, Any]
Part = tuple[str, Options]


@dataclass(frozen=True)
class Count:
    """The calls of one case as (reads, writes); None if amazon.aws has no such module."""

    case: str
    ours: tuple[int, int]
    theirs: tuple[int, int] | None


@dataclass(frozen=True)
class Case:
    """One measurement: the tasks of each side. ``seed`` is in the account; with ``before``, our tasks have run once."""

    name: str
    ours: list[Part]
    theirs: list[Part] | None
    before: bool = False
    seed: Options | None = None


def _subject(kind: str, options: Options) -> Iterator[Case]:
    """Create, no-op and delete of one user or group, for which both collections have a module."""
    ours, theirs = f"iam_{kind}", f"amazon.aws.iam_{kind}"
    seed = {"users": [{"name": name} for name in MEMBERS]}
    present, absent = {**options, "state": "present"}, {"name": options["name"], "state": "absent"}
    friendly = {**present, "managed_policies": ["AmazonSNSFullAccess"]}
    password = {**present, "password": PASSWORD}
    yield Case(f"{ours}: create", [(ours, present)], [(theirs, present)], seed=seed)
    yield Case(f"{ours}: no-op", [(ours, present)], [(theirs, present)], before=True, seed=seed)
    yield Case(f"{ours}: no-op, policy by name", [(ours, friendly)], [(theirs, friendly)], before=True, seed=seed)
    if kind == "user":
        kept = {**password, "update_password": "on_create"}
        yield Case(f"{ours}: no-op, with a password", [(ours, kept)], [(theirs, kept)], before=True, seed=seed)
    yield Case(f"{ours}: delete", [(ours, absent)], [(theirs, absent)], before=True, seed=seed)
    yield Case(f"{ours}: delete, not there", [(ours, absent)], [(theirs, absent)])


def _leaver() -> Iterator[Case]:
    leaver = {
        "name": "leaver",
        "groups": ["sales"],
        "managed_policies": [READ_ONLY],
        "inline_policies": {"own": document("s3:*")},
        "password": PASSWORD,
    }
    absent = {"name": "leaver", "state": "absent"}
    seed = {"groups": [{"name": "sales"}], "users": [leaver]}
    name = "iam_user: delete, with a password, a group and two policies"
    yield Case(name, [("iam_user", absent)], [("amazon.aws.iam_user", absent)], seed=seed)


def _membership() -> Iterator[Case]:
    seed = {"groups": [{"name": "sales"}, {"name": "ops"}], "users": [{"name": "asha.rao"}]}
    join = ("iam_membership", {"user": "asha.rao", "groups": ["sales", "ops"]})
    leave = ("iam_membership", {"user": "asha.rao", "groups": ["sales", "ops"], "state": "absent"})
    groups = [
        ("amazon.aws.iam_group", {"name": name, "state": "present", "users": ["asha.rao"]}) for name in ("sales", "ops")
    ]
    none = [("amazon.aws.iam_group", {**options, "users": [], "purge_users": True}) for _name, options in groups]
    yield Case("iam_membership: join two groups (theirs: iam_group twice)", [join], groups, seed=seed)
    yield Case("iam_membership: no-op (theirs: iam_group twice)", [join], groups, before=True, seed=seed)
    joined = {**seed, "users": [{"name": "asha.rao", "groups": ["sales", "ops"]}]}
    yield Case("iam_membership: leave two groups (theirs: iam_group twice)", [leave], none, seed=joined)


def _directory() -> Iterator[Case]:
    seed = {"users": [{"name": name} for name in PEOPLE]}
    theirs: list[Part] = [("amazon.aws.iam_user_info", {})]
    yield Case("iam_directory_info: ten users (theirs: iam_user_info)", [("iam_directory_info", {})], theirs, seed=seed)


def _workforce() -> Iterator[Case]:
    tags = {"workforce:managed": "onboard"}
    departments = [{"name": name, "managed_policies": [SNS]} for name in ("sales", "ops")]
    employees = [{"name": name, "departments": ["sales"]} for name in PEOPLE]
    chart: list[Part] = [("iam_workforce", {"departments": departments, "employees": employees})]
    loop: list[Part] = [("amazon.aws.iam_user", {"name": name, "state": "present", "tags": tags}) for name in PEOPLE]
    present = {"state": "present", "path": "/workforce/", "managed_policies": [SNS]}
    loop += [("amazon.aws.iam_group", {"name": "sales", **present, "users": PEOPLE})]
    loop += [("amazon.aws.iam_group", {"name": "ops", **present})]
    yield Case("iam_workforce: create ten people in two departments (theirs: a loop)", chart, loop)
    yield Case("iam_workforce: no-op (theirs: a loop)", chart, loop, before=True)


def cases() -> Iterator[Case]:
    """All measurements."""
    yield from _subject("group", {"name": "sales", "managed_policies": [SNS], "users": MEMBERS})
    yield from _subject("user", {"name": "asha.rao", "managed_policies": [SNS], "tags": {"Team": "sales"}})
    yield from _leaver()
    yield from _membership()
    yield from _directory()
    yield from _workforce()


def measure(sandbox: Sandbox, case: Case) -> Count:
    """Measure both sides of a case, each in a new account."""
    ours, theirs = (None if tasks is None else _calls(sandbox, case, tasks) for tasks in (case.ours, case.theirs))
    assert ours is not None
    return Count(case.name, ours, theirs)


def _calls(sandbox: Sandbox, case: Case, tasks: list[Part]) -> tuple[int, int]:
    sandbox.reset()
    sandbox.seed(**(case.seed or {}))
    if case.before:
        _prepare(sandbox, case)
    sandbox.clear_calls()
    for module, options in tasks:
        result = run_in_process(module, options, sandbox=sandbox)
        assert not result.get("failed"), result
    kinds = sandbox.calls()["by_kind"]
    return kinds.get("read", 0), kinds.get("write", 0)


def _prepare(sandbox: Sandbox, case: Case) -> None:
    """Prepare the account as a first run leaves it. Before a deletion, run the module's `create` case."""
    for module, options in case.ours:
        wanted = options if options.get("state") != "absent" else _created(module, options["name"])
        run_in_process(module, wanted, sandbox=sandbox)


def _created(module: str, name: str) -> Options:
    return next(
        case.ours[0][1] for case in cases() if case.name == f"{module}: create" and case.ours[0][1]["name"] == name
    )


def table(counts: list[Count]) -> Iterator[str]:
    """The counts as lines of Markdown."""
    yield f"| case | workforce.aws: calls (reads + writes) | amazon.aws {_amazon_version()} |"
    yield "|---|---|---|"
    for count in counts:
        yield f"| {count.case} | {_told(count.ours)} | {_told(count.theirs)} |"


def _told(calls: tuple[int, int] | None) -> str:
    return "-" if calls is None else f"{sum(calls)} ({calls[0]} + {calls[1]})"


def _amazon_version() -> str:
    common = importlib.import_module("ansible_collections.amazon.aws.plugins.module_utils.common")
    return f"{common.AMAZON_AWS_COLLECTION_VERSION}, boto3 {version('boto3')}"


def main(measured: Callable[[Sandbox, Case], Count] = measure) -> None:
    sys.path.insert(0, str(Places.here().tree))
    with Sandbox.start() as sandbox:
        counts = [measured(sandbox, case) for case in cases()]
    print("\n".join(table(counts)))


if __name__ == "__main__":
    main()
