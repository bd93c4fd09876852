# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An earlier report to compare with: read from its JSON, and refused if it is of another account or too new. Pure."""

from __future__ import annotations

import json
import typing as t

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]

_NEEDED = ("account", "read_at", "employees", "unmanaged_users", "departments", "other_groups")


class EarlierReportError(ValueError):
    """The report cannot be compared with. The text follows the file's name."""


def read_earlier(text: str, known: int) -> Data:
    """The data of a report in JSON; ``known`` is the newest format that can be read. Raises EarlierReportError."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise EarlierReportError("is not JSON; name a report that was written with format=json") from error
    except RecursionError as error:
        raise EarlierReportError("is nested too deeply") from error
    if not isinstance(data, dict) or any(key not in data for key in _NEEDED):
        raise EarlierReportError("is no access report; name one that was written with format=json")
    # The first reports had no number; what they have is still read in the same way.
    written = data.get("format", known)
    if not isinstance(written, int) or written > known:
        raise EarlierReportError(
            f"was written by a newer release of this collection (its format is {written}, and this one reads up to "
            f"{known}); update the collection, or name an older report"
        )
    return data


def refuse_other_account(earlier: Data, account_id: str) -> None:
    """Two accounts have no history in common. Raises EarlierReportError."""
    found = earlier["account"]["account_id"]
    if found != account_id:
        raise EarlierReportError(f"is of the account {found}, and this one is {account_id}; name a report of this one")
