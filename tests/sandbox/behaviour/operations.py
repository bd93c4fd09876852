# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which IAM operations are answered here instead of by moto, and how a call reaches them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from botocore import xform_name
from botocore.model import OperationModel
from moto.core.exceptions import ServiceException
from moto.core.responses import BaseResponse
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.iam.responses import IamResponse

from ..calls.wire import error_xml, status_of
from .account import Account
from .errors import UnmodifiableEntity
from .protocol import answers, validation


@dataclass(frozen=True)
class Call:
    """One IAM call: the account it is made in, what it asks, and the access key it is signed with."""

    operation: str
    account: Account
    params: dict[str, Any]
    access_key_id: str

    def __getitem__(self, name: str) -> Any:
        return self.params[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)


Operation = Callable[[Call], "answers.Answer | None"]
OPERATIONS: dict[str, Operation] = {}


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register a function as the answer to the IAM operation `name`."""

    def register(function: Operation) -> Operation:
        OPERATIONS[name] = function
        return function

    return register


def install() -> None:
    """Put our operations, and the validation of every request, on moto's response class."""
    for name in get_service_model("iam").operation_names:
        method = camelcase_to_underscores(name)
        taught = OPERATIONS.get(name)
        theirs = getattr(IamResponse, method, None)
        if taught is not None:
            setattr(IamResponse, method, _answering(name, taught))
        elif theirs is not None:
            setattr(IamResponse, method, _validating(name, theirs))


@functools.cache
def _model(name: str) -> OperationModel:
    return cast(OperationModel, get_service_model("iam").operation_model(name))


def _check(name: str, params: dict[str, Any], account: Account) -> None:
    """Raise what AWS raises before it looks at what is asked: ValidationError, UnmodifiableEntity."""
    validation.check(name, _model(name).input_shape, params)
    if any(error.name == "UnmodifiableEntityException" for error in _model(name).error_shapes):
        role = account.find_role(str(params.get("RoleName", "")))
        if role is not None and role.is_protected:
            raise UnmodifiableEntity(
                f"Cannot perform the operation on the protected role '{role.name}' "
                "- this role is only modifiable by AWS"
            )


def parameters_of(response: BaseResponse) -> dict[str, Any]:
    """The request's parameters under the names of the service's model."""
    params = response.params
    return cast("dict[str, Any]", params.original_dict() if hasattr(params, "original_dict") else params)


def _answering(name: str, taught: Operation) -> Callable[[IamResponse], Any]:
    def answer(response: IamResponse) -> Any:
        params = parameters_of(response)
        try:
            account = cast(Account, response.backend)
            _check(name, params, account)
            return answers.xml(_model(name), taught(Call(name, account, params, response.get_access_key())))
        except ServiceException as error:
            return refusal_of("iam", error)

    answer.__name__ = xform_name(name)
    return answer


def _validating(name: str, theirs: Callable[[IamResponse], Any]) -> Callable[[IamResponse], Any]:
    @functools.wraps(theirs)
    def answer(response: IamResponse) -> Any:
        try:
            _check(name, parameters_of(response), cast(Account, response.backend))
            return theirs(response)
        except ServiceException as error:
            return refusal_of("iam", error)

    return answer


def refusal_of(service: str, error: ServiceException) -> tuple[str, dict[str, Any]]:
    """What moto's dispatch takes as body and headers. Its own serializer answers AccessDenied with 400."""
    status = status_of(service, error.code)
    # moto's own dispatch fills the request id in.
    return error_xml(service, error.code, error.message, status, request_id=""), {"status": status}
