# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sender: sends writes to IAM, tries again where that helps, and sends nothing after an interruption."""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t

with contextlib.suppress(ImportError):  # AnsibleAWSModule tells it.
    from botocore import xform_name

from .._aws.pace import ISSUING_THREADS, Pace
from .._core.model import fold
from .protocols import Answer
from .recovery import CREATIONS, Made, absent_is_done, passes, success_of

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.steps import Step
    from .._core.subjects import Subject

NOTHING: Answer = {}

KEPT = CREATIONS | {"CreatePolicyVersion"}
"""The writes whose answers have ids and dates that results show."""


class StoppedError(Exception):
    """The run was interrupted before this request."""


class _Guard:
    """What is called right before each time that a request of an operation leaves, in this thread."""

    def __init__(self, operation: str, before: t.Callable[[], object]) -> None:
        self.operation = operation
        self.before = before


class _Here(threading.local):
    """What one thread knows of the person whom it works for."""

    finishing = False
    guard: _Guard | None = None


class Sender:
    """Sends the writes of one run. Its threads share it; ``callers`` of them call IAM at the same time."""

    def __init__(self, iam: Client, pace: Pace | None = None, callers: int = ISSUING_THREADS) -> None:
        self._iam = iam
        self._turns = threading.Semaphore(callers)
        self._stopped = threading.Event()
        self._here = _Here()
        self._pace = pace or Pace(wait=self._wait)
        self._made: set[Made] = set()

    def stop(self) -> None:
        """Start nothing more, neither steps nor further attempts."""
        self._stopped.set()

    @contextlib.contextmanager
    def subject(self) -> t.Iterator[None]:
        """This thread begins with the next subject, when it is its turn: only so many call IAM at the same time."""
        with self._turns:
            self._here.finishing = False
            yield

    @contextlib.contextmanager
    def aside(self) -> t.Iterator[None]:
        """This thread waits for somebody else, and another one has its turn."""
        self._turns.release()
        try:
            yield
        finally:
            self._turns.acquire()

    def finish(self) -> None:
        """What this thread has begun for somebody is done to its end, whatever happens to the run."""
        self._here.finishing = True

    def pause(self, seconds: float) -> None:
        """Wait, unless the run has been stopped."""
        if self._stopped.wait(seconds):
            raise StoppedError

    def is_stopped(self) -> bool:
        """Whether this thread has to end."""
        return self._stopped.is_set() and not self._here.finishing

    def _wait(self, seconds: float) -> bool:
        if not self._here.finishing:
            return self._stopped.wait(seconds)
        time.sleep(seconds)
        return False

    @contextlib.contextmanager
    def watching(self) -> t.Iterator[None]:
        """See every request before it leaves, also botocore's own further attempts, which can take minutes."""
        events = self._iam.meta.events
        events.register_first("before-send.iam", self._refuse)
        # The last of all: botocore's limiter may keep a request waiting, and the guard must be asked after that.
        events.register_last("before-send", self._ask_guard)
        try:
            yield
        finally:
            events.unregister("before-send.iam", self._refuse)
            events.unregister("before-send", self._ask_guard)

    def _refuse(self, **kwargs: t.Any) -> None:
        if self.is_stopped():
            raise StoppedError

    def _ask_guard(self, event_name: str, **kwargs: t.Any) -> None:
        guard = self._here.guard
        if guard is not None and event_name.endswith(f".{guard.operation}"):
            guard.before()

    def send(self, step: Step, before: t.Callable[[], object] | None = None) -> Answer:
        """IAM's answer. What passes by itself is sent again; ``before`` is called right before each time."""
        method = getattr(self._iam, xform_name(step.operation))

        def call() -> Answer:
            answer: Answer = method(**step.params, **step.secrets)
            return answer

        self._here.guard = None if before is None else _Guard(step.operation, before)
        try:
            return self._pace.retrying(call, lambda error: passes(self._iam, step, error, self._made))
        finally:
            self._here.guard = None

    def write(self, step: Step) -> Answer:
        """Do a step. Only the answers in KEPT are kept; an error that means "done" is none."""
        try:
            answer = self.send(step)
        except Exception as error:
            if absent_is_done(step, error):
                return NOTHING
            recovered = success_of(self._iam, step, error, self._pace)
            if recovered is None:
                raise
            answer = recovered
        return self._kept(step, answer)

    def _kept(self, step: Step, answer: Answer) -> Answer:
        if "NewUserName" in step.params:
            self._made.add(("user", fold(step.params["NewUserName"])))
        if step.operation not in KEPT:
            return NOTHING
        self._made.add(key_of(step.subject))
        entity = step.operation[len("Create") :]
        return {entity: answer[entity]}


def key_of(subject: Subject) -> Made:
    """The subject, as IAM tells subjects apart: names are compared without case."""
    return subject.kind, fold(subject.name)
