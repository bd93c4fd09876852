# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide "When something goes wrong" has every message that a run can end with, and no other."""

from __future__ import annotations

import ast
import re

from tests.support.messages import VARIES, longest_part, messages_of, one_line
from tests.tools.places import ROOT

CODE = ROOT / "plugins" / "module_utils"
ROLE = ROOT / "roles" / "onboard"
GUIDE = ROOT / "docs" / "docsite" / "rst" / "troubleshooting.rst"
# Sentences in the code that are parts of others, or no ending of a run: one a line, as they stand in the code.
NO_ENDINGS = ROOT / "tests" / "unit" / "docs" / "no_endings.txt"
LITERAL = re.compile(r"``(.+?)``", re.DOTALL)
# Less than this does not tell one message from another: the guide must have the whole of it.
TELLING = 10
# What the printed policies say of their statements: the playbook that prints them is its own guide.
PRINTED = "_permissions/"


def _literals(text: str) -> list[str]:
    return [one_line(found) for found in LITERAL.findall(text)]


def _guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def _told(text: str, page: str, literals: list[str]) -> bool:
    fragment = longest_part(text)
    return one_line(text) in literals or (len(fragment) >= TELLING and fragment in page)


def _written(term: str, texts: list[str]) -> bool:
    fragment = longest_part(term)
    return term in texts or (len(fragment) >= TELLING and any(fragment in text for text in texts))


def test_every_message_of_the_code_is_explained() -> None:
    page, literals = one_line(_guide().replace("``", "")), _literals(_guide())
    spared = {one_line(line) for line in NO_ENDINGS.read_text(encoding="utf-8").splitlines()}
    missing = {
        message.text: f"{message.file}:{message.line}: ``{one_line(message.text)}``"
        for message in messages_of(CODE)
        if not message.file.startswith(PRINTED)
        and one_line(message.text) not in spared
        and not _told(message.text, page, literals)
    }
    assert not missing, (
        f"\n{GUIDE.relative_to(ROOT)} does not explain these messages. Put each, as it is written here, at the left "
        "margin of the section where it belongs, and below it, indented by three spaces, what it means and what to "
        f"do. If no run ends with it, add its text (without the ``) as a line to {NO_ENDINGS.relative_to(ROOT)}.\n"
        + "\n".join(missing.values())
    )


def test_the_guide_explains_no_message_that_is_gone() -> None:
    texts = [one_line(message.text) for message in messages_of(CODE)] + [_role(), *_codes()]
    terms = [term for line in _guide().splitlines() if line.startswith("``") for term in _literals(line)]
    assert len(terms) > 200
    gone = [term for term in terms if not _written(term, texts)]
    assert not gone, f"{GUIDE.relative_to(ROOT)} explains messages that are not in the code any more: {gone}"


def test_every_code_of_aws_with_advice_is_explained() -> None:
    codes = _codes()
    assert "AccessDenied" in codes, "where the codes of AWS stand, and how they are named, has changed: see _codes"
    missing = [code for code in codes if code not in _literals(_guide())]
    assert not missing, f"{GUIDE.relative_to(ROOT)}, section `What AWS answers`, lacks {missing}"


def test_what_is_no_ending_is_in_the_code() -> None:
    texts = {one_line(message.text) for message in messages_of(CODE)}
    lines = [one_line(line) for line in NO_ENDINGS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    gone = [line for line in lines if line and line not in texts]
    assert not gone, f"take these lines out of {NO_ENDINGS.relative_to(ROOT)}, the code has them no longer: {gone}"


def test_a_message_is_found_on_any_way() -> None:
    """What the search promises, on a piece of code of its own."""
    texts = {one_line(message.text) for message in messages_of(ROOT / "tests" / "unit" / "docs" / "sample")}
    assert texts == {"is never allowed", f"has {VARIES} of them", "comes from a constant", "a part of it"}


def _codes() -> list[str]:
    """The error codes for which the code has advice: keys and members of what is called so."""
    found: list[str] = []
    for path in sorted(CODE.rglob("*errors.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            target = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
            if getattr(target, "id", "") in ("_ADVICE", "THROTTLED", "DENIED", "NOT_TRIED"):
                value = getattr(node, "value", None)
                found += _strings(value.keys if isinstance(value, ast.Dict) else [value])
    return [*found, "LimitExceeded"]


def _strings(nodes: list[ast.expr | None]) -> list[str]:
    every = [inner for node in nodes if node is not None for inner in ast.walk(node)]
    return [node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _role() -> str:
    """What the role itself says; quotation marks between the parts of a text left out."""
    files = [ROLE / "vars" / "main.yml", ROLE / "tasks" / "ended.yml"]
    return re.sub(r'"\s+"', "", one_line(" ".join(path.read_text(encoding="utf-8") for path in files)))
