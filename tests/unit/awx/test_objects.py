# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWX's objects as code: what its modules take, what its surveys may be, and that the other files say the same."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from tests.tools import awx_forms, awx_objects
from tests.tools.places import ROOT, Places

Data = dict[str, Any]
MODULES = Places.here().site_packages / "ansible_collections" / "awx" / "awx" / "plugins" / "modules"
COMPANY = ROOT / "examples" / "company"
OBJECTS = awx_objects.made()
SURVEYS = sorted(awx_forms.SURVEYS.glob("*.json"))
# awx/api/views/__init__.py, JobTemplateSurveySpec.ALLOWED_TYPES: the types of questions, and of their defaults.
QUESTION_TYPES: dict[str, type] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": float,
}


def of(kind: str) -> dict[str, Data]:
    """The options of all objects of a kind, by name."""
    return {one.options["name"]: one.options for one in OBJECTS if one.kind == kind}


def argument_spec(options: Data) -> Data:
    """A module's argument spec from its documentation."""
    kept = ("type", "required", "choices", "elements", "aliases", "default")
    return {
        name: {
            **{key: option[key] for key in kept if key in option},
            **({"options": argument_spec(option["suboptions"])} if "suboptions" in option else {}),
        }
        for name, option in options.items()
    }


def documented(module: str) -> Data:
    tree = ast.parse((MODULES / f"{module}.py").read_text(encoding="utf-8"))
    (text,) = (
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and [target.id for target in node.targets if isinstance(target, ast.Name)] == ["DOCUMENTATION"]
    )
    options: Data = yaml.safe_load(str(text))["options"]
    return options


@pytest.mark.skipif(not MODULES.exists(), reason="this release of PyPI's ansible carries no awx.awx")
def test_awx_takes_the_options_of_every_object() -> None:
    for one in OBJECTS:
        result = ArgumentSpecValidator(argument_spec(documented(one.kind))).validate(one.options)
        assert not result.error_messages, f"{one.kind} {one.options.get('name')}: {result.error_messages}"


def survey_faults(survey: Data) -> Iterator[str]:
    """What AWX would refuse (awx/api/views/__init__.py, JobTemplateSurveySpec._validate_spec_data)."""
    for key, kind in (("name", str), ("description", str), ("spec", list)):
        if not isinstance(survey.get(key), kind):
            yield f"{key} is missing or no {kind.__name__}"
    questions = survey.get("spec") or []
    if not questions:
        yield "it has no question"
    variables = [question.get("variable") for question in questions]
    if len(set(variables)) != len(variables):
        yield "a variable is asked for twice"
    for question in questions:
        yield from question_faults(question)


def question_faults(question: Data) -> Iterator[str]:
    for key, kind in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
        if not isinstance(question.get(key), kind):
            yield f"{key} is missing or no {kind.__name__}: {question}"
    if question.get("type") not in QUESTION_TYPES:
        yield f"there is no type {question.get('type')}"
        return
    default = question.get("default", "")
    if default != "" and not isinstance(default, QUESTION_TYPES[question["type"]]):
        yield f"the default {default!r} is of another type"
    if any(not isinstance(question.get(key, 0), int) for key in ("min", "max")):
        yield "a limit is no integer"
    if question["type"] in ("multiplechoice", "multiselect") and "choices" not in question:
        yield "it has no choices"
    if str(default).startswith("$encrypted$"):
        yield "$encrypted$ is reserved"


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.stem)
def test_awx_takes_the_survey(path: Path) -> None:
    survey = json.loads(path.read_text(encoding="utf-8"))
    assert list(survey_faults(survey)) == []
    # AWX checks a default against the limits when a job starts (SurveyJobTemplateMixin._survey_element_validation).
    for question in survey["spec"]:
        assert not question["required"] or question["min"] > 0
        if "default" in question:
            assert question["min"] <= len(question["default"]) <= question["max"]


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "x", "spec": []},
        {
            "name": "x",
            "description": "",
            "spec": [{"type": "date", "question_name": "", "variable": "a", "required": True}],
        },
        {
            "name": "x",
            "description": "",
            "spec": [{"type": "text", "question_name": "", "variable": "a", "required": "no"}],
        },
    ],
)
def test_the_rules_of_surveys_can_be_broken(broken: Data) -> None:
    assert list(survey_faults(broken))


