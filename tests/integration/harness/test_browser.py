# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine without a browser: what could not be tried is skipped aloud, and in CI it fails."""

from __future__ import annotations

import shutil

import pytest

from tests.support.browser import BROWSERS, DRIVER, Browser, machines_browser

SKIPPED, FAILED = pytest.skip.Exception, pytest.fail.Exception


def machine_with(monkeypatch: pytest.MonkeyPatch, *programs: str, **environment: str) -> None:
    for name in ("CI", "WORKFORCE_BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in programs else None)


@pytest.mark.parametrize("name", BROWSERS)
def test_any_of_its_names(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    machine_with(monkeypatch, name, DRIVER)
    assert machines_browser() == Browser(f"/bin/{name}", f"/bin/{DRIVER}")


@pytest.mark.parametrize("programs", [(), (DRIVER,), ("chromium",)])
@pytest.mark.parametrize(
    ("environment", "outcome"),
    [
        ({}, SKIPPED),
        ({"CI": ""}, SKIPPED),
        ({"WORKFORCE_BROWSER": "no"}, SKIPPED),
        ({"CI": "true"}, FAILED),
        ({"WORKFORCE_BROWSER": "required"}, FAILED),
    ],
)
def test_none(
    monkeypatch: pytest.MonkeyPatch,
    programs: tuple[str, ...],
    environment: dict[str, str],
    outcome: type[BaseException],
) -> None:
    machine_with(monkeypatch, *programs, **environment)
    with pytest.raises(outcome, match=r"NO BROWSER: .* chromium and chromium-driver"):
        machines_browser()
