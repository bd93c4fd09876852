# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is protected and not there: a name with a typo protects nobody. Pure."""

from __future__ import annotations

import typing as t

from .._core.names import meant, shown

if t.TYPE_CHECKING:
    from .._core.model import Directory


def unknown_protected(protected: t.Iterable[str], directory: Directory) -> list[str]:
    """A warning for each name that nobody in the account has, and for each path under which nobody is.

    Of a directory that was read in part nothing can be told.
    """
    if not directory.whole:
        return []
    users = directory.users.values()
    names = [user.name for user in users]
    warnings = []
    for one in protected:
        if one.startswith("/"):
            if not any(user.path.startswith(f"{one.rstrip('/')}/") for user in users):
                warnings.append(f"protected: nobody in the account is under the path {shown(one)}")
        elif directory.user(one) is None:
            warnings.append(f"protected: nobody in the account has the name {shown(one)}{meant(one, names)}")
    return warnings
