# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether IAM would allow a call, judged by an evaluator of policies that nobody here wrote."""

from __future__ import annotations

from .process import Evaluator, EvaluatorError, Judgement, Question

__all__ = ["Evaluator", "EvaluatorError", "Judgement", "Question"]
