# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies as text: a page that explains each statement, or the plain JSON that IAM takes."""

from __future__ import annotations

import json
import textwrap
import typing as t

from .sizes import MAX_SIZE

if t.TYPE_CHECKING:
    from .sizes import Policy
    from .statement import Statement

WIDTH = 110


def json_text(policies: t.Sequence[Policy]) -> str:
    """The policy document; a list of documents where there are several."""
    found = [policy.document for policy in policies]
    return json.dumps(found[0] if len(found) == 1 else found, indent=2) + "\n"


def page_text(policies: t.Sequence[Policy], heading: t.Sequence[str] = ()) -> str:
    """The policies with a comment before each statement. Without the lines that begin with # they are plain JSON."""
    lines = [line for text in heading for line in _comment(text)]
    for policy in policies:
        if lines:
            lines.append("")
        lines += _comment(f"{policy.name}: {policy.size} of {MAX_SIZE} characters")
        lines += ["{", '  "Version": "2012-10-17",', '  "Statement": [']
        for statement in policy.statements:
            lines += _explained(statement)
            end = "" if statement is policy.statements[-1] else ","
            lines += textwrap.indent(json.dumps(statement.document(), indent=2) + end, "    ").splitlines()
        lines += ["  ]", "}"]
    return "\n".join([*lines, ""])


def _explained(statement: Statement) -> list[str]:
    lines = _comment(f"{statement.sid}: {statement.why}.")
    if statement.cannot:
        lines += _comment(f"Not narrower: {statement.cannot}.")
        lines.append(f"# {statement.source}")
    return lines


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH)]
