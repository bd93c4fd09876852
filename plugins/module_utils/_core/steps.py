# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be done: steps, the plan that orders them, and what is wrong before or after they are sent."""

from __future__ import annotations

import dataclasses
import enum
import typing as t

if t.TYPE_CHECKING:
    from .subjects import Subject


class Phase(enum.IntEnum):
    """When a step runs: a phase begins when the one before has ended. In a phase, subjects run in parallel.

    Sessions of roles are ended after the people are denied, and before what tells of them goes: their users and tags.
    Policies come before what has them, roles after the groups that may assume them, and all of it before people.
    """

    LEAVERS = 0
    SESSIONS = 1
    REMOVED_USERS = 2
    ACCOUNT = 3
    POLICIES = 4
    GROUPS = 5
    ROLES = 6
    USERS = 7
    RETURNED_SESSIONS = 8
    CREDENTIALS = 9
    REMOVED_GROUPS = 10
    REMOVED_ROLES = 11
    REMOVED_POLICIES = 12

    @property
    def is_leaving(self) -> bool:
        """Whether its steps cut people off, whatever is wrong with giving."""
        return self <= Phase.REMOVED_USERS


@dataclasses.dataclass(frozen=True)
class Step:
    """One IAM write.

    ``operation`` is IAM's name, ``params`` are its parameters, ``secrets`` are parameters that nobody may see. A
    ``cutting`` step takes access away, and runs even if an earlier step of its subject failed. A ``closing`` step
    (DeleteUser, DeleteGroup) runs only if all earlier ``vital`` steps succeeded. ``needs`` are other subjects that must
    exist; ``follows`` are those all of whose vital steps must have succeeded. ``fallback`` is done instead if IAM
    refuses the step. An ``issuing`` step is done by the issuer, which knows the secret, the moment and the recipient.
    ``Deliver`` is the only operation that is not IAM's. ``line`` says to a person what happens to the subject: "joins
    sales". An ``inner`` step only prepares or completes another one (it writes a mark, for example): the record has it,
    the page of changes does not. ``people`` are those whom the line names at its end.
    """

    subject: Subject
    operation: str
    params: t.Mapping[str, t.Any]
    line: str
    phase: Phase
    cutting: bool = False
    closing: bool = False
    needs: tuple[Subject, ...] = ()
    secrets: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    vital: bool = True
    fallback: Step | None = None
    issuing: bool = False
    inner: bool = False
    follows: tuple[Subject, ...] = ()
    people: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Fault:
    """A problem that was found before the first write. ``who`` is for people: "employee asha.rao".

    By default a fault stops all giving, while leavers are still cut off. With ``stops_cutting`` nothing is done at all:
    the list cannot be trusted, or a brake holds. Without ``stops_giving`` the fault concerns one person, who is given
    nothing: everybody else is served, and the run fails at its end. ``brief`` says the same without the names of
    ``people``, for where they are told anyway.
    """

    who: str
    what: str
    stops_cutting: bool = False
    stops_giving: bool = True
    brief: str = ""
    people: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


@dataclasses.dataclass(frozen=True)
class Plan:
    """The ordered steps that turn the directory into the desired, or the faults that forbid it."""

    steps: tuple[Step, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclasses.dataclass(frozen=True)
class Failure:
    """A step failed. ``code`` is AWS's error code or the exception's class; ``advice`` says what to do next."""

    subject: Subject
    operation: str
    code: str
    message: str
    advice: str = ""
