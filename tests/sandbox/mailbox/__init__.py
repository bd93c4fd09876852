# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's mailbox: a real SMTP server on 127.0.0.1 that keeps what it gets and can misbehave when told."""

from .reading import first_password
from .server import Mailbox

__all__ = ["Mailbox", "first_password"]
