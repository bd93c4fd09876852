# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authenticator app: shows the codes of a virtual MFA device, as the person holds it in the hand.

It reckons for itself, and takes nothing from the sandbox but the seed that a person sees.
"""

from __future__ import annotations

import time
from typing import Any

import pyotp

SECONDS = 30


class Authenticator:
    """An app with one seed. A code is good once: each call shows codes that it has not shown before."""

    def __init__(self, seed: str | bytes) -> None:
        self._app = pyotp.HOTP(seed if isinstance(seed, str) else seed.decode())
        # The first step whose code was not shown.
        self._next = 0

    def code(self) -> str:
        """The code of the present, or the next one. Waits until it is at most a step early: then it is taken."""
        step = max(self._next, _present())
        self._next = step + 1
        early = (step - 1) * SECONDS - time.time()
        if early > 0:
            time.sleep(early)
        return self._app.at(step)

    def two_codes(self) -> tuple[str, str]:
        """Two codes in a row, the second of the present; or the next two, as of a clock that is fast. No waiting."""
        step = max(self._next, _present() - 1)
        self._next = step + 2
        return self._app.at(step), self._app.at(step + 1)


def _present() -> int:
    return int(time.time()) // SECONDS


def enabling(codes: tuple[str, str]) -> dict[str, str]:
    """Two codes as EnableMFADevice and ResyncMFADevice take them."""
    return dict(zip(("AuthenticationCode1", "AuthenticationCode2"), codes, strict=True))


def give_device(iam: Any, user_name: str, device_name: str = "") -> tuple[str, Authenticator]:
    """Make a virtual device and give it to the user: its serial number, and the app that shows its codes."""
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=device_name or user_name)["VirtualMFADevice"]
    app = Authenticator(made["Base32StringSeed"])
    iam.enable_mfa_device(UserName=user_name, SerialNumber=made["SerialNumber"], **enabling(app.two_codes()))
    return made["SerialNumber"], app
