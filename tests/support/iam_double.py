# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for a boto3 client, with answers and errors by operation. It records every call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.hooks import HierarchicalEmitter

Answer = Mapping[str, Any] | BaseException | Callable[..., Mapping[str, Any]]


def aws_error(code: str, operation: str = "X", message: str = "", retries: int = 0, status: int = 400) -> ClientError:
    """The error that botocore raises for an answer of AWS."""
    metadata = {"RetryAttempts": retries, "HTTPStatusCode": status}
    response: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError(response, operation)


class IamDouble:
    """Gives the answers of an operation in their order, and repeats the last one. A callable gets the parameters.

    An operation without answers returns ``{}``.
    """

    def __init__(self, **answers: Answer | list[Answer]) -> None:
        self.meta = SimpleNamespace(events=HierarchicalEmitter(), partition="aws")
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.lacking: set[str] = set()
        self._answers = {
            xform_name(name): list(given) if isinstance(given, list) else [given] for name, given in answers.items()
        }
        self._lock = threading.Lock()

    def operations(self) -> list[str]:
        """The operations called, in their order."""
        return [operation for operation, _params in self.calls]

    def __getattr__(self, method: str) -> Callable[..., Mapping[str, Any]]:
        if method.startswith("_") or method in self.lacking:
            raise AttributeError(method)

        def call(**params: Any) -> Mapping[str, Any]:
            with self._lock:
                self.calls.append((method, params))
                answers = self._answers.get(method, [{}])
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if isinstance(answer, BaseException):
                raise answer
            return answer(**params) if callable(answer) else answer

        return call
