# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of a call through the sandbox: who calls, what the switches do to it, moto's answer, the count."""

from __future__ import annotations

import threading
import time

from ..behaviour import quotas
from ..calls import signature
from ..calls.identity import Accounts, face_of_fixed_caller
from ..calls.log import CallLog
from ..calls.wire import Answer, Call, ConnectionLostError, Request, error_answer, parse_body
from ..mailbox import Mailbox
from ..switches.held_calls import HeldCalls
from ..switches.settings import ErrorRule, Switches
from ..switches.visibility import Visibility
from .backend import SERVICES, Backend

WRONG_SIGNATURE = (
    "The request signature we calculated does not match the signature you provided. "
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
)


class Service:
    def __init__(self, account_ids: list[str], mailbox: Mailbox | None = None, *, enforce: bool = False) -> None:
        self.accounts = Accounts(account_ids)
        self.mailbox = mailbox
        self.switches = Switches(enforce=enforce)
        self.calls = CallLog()
        self.held_calls = HeldCalls()
        self.visibility = Visibility()
        self.backend = Backend(self.accounts, self.switches)
        # AWS answers two calls about one name as if one came after the other; moto checks, then sets.
        self.lock = threading.RLock()
        self._epoch = 0

    def close(self) -> None:
        """End what was started besides; the mailbox is its starter's."""
        self.backend.close()

    def reset(self) -> None:
        """Everything back to new. A call that is on its way, or held, is dropped and not counted: it is of the past."""
        with self.lock:
            self._epoch += 1
            self.switches.reset()
            self.held_calls.open(drop=True)
            self.backend.reset()
            quotas.reset()
            self.visibility.reset()
            self.calls.clear()
        if self.mailbox is not None:
            self.mailbox.reset()

    def answer(self, request: Request) -> Answer:
        """Answer an AWS client; ConnectionLostError when it is to get no answer."""
        call = self._identify(request)
        if isinstance(call, Answer):
            return call
        try:
            answer = self._handle(call)
        except ConnectionLostError:
            self._count(call, None)
            raise
        self._count(call, answer)
        return answer

    def _count(self, call: Call, answer: Answer | None) -> None:
        with self.lock:
            if call.epoch == self._epoch:
                self.calls.add(call, answer.status if answer else None, answer.code if answer else None)

    def _identify(self, request: Request) -> Call | Answer:
        scope = request.scope
        if scope is None:
            return error_answer("iam", "MissingAuthenticationToken", "Request is missing Authentication Token")
        if scope.service not in SERVICES:
            message = f"the sandbox knows iam and sts, not {scope.service}"
            return error_answer(scope.service, "NotImplemented", message, 501)
        parameters = parse_body(request.body)
        key = self.accounts.key(scope.access_key_id, scope.region)
        call = Call(
            service=scope.service,
            operation=parameters.get("Action", ""),
            parameters=parameters,
            access_key_id=scope.access_key_id,
            account_id=key.account_id if key else "",
            region=scope.region,
            epoch=self._epoch,
            request=request,
        )
        if key is None:
            return self._refuse(call, "InvalidClientTokenId", "The security token included in the request is invalid.")
        if not signature.is_right(request, scope, key.secret_access_key):
            return self._refuse(call, "SignatureDoesNotMatch", WRONG_SIGNATURE)
        if self.switches.expired_credentials:
            return self._refuse(call, "ExpiredToken", "The security token included in the request is expired")
        return call

    def _refuse(self, call: Call, code: str, message: str) -> Answer:
        answer = error_answer(call.service, code, message)
        self._count(call, answer)
        return answer

    def _handle(self, call: Call) -> Answer:
        if self.switches.latency_ms:
            time.sleep(self.switches.latency_ms / 1000)
        throttle = self.switches.throttle
        if throttle and call.service == "iam" and not throttle.allows(call.account_id):
            return error_answer(call.service, "Throttling", "Rate exceeded")
        if self.switches.take_pause(call, "before"):
            self.held_calls.hold(call, "before")
        rule = self.switches.take_error(call)
        if rule and rule.mode == "refuse":
            return self._failure(call, rule)
        if rule and rule.mode == "lose_connection_before":
            raise ConnectionLostError
        answer = self._apply(call)
        if self.switches.take_pause(call, "after"):
            self.held_calls.hold(call, "after")
        if rule and rule.mode == "lose_connection_after":
            raise ConnectionLostError
        if rule and rule.mode == "malformed":
            return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.content_type, "Malformed")
        return answer

    def _apply(self, call: Call) -> Answer:
        with self.lock:
            if call.epoch != self._epoch:
                raise ConnectionLostError
            missing = self.visibility.missing(call)
            if missing:
                return error_answer(call.service, "NoSuchEntity", missing)
            with self.visibility.hiding(call):
                answer = self.backend.answer(call)
            if answer.code is None:
                self.visibility.note(call, self.switches.visibility_delay)
            return answer

    def _failure(self, call: Call, rule: ErrorRule) -> Answer:
        message = rule.message
        if message is None and rule.code == "AccessDenied":
            face = face_of_fixed_caller(call.account_id, call.region, self.switches.caller)
            action = f"{call.service}:{call.operation}"
            message = (
                f"User: {face.arn} is not authorized to perform: {action} on resource: {call.subject or '*'} "
                f"because no identity-based policy allows the {action} action"
            )
        elif message is None:
            message = "Rate exceeded" if rule.code == "Throttling" else f"{rule.code} was switched on for this call"
        return error_answer(call.service, rule.code, message, rule.status)
