# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known before anything is decided: the lists, the account, and what the run was told. Pure."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .identity import listed_ids
from .marks import knows_us

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings
    from .._core.model import Directory
    from .settings import RosterSettings


@dataclasses.dataclass(frozen=True)
class Facts:
    """``settings`` say what is managed, ``told`` what the run is told about people beside the lists."""

    chart: Chart
    directory: Directory
    settings: ChartSettings
    told: RosterSettings

    @functools.cached_property
    def ids(self) -> dict[str, str]:
        """Whose each employee id is by the lists."""
        return listed_ids(self.chart)

    @functools.cached_property
    def account_is_ours(self) -> bool:
        """Whether anybody in the account carries our mark: else it was never ours, or was given back."""
        return knows_us(self.directory)
