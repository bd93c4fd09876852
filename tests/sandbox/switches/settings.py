# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches that tests set: latency, throttling, errors, visibility delay, a pause, the caller and its policies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from ..behaviour.errors import MalformedPolicyDocument
from ..behaviour.policies import documents as policy_documents
from ..calls.wire import Call

MODES = ("refuse", "lose_connection_before", "lose_connection_after", "malformed")
CALLERS = ("user", "root", "role")
Settings = TypeVar("Settings", bound="CallMatch | Throttle")


class SwitchError(ValueError):
    """A switch was set to something it cannot be."""


@dataclass
class CallMatch:
    """Which calls a switch is about: an operation (`*` for all) and parameters with these values."""

    operation: str
    match: dict[str, str] = field(default_factory=dict)

    def fits(self, call: Call) -> bool:
        if self.operation not in ("*", call.operation):
            return False
        return all(call.parameters.get(name) == value for name, value in self.match.items())


@dataclass
class ErrorRule(CallMatch):
    """Fail the next `count` matching calls (all of them for None) after `skip` have passed."""

    code: str = "ServiceFailure"
    status: int | None = None
    message: str | None = None
    count: int | None = 1
    skip: int = 0
    mode: str = "refuse"

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise SwitchError(f"mode {self.mode!r} is none of {', '.join(MODES)}")

    def take(self, call: Call) -> bool:
        """Whether this call is to fail; counts it."""
        if self.count == 0 or not self.fits(call):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.count is not None:
            self.count -= 1
        return True


@dataclass
class Pause(CallMatch):
    """Hold the first matching call, before or after it is applied, until the test resumes it; `skip` pass first."""

    when: str = "before"
    skip: int = 0

    def __post_init__(self) -> None:
        if self.when not in ("before", "after"):
            raise SwitchError(f"when {self.when!r} is neither before nor after")


@dataclass
class Throttle:
    """A token bucket: `rate` tokens a second, at most `burst` of them saved up. One bucket an account.

    `accounts` are those that are throttled; without it all are.
    """

    rate: float
    burst: float = 1
    accounts: list[str] | None = None

    def __post_init__(self) -> None:
        if self.rate <= 0 or self.burst < 1:
            raise SwitchError("throttle needs a rate above 0 and a burst of at least 1")
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def allows(self, account_id: str) -> bool:
        if self.accounts is not None and account_id not in self.accounts:
            return True
        with self._lock:
            now = time.monotonic()
            tokens, since = self._buckets.get(account_id, (float(self.burst), now))
            tokens = min(float(self.burst), tokens + (now - since) * self.rate)
            allowed = tokens >= 1
            self._buckets[account_id] = (tokens - 1 if allowed else tokens, now)
            return allowed


def build(kind: type[Settings], given: Any) -> Settings:
    """Make a settings object of a JSON one, naming what does not belong."""
    if not isinstance(given, Mapping):
        raise SwitchError(f"{kind.__name__} is set with a JSON object, not {given!r}")
    unknown = sorted(set(given) - {each.name for each in fields(kind)})
    if unknown:
        raise SwitchError(f"{kind.__name__} has no {', '.join(unknown)}")
    try:
        return kind(**given)
    except TypeError as error:
        raise SwitchError(str(error)) from error


class Switches:
    """All switches of a sandbox, as they stand. `enforce` is what that switch is at the start and after a reset."""

    def __init__(self, *, enforce: bool = False) -> None:
        self._lock = threading.Lock()
        self._enforce_at_start = enforce
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self.latency_ms = 0.0
            self.visibility_delay = 0.0
            self.throttle: Throttle | None = None
            self.errors: list[ErrorRule] = []
            self.pause: Pause | None = None
            self.caller = "user"
            self.policies: list[str] | None = None
            self.enforce = self._enforce_at_start
            self.expired_credentials = False
            self.session_seconds: float | None = None

    def set(self, given: Mapping[str, Any]) -> None:
        """Change the switches that are given and leave the others; nothing is changed when one is wrong."""
        setters: dict[str, Callable[[Any], Any]] = {
            "latency_ms": _duration,
            "visibility_delay": _duration,
            "throttle": lambda value: None if value is None else build(Throttle, value),
            "errors": lambda value: [build(ErrorRule, each) for each in value or []],
            "pause": lambda value: None if value is None else build(Pause, value),
            "caller": _caller,
            "policies": lambda value: None if value is None else [_document(each) for each in value],
            "enforce": bool,
            "expired_credentials": bool,
            "session_seconds": lambda value: None if value is None else _duration(value),
        }
        unknown = sorted(set(given) - set(setters))
        if unknown:
            raise SwitchError(f"there is no switch {', '.join(unknown)}; there are {', '.join(setters)}")
        values = {name: setters[name](value) for name, value in given.items()}
        with self._lock:
            for name, value in values.items():
                setattr(self, name, value)

    def add_error(self, given: Any) -> None:
        rule = build(ErrorRule, given)
        with self._lock:
            self.errors.append(rule)

    def take_error(self, call: Call) -> ErrorRule | None:
        """The rule that says how this call fails, if one does."""
        if not self.errors:
            return None
        with self._lock:
            return next((rule for rule in self.errors if rule.take(call)), None)

    def take_pause(self, call: Call, when: str) -> bool:
        """Whether this call is the one to hold. Only one is, so the switch is off again afterwards."""
        if self.pause is None:
            return False
        with self._lock:
            if self.pause is None or self.pause.when != when or not self.pause.fits(call):
                return False
            if self.pause.skip:
                self.pause.skip -= 1
                return False
            self.pause = None
            return True

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "latency_ms": self.latency_ms,
                "visibility_delay": self.visibility_delay,
                "throttle": asdict(self.throttle) if self.throttle else None,
                "errors": [asdict(rule) for rule in self.errors],
                "pause": asdict(self.pause) if self.pause else None,
                "caller": self.caller,
                "policies": None if self.policies is None else [json.loads(each) for each in self.policies],
                "enforce": self.enforce,
                "expired_credentials": self.expired_credentials,
                "session_seconds": self.session_seconds,
            }


def _duration(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise SwitchError(f"{value!r} is not a duration")
    return float(value)


def _document(value: Any) -> str:
    """A policy of the caller, as its text."""
    document = value if isinstance(value, str) else json.dumps(value)
    try:
        policy_documents.check(document)
    except MalformedPolicyDocument as error:
        raise SwitchError(f"policies holds documents of policies: {error}") from error
    return document


def _caller(value: Any) -> str:
    if value not in CALLERS:
        raise SwitchError(f"caller {value!r} is none of {', '.join(CALLERS)}")
    return str(value)
