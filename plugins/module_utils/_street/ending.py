# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task ends: with its result, or with one message about everything that went wrong."""

from __future__ import annotations

import contextlib
import typing as t

from .._aws.errors import Faults, ReadError, message

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.connection import Connection
    from .._core.steps import Failure
    from .._report.walk import Walk

    Data = dict[str, t.Any]


@contextlib.contextmanager
def failing(module: AnsibleAWSModule, **more: t.Any) -> t.Iterator[None]:
    """End the task on faults and on a failed read. ``more`` is added to the result."""
    try:
        yield
    except Faults as error:
        module.fail_json(msg=str(error), faults=[str(fault) for fault in error.faults], **more)
    except ReadError as error:
        module.fail_json(msg=str(error), error={"code": error.code}, **more)


def finish(module: AnsibleAWSModule, walked: Walk, result: Data, connection: Connection) -> t.NoReturn:
    """End the task with its result. If something went wrong, it fails with one message, and with the result too."""
    done = [] if walked.stopped else walked.steps if module.check_mode else walked.outcome.done
    result = {"changed": bool(done), "api_calls": connection.calls.report(), **result}
    if not module._diff:  # Ansible's own name for "the user asked for a diff"
        result.pop("diff", None)
    for warning in walked.warnings:
        module.warn(warning)
    texts = [*_fault_texts(walked, result), *_postponed_texts(walked, result)]
    failures = walked.outcome.failures
    if not failures and not texts:
        module.exit_json(**result)
    if failures:
        texts.append(message(failures))
    module.fail_json(msg="\n".join(texts), **{**result, "failures": [_told(failure) for failure in failures]})


def _told(failure: Failure) -> Data:
    return {
        "subject": str(failure.subject),
        "operation": failure.operation,
        "code": failure.code,
        "message": failure.message,
        "advice": failure.advice,
    }


def _fault_texts(walked: Walk, result: Data) -> list[str]:
    if not walked.faults:
        return []
    told = [str(fault) for fault in walked.faults]
    result["faults"] = told
    if walked.stopped:
        return told
    if any(fault.stops_giving for fault in walked.faults):
        return ["Leavers are still cut off; nobody else was changed, because of this:", *told]
    return ["Look at these; everybody else was served:", *told]


def _postponed_texts(walked: Walk, result: Data) -> list[str]:
    if not walked.postponed:
        return []
    result["postponed"] = [str(fault) for fault in walked.postponed]
    return ["Everything else is done; these wait, and the next run goes on from there:", *result["postponed"]]
