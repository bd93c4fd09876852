# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads: what they know of the network together."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws import calls
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError
from ansible_collections.workforce.aws.plugins.module_utils._aws.pace import Pace
from botocore.exceptions import ConnectionClosedError

from tests.support.iam_double import IamDouble


def test_the_reads_of_a_client_wait_once_for_a_network_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]

    def wait(seconds: float) -> bool:
        now[0] += seconds
        return False

    monkeypatch.setattr(calls, "Pace", lambda: Pace(wait, clock=lambda: now[0]))
    lost = ConnectionClosedError(endpoint_url="https://iam.amazonaws.com")
    iam, other = IamDouble(GetUser=lost, GetLoginProfile=lost), IamDouble(GetUser=[lost, {"User": {}}])
    with pytest.raises(ReadError):
        calls.ask(iam, "GetUser", {"UserName": "asha.rao"})
    begun = now[0]
    for name in ("ben.carter", "li.wei"):
        with pytest.raises(ReadError):
            calls.ask(iam, "GetLoginProfile", {"UserName": name})
    assert now[0] == begun
    # Another account's client may have its network.
    assert calls.ask(other, "GetUser", {"UserName": "asha.rao"}) == {"User": {}}
