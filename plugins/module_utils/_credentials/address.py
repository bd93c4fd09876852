# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail address as it is written in a setting or a list, and as SMTP takes it. Pure."""

from __future__ import annotations

import typing as t
from email.errors import NonASCIILocalPartDefect
from email.headerregistry import Address
from email.policy import SMTP


def parse_address(text: str) -> Address:
    """``it@example.com`` or ``IT <it@example.com>``; the domain comes back in ASCII. Raises ValueError.

    A line break would let one header's value become another header.
    """
    if not text.isprintable():
        raise ValueError("has a character that cannot be printed")
    # Any: the registry makes the class of a header at run time.
    header: t.Any = SMTP.header_factory("to", text)
    odd = [defect for defect in header.defects if not isinstance(defect, NonASCIILocalPartDefect)]
    if odd or len(header.addresses) != 1 or header.groups[0].display_name is not None:
        raise ValueError("is not one mail address")
    address: Address = header.addresses[0]
    if not address.username or not address.domain:
        raise ValueError("is not a mail address: it needs a name, an @ and a domain")
    return Address(address.display_name, address.username, _ascii_domain(address.domain))


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("has a domain that cannot be one") from None
