# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the module iam_permissions_report as :mod:`iam_workforce` is run: a large account takes long to read."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.action.iam_workforce import ActionModule

__all__ = ["ActionModule"]
