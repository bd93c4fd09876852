# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What apply needs of an issuer of credentials, and what the issuer needs of apply: neither imports the other."""

from __future__ import annotations

import contextlib
import typing as t

if t.TYPE_CHECKING:
    from .._core.steps import Step
    from .._core.subjects import Subject

Answer = t.Mapping[str, t.Any]
"""What IAM answers to a write."""


class Settled(Exception):  # noqa: N818 # it is no error: somebody else has done it, or does it now
    """Nothing more is to be done for this person in this run, and nothing failed."""


class Sends(t.Protocol):
    """What the issuer needs of apply: to send its writes, and to wait."""

    def send(self, step: Step, before: t.Callable[[], object] | None = None) -> Answer:
        """IAM's answer. What passes by itself is sent again; ``before`` is called right before each time."""

    def pause(self, seconds: float) -> None:
        """Wait. Raises when the run was interrupted."""

    def finish(self) -> None:
        """From here on this person's steps are done although the run is interrupted."""

    def aside(self) -> contextlib.AbstractContextManager[object]:
        """While this thread waits for a mail server, another one may call IAM."""


class Issues(t.Protocol):
    """What apply needs of the issuer: to do the steps that are ``issuing``."""

    threads: int
    """How many threads do the issuing steps; some of them wait for a mail server."""

    def write(self, step: Step, sender: Sends) -> Step:
        """Do the step. The answer is the step that was done, with what the plan did not know. Raises Settled."""

    def forget(self, subject: Subject) -> t.Collection[str]:
        """Delete what is held for this person. The answer is their secrets, which no message may repeat."""
