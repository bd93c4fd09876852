# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWS's services can do, as kept data say it: values that other packages read and hand to the judgement. Pure."""

from __future__ import annotations

import dataclasses
import typing as t


class Action(t.NamedTuple):
    """An action of a service.

    ``resources`` are the ARNs that it works on, as AWS's service authorization reference writes them:
    ``arn:${Partition}:s3:::${BucketName}``. An action without any works on ``*`` alone.
    """

    name: str
    resources: tuple[str, ...] = ()


Actions: t.TypeAlias = "t.Mapping[str, Action]"
"""The actions of one service, by their names in lower case."""


@dataclasses.dataclass(frozen=True)
class Reference:
    """``services`` are the prefixes of all services, such as ``s3``. ``read`` gives the actions of one of them."""

    services: frozenset[str]
    read: t.Callable[[str], Actions]

    def actions(self, service: str) -> Actions | None:
        """The actions of the service; None when there is no such service."""
        return self.read(service) if service in self.services else None
