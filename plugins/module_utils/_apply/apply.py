# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apply: the steps of one subject in order, subjects side by side. One subject's failure stays its own."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import typing as t

from .._aws.errors import DENIED, failure, not_tried
from .._aws.pace import ISSUING_THREADS, THREADS
from .._core.steps import Failure, Phase, Step
from .._core.subjects import Subject
from .interruptions import interruptions
from .protocols import Settled
from .recovery import CREATIONS, Made
from .sender import NOTHING, Sender, key_of

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._aws.pace import Pace
    from .protocols import Answer, Issues

Tell = t.Callable[[Step, "Failure | None"], object]
Chain = list[tuple[int, Step]]

HEARTBEAT_SECONDS = 0.1
REFUSALS = DENIED | {"LimitExceeded", "MalformedPolicyDocument"}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of the steps, in the order of the plan; answers are kept only of creations.

    ``settled`` are those whose issuing ended before its last step because nothing more was to be done, and why.
    """

    done: t.Sequence[tuple[Step, Answer]] = ()
    failures: t.Sequence[Failure] = ()
    skipped: t.Sequence[Step] = ()
    settled: t.Sequence[tuple[Subject, str]] = ()


def apply(
    iam: Client,
    steps: t.Sequence[Step],
    *,
    threads: int = THREADS,
    pace: Pace | None = None,
    tell: Tell = lambda step, failed: None,
    issuer: Issues | None = None,
) -> Outcome:
    """Write the steps, phase after phase. What fails is in the outcome; only an interruption is raised.

    ``tell`` hears of each step that was sent as soon as its outcome is known, from several threads.
    """
    sender = Sender(iam, pace, max(threads, ISSUING_THREADS))
    run = _Run(sender, len(steps), tell, issuer)
    with interruptions(sender.stop), sender.watching():
        for phase, chains in _phases(steps):
            _work(run, sender, chains, max(threads, _issuing(issuer)) if phase == Phase.CREDENTIALS else threads)
    return run.outcome(steps)


def _issuing(issuer: Issues | None) -> int:
    return ISSUING_THREADS if issuer is None else issuer.threads


def _work(run: _Run, sender: Sender, chains: t.Sequence[Chain], threads: int) -> None:
    pool = concurrent.futures.ThreadPoolExecutor(threads)
    try:
        _await([pool.submit(run.chain, chain) for chain in chains])
    except BaseException:
        sender.stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _await(futures: t.Iterable[concurrent.futures.Future[None]]) -> None:
    """Wait until all are done. A signal in another thread does not wake this one, so it wakes up now and then."""
    for future in futures:
        while not future.done():
            concurrent.futures.wait([future], timeout=HEARTBEAT_SECONDS)
        future.result()


def _phases(steps: t.Sequence[Step]) -> t.Iterator[tuple[int, list[Chain]]]:
    """The chains of each phase: what is to be done for one subject, with each step's place in the plan."""
    phases: dict[int, dict[Made, Chain]] = collections.defaultdict(dict)
    for place, step in enumerate(steps):
        phases[step.phase].setdefault(key_of(step.subject), []).append((place, step))
    for phase in sorted(phases):
        yield phase, list(phases[phase].values())


class _Run:
    """One apply: the steps of each subject in order, and what came of every step."""

    def __init__(self, sender: Sender, count: int, tell: Tell, issuer: Issues | None = None) -> None:
        self._sender = sender
        self._tell = tell
        self._issuer = issuer
        self._unmade: set[Made] = set()
        self._failed: set[Made] = set()
        # One place for each step, each written by one thread: the outcome is in the plan's order whatever they do.
        self._results: list[Answer | Failure | None] = [None] * count
        self._settled: dict[int, tuple[Subject, str]] = {}
        self._instead: dict[int, Step] = {}

    def chain(self, chain: Chain) -> None:
        """The steps of one subject. After a failure nothing more is given, and what cuts goes on."""
        with self._sender.subject():
            self._chain(chain)

    def _chain(self, chain: Chain) -> None:
        who = key_of(chain[0][1].subject)
        for place, step in chain:
            if self._sender.is_stopped():
                return
            if who in self._failed and (step.closing or not step.cutting):
                self._mark_unmade(step)
                continue
            if any(key_of(other) in self._failed for other in step.follows):
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
        """What came of the step, or of its fallbacks, one after the other, where IAM refused it."""
        result = self._result(place, step)
        while step.fallback is not None and _is_refusal(result):
            step = self._instead[place] = step.fallback
            result = self._result(place, step)
        return result

    def _mark_unmade(self, step: Step) -> None:
        if step.operation in CREATIONS:
            self._unmade.add(key_of(step.subject))

    def _result(self, place: int, step: Step) -> Answer | Failure:
        for need in step.needs:
            if key_of(need) in self._unmade:
                return not_tried(step, need)
        try:
            answer = self._issued(place, step) if step.issuing else self._sender.write(step)
        except Settled:
            raise
        # Any error is told with the step that it happened in, also one that nobody has thought of.
        except Exception as error:
            failed = failure(step, error, self._secrets_of(step))
            self._tell(step, failed)
            return failed
        self._tell(step, None)
        return answer

    def _issued(self, place: int, step: Step) -> Answer:
        if self._issuer is None:
            raise LookupError("nobody issues credentials in this run")
        self._instead[place] = self._issuer.write(step, self._sender)
        return NOTHING

    def _secrets_of(self, step: Step) -> t.Collection[str]:
        """What the failure's message must not repeat. The person is issued nothing more, so they are deleted too."""
        return () if self._issuer is None else self._issuer.forget(step.subject)

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
    """Whether IAM refused the step. Without an answer it may have been done: the next run sees it."""
    return isinstance(result, Failure) and result.code in REFUSALS
