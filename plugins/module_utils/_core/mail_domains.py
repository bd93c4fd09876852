# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The domains to which first passwords may be mailed.

A domain can be spelled to be read as another one, with letters of another alphabet or in the form ``xn--`` that stands
for them: no eye sees it in a list, so it must have been written by name in the settings. Pure.
"""

from __future__ import annotations

import re
import typing as t
import unicodedata

from .names import meant, shown

OPTION = "onboard_credentials.mail.domains"
_DOMAIN = re.compile(r"[^\s@/<>,;]+")
_PUNYCODE = "xn--"


def setting_faults(domains: t.Sequence[str] | None) -> list[str]:
    """Faults of the option itself."""
    if domains is None:
        return []
    if not domains:
        return ["is empty: write the domains of your addresses, or leave it out"]
    return [
        f"has {shown(one)}; a domain such as example.com belongs there, without @ and *"
        for one in domains
        if not _DOMAIN.fullmatch(one) or "*" in one or "." not in one.strip(".")
    ]


def domain_fault(address: str, domains: t.Collection[str] | None) -> str | None:
    """Why nothing secret is mailed to that address, in words that follow a name; None is for any plain domain.

    The address itself is not told: a result goes further than the list that it stands in.
    """
    domain = address.rpartition("@")[2].rstrip("> ").lower()
    # In just the same letters: "ﬁ" is not "fi", whatever a mail program makes of it.
    known = {one.lower() for one in domains or ()}
    if domain in known:
        return None
    strange = _strange(domain)
    if strange:
        return (
            f"is to be mailed a password at {shown(domain)}, which has {strange}: it may only look like your domain. "
            f"If it is right, write it, beside your others, into {OPTION}"
        )
    if domains is None:
        return None
    return f"is to be mailed a password at {shown(domain)}, which is not in {OPTION}{meant(domain, known)}"


def _strange(domain: str) -> str:
    """The letters of other alphabets in a domain, with their names."""
    letters = [letter for letter in domain if not letter.isascii()]
    for label in domain.split("."):
        if label.startswith(_PUNYCODE):
            letters += _decoded(label)
    if not letters and _PUNYCODE in domain:
        return "a part in the form xn--"
    return ", ".join(f"'{letter}' ({unicodedata.name(letter, 'without a name')})" for letter in dict.fromkeys(letters))


def _decoded(label: str) -> list[str]:
    """The letters that a part in the form ``xn--`` stands for."""
    try:
        text = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return []
    return [letter for letter in text if not letter.isascii()]
