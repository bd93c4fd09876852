# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers to yes-or-no questions of which some cannot be known."""

from __future__ import annotations

import typing as t

Answer: t.TypeAlias = "bool | None"
"""True, False, or None for what cannot be known."""


def negated(answer: Answer) -> Answer:
    """The opposite. What cannot be known stays so."""
    return None if answer is None else not answer


def any_of(answers: t.Iterable[Answer]) -> Answer:
    """True as soon as one is; else None when one is not known."""
    return negated(all_of(negated(answer) for answer in answers))


def all_of(answers: t.Iterable[Answer]) -> Answer:
    """False as soon as one is; else None when one is not known."""
    known = True
    for answer in answers:
        if answer is False:
            return False
        known = known and answer is not None
    return True if known else None
