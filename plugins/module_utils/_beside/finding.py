# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One piece of access beside the chart. Values only."""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._identity.beside_settings import Kind


@dataclasses.dataclass(frozen=True)
class Finding:
    """One piece of access beside the chart.

    ``item`` is a word of the key ``beside`` and the name in the account: an ARN of a policy or boundary. ``kept`` is
    why nothing takes it away. One that is ``told`` is in a fault of the run already.
    """

    kind: Kind
    subject: str
    what: str
    item: tuple[str, str]
    since: str | None = None
    kept: str | None = None
    told: bool = False
