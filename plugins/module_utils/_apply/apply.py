# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply: the steps of one subject in order, subjects side by side. One subject's failure stays its own."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import dataclasses
import signal
import threading
import time
import typing as t

with contextlib.suppress(ImportError):  # AnsibleAWSModule tells it.
    from botocore import xform_name

from .._aws.errors import DENIED, failure, not_tried
from .._aws.pace import ISSUING_THREADS, THREADS, Pace
from .._core.model import Failure, Phase, Step, Subject, fold
from .issuer import Settled
from .recovery import CREATIONS, Made, absent_is_done, passes, success_of

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .issuer import Issuer

Answer = t.Mapping[str, t.Any]
Tell = t.Callable[[Step, "Failure | None"], object]
Chain = list[tuple[int, Step]]

NOTHING: Answer = {}
HEARTBEAT_SECONDS = 0.1
REFUSALS = DENIED | {"LimitExceeded", "MalformedPolicyDocument"}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of the steps, in the order of the plan; an answer is kept of CreateUser and CreateGroup alone.

    ``settled`` are those whose issuing ended before its last step because nothing more was to be done, and why.
    """

    done: t.Sequence[tuple[Step, Answer]] = ()
    failures: t.Sequence[Failure] = ()
    skipped: t.Sequence[Step] = ()
    settled: t.Sequence[tuple[Subject, str]] = ()


class StoppedError(Exception):
    """The run was interrupted before this request."""


def apply(
    iam: Client,
    steps: t.Sequence[Step],
    *,
    threads: int = THREADS,
    pace: Pace | None = None,
    tell: Tell = lambda step, failed: None,
    issuer: Issuer | None = None,
) -> Outcome:
    """Write the steps, phase after phase. What fails is in the outcome; only an interruption is raised.

    ``tell`` hears of each step that was sent as soon as its outcome is known, from several threads.
    """
    run = _Run(iam, len(steps), pace, tell, issuer)
    with _interruptions(run.stop), run.watching():
        for phase, chains in _phases(steps):
            _work(run, chains, max(threads, ISSUING_THREADS) if phase == Phase.CREDENTIALS else threads)
    return run.outcome(steps)


def _work(run: _Run, chains: t.Sequence[Chain], threads: int) -> None:
    pool = concurrent.futures.ThreadPoolExecutor(threads)
    try:
        _await([pool.submit(run.chain, chain) for chain in chains])
    except BaseException:
        run.stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _await(futures: t.Iterable[concurrent.futures.Future[None]]) -> None:
    """Until all are done. A signal that reaches another thread does not wake this one: it looks up now and then."""
    for future in futures:
        while not future.done():
            concurrent.futures.wait([future], timeout=HEARTBEAT_SECONDS)
        future.result()


def _phases(steps: t.Sequence[Step]) -> t.Iterator[tuple[int, list[Chain]]]:
    """The chains of each phase: what is to be done for one subject, with each step's place in the plan."""
    phases: dict[int, dict[Made, Chain]] = collections.defaultdict(dict)
    for place, step in enumerate(steps):
        phases[step.phase].setdefault(_key(step.subject), []).append((place, step))
    for phase in sorted(phases):
        yield phase, list(phases[phase].values())


def _key(subject: Subject) -> Made:
    return subject.kind, fold(subject.name)


class _Guard:
    """What is called right before each time that a request of an operation leaves, in this thread."""

    def __init__(self, operation: str, before: t.Callable[[], object]) -> None:
        self.operation = operation
        self.before = before


class _Here(threading.local):
    """What one thread knows of the chain that it is at."""

    finishing = False
    guard: _Guard | None = None


