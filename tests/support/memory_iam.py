# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small IAM with one user, and runs that take turns in an order that the test sets, so that it can be repeated."""

from __future__ import annotations

import datetime
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from botocore.hooks import HierarchicalEmitter

from tests.support.iam_double import aws_error

EPOCH = datetime.datetime(2026, 11, 23, 21, 0, tzinfo=datetime.UTC)
CALL_SECONDS = 0.05


class Killed(BaseException):
    """The process was killed: nothing catches this."""


class Actor:
    """One run. Before each call it waits for its turn. It is killed before call number ``dies_at``."""

    def __init__(self, turns: Turns, work: Callable[[Actor], object], dies_at: int | None = None) -> None:
        self.turns = turns
        self.dies_at = dies_at
        self.points: list[str] = []
        self.wakes_at = 0.0
        self.ended = False
        self.error: BaseException | None = None
        self.go = threading.Semaphore(0)
        self.stopped = threading.Semaphore(0)
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.go.acquire()
        try:
            self._work(self)
        except Killed:
            pass
        except BaseException as error:
            self.error = error
        self.ended = True
        self.stopped.release()

    def point(self, name: str) -> None:
        """Another run may take its turn here."""
        self.stopped.release()
        self.go.acquire()
        if self.dies_at is not None and len(self.points) >= self.dies_at:
            raise Killed
        self.points.append(name)
        self.turns.now += CALL_SECONDS

    def sleep(self, seconds: float) -> None:
        self.wakes_at = self.turns.now + seconds
        self.point("sleep")


@dataclass
class Turns:
    """The time, and whose turn it is."""

    now: float = 0.0

    def play(self, actors: list[Actor], choices: Iterable[int]) -> None:
        """Let the actors take turns as `choices` say. After the choices, each one runs until it ends or waits."""
        turns = itertools.chain(choices, itertools.repeat(0))
        while living := [actor for actor in actors if not actor.ended]:
            awake = [actor for actor in living if actor.wakes_at <= self.now]
            if not awake:
                self.now = min(actor.wakes_at for actor in living)
                continue
            actor = awake[next(turns) % len(awake)]
            actor.go.release()
            actor.stopped.acquire()
            if actor.error is not None:
                raise actor.error

    def moment(self) -> datetime.datetime:
        return EPOCH + datetime.timedelta(seconds=self.now)


@dataclass
class Profile:
    password: str
    created: datetime.datetime
    reset_required: bool


@dataclass
class MemoryUser:
    """One user in IAM. ``mails`` are the mailed passwords in the order of their arrival."""

    name: str = "asha"
    profile: Profile | None = None
    tags: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    mails: list[Any] = field(default_factory=list)
    chosen: str | None = None

    def claim(self) -> bool:
        """The owner signs in with the last mail's password, if it is right, and chooses another one."""
        if not self.mails or self.profile is None or self.profile.password != self.mails[-1].password:
            return False
        self.chosen = self.profile.password = "chosen by its owner"
        self.profile.reset_required = False
        return True


class MemoryIam:
    """A client for one actor. As in botocore, handlers are called right before a request is sent."""

    def __init__(self, user: MemoryUser, actor: Actor) -> None:
        self.meta = SimpleNamespace(events=HierarchicalEmitter(), partition="aws")
        self._user = user
        self._actor = actor
        self.replays: dict[str, int] = {}

    def _leave(self, operation: str) -> None:
        self._actor.point(operation)
        self.meta.events.emit(f"before-send.iam.{operation}", request=None)

    def _found(self) -> Profile:
        if self._user.profile is None:
            raise aws_error("NoSuchEntity")
        return self._user.profile

    def get_login_profile(self, UserName: str) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("GetLoginProfile")
        profile = self._found()
        return {
            "LoginProfile": {
                "UserName": UserName,
                "CreateDate": profile.created,
                "PasswordResetRequired": profile.reset_required,
            }
        }

    def create_login_profile(self, **params: Any) -> Mapping[str, Any]:
        self._leave("CreateLoginProfile")
        retries = self.replays.pop("CreateLoginProfile", 0)
        if self._user.profile is not None and not retries:
            raise aws_error("EntityAlreadyExists")
        created = self._actor.turns.moment().replace(microsecond=0)
        self._user.profile = Profile(params["Password"], created, params["PasswordResetRequired"])
        if retries:
            raise aws_error("EntityAlreadyExists", retries=retries)
        return {"LoginProfile": {"UserName": params["UserName"], "CreateDate": created}}

    def delete_login_profile(self, UserName: str) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("DeleteLoginProfile")
        self._found()
        self._user.profile = None
        return {}

    def update_login_profile(self, UserName: str, PasswordResetRequired: bool) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("UpdateLoginProfile")
        self._found().reset_required = PasswordResetRequired
        return {}

    def tag_user(self, UserName: str, Tags: list[dict[str, str]]) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("TagUser")
        self._user.tags.update({tag["Key"]: tag["Value"] for tag in Tags})
        return {}

    def create_access_key(self, UserName: str) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("CreateAccessKey")
        key_id = f"AKIA{len(self._user.keys)}{self._actor.turns.now:.2f}"
        self._user.keys[key_id] = f"secret/of+{key_id}"
        return {"AccessKey": {"AccessKeyId": key_id, "SecretAccessKey": self._user.keys[key_id]}}

    def delete_access_key(self, UserName: str, AccessKeyId: str) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("DeleteAccessKey")
        if self._user.keys.pop(AccessKeyId, None) is None:
            raise aws_error("NoSuchEntity")
        return {}

    def list_access_keys(self, UserName: str) -> Mapping[str, Any]:  # noqa: N803 # IAM's own names
        self._leave("ListAccessKeys")
        return {"AccessKeyMetadata": [{"AccessKeyId": key, "Status": "Active"} for key in self._user.keys]}


def one_after_the_other(first: int) -> Iterator[int]:
    """The first actor takes this number of turns, then the second runs to its end, then the first goes on."""
    yield from itertools.repeat(0, first)
    yield from itertools.repeat(1, 200)
