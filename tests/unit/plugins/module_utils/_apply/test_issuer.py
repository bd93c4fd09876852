# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Issuing: whoever else issues at the same time and wherever a run dies, the last mail is the one that works."""

from __future__ import annotations

import base64
import dataclasses
import functools
import itertools
import quopri
import typing as t
import urllib.parse
from collections.abc import Callable, Iterable

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import _Run
from ansible_collections.workforce.aws.plugins.module_utils._apply.issuer import ROUNDS, Issuer
from ansible_collections.workforce.aws.plugins.module_utils._apply.sender import Sender
from ansible_collections.workforce.aws.plugins.module_utils._aws.pace import Pace
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import (
    DeliveryError,
    Issued,
    Recipient,
    SignIn,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredCredential, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, LoginProfile, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Failure, Step
from ansible_collections.workforce.aws.plugins.module_utils._credentials.passwords import PasswordRules
from ansible_collections.workforce.aws.plugins.module_utils._plan.credentials import issuing_steps, marking_steps
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.iam_double import aws_error
from tests.support.memory_iam import Actor, MemoryIam, MemoryUser, Profile, Turns, one_after_the_other

TAG = "workforce:credential"
NAME = "asha"
SIGN_IN = SignIn("https://example.com/", "123456789012")
BY_MAIL = DesiredCredential(by=("mail",))


class Mail:
    """A delivery that others may act during: before the mail is sent, and before it arrives."""

    at_once = 1
    warnings = staticmethod(lambda: ())
    close = staticmethod(lambda: None)
    try_out = staticmethod(lambda: None)
    reaches = staticmethod(lambda _recipient: True)

    def __init__(self, user: MemoryUser, actor: Actor, name: str = "mail") -> None:
        self.name = name
        self.user, self.actor = user, actor
        self.errors: list[Exception] = []
        self.tried = 0

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        self.tried += 1
        self.actor.point(f"{self.name} leaves")
        if self.errors:
            raise self.errors.pop(0)
        self.actor.point(f"{self.name} arrives")
        if self.name == "mail":
            self.user.mails.append(issued)


class TurnTaking(Sender):
    """A sender whose pauses are turns of the others."""

    def __init__(self, iam: MemoryIam, actor: Actor) -> None:
        super().__init__(iam, Pace(wait=actor.sleep, clock=lambda: actor.turns.now))
        self.actor = actor

    def pause(self, seconds: float) -> None:
        super().pause(0)
        self.actor.sleep(seconds)


@dataclasses.dataclass
class Job:
    """One run for one person: it reads, plans and applies; ``prepare`` may change its parts before that."""

    user: MemoryUser
    asked: DesiredCredential = BY_MAIL
    prepare: Callable[[Job], object] = lambda _job: None
    steps: list[Step] = dataclasses.field(default_factory=list)
    mail: Mail = dataclasses.field(init=False)
    file: Mail = dataclasses.field(init=False)
    iam: MemoryIam = dataclasses.field(init=False)
    issuer: Issuer = dataclasses.field(init=False)
    sender: TurnTaking = dataclasses.field(init=False)
    run: _Run = dataclasses.field(init=False)
    heard: list[tuple[str, Failure | None]] = dataclasses.field(default_factory=list)

    def __call__(self, actor: Actor) -> None:
        self.iam = MemoryIam(self.user, actor)
        self.mail, self.file = Mail(self.user, actor), Mail(self.user, actor, "file")
        actor.point("reads")
        wanted = DesiredUser(NAME, credential=self.asked)
        seen = read(self.user)
        self.steps = issuing_steps(wanted, seen)
        marking = marking_steps(seen, self.steps)
        delivers = any(step.operation == "Deliver" for step in self.steps)
        self.issuer = Issuer(
            self.iam,
            PasswordRules(),
            [self.mail, self.file],
            {NAME: Recipient(NAME, "asha@example.com")},
            SIGN_IN,
            awaiting={NAME} if delivers else set(),
            marked={NAME} if marking else set(),
            clock=actor.turns.moment,
        )
        self.prepare(self)
        steps = [*marking, *self.steps]
        self.sender = TurnTaking(self.iam, actor)
        self.run = _Run(self.sender, len(steps), self.hear, self.issuer)
        with self.sender.watching():
            if steps:
                self.run.chain(list(enumerate(steps)))
        assert self.issuer.forget(steps[0].subject if steps else SUBJECT) == frozenset()

    def hear(self, step: Step, failed: Failure | None) -> None:
        self.heard.append((step.operation, failed))

    @property
    def failures(self) -> list[Failure]:
        return [failed for _operation, failed in self.heard if failed is not None]

    @property
    def settled(self) -> list[str]:
        return [text for _subject, text in self.run.outcome([]).settled]


SUBJECT = t.cast("t.Any", type("S", (), {"name": NAME}))


def read(user: MemoryUser) -> User:
    profile = user.profile
    return User(
        NAME,
        tags=dict(user.tags),
        login_profile=LoginProfile(profile.reset_required, profile.created) if profile else False,
        credentials=Credentials(access_keys=dict.fromkeys(user.keys, True), whole=False, used_keys=frozenset()),
    )


def pending(*, stale: bool = False) -> MemoryUser:
    """A user whom a run left pending, with or without a password that nobody has claimed."""
    user = MemoryUser(NAME, tags={TAG: "pending"})
    if stale:
        user.profile = Profile("left behind", Turns().moment(), True)
    return user


def play(jobs: list[Job], choices: Iterable[int] = (), dies_at: int | None = None, others: t.Any = ()) -> Turns:
    turns = Turns(now=100.0)
    actors = [Actor(turns, job, dies_at if place == 0 else None) for place, job in enumerate(jobs)]
    turns.play([*actors, *(Actor(turns, other) for other in others)], choices)
    return turns


def assert_last_mail_works(user: MemoryUser) -> None:
    if user.chosen is not None:
        assert user.profile is not None
        assert user.profile.password == user.chosen
        return
    assert user.mails
    assert user.profile is not None
    assert user.profile.password == user.mails[-1].password


def operations(job: Job) -> list[str]:
    return [operation for operation, _failed in job.heard]


# One run alone


@pytest.mark.parametrize(
    ("stale", "done"),
    [
        (False, ["CreateLoginProfile", "Deliver", "TagUser"]),
        (True, ["DeleteLoginProfile", "CreateLoginProfile", "Deliver", "TagUser"]),
    ],
)
def test_a_password_is_made_mailed_and_marked(stale: bool, done: list[str]) -> None:
    user = pending(stale=stale)
    job = Job(user)
    turns = play([job])
    assert operations(job) == done
    assert_last_mail_works(user)
    assert len(user.mails) == 1
    assert user.profile
    assert user.profile.reset_required
    assert user.tags[TAG].startswith("delivered 2026-11-23T21:01:4")
    assert user.tags[TAG].endswith("Z mail")
    told = [step for step, _answer in job.run.outcome(job.steps).done][-1]
    assert told.params["Tags"] == [{"Key": TAG, "Value": user.tags[TAG]}]
    assert turns.now > 100


def test_the_calls_of_a_fresh_and_of_a_healed_one() -> None:
    for stale, writes in ((False, 2), (True, 3)):
        turns = Turns(100.0)
        actor = Actor(turns, Job(pending(stale=stale)))
        turns.play([actor], ())
        made = [point for point in actor.points if point.startswith(("Create", "Delete", "Tag", "Update"))]
        assert len(made) == writes
        assert actor.points.count("GetLoginProfile") == writes


def test_every_way_is_used_and_the_mail_goes_last() -> None:
    user = pending()
    job = Job(user, DesiredCredential(by=("mail", "file")))
    turns = Turns(100.0)
    actor = Actor(turns, job)
    turns.play([actor], ())
    assert actor.points.index("file arrives") < actor.points.index("mail leaves")
    assert user.tags[TAG].endswith("Z mail file")


def test_a_key_goes_with_it() -> None:
    user = pending(stale=True)
    user.keys["AKIAOLD"] = "never used"
    job = Job(user, DesiredCredential(access_key=True, by=("mail",)))
    play([job])
    assert list(user.keys.items()) == [(user.mails[-1].access_key_id, user.mails[-1].secret_access_key)]
    assert_last_mail_works(user)


def test_a_key_alone() -> None:
    user = pending()
    play([Job(user, DesiredCredential(console=False, access_key=True, by=("mail",)))])
    assert user.mails[-1].password is None
    assert user.mails[-1].access_key_id in user.keys
    assert user.profile is None


def test_a_password_without_a_reset_has_one_until_it_is_delivered() -> None:
    user = pending()
    job = Job(user, DesiredCredential(reset_required=False, by=("mail",)))
    seen: list[bool] = []

    def look(issued: Issued, *_rest: t.Any) -> None:
        seen.append(read_reset(user))
        user.mails.append(issued)

    job.prepare = lambda job: setattr(job.mail, "deliver", look)
    play([job])
    assert seen == [True]
    assert not read_reset(user)
    assert user.mails[-1].reset_required is False


def read_reset(user: MemoryUser) -> bool:
    assert user.profile
    return user.profile.reset_required


def test_a_claimed_password_is_overwritten_only_for_who_asks_by_name() -> None:
    user = pending()
    user.tags[TAG] = "delivered 2026-11-20T00:00:00Z mail"
    user.profile = Profile("chosen by its owner", Turns().moment(), False)
    play([Job(user)])
    assert user.mails == []
    play([Job(user, DesiredCredential(by=("mail",), reissue=True))])
    assert_last_mail_works(user)
    assert user.profile
    assert user.profile.password != "chosen by its owner"


def test_what_is_overdue_is_revoked_and_what_is_claimed_meanwhile_stays() -> None:
    for claims in (False, True):
        user = MemoryUser(NAME, tags={TAG: "delivered 2026-11-01T00:00:00Z mail"})
        user.profile = Profile("delivered", Turns().moment(), True)
        user.mails.append(Issued(NAME, "delivered"))
        asked = DesiredCredential(by=("mail",), expired_before=Turns().moment())
        job = Job(user, asked, prepare=functools.partial(_claim, user) if claims else lambda _job: None)
        play([job])
        assert [step.operation for step in job.steps] == ["DeleteLoginProfile", "TagUser"]
        if claims:
            assert job.settled == ["has signed in meanwhile and chosen a password: it stays"]
            assert_last_mail_works(user)
            assert user.tags[TAG].startswith("delivered")
        else:
            assert not read(user).login_profile
            assert user.tags[TAG].startswith("revoked 2026-11-23T21:01:4")
        assert not job.failures


def _claim(user: MemoryUser, _job: Job) -> None:
    assert user.claim()


# What goes wrong


def refused(*, lost: bool = False) -> DeliveryError:
    return DeliveryError("no such mailbox", "SMTPRecipientsRefused 550", "Correct the address.", lost=lost)


def test_a_refused_mail_is_a_failure_and_leaves_the_person_pending() -> None:
    user = pending(stale=True)
    job = Job(user, prepare=lambda job: job.mail.errors.append(refused()))
    play([job])
    assert [(each.operation, each.code, each.advice) for each in job.failures] == [
        ("Deliver", "SMTPRecipientsRefused 550", "Correct the address.")
    ]
    assert user.tags == {TAG: "pending"}
    play([Job(user)])
    assert_last_mail_works(user)


def test_no_secret_is_told_in_whatever_clothes() -> None:
    secrets: list[str] = []

    def talk(issued: Issued, *_rest: t.Any) -> None:
        text = issued.password or ""
        secrets.append(text)
        clothes = [
            text,
            repr(text),
            urllib.parse.quote(text),
            quopri.encodestring(text.encode()).decode(),
            *(base64.b64encode(before + text.encode() + b" is it").decode() for before in (b"", b"a", b"to")),
            str(issued),
        ]
        raise ValueError(" ".join(clothes))

    job = Job(pending(), prepare=lambda job: setattr(job.mail, "deliver", talk))
    play([job])
    told = str(job.failures)
    assert job.failures[0].code == "ValueError"
    assert told.count("********") == 7
    for shape in (secrets[0], base64.b64encode(secrets[0].encode()).decode()):
        assert not [place for place in range(len(shape) - 8) if shape[place : place + 8] in told]


def test_once_a_way_is_lost_nobody_else_is_tried_and_nothing_is_taken() -> None:
    user, other = pending(), pending(stale=True)
    first = Job(user, prepare=lambda job: job.mail.errors.append(refused(lost=True)))
    play([first])

    def same_issuer(job: Job) -> None:
        job.issuer._ways._lost = first.issuer._ways._lost

    second = Job(other, prepare=same_issuer)
    play([second])
    assert [(each.operation, each.code) for each in second.failures] == [("Deliver", "SMTPRecipientsRefused 550")]
    assert second.mail.tried == 0
    assert other.profile is not None
    assert other.profile.password == "left behind"


def test_a_replayed_creation_is_ours_or_is_made_so() -> None:
    user = pending()
    job = Job(user, prepare=lambda job: job.iam.replays.update(CreateLoginProfile=1))
    play([job])
    assert not job.failures
    assert_last_mail_works(user)


def test_a_creation_that_another_run_won_ends_quietly() -> None:
    user = pending()

    def lose(_job: Job) -> None:
        user.profile = Profile("of another run", Turns(200).moment(), True)

    job = Job(user, prepare=lose)
    play([job])
    assert job.settled == ["is being issued a password by another run at this moment: that one goes on"]
    assert (job.failures, user.mails) == ([], [])
    assert user.tags == {TAG: "pending"}


@pytest.mark.parametrize(("lost", "delivered"), [(1, True), (3, True), (4, False)])
def test_a_password_whose_answer_is_lost_again_and_again(lost: int, delivered: bool) -> None:
    """It is not taken for another run's, which nobody would go on with; but there is an end to it."""
    user = pending()
    left = [1] * lost

    def lose(job: Job) -> None:
        create = job.iam.create_login_profile

        def create_login_profile(**params: t.Any) -> t.Any:
            if left:
                job.iam.replays["CreateLoginProfile"] = left.pop()
            return create(**params)

        setattr(job.iam, "create_login_profile", create_login_profile)  # noqa: B010 # mypy knows a method there

    job = Job(user, prepare=lose)
    play([job])
    assert (left, job.failures) == ([], [])
    assert len(user.mails) == delivered
    assert user.tags[TAG].startswith("delivered" if delivered else "pending")
    if delivered:
        assert_last_mail_works(user)


def test_a_key_that_nobody_was_given_does_not_stay() -> None:
    user = pending()
    asked = DesiredCredential(access_key=True, by=("mail",))

    def overtake(actor: Actor) -> None:
        for _time in range(4):
            actor.point("waits")
        user.profile = Profile("of another run", Turns(300).moment(), True)

    job = Job(user, asked)
    play([job], [0, 0, 0, 0, 1, 1, 1, 1, 1, 1], others=[overtake])
    assert job.settled
    assert user.keys == {}


def test_whoever_is_overtaken_again_and_again_fails_and_stays_pending() -> None:
    user = pending()

    def keep_replacing(job: Job) -> None:
        def deliver(issued: Issued, *_rest: t.Any) -> None:
            user.mails.append(issued)
            user.profile = Profile("of another run", job.sender.actor.turns.moment(), True)

        setattr(job.mail, "deliver", deliver)  # noqa: B010 # mypy knows a method there

    job = Job(user, prepare=keep_replacing)
    play([job])
    assert len(user.mails) == ROUNDS
    assert [(each.operation, each.code) for each in job.failures] == [("Deliver", "Overtaken")]
    assert user.tags == {TAG: "pending"}


def overtaken_once(job: Job) -> None:
    """Another run replaces the password during the first mail, mails its own and is through, mark and all."""
    deliver = job.mail.deliver

    def overtaken(issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        setattr(job.mail, "deliver", deliver)  # noqa: B010 # mypy knows a method there
        job.user.profile = Profile("of another run", job.sender.actor.turns.moment(), True)
        job.user.tags[TAG] = "delivered 2026-11-23T21:01:00Z mail"
        deliver(issued, recipient, sign_in)

    setattr(job.mail, "deliver", overtaken)  # noqa: B010 # mypy knows a method there


def test_whoever_dies_while_issuing_anew_is_finished_by_the_next_run() -> None:
    for dies_at in itertools.count():
        user = pending()
        turns = Turns(now=100.0)
        dying = Actor(turns, Job(user, prepare=overtaken_once), dies_at)
        turns.play([dying], ())
        # A run that dies before it has seen what happened during its mail knows no better.
        after_the_mail = dying.points[dying.points.index("mail arrives") :] if user.mails else []
        if len(after_the_mail) > 3:
            play([Job(user)])
            assert_last_mail_works(user)
        if len(dying.points) < dies_at:
            break
    assert len(user.mails) == 2


def test_after_a_failure_the_mark_says_pending_whatever_another_run_has_written() -> None:
    user = pending(stale=True)

    def refuse(_issued: Issued, *_rest: t.Any) -> None:
        user.tags[TAG] = "delivered 2026-11-23T21:01:00Z mail"
        raise refused()

    job = Job(user, prepare=lambda job: setattr(job.mail, "deliver", refuse))
    play([job])
    assert [each.operation for each in job.failures] == ["Deliver"]
    assert user.tags == {TAG: "pending"}


def test_what_another_run_made_after_we_looked_is_not_deleted() -> None:
    user = pending(stale=True)

    def too_late(job: Job) -> None:
        look = job.iam.get_login_profile

        def get_login_profile(**_params: t.Any) -> t.NoReturn:
            setattr(job.iam, "get_login_profile", look)  # noqa: B010 # mypy knows a method there
            user.profile = Profile("of another run", job.sender.actor.turns.moment(), True)
            raise aws_error("NoSuchEntity")

        setattr(job.iam, "get_login_profile", get_login_profile)  # noqa: B010 # mypy knows a method there

    job = Job(user, prepare=too_late)
    play([job])
    assert job.settled
    assert user.profile is not None
    assert user.profile.password == "of another run"


# Interruptions


def test_a_mail_that_is_under_way_arrives_and_is_marked() -> None:
    user = pending()

    def interrupt(job: Job) -> None:
        def deliver(issued: Issued, *_rest: t.Any) -> None:
            job.sender.stop()
            user.mails.append(issued)

        setattr(job.mail, "deliver", deliver)  # noqa: B010 # mypy knows a method there

    play([Job(user, prepare=interrupt)])
    assert_last_mail_works(user)
    assert user.tags[TAG].startswith("delivered")


def test_nothing_is_begun_after_an_interruption() -> None:
    user = pending()
    job = Job(user, DesiredCredential(access_key=True, by=("mail",)))

    def stop_after_the_password(job: Job) -> None:
        create = job.iam.create_login_profile

        def then_stop(**params: t.Any) -> t.Any:
            answer = create(**params)
            job.sender.stop()
            return answer

        setattr(job.iam, "create_login_profile", then_stop)  # noqa: B010 # mypy knows a method there

    job.prepare = stop_after_the_password
    with pytest.raises(AssertionError):  # what it held is let go with the process
        play([job])
    assert user.mails == []
    assert user.keys == {}
    assert user.tags == {TAG: "pending"}


# Two runs at the same time

ASKED = st.sampled_from(
    [
        BY_MAIL,
        DesiredCredential(by=("mail", "file")),
        DesiredCredential(by=("mail",), reissue=True),
        DesiredCredential(by=("mail",), access_key=True),
    ]
)


@settings(max_examples=6 * settings().max_examples, deadline=None)
@given(st.lists(st.integers(0, 1), max_size=60), st.booleans(), ASKED, ASKED)
def test_two_runs_side_by_side_leave_a_mail_that_works(
    choices: list[int], stale: bool, first: DesiredCredential, second: DesiredCredential
) -> None:
    user = pending(stale=stale)
    jobs = [Job(user, first), Job(user, second)]
    play(jobs, choices)
    assert_last_mail_works(user)
    assert not any(job.failures for job in jobs)


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(st.lists(st.integers(0, 1), max_size=60))
def test_whom_a_run_marks_as_pending_after_another_has_finished_is_not_left_so(choices: list[int]) -> None:
    user = MemoryUser(NAME)
    asked = DesiredCredential(by=("mail",), first=True)
    play([Job(user, asked), Job(user, asked)], choices)
    assert_last_mail_works(user)
    assert user.tags[TAG].startswith("delivered")


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=80), st.booleans())
def test_nobody_loses_a_password_that_they_chose(choices: list[int], stale: bool) -> None:
    user = pending(stale=stale)

    def sign_in(actor: Actor) -> None:
        for _time in range(12):
            actor.point("looks for mail")
            if user.claim():
                return

    play([Job(user), Job(user)], choices, others=[sign_in])
    assert_last_mail_works(user)


