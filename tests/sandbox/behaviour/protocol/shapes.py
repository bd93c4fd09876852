# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every answer shows of a user, a group, a role or an instance profile."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol


class Entity(Protocol):
    path: str
    name: str
    id: str
    create_date: datetime

    @property
    def arn(self) -> str: ...


def named(kind: str, entity: Entity) -> dict[str, Any]:
    """Path, name, id, ARN and date, by the names that the API gives them."""
    return {
        "Path": entity.path,
        f"{kind}Name": entity.name,
        f"{kind}Id": entity.id,
        "Arn": entity.arn,
        "CreateDate": entity.create_date,
    }
