# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Only the parts that the desired speaks of are read."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredUser,
    Password,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._directory.scope import Part, scope_of


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [
        (DesiredUser("ann"), {"attached"}),
        (DesiredUser("ann", create=False, groups=()), {"memberships"}),
        (DesiredUser("ann", create=False, groups_absent=("x",)), {"memberships"}),
        (DesiredUser("ann", inline={}), {"attached", "inline"}),
        (DesiredUser("ann", password=Password("x")), {"attached", "login_profile"}),
        (DesiredUser("ann", remove_password=True), {"attached", "login_profile"}),
        (DesiredUser("ann", absent=True), {"attached", "inline", "memberships", "login_profile", "credentials"}),
        (
            DesiredUser("ann", create=False, suspend=Suspension("person", "now")),
            {"attached", "inline", "login_profile", "access_keys"},
        ),
    ],
)
def test_of_a_user(wanted: DesiredUser, parts: set[Part]) -> None:
    assert scope_of(Desired(users=(wanted,))).users == {"ann": frozenset(parts)}


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [
        (DesiredGroup("ops"), {"memberships", "attached"}),
        (DesiredGroup("ops", create=False), {"memberships"}),
        (DesiredGroup("ops", inline={}), {"memberships", "attached", "inline"}),
        (DesiredGroup("ops", absent=True), {"memberships", "attached", "inline"}),
    ],
)
def test_of_a_group(wanted: DesiredGroup, parts: set[Part]) -> None:
    assert scope_of(Desired(groups=(wanted,))).groups == {"ops": frozenset(parts)}
