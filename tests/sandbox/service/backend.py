# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's IAM and STS, answering one call at a time."""

from __future__ import annotations

import io
import traceback
from typing import TYPE_CHECKING, Any, cast

from moto.core.config import default_user_config
from moto.core.exceptions import ServiceException
from moto.core.request import Request as MotoRequest
from moto.core.responses import ActionResult
from moto.iam.models import iam_backends
from moto.iam.responses import IamResponse
from moto.sts.models import sts_backends
from moto.sts.responses import TokenResponse
from moto.utilities.utils import get_partition

from .. import behaviour
from ..behaviour.credentials import session_tokens
from ..behaviour.operations import parameters_of, refusal_of
from ..behaviour.permissions import Source
from ..behaviour.sessions import assume_role, role_session
from ..behaviour.sessions.caller import Caller, Kind, of_key
from ..calls.identity import CALLER_NAME, Accounts, face_of_fixed_caller
from ..calls.wire import Answer, Call, error_answer
from ..enforcement import Enforcement
from ..switches.settings import Switches

if TYPE_CHECKING:
    from ..behaviour.account import Account

SERVICES = ("iam", "sts")
KINDS: dict[str, Kind] = {"user": "User", "root": "Account", "role": "AssumedRole"}
SIGNER_IMPLIED = (
    "CreateAccessKey",
    "DeleteAccessKey",
    "GetUser",
    "ListAccessKeys",
    "ListMFADevices",
    "ListSSHPublicKeys",
    "ListSigningCertificates",
    "UpdateAccessKey",
)


class ServerRequest(MotoRequest):
    # Tells moto that a server stands in front of it, which writes the Date header.
    from_wsgi_server = True


class Backend:
    """The state of every account. The caller holds the lock."""

    def __init__(self, accounts: Accounts, switches: Switches) -> None:
        default_user_config["iam"]["load_aws_managed_policies"] = True
        behaviour.install()
        self._accounts = accounts
        self._switches = switches
        self._enforcement = Enforcement()

    def close(self) -> None:
        self._enforcement.close()

    def reset(self) -> None:
        iam_backends.clear()
        sts_backends.clear()

    def answer(self, call: Call) -> Answer:
        try:
            return self._refusal_of_session(call) or self._refusal(call) or self._dispatch(call)
        except NotImplementedError as error:
            # 501 is a status that botocore does not retry.
            return error_answer(call.service, "NotImplemented", f"the sandbox does not know this: {error}", 501)
        except Exception as error:
            # A fault of the sandbox is an answer too: without one its client would wait and try again.
            traceback.print_exc()
            return error_answer(call.service, "InternalFailure", f"the sandbox failed: {error!r}", 500)

    def _refusal_of_session(self, call: Call) -> Answer | None:
        """The answer to temporary credentials that do not hold (any more), or do not open this."""
        account = _account_of(call)
        refused = role_session.refusal(account, call) or session_tokens.refusal(account, call)
        return None if refused is None else error_answer(call.service, *refused)

    def _refusal(self, call: Call) -> Answer | None:
        """The answer to who may not.

        Without the switch `enforce` only IAM says no, and only to the fixed caller where the switches give it policies,
        and to sessions of roles: everybody else may all.
        """
        account, strict = _account_of(call), self._switches.enforce
        held = self._accounts.is_fixed(call.access_key_id) or role_session.session_of(account, call.access_key_id)
        if not strict and (call.service != "iam" or not held):
            return None
        caller = caller_of(call, self._accounts, self._switches)
        refused = self._enforcement.refusal(account, call, caller, tags_of_new=strict)
        return None if refused is None else error_answer(call.service, "AccessDenied", refused)

    def _dispatch(self, call: Call) -> Answer:
        request = ServerRequest(_environment(call, self._body(call)))
        response: IamResponse | TokenResponse
        if call.service == "iam":
            response = IamResponse()
        else:
            response = CallerAwareTokenResponse(call, self._accounts, self._switches)
        status, headers, body = response._dispatch(request)  # moto's own entry point takes a class, not an instance
        content = body.encode() if isinstance(body, str) else bytes(body or b"")
        code = None if status < 400 else _code_in(content)
        return Answer(status, content, str(headers.get("Content-Type", "text/xml")), code)

    def _body(self, call: Call) -> bytes:
        """The parameters, with the user who signs the call named where IAM would take the name from the signature.

        moto finds signers by their access keys, and a fixed key is nobody's in its account.
        """
        body = call.request.body
        implied = call.service == "iam" and call.operation in SIGNER_IMPLIED and "UserName" not in call.parameters
        if implied and self._switches.caller == "user" and self._accounts.is_fixed(call.access_key_id):
            return body + f"&UserName={CALLER_NAME}".encode()
        return body


