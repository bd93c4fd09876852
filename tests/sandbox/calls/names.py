# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names under which the sandbox is asked: loopback's, and AWS's own sign-in names."""

from __future__ import annotations

import re

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# The account of a sign-in address is the first part of its name: https://<account>.signin.aws.amazon.com/console.
# A link that switches the role names none: https://signin.aws.amazon.com/switchrole.
SIGN_IN_DOMAINS = ("signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com")

PORT = re.compile(r":\d{1,5}$")
SIGN_IN = re.compile(rf"(?:([a-z0-9-]+)\.)?({'|'.join(map(re.escape, SIGN_IN_DOMAINS))})")


def is_own(host: str) -> bool:
    """Whether a Host header names the sandbox. Any other name that leads here may be another site's."""
    name = _without_port(host)
    return name in LOOPBACK or SIGN_IN.fullmatch(name) is not None


def account_in(host: str) -> str:
    """The account that a sign-in name begins with, or nothing."""
    found = SIGN_IN.fullmatch(_without_port(host))
    return (found[1] or "") if found else ""


def sign_in_domain(host: str) -> str:
    """The domain that all sign-in names of a partition share, or nothing for another name."""
    found = SIGN_IN.fullmatch(_without_port(host))
    return found[2] if found else ""


def _without_port(host: str) -> str:
    return PORT.sub("", host.lower())