class _Run:
    """One apply: what its threads share."""

    def __init__(self, iam: Client, count: int, pace: Pace | None, tell: Tell, issuer: Issuer | None = None) -> None:
        self._iam = iam
        self._tell = tell
        self._issuer = issuer
        self._stopped = threading.Event()
        self._here = _Here()
        self._pace = pace or Pace(wait=self._wait)
        self._made: set[Made] = set()
        self._unmade: set[Made] = set()
        self._failed: set[Made] = set()
        # One place for each step, each written by one thread: the outcome is in the plan's order whatever they do.
        self._results: list[Answer | Failure | None] = [None] * count
        self._settled: dict[int, tuple[Subject, str]] = {}
        self._instead: dict[int, Step] = {}

    def stop(self) -> None:
        """Start nothing more, neither steps nor further attempts."""
        self._stopped.set()

    def finish(self) -> None:
        """What this thread has begun for somebody is done to its end, whatever happens to the run."""
        self._here.finishing = True

    def pause(self, seconds: float) -> None:
        """Wait, unless the run has been stopped."""
        if self._stopped.wait(seconds):
            raise StoppedError

    def _is_stopped(self) -> bool:
        return self._stopped.is_set() and not self._here.finishing

    def _wait(self, seconds: float) -> bool:
        if not self._here.finishing:
            return self._stopped.wait(seconds)
        time.sleep(seconds)
        return False

    @contextlib.contextmanager
    def watching(self) -> t.Iterator[None]:
        """Look at every request that leaves, botocore's own further attempts too, which can take minutes."""
        events = self._iam.meta.events
        events.register_first("before-send.iam", self._refuse)
        # After all others: botocore's limiter keeps a request waiting there, and the guard has to see it go.
        events.register_last("before-send", self._ask_guard)
        try:
            yield
        finally:
            events.unregister("before-send.iam", self._refuse)
            events.unregister("before-send", self._ask_guard)

    def _refuse(self, **kwargs: t.Any) -> None:
        if self._is_stopped():
            raise StoppedError

    def _ask_guard(self, event_name: str, **kwargs: t.Any) -> None:
        guard = self._here.guard
        if guard is not None and event_name.endswith(f".{guard.operation}"):
            guard.before()

    def chain(self, chain: Chain) -> None:
        """The steps of one subject. After a failure nothing more is given, and what cuts goes on."""
        self._here.finishing = False
        who = _key(chain[0][1].subject)
        for place, step in chain:
            if self._is_stopped():
                return
            if who in self._failed and (step.closing or not step.cutting):
                self._mark_unmade(step)
                continue
            try:
                result = self._tried(place, step)
            except Settled as end:
                self._settled[place] = (step.subject, str(end))
                return
            self._results[place] = result
            if isinstance(result, Failure) and step.vital:
                self._failed.add(who)
                self._mark_unmade(step)

    def _tried(self, place: int, step: Step) -> Answer | Failure:
        """What came of the step, or of its fallback where IAM refused it."""
        result = self._result(place, step)
        if step.fallback is not None and _is_refusal(result):
            self._instead[place] = step.fallback
            result = self._result(place, step.fallback)
        return result

    def _mark_unmade(self, step: Step) -> None:
        if step.operation in CREATIONS:
            self._unmade.add(_key(step.subject))

    def _result(self, place: int, step: Step) -> Answer | Failure:
        for need in step.needs:
            if _key(need) in self._unmade:
                return not_tried(step, need)
        try:
            answer = self._issued(place, step) if step.issuing else self._kept(step, self._write(step))
        except Settled:
            raise
        # Whatever a thread meets must be told with the step that met it.
        except Exception as error:
            failed = failure(step, error, self._forgotten(step))
            self._tell(step, failed)
            return failed
        self._tell(step, None)
        return answer

    def _issued(self, place: int, step: Step) -> Answer:
        if self._issuer is None:
            raise LookupError("nobody issues credentials in this run")
        self._instead[place] = self._issuer.write(step, self)
        return NOTHING

    def _forgotten(self, step: Step) -> t.Collection[str]:
        """The secrets of somebody who is issued nothing more; none of them may be told."""
        return () if self._issuer is None else self._issuer.forget(step.subject)

    def _kept(self, step: Step, answer: Answer) -> Answer:
        """What is worth keeping of an answer."""
        if "NewUserName" in step.params:
            self._made.add(("user", fold(step.params["NewUserName"])))
        if step.operation not in CREATIONS:
            return NOTHING
        self._made.add(_key(step.subject))
        entity = step.operation[len("Create") :]
        return {entity: answer[entity]}

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

    def _write(self, step: Step) -> Answer:
        try:
            return self.send(step)
        except Exception as error:
            if absent_is_done(step, error):
                return NOTHING
            answer = success_of(self._iam, step, error, self._pace)
            if answer is None:
                raise
            return answer

    def outcome(self, steps: t.Sequence[Step]) -> Outcome:
        """The results, in the order of the plan."""
        pairs = [(self._instead.get(place, step), self._results[place]) for place, step in enumerate(steps)]
        return Outcome(
            done=[(step, result) for step, result in pairs if isinstance(result, dict)],
            failures=[result for _step, result in pairs if isinstance(result, Failure)],
            skipped=[step for step, result in pairs if result is None],
            settled=tuple(self._settled[place] for place in sorted(self._settled)),
        )


def _is_refusal(result: Answer | Failure) -> bool:
    """Whether IAM said no. Where no answer came, the step may have been done; the next run sees."""
    return isinstance(result, Failure) and result.code in REFUSALS


@contextlib.contextmanager
def _interruptions(stop: t.Callable[[], None]) -> t.Iterator[None]:
    """Ctrl-C and SIGTERM stop the run: requests that were sent are awaited, then it ends as it would have at once.

    A second one is handled as ever. Signals that are ignored stay ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    numbers = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) != signal.SIG_IGN]
    previous = {number: signal.getsignal(number) or signal.SIG_DFL for number in numbers}

    def interrupt(number: int, frame: object) -> None:
        received.append(number)
        stop()
        restore()

    def restore() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    for number in numbers:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        restore()
    if received:
        raise KeyboardInterrupt if received[0] == signal.SIGINT else SystemExit(128 + received[0])
