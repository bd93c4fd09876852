# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session of a role that is assumed: its temporary keys, and new ones before they end.

A session of STS holds one hour unless the role says otherwise; a first import can take longer.
"""

from __future__ import annotations

import contextlib
import typing as t

with contextlib.suppress(ImportError):  # AnsibleAWSModule reports that it is missing.
    from botocore.credentials import RefreshableCredentials

from .calls import ask

if t.TYPE_CHECKING:
    from .calls import Client

DEFAULT_SESSION_NAME = "workforce.aws"

RENEWED_BEFORE: t.Final = 300
"""So many seconds before their end one thread asks for new keys, and all others go on with the old ones."""

AWAITED_BEFORE: t.Final = 60
"""So many seconds before their end all calls wait for new keys. A refusal is raised only then."""


class AssumedRole:
    """A role's session. ``params`` are a module's options: ``assume_role_arn``, ``external_id``, ``role_session_name``.

    It is assumed here, by one call of ``sts``, and again only when its keys are about to end. The keys never leave this
    process. Raises ReadError.
    """

    def __init__(self, sts: Client, params: t.Mapping[str, t.Any]) -> None:
        self._sts = sts
        self._role = params["assume_role_arn"]
        self._wanted = {
            "RoleArn": self._role,
            "RoleSessionName": params.get("role_session_name") or DEFAULT_SESSION_NAME,
        }
        if params.get("external_id"):
            self._wanted["ExternalId"] = params["external_id"]
        self._keys = RefreshableCredentials.create_from_metadata(
            metadata=self._assume(),
            refresh_using=self._assume,
            method="assume-role",
            advisory_timeout=RENEWED_BEFORE,
            mandatory_timeout=AWAITED_BEFORE,
        )

    def options(self) -> dict[str, str | None]:
        """The keys as they are now, as the options with which a client is made."""
        keys = self._keys.get_frozen_credentials()
        return {
            "aws_access_key_id": str(keys.access_key),
            "aws_secret_access_key": str(keys.secret_key),
            "aws_session_token": str(keys.token),
        }

    def sign_for(self, client: Client) -> None:
        """Have this client's requests signed with the keys of their moment, each further attempt too.

        amazon.aws makes clients with keys that stay; botocore's event before a signature takes others.
        """
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"before-sign.{service}", self._give_keys)

    def _give_keys(self, request: t.Any, **kwargs: t.Any) -> None:
        request.context.setdefault("signing", {})["request_credentials"] = self._keys

    def _assume(self) -> dict[str, str]:
        """New keys, named as botocore's RefreshableCredentials wants them."""
        keys = ask(self._sts, "AssumeRole", self._wanted, about=f"role {self._role}", service="sts")["Credentials"]
        return {
            "access_key": keys["AccessKeyId"],
            "secret_key": keys["SecretAccessKey"],
            "token": keys["SessionToken"],
            "expiry_time": keys["Expiration"].isoformat(),
        }
