# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A setting with a typo is told, with the one that was meant."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.lookup.unknown_variables import unknown_variables

KNOWN = ["departments", "onboard_unlisted", "onboard_confirm_losses", "onboard_only"]


@pytest.mark.parametrize("name", [*KNOWN, "departmens", "boarding_unlistd", "on_board"])
def test_what_is_known_or_somebody_elses_is_not_told(name: str) -> None:
    assert unknown_variables([name], KNOWN, "onboard_") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("onboard_unlistd", "; did you mean onboard_unlisted?"),
        ("onboard_confrm_losses", "; did you mean onboard_confirm_losses?"),
        ("onboard_Only", "; did you mean onboard_only?"),
        # That it begins alike makes it no nearer.
        ("onboard_smtp_password", ""),
    ],
)
def test_what_nobody_reads_is_told(name: str, meant: str) -> None:
    assert unknown_variables([name, *KNOWN], KNOWN, "onboard_") == [f"{name}: there is no such variable{meant}"]
