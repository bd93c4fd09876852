# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's own interface, under /_sandbox/: what tests read from it and set in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import ServiceException

from ..behaviour import quotas, state
from ..calls.identity import credentials_of
from ..calls.wire import Answer
from ..seed import Seeder
from ..service import Service
from ..switches.settings import SwitchError

PREFIX = "/_sandbox/"
DEFAULT_LOG = 100


class Control:
    def __init__(self, service: Service, open_to_browsers: Callable[[], dict[str, Any]]) -> None:
        self._service = service
        self._open_to_browsers = open_to_browsers
        self._routes: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", "calls"): self._calls,
            ("DELETE", "calls"): self._clear_calls,
            ("GET", "state"): self._state,
            ("POST", "reset"): self._reset,
            ("GET", "switches"): self._switches,
            ("POST", "switches"): self._set_switches,
            ("POST", "errors"): self._add_error,
            ("POST", "quotas"): self._quotas,
            ("POST", "seed"): self._seed,
            ("GET", "paused"): self._paused,
            ("POST", "resume"): self._resume,
            ("GET", "credentials"): self._credentials,
            ("POST", "https"): self._https,
        }

    def answer(self, method: str, name: str, given: dict[str, Any]) -> Answer:
        """`given` is the query of a GET or DELETE, the JSON body of a POST."""
        route = self._routes.get((method, name)) or self._mail_route(method, name)
        if route is None:
            known = ", ".join(f"{method} {name}" for method, name in self._routes)
            return _json(404, {"error": f"there is no {method} {name}; there are {known}"})
        try:
            return _json(200, route(given))
        except (SwitchError, ServiceException, KeyError, TypeError, ValueError) as error:
            return _json(400, {"error": f"{type(error).__name__}: {error}"})

    def _mail_route(self, method: str, name: str) -> Callable[[dict[str, Any]], Any] | None:
        mailbox = self._service.mailbox
        if mailbox is None or not mailbox.handles(method, name):
            return None
        return lambda given: mailbox.answer(method, name, given)

    def _calls(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._service.calls.summary(int(given.get("log", DEFAULT_LOG)))

    def _clear_calls(self, given: dict[str, Any]) -> dict[str, Any]:
        self._service.calls.clear()
        return {}

    def _state(self, given: dict[str, Any]) -> Any:
        with self._service.lock:
            return state.export(given.get("account_id") or self._service.accounts.default)

    def _reset(self, given: dict[str, Any]) -> dict[str, Any]:
        self._service.reset()
        return {}

    def _switches(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._service.switches.as_json()

    def _set_switches(self, given: dict[str, Any]) -> dict[str, Any]:
        self._service.switches.set(given)
        if not self._service.switches.visibility_delay:
            with self._service.lock:
                self._service.visibility.reset()
        return self._service.switches.as_json()

    def _add_error(self, given: dict[str, Any]) -> dict[str, Any]:
        self._service.switches.add_error(given)
        return self._service.switches.as_json()

    def _quotas(self, given: dict[str, Any]) -> dict[str, Any]:
        numbers = dict(given)
        account_id = numbers.pop("account_id", None)
        with self._service.lock:
            quotas.set(account_id, **numbers)
        return {}

    def _seed(self, given: dict[str, Any]) -> dict[str, int]:
        seed = dict(given)
        account_id = seed.pop("account_id", None) or self._service.accounts.default
        with self._service.lock:
            return Seeder(account_id).fill(seed)

    def _paused(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._service.held_calls.as_json()

    def _resume(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"resumed": self._service.held_calls.open(drop=bool(given.get("drop", False)), count=given.get("count"))}

    def _credentials(self, given: dict[str, Any]) -> dict[str, Any]:
        account_id = given.get("account_id") or self._service.accounts.default
        if not (account_id.isdecimal() and len(account_id) == 12):
            raise ValueError(f"{account_id!r} is not an account id of twelve digits")
        self._service.accounts.open(account_id)
        credentials = credentials_of(account_id)
        return {
            "account_id": account_id,
            "access_key_id": credentials.access_key_id,
            "secret_access_key": credentials.secret_access_key,
        }

    def _https(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._open_to_browsers()


def _json(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/json")
