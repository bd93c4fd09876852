# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who could not be cut off, because AWS refused every form of the deny, and what still works for them. Pure."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .._core.model import User

_SESSIONS = "sessions that are open, for up to 36 hours"
_OTHERS = "SSH keys, certificates and credentials of single services, if there are any"


def not_cut_off(who: str, works: t.Sequence[str]) -> str:
    """The first line of the summary."""
    return (
        f"NOT CUT OFF {who}: AWS refused the deny as an inline policy, and AWSDenyAll as an attached policy and as the "
        f"permissions boundary. Still working: {'; '.join(works)}"
    )


def still_working(user: User | None) -> list[str]:
    """What still works for a user without a deny. A part that was not read may still work."""
    if user is None:
        return ["everything, as far as is known: what there is could not be read"]
    return [*_console(user), *_access_keys(user), _SESSIONS, _OTHERS]


def _console(user: User) -> t.Iterator[str]:
    if user.login_profile is None:
        yield "a console password, if there is one: that was not read"
    elif user.login_profile:
        yield "the console password"


def _access_keys(user: User) -> t.Iterator[str]:
    if user.credentials is None:
        yield "access keys, if there are any: they were not read"
        return
    active = sorted(key for key, is_active in user.credentials.access_keys.items() if is_active)
    if active:
        yield f"access key{'s' if len(active) > 1 else ''} {', '.join(active)}"
