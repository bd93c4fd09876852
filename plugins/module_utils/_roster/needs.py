# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of whom it must be read how they sign in before the chart is settled: nobody, on almost every day. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.tags import managed
from .adoption import is_chosen, is_first_gift
from .suspended import is_cut_off

if t.TYPE_CHECKING:
    from .._chart.values import ChartSettings
    from .._core.desired import Desired
    from .._core.model import Directory
    from .._identity.settings import RosterSettings


@dataclasses.dataclass(frozen=True)
class SignInNeeds:
    """Keys of users: the ``suspended``, who may sign in again; the ``adopted``, whose old passwords and keys count."""

    suspended: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()


def sign_in_needs(
    desired: Desired, directory: Directory, chart: ChartSettings, settings: RosterSettings
) -> SignInNeeds:
    """Whoever is suspended, and who is adopted in this run or gets the first departments after an adoption."""
    if settings.release:
        return SignInNeeds()
    listed = {fold(user.name): user for user in desired.users}
    suspended = [key for key, user in directory.users.items() if is_cut_off(user)]
    if chart.only is not None:
        suspended = [key for key in suspended if key in listed]
    adopted = []
    for key, wanted in listed.items():
        user = directory.users.get(key)
        if user is None or user.tags is None or is_cut_off(user):
            continue
        if is_first_gift(wanted, user, directory, chart) if managed(user) else is_chosen(user.name, settings):
            adopted.append(key)
    return SignInNeeds(tuple(sorted(suspended)), tuple(adopted))