class CallerAwareTokenResponse(TokenResponse):
    """STS that shows the face that the switches give to the user of a fixed key."""

    def __init__(self, call: Call, accounts: Accounts, switches: Switches) -> None:
        super().__init__()
        self._call = call
        self._accounts = accounts
        self._switches = switches

    def assume_role(self) -> Any:
        """A session of a role, for whom its trust policy and their own policies let in."""
        try:
            caller = caller_of(self._call, self._accounts, self._switches)
            there, longest = _account_of(self._call), self._switches.session_seconds
            return ActionResult(assume_role.assume_role(caller, there, parameters_of(self), longest))
        except ServiceException as error:
            return refusal_of("sts", error)

    def get_session_token(self) -> Any:
        """A session of the user whose key signs the call; moto's answer where the fixed key's user is in no list."""
        account = _account_of(self._call)
        fixed = self._accounts.is_fixed(self._call.access_key_id)
        name = CALLER_NAME if fixed else account.access_keys[self._call.access_key_id].user_name
        user = account.users.get(name or "")
        if user is None:
            return super().get_session_token()
        try:
            return ActionResult({"Credentials": session_tokens.begin(account, user, parameters_of(self))})
        except ServiceException as error:
            return refusal_of("sts", error)

    def get_caller_identity(self) -> ActionResult:
        account = _account_of(self._call)
        session = role_session.session_of(account, self._call.access_key_id)
        if session is not None:
            return ActionResult({"UserId": session.user_id, "Account": session.account_id, "Arn": session.arn})
        held = session_tokens.session_of(account, self._call.access_key_id)
        if held is not None:
            return ActionResult({"UserId": held.user.id, "Account": held.user.account_id, "Arn": held.user.arn})
        if not self._accounts.is_fixed(self._call.access_key_id):
            return super().get_caller_identity()
        face = face_of_fixed_caller(self._call.account_id, self._call.region, self._switches.caller)
        return ActionResult({"UserId": face.user_id, "Account": self._call.account_id, "Arn": face.arn})


def caller_of(call: Call, accounts: Accounts, switches: Switches) -> Caller:
    """Who makes a call. The fixed caller may all, unless the switches give it policies."""
    if not accounts.is_fixed(call.access_key_id):
        return of_key(_account_of(call), call.access_key_id)
    face = face_of_fixed_caller(call.account_id, call.region, switches.caller)
    is_role = switches.caller == "role"
    role_arn = f"arn:{get_partition(call.region)}:iam::{call.account_id}:role/{CALLER_NAME}"
    documents = switches.policies
    return Caller(
        kind=KINDS[switches.caller],
        account_id=call.account_id,
        arn=face.arn,
        user_id=face.user_id,
        principal_arn=role_arn if is_role else face.arn,
        principal_id=face.user_id.partition(":")[0],
        policies=None if documents is None else tuple(Source(f"caller_{n}", each) for n, each in enumerate(documents)),
    )


def _account_of(call: Call) -> Account:
    return cast("Account", iam_backends[call.account_id][get_partition(call.region)])


def _environment(call: Call, body: bytes) -> dict[str, Any]:
    """The WSGI environment of the call, as moto wants it."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_AUTHORIZATION": call.request.authorization,
        "HTTP_USER_AGENT": call.request.user_agent,
        # moto would otherwise search every account and partition for the key, on each call.
        "HTTP_X_MOTO_ACCOUNT_ID": call.account_id,
        "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-8",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }


def _code_in(body: bytes) -> str:
    code = body.partition(b"<Code>")[2].partition(b"</Code>")[0]
    return code.decode() or "Unknown"
