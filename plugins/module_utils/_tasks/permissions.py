# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of iam_permissions_report: what the inventory needs of IAM, as policies to attach."""

from __future__ import annotations

import dataclasses
import typing as t
from pathlib import Path

from .._aws.connection import connect, refuse_other_account
from .._aws.errors import Faults, ReadError
from .._chart.values import ChartSettings
from .._core.managed_policies import planned_policies, resolve
from .._core.model import Account
from .._core.steps import Fault
from .._core.subjects import CHART_TITLES
from .._directory.directory import list_policies
from .._files.lists import read_lists
from .._files.policy_files import read_policy_files
from .._identity.beside_settings import modes_of
from .._permissions.inventory import Settings, facts_of, without_boundary
from .._permissions.pages import json_text, page_text
from .._permissions.principals import statements
from .._permissions.sizes import as_policies
from .._rights.assumption import with_rights
from .._rights.rights import WrittenRights, written_rights
from .._street.ending import failing
from .access import dest_fault, write_file
from .named import with_names
from .settings import this_account

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._chart.values import Chart
    from .._core.desired import Desired
    from .._permissions.sizes import Policy
    from .._rights.rights import Rights

    Data = dict[str, t.Any]
    Params = t.Mapping[str, t.Any]

MOST_POLICIES = 10
"""Managed policies that can be attached to one user; to a role, more only where AWS has raised the quota."""


def run_permissions(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_permissions_report."""
    params, misread = with_names(module.params, "adopted_departments", "protected")
    shown = {"module_args": {name: params[name] for name in ("principal", "format", "dest", "path", "account_id")}}
    with failing(module, invocation=shown):
        chart, rights = _lists(params)
        faults = [*misread, *chart.faults, *rights.faults, *_dest_faults(params["dest"])]
        if faults:
            raise Faults(faults)
        settings, note = _asked(module, _settings(params))
        chart = _with_rights(chart, rights, settings)
        _refuse_unknown(chart.desired, settings)
    facts = facts_of(chart, settings)
    found = as_policies(f"workforce-{params['principal']}", statements(params["principal"], facts))
    _warn(module, found, without_boundary(chart, facts))
    texts = _texts(params["format"], found, _heading(params["principal"], settings.account_id, note))
    told = [{"name": one.name, "document": one.document, "characters": one.size} for one in found]
    module.exit_json(invocation=shown, policies=told, **_delivered(module, texts))


def _lists(params: Params) -> tuple[Chart, Rights]:
    everyone = {"name": "everyone", **params["everyone"]} if params["everyone"] else None
    settings = ChartSettings(
        path=params["path"],
        adopted=frozenset(params["adopted_departments"]),
        everyone=everyone,
        account=this_account(params),
    )
    chart = read_lists(params, settings)
    written = WrittenRights(
        policies=params["policies"],
        roles=params["roles"],
        account_settings=params["account_settings"],
        files=read_policy_files(params["policies"], params["policy_folder"]),
    )
    return chart, written_rights(written, chart, settings)


def _with_rights(chart: Chart, rights: Rights, settings: Settings) -> Chart:
    """The chart with policies and roles, and with what departments get for their roles."""
    account = Account(settings.account_id, f"arn:{settings.partition}:iam::{settings.account_id}:root")
    return dataclasses.replace(chart, desired=with_rights(chart.desired, rights, account))


def _settings(params: Params) -> Settings:
    return Settings(
        account_id=params["account_id"] or "*",
        path=params["path"],
        adopted=tuple(params["adopted_departments"]),
        protected=tuple(params["protected"]),
        required_boundary=(params["required_boundary"] or "").strip(),
        issues=params["issues_credentials"],
        removes=params["unlisted"] == "remove" or params["remove_after_days"] is not None,
        removes_departments=params["unlisted_departments"] == "remove",
        empties_other_groups=modes_of(params["beside"])[0].get("user_groups") == "remove",
    )


def _dest_faults(dest: str | None) -> t.Iterator[Fault]:
    if dest is not None and (fault := dest_fault(Path(dest))):
        yield Fault("dest", fault)


def _asked(module: AnsibleAWSModule, settings: Settings) -> tuple[Settings, str]:
    """The settings with what the account says, and a note where it does not answer: nothing depends on its answer."""
    if not module.params["ask_account"]:
        return settings, "The account was not asked."
    try:
        connection = connect(module)
        account = connection.read_account()
        refuse_other_account(account, module.params["account_id"])
        settings = dataclasses.replace(settings, account_id=account.account_id, partition=account.partition)
        return dataclasses.replace(settings, listing=tuple(list_policies(connection.iam))), ""
    except ReadError as error:
        return settings, f"The account could not be asked: {error}"


def _refuse_unknown(desired: Desired, settings: Settings) -> None:
    """Raise Faults if the lists name policies that the account does not have: the permissions would lack them."""
    if settings.listing is None:
        return
    planned = planned_policies(desired, settings.partition, settings.account_id)
    _resolved, faults = resolve(desired, settings.listing, settings.partition, CHART_TITLES, planned)
    if faults:
        raise Faults(faults)


def _heading(principal: str, account_id: str, note: str) -> list[str]:
    account = "any account" if account_id == "*" else f"account {account_id}"
    lines = [f"What the principal {principal} of this inventory needs in {account}, and no more."]
    if note:
        lines.append(f"{note} A policy that the lists name without its ARN stands here for any path.")
    return [*lines, "Without the lines that begin with # this is the JSON of the policies."]


def _warn(module: AnsibleAWSModule, found: t.Sequence[Policy], unbound: t.Sequence[str]) -> None:
    if len(found) > MOST_POLICIES:
        module.warn(f"these are {len(found)} policies, and a user can have {MOST_POLICIES}: attach some to its group")
    if unbound:
        names = f"{', '.join(unbound[:10])}{' and more' if len(unbound) > 10 else ''}"
        module.warn(f"required_boundary: by the list {names} would not have it, and could not be created")


def _texts(form: str, found: t.Sequence[Policy], heading: t.Sequence[str]) -> list[str]:
    """The text; as JSON in a file, one for each policy, since IAM takes one document at a time."""
    return [page_text(found, heading)] if form == "page" else [json_text([one]) for one in found]


def _delivered(module: AnsibleAWSModule, texts: t.Sequence[str]) -> Data:
    if module.params["dest"] is None:
        return {"changed": False, "report": "\n".join(texts)}
    dest = Path(module.params["dest"])
    files = (
        [dest] if len(texts) == 1 else [dest.with_stem(f"{dest.stem}-{place}") for place in range(1, len(texts) + 1)]
    )
    changed = [file for file, text in zip(files, texts, strict=True) if not _is_written(file, text)]
    if not module.check_mode:
        for file, text in zip(files, texts, strict=True):
            if file in changed:
                _write(module, file, text)
    return {"changed": bool(changed), "dest": [str(file.absolute()) for file in files]}


def _is_written(file: Path, text: str) -> bool:
    try:
        return file.read_text(encoding="utf-8") == text
    except (OSError, ValueError):
        return False


def _write(module: AnsibleAWSModule, file: Path, text: str) -> None:
    try:
        write_file(file, text)
    except OSError as error:
        module.fail_json(msg=f"dest: {file} cannot be written: {error.strerror}")
