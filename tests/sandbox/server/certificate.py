# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate for AWS's own sign-in addresses, for a browser that is led here by the link in a mail."""

from __future__ import annotations

import ssl
from functools import cached_property

import trustme

from ..calls.names import SIGN_IN_DOMAINS

NAMES = (*SIGN_IN_DOMAINS, *(f"*.{domain}" for domain in SIGN_IN_DOMAINS), "127.0.0.1")


class Certificate:
    """Made when it is first asked for, by an authority that exists for it alone."""

    @cached_property
    def _authority(self) -> trustme.CA:
        return trustme.CA()

    @property
    def authority(self) -> str:
        """The authority's own certificate, as PEM, for whoever is to trust it."""
        return self._authority.cert_pem.bytes().decode()

    @cached_property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*NAMES).configure_cert(context)
        return context
