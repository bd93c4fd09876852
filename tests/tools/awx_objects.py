# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWX's objects as `extensions/awx/apply.yml` makes them, and the same in the format of `awx import`.

`python -m tests.tools.awx_objects` writes `extensions/awx/import.json`. The format is that of awxkit 24.6
(awxkit/api/pages/api.py: `_export`, `_import_list`): a list for each kind of object, in which an object is named by its
natural key, and its lists of others are under `related`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.tools.places import ROOT

FOLDER = ROOT / "extensions" / "awx"
APPLY = FOLDER / "apply.yml"
IMPORT = FOLDER / "import.json"

Data = dict[str, Any]
_LOOKUP = re.compile(r"\{\{ lookup\('ansible\.builtin\.file', '(.+)'\) \| from_json \}\}")
_RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}")
_VARIABLE = re.compile(r"\{\{ (\w+)(?: \| int)? \}\}")
# What is a field of an object in the file, and another object to AWX.
_PARENTS = {
    "organization": "organization",
    "credential_type": "credential_type",
    "project": "project",
    "source_project": "project",
    "inventory": "inventory",
    "execution_environment": "execution_environment",
    "unified_job_template": "job_template",
}
_RELATED = {
    "credentials": "credential",
    "notification_templates_error": "notification_template",
    "notification_templates_approvals": "notification_template",
}
_LISTS = {"inventory": "inventory"}
_NODES = ("success_nodes", "failure_nodes", "always_nodes")
# Only of the modules.
_NO_FIELDS = ("update_secrets",)
_ROLES = {"execute": "Execute", "approval": "Approve", "read": "Read"}
_MANAGED = {"Amazon Web Services": {"name": "Amazon Web Services", "kind": "cloud", "type": "credential_type"}}


@dataclass(frozen=True)
class Made:
    """One object: the module that makes it, without its collection, and the module's arguments."""

    kind: str
    options: Data


def made(**variables: Any) -> list[Made]:
    """The objects, with these variables of the playbook in place of its own."""
    (play,) = yaml.safe_load(APPLY.read_text(encoding="utf-8"))
    variables = {**play["vars"], **variables}
    found = []
    for task in play["tasks"]:
        (module,) = (key for key in task if key != "name")
        options = {**play["module_defaults"].get(module, {}), **task[module]}
        found.append(Made(module.rpartition(".")[2], _rendered(options, variables)))
    return found


def _rendered(value: Any, variables: Data) -> Any:
    """The value with the few templates of the playbook evaluated."""
    if isinstance(value, dict):
        return {key: _rendered(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [_rendered(item, variables) for item in value]
    return _evaluated(value, variables) if isinstance(value, str) else value


def _evaluated(value: str, variables: Data) -> Any:
    if lookup := _LOOKUP.fullmatch(value):
        return json.loads((FOLDER / lookup[1]).read_text(encoding="utf-8"))
    if raw := _RAW.fullmatch(value):
        return raw[1]
    if whole := _VARIABLE.fullmatch(value):
        return variables[whole[1]]
    return _VARIABLE.sub(lambda one: str(variables[one[1]]), value)


def assets() -> dict[str, list[Data]]:
    """The objects in the format of `awx import`, by kind."""
    objects = made()
    found: dict[str, list[Data]] = {}
    for one in objects:
        if one.kind != "role":
            found.setdefault(_LISTS.get(one.kind, f"{one.kind}s"), []).append(_asset(one, objects))
    for team in found["teams"]:
        team["related"] = {"roles": list(_roles(team["name"], objects))}
    return found


def _asset(one: Made, objects: list[Made]) -> Data:
    asset: Data = {}
    related: Data = {}
    for field, value in one.options.items():
        if field == "survey_spec":
            related[field] = value
        elif field == "workflow_nodes":
            related[field] = [_node(node, one, objects) for node in value]
        elif field in _RELATED:
            related[field] = [_key(_RELATED[field], name, objects) for name in value]
        elif field in _PARENTS:
            asset[field] = _key(_PARENTS[field], value, objects)
        elif field not in _NO_FIELDS:
            asset[field] = json.dumps(value) if field == "extra_vars" else value
    if one.kind == "inventory_source":
        del asset["organization"]
    if one.kind == "schedule":
        del asset["organization"]
    key = _key(one.kind, one.options["name"], objects)
    return {**asset, **({"related": related} if related else {}), "natural_key": key}


def _key(kind: str, name: str, objects: list[Made]) -> Data:
    """The natural key of an object (NATURAL_KEY in awxkit's pages)."""
    if kind == "credential_type" and name in _MANAGED:
        return _MANAGED[name]
    options = next(one.options for one in objects if one.kind == kind and one.options["name"] == name)
    key: Data = {"name": name, "type": kind}
    if kind == "credential_type":
        return {**key, "kind": options["kind"]}
    if kind in ("organization", "execution_environment"):
        return key
    if kind == "schedule":
        return {**key, "unified_job_template": _key("job_template", options["unified_job_template"], objects)}
    key["organization"] = _key("organization", options["organization"], objects)
    if kind == "credential":
        key["credential_type"] = _key("credential_type", options["credential_type"], objects)
    if kind == "inventory_source":
        key["inventory"] = _key("inventory", options["inventory"], objects)
    return key


def _node(node: Data, workflow: Made, objects: list[Made]) -> Data:
    template = node["unified_job_template"]
    related: Data = {}
    asset: Data = {"identifier": node["identifier"], "all_parents_must_converge": False}
    if template["type"] == "workflow_approval":
        related["create_approval_template"] = {key: template[key] for key in ("name", "description", "timeout")}
    else:
        asset["unified_job_template"] = _key(template["type"], template["name"], objects)
    for name in _NODES:
        after = node.get("related", {}).get(name, [])
        related[name] = [_node_key(one["identifier"], workflow, objects) for one in after]
    return {**asset, "related": related, "natural_key": _node_key(node["identifier"], workflow, objects)}


def _node_key(identifier: str, workflow: Made, objects: list[Made]) -> Data:
    key = _key("workflow_job_template", workflow.options["name"], objects)
    return {"identifier": identifier, "workflow_job_template": key, "type": "workflow_job_template_node"}


def _roles(team: str, objects: list[Made]) -> Iterator[Data]:
    kinds = {"job_templates": "job_template", "workflows": "workflow_job_template"}
    for one in objects:
        if one.kind == "role" and one.options["team"] == team:
            for field, kind in kinds.items():
                for name in one.options.get(field, []):
                    content = _key(kind, name, objects)
                    yield {"name": _ROLES[one.options["role"]], "content_object": content, "type": "role"}


def text() -> str:
    """What `extensions/awx/import.json` is to hold."""
    return json.dumps(assets(), indent=2) + "\n"


if __name__ == "__main__":
    IMPORT.write_text(text(), encoding="utf-8")
