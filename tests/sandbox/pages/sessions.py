# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has signed in with which browser. Kept in memory, so that it ends with the sandbox."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field

# Enough for every test; the oldest make room.
ROOM = 1000


@dataclass
class Session:
    """One browser: nobody yet, or a user of an account."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    # Every form carries it: another site can send a form here, but cannot read this.
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    account_id: str = ""
    user_name: str = ""
    must_change: bool = False
    # Said on the next page that is shown, once.
    note: str = ""

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user_name)

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

    def begin(self, account_id: str = "", user_name: str = "", *, must_change: bool = False) -> Session:
        """A session with a new key: who signs in does not keep the key that somebody may have planted."""
        session = Session(account_id=account_id, user_name=user_name, must_change=must_change)
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
