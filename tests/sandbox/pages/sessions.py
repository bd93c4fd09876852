# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has signed in with which browser. Kept in memory, so that it ends with the sandbox."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime

from ..behaviour.account import now
from ..behaviour.console_session import ConsoleSession
from ..behaviour.sessions.role_session import RoleSessionKey
from ..behaviour.sign_in import person_of

# Enough for every test; the oldest make room.
ROOM = 1000


@dataclass(frozen=True)
class Acting:
    """A role that somebody has become, and what they call it."""

    key: RoleSessionKey
    display_name: str

    @property
    def is_over(self) -> bool:
        """Whether the role is gone, or the time."""
        return self.key.refusal(self.key.session_token, now()) is not None


@dataclass
class Session:
    """One browser: nobody yet, or a user of an account."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    # Every form carries it: another site can send a form here, but cannot read this.
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    account_id: str = ""
    user_name: str = ""
    # The password was right; the code of an MFA device is still wanted.
    code_wanted: bool = False
    must_change: bool = False
    began: datetime = field(default_factory=now)
    # When the code was given; None for a sign-in without MFA.
    mfa_at: datetime | None = None
    # The serial number of the device that the person was shown and has not enabled yet.
    device: str = ""
    # Whom the person has become, if anybody.
    acting: Acting | None = None
    # Where a link led that needs a sign-in first: a path of ours.
    onward: str = ""
    # Said on the next page that is shown, once.
    note: str = ""

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user_name) and not self.code_wanted

    def at_console(self) -> ConsoleSession | None:
        """Who this is; None for a user that is gone. The caller holds the lock."""
        found = person_of(self.account_id, self.user_name)
        return ConsoleSession(*found, self.began, self.mfa_at) if found is not None else None

    def wrote(self, form_token: str) -> bool:
        """Whether a form with this token is one that this session was shown."""
        return hmac.compare_digest(self.form_token.encode(), form_token.encode())


class Sessions:
    """Every browser's session, by the value of its cookie."""

    def __init__(self) -> None:
        self._by_key: dict[str, Session] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Session | None:
        with self._lock:
            return self._by_key.get(key)

    def begin(self, session: Session) -> Session:
        """Take in a new session: who signs in does not keep the key that somebody may have planted."""
        with self._lock:
            while len(self._by_key) >= ROOM:
                del self._by_key[next(iter(self._by_key))]
            self._by_key[session.key] = session
        return session

    def end(self, session: Session) -> None:
        with self._lock:
            self._by_key.pop(session.key, None)

    def clear(self) -> None:
        with self._lock:
            self._by_key.clear()
