# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""To which domains passwords may be mailed, and which of them only look like one."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.mail_domains import domain_fault, setting_faults

CYRILLIC = "\u0435xample.com"
OURS = ["example.com", "example.org"]


@pytest.mark.parametrize(
    ("address", "domains"),
    [
        ("asha@example.com", None),
        ("asha@anything.example", None),
        ("jürgen@example.com", None),
        ("asha@Example.COM", OURS),
        ("asha@example.org", ["EXAMPLE.org"]),
        (f"asha@{CYRILLIC}", [*OURS, CYRILLIC]),
        ("asha@MÜNCHEN.example", ["münchen.example"]),
        ("asha@xn--mnchen-3ya.example", ["xn--mnchen-3ya.example"]),
        ("Asha Rao <asha@example.com>", OURS),
    ],
)
def test_a_password_may_go_there(address: str, domains: list[str] | None) -> None:
    assert domain_fault(address, domains) is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("asha@evil.test", "at evil.test, which is not in onboard_credentials.mail.domains"),
        ("asha@exmaple.com", "which is not in onboard_credentials.mail.domains; did you mean example.com?"),
        ("asha@mail.example.com", "at mail.example.com, which is not in"),
        ("asha@example.com.evil.test", "which is not in"),
        ("asha@evil-example.com", "which is not in"),
        ("asha@example.com(x)", "which is not in"),
    ],
)
def test_no_password_goes_elsewhere(address: str, told: str) -> None:
    fault = domain_fault(address, OURS)
    assert fault is not None
    assert told in fault
    assert "asha" not in fault


@pytest.mark.parametrize("domains", [None, OURS, ["münchen.example"]])
@pytest.mark.parametrize(
    ("domain", "letters"),
    [
        (CYRILLIC, "'\u0435' (CYRILLIC SMALL LETTER IE)"),
        ("xn--xample-2of.com", "'\u0435' (CYRILLIC SMALL LETTER IE)"),
        ("\uff45xample.com", "'\uff45' (FULLWIDTH LATIN SMALL LETTER E)"),
        ("example\u3002com", "(IDEOGRAPHIC FULL STOP)"),
        ("xn--mnchen-3ya.example", "'ü' (LATIN SMALL LETTER U WITH DIAERESIS)"),
        ("münchen\u0131.example", "'\u0131' (LATIN SMALL LETTER DOTLESS I)"),
        ("xn--99999999999.com", "a part in the form xn--"),
        ("XN--xample-2of.com", "CYRILLIC SMALL LETTER IE"),
    ],
)
def test_a_domain_that_only_looks_like_one_is_told_with_its_letters(
    domain: str, letters: str, domains: list[str] | None
) -> None:
    fault = domain_fault(f"asha@{domain}", domains)
    assert fault is not None
    assert letters in fault
    assert "onboard_credentials.mail.domains" in fault


@pytest.mark.parametrize(
    ("domains", "faults"),
    [
        (None, 0),
        (["example.com", "münchen.example"], 0),
        ([], 1),
        (["@example.com", "*.example.com", "example", "", "example.com, example.org", "it@example.com"], 6),
    ],
)
def test_the_option_holds_domains(domains: list[str] | None, faults: int) -> None:
    assert len(setting_faults(domains)) == faults
