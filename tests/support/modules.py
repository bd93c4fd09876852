# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our modules in tests: as tasks of playbooks, and in the test's own process.

In the test's process, a module runs as in Ansible's own test support. This is for many cases that differ in one
parameter. The real code runs, from the options to the JSON, but without `ansible-playbook` and without another process.
Every module is also run by real playbooks.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from unittest import mock

from ansible.module_utils.common import warnings
from ansible.module_utils.testing import patch_module_args
from botocore import loaders, session

from tests.sandbox.client import Sandbox
from tests.support.quartet import PHASES, Quartet, quartet_of

Result = dict[str, Any]
Quartets = Callable[..., list[Quartet[Result]]]
Run = Callable[..., Result]


def task(module: str, **options: Any) -> dict[str, Any]:
    """A task of one of our modules."""
    return {f"workforce.aws.{module}": options}


def document(action: str | list[str], resource: str = "*") -> dict[str, Any]:
    """A small policy document."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


@cache
def _loader(search_path: str | None = None) -> loaders.Loader:
    """Botocore's models of the services. They are read once in this process, as in a module's own process."""
    return loaders.Loader()


def run_in_process(
    name: str,
    options: dict[str, Any],
    *,
    sandbox: Sandbox,
    check: bool = False,
    diff: bool = False,
    env: dict[str, str] | None = None,
    account_id: str | None = None,
) -> dict[str, Any]:
    """The result of a module with these options. `env` adds environment variables (an empty value unsets one).

    A name without a collection is one of our modules.
    """
    namespace, collection, short = name.split(".") if "." in name else ("workforce", "aws", name)
    module = importlib.import_module(f"ansible_collections.{namespace}.{collection}.plugins.modules.{short}")
    environment = sandbox.variables(account_id) if env is None else {**sandbox.variables(account_id), **env}
    arguments = {**options, "_ansible_check_mode": check, "_ansible_diff": diff}
    printed = io.StringIO()
    # Ansible keeps warnings for the life of the process. Elsewhere, each module has its own process.
    warnings._global_warnings.clear()
    with (
        patch_module_args(arguments),
        mock.patch.dict(os.environ, {name: value for name, value in environment.items() if value}),
        mock.patch.object(session, "create_loader", _loader),
        contextlib.redirect_stdout(printed),
        contextlib.suppress(SystemExit),
    ):
        for variable, value in environment.items():
            if not value:
                os.environ.pop(variable, None)
        module.main()
    result: dict[str, Any] = json.loads(printed.getvalue().splitlines()[-1])
    return result


def quartets_in_process(
    tasks: Sequence[Mapping[str, Any]], *, sandbox: Sandbox, changed: bool = True
) -> list[Quartet[Result]]:
    """`task_quartets` in this process, for cases in which Ansible itself does not matter."""
    return [_quartet(name, options, sandbox, changed=changed) for task in tasks for name, options in task.items()]


def _quartet(name: str, options: Mapping[str, Any], sandbox: Sandbox, *, changed: bool) -> Quartet[Result]:
    states, results = [sandbox.state()], []
    for phase in PHASES:
        check = phase.startswith("check")
        results.append(run_in_process(name, dict(options), sandbox=sandbox, check=check, diff=True))
        assert "failed" not in results[-1], results[-1]
        states.append(sandbox.state())
    return quartet_of(results, states, changed=changed)