def test_every_question_is_a_variable_of_its_playbook() -> None:
    for name, template in of("job_template").items():
        playbook = COMPANY / template["playbook"]
        (play,) = yaml.safe_load(playbook.read_text(encoding="utf-8"))
        imported = play["import_playbook"].rpartition(".")[2]
        code = (ROOT / "playbooks" / f"{imported}.yml").read_text(encoding="utf-8")
        for question in template.get("survey_spec", {}).get("spec", []):
            assert question["variable"] in code, f"{name}: {question['variable']}"
        assert ("survey_spec" in template) is template.get("survey_enabled", False), name


def test_the_workflow_does_nothing_that_nobody_approved() -> None:
    (workflow,) = of("workflow_job_template").values()
    nodes = {node["identifier"]: node for node in workflow["workflow_nodes"]}
    templates = of("job_template")
    preview, approved = templates["Onboard (preview)"], templates["Onboard (approved plan)"]
    assert preview["job_type"] == "check"
    # Without what the preview hands on, the run stops (`plan: is empty`).
    assert approved["extra_vars"] == {"onboard_plan": ""}
    assert {key: approved[key] for key in ("playbook", "inventory", "credentials")} == {
        key: preview[key] for key in ("playbook", "inventory", "credentials")
    }
    leads_to = {
        name: [one["identifier"] for after in node.get("related", {}).values() for one in after]
        for name, node in nodes.items()
    }
    assert leads_to == {"preview": ["approval"], "approval": ["approved-plan"], "approved-plan": []}
    assert nodes["approval"]["unified_job_template"]["type"] == "workflow_approval"
    assert list(nodes["approval"]["related"]) == ["success_nodes"]


def test_the_service_desk_may_start_the_forms_and_nothing_else() -> None:
    roles = [one.options for one in OBJECTS if one.kind == "role" and one.options["team"] == "Service desk"]
    assert [(role["role"], role["job_templates"]) for role in roles] == [
        ("execute", [name for name, template in of("job_template").items() if template.get("survey_enabled")])
    ]


def test_the_file_for_import_says_the_same() -> None:
    assert awx_objects.IMPORT.read_text(encoding="utf-8") == awx_objects.text(), "run python -m tests.tools.awx_objects"
    known = {_frozen(asset["natural_key"]) for listed in awx_objects.assets().values() for asset in listed}
    named = set(_natural_keys(awx_objects.assets()))
    own = {_frozen(key) for key in awx_objects._MANAGED.values()}
    nodes = {key for key in named if '"type": "workflow_job_template_node"' in key and '"identifier"' in key}
    assert named - known - own - nodes == set()


def _natural_keys(value: Any) -> Iterator[str]:
    """Everything that names an object."""
    if isinstance(value, list):
        for item in value:
            yield from _natural_keys(item)
    if isinstance(value, dict):
        named = "type" in value and ("name" in value or "identifier" in value)
        if named and "question_name" not in value and value["type"] not in ("role", "string"):
            yield _frozen(value)
        for item in value.values():
            yield from _natural_keys(item)


def _frozen(key: Data) -> str:
    return json.dumps(key, sort_keys=True)


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.stem)
def test_the_pictures_show_the_forms(path: Path) -> None:
    drawn = awx_forms.PICTURES / f"{path.stem}.svg"
    assert drawn.read_text(encoding="utf-8") == awx_forms.pictures()[drawn], "run python -m tests.tools.awx_forms"
