# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account as the two lists of an inventory: what the role would have to be told to change nothing. Pure.

Left out is what only the account knows to keep: our own tags, the deny that suspends, and the paths of groups that
are not managed yet, which no list may name.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import typing as t

with contextlib.suppress(ImportError):  # The module tells it.
    import yaml

from .._core.mfa import NAME as MFA_NAME
from .._core.mfa import OPTION as MFA_OPTION
from .._core.mfa import requires_mfa
from .._core.model import fold
from .._core.suspension import DENY_NAME, kept_boundary, kept_policy, suspension_of
from .._core.tags import EMPLOYEE_ID_TAG, KEPT_TAG_PREFIXES, managed
from .report import credentials_of, is_department, tag, utc

if t.TYPE_CHECKING:
    from .._chart.values import ChartSettings
    from .._core.model import Account, Group, User
    from .reads import Readings

    Data = dict[str, t.Any]

_TEMPLATE = re.compile(r"\{[{%#]")
_MACHINES = """
# These have no console password: probably machines. The role does not read this list;
# move those who are people up to employees.
"""


def inventory_text(account: Account, readings: Readings, settings: ChartSettings) -> str:
    """``departments`` and ``employees`` as YAML, and apart from them the users who are probably machines."""
    directory = readings.directory
    departments = [_department(group, settings) for _key, group in sorted(directory.groups.items())]
    people: list[Data] = []
    machines: list[Data] = []
    for _key, user in sorted(directory.users.items()):
        (machines if _is_machine(user, readings) else people).append(_employee(user, readings))
    members = [one["name"] for one in machines if one["departments"]]
    text = "\n".join([*_heading(account, readings, settings), *_protection(members)]) + "\n"
    text += _dump({"departments": departments}) + "\n" + _dump({"employees": people})
    return text + (_MACHINES + _dump({"machines": machines}) if machines else "")


def _heading(account: Account, readings: Readings, settings: ChartSettings) -> t.Iterator[str]:
    alias = f" ({account.alias})" if account.alias else ""
    yield "---"
    yield f"# AWS account {account.account_id}{alias} as it was on {utc(readings.read_at)}."
    yield f"# Console passwords as of {utc(readings.credentials.generated)}; mail addresses are not in the account."
    if not readings.consistent:
        yield "# The account was being changed while it was read: somebody may be missing here."
    groups = readings.directory.groups.values()
    outside = sorted(group.name for group in groups if not is_department(group, settings))
    if outside:
        yield f"# Not under {settings.path}. To manage these too, put this line beside the role's other settings:"
        # JSON is YAML too, and names may have commas.
        yield f"# onboard_adopted_departments: {json.dumps([*sorted(settings.adopted), *outside])}"


def _protection(members: t.Sequence[str]) -> t.Iterator[str]:
    """A user in a department whom nobody lists and nobody manages would be told by every run."""
    if members:
        yield "# Machines that sit in departments. To leave them there, put this line beside the role's other settings:"
        yield f"# onboard_protected: {json.dumps(members)}"


def _is_machine(user: User, readings: Readings) -> bool:
    """Whoever carries our mark is an employee, password or not; whoever is not in the report yet may be one."""
    found = credentials_of(user, readings)
    return not managed(user) and found is not None and not found.console


def _department(group: Group, settings: ChartSettings) -> Data:
    entry: Data = {"name": group.name}
    if is_department(group, settings) and group.path != settings.path:
        entry["path"] = group.path
    entry["managed_policies"] = sorted(group.attached or {})
    if requires_mfa(group):
        entry[MFA_OPTION] = True
    # The policy itself is the collection's to write.
    inline = {name: document for name, document in (group.inline or {}).items() if fold(name) != MFA_NAME}
    if inline:
        entry["inline_policies"] = inline
    return entry


def _employee(user: User, readings: Readings) -> Data:
    directory, credentials = readings.directory, credentials_of(user, readings)
    suspended = suspension_of(user) is not None
    attached = [arn for arn in user.attached or () if not kept_policy(user, arn)]
    inline = {name: text for name, text in (user.inline or {}).items() if not (suspended and fold(name) == DENY_NAME)}
    written: Data = {
        "employee_id": tag(user, EMPLOYEE_ID_TAG),
        "state": "suspended" if suspended else None,
        "departments": sorted(directory.groups[key].name for key in directory.groups_of(user.name)),
        "console": True if credentials and credentials.console else None,
        "path": None if user.path == "/" else user.path,
        "boundary": None if kept_boundary(user) else user.boundary or None,
        "managed_policies": sorted(attached) or None,
        "inline_policies": inline or None,
        "tags": _own_tags(user) or None,
    }
    return {"name": user.name, **{key: value for key, value in written.items() if value is not None}}


def _own_tags(user: User) -> dict[str, str]:
    """The tags that a list may name."""
    return {key: value for key, value in (user.tags or {}).items() if not key.lower().startswith(KEPT_TAG_PREFIXES)}


def _dump(data: Data) -> str:
    dumped: str = yaml.dump(
        data, Dumper=_dumper(), sort_keys=False, allow_unicode=True, default_flow_style=False, width=120
    )
    return dumped


@functools.cache
def _dumper() -> t.Any:
    """Writes no anchors, indents lists, and marks as unsafe what Ansible would take for a template."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: t.Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            # ansible-lint wants lists indented under their key.
            super().increase_indent(flow, False)

    def write(dumper: t.Any, text: str) -> t.Any:
        return dumper.represent_scalar("!unsafe" if _TEMPLATE.search(text) else "tag:yaml.org,2002:str", text)

    Dumper.add_representer(str, write)
    return Dumper