@pytest.mark.parametrize("stale", [False, True])
def test_another_run_between_any_two_calls(stale: bool) -> None:
    """The one stops before each of its calls in turn, while the other runs from its beginning to its end."""
    for first in range(1, 20):
        user = pending(stale=stale)
        play([Job(user), Job(user)], one_after_the_other(first))
        assert_last_mail_works(user)


# A run that dies


@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize(
    "asked",
    [
        BY_MAIL,
        DesiredCredential(by=("mail", "file")),
        DesiredCredential(by=("mail",), reissue=True),
        DesiredCredential(by=("mail",), access_key=True),
        DesiredCredential(by=("mail",), reset_required=False),
    ],
)
def test_wherever_a_run_dies_the_next_one_finishes(asked: DesiredCredential, stale: bool) -> None:
    healing = dataclasses.replace(asked, reissue=False)
    for dies_at in itertools.count():
        user = pending(stale=stale)
        turns = Turns(now=100.0)
        dying = Actor(turns, Job(user, asked), dies_at)
        turns.play([dying], ())
        ended = len(dying.points) < dies_at
        play([Job(user, healing)])
        assert_last_mail_works(user)
        assert user.tags[TAG].startswith("delivered")
        assert not user.keys or list(user.keys) == [user.mails[-1].access_key_id]
        if ended:
            break
    assert dies_at > 6
