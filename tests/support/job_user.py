# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user as which the job runs, with policies and an access key, in a sandbox that says no."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.sandbox.calls.variables import DEFAULT_REGION
from tests.sandbox.client import Sandbox, boto_session
from tests.support.playbooks import PlaybookResult

NAME = "job"


def client_with(sandbox: Sandbox, key: Mapping[str, str], service: str = "iam") -> Any:
    """A boto3 client with a key that CreateAccessKey or AssumeRole gave. (`Any`: its class is made at run time.)"""
    return boto_session().client(  # type: ignore[call-overload]  # any service's name
        service,
        region_name=DEFAULT_REGION,
        endpoint_url=sandbox.endpoint_url,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key.get("SessionToken"),
    )


@dataclass(frozen=True)
class JobUser:
    """The key is as CreateAccessKey tells it."""

    sandbox: Sandbox
    key: Mapping[str, str]

    @classmethod
    def with_policies(cls, documents: Sequence[Mapping[str, Any]], sandbox: Sandbox, iam: Any) -> Self:
        """A user who may what these documents say, attached as an administrator would. From now on AWS says no."""
        iam.create_user(UserName=NAME)
        for place, document in enumerate(documents):
            made = iam.create_policy(PolicyName=f"{NAME}-{place}", PolicyDocument=json.dumps(document))["Policy"]
            iam.attach_user_policy(UserName=NAME, PolicyArn=made["Arn"])
        found = cls(sandbox, iam.create_access_key(UserName=NAME)["AccessKey"])
        sandbox.switch(enforce=True)
        return found

    @classmethod
    def with_printed(
        cls,
        playbook: Callable[..., PlaybookResult],
        inventory: Mapping[str, Any],
        sandbox: Sandbox,
        iam: Any,
        folder: Path,
    ) -> Self:
        """A user who may what workforce.aws.permissions prints for this inventory."""
        written = {"format": "json", "dest": str(folder / "policy.json")}
        playbook("workforce.aws.permissions", inventory=inventory, extra_vars=written).succeeded()
        files = sorted(folder.glob("policy*.json"))
        return cls.with_policies([json.loads(file.read_text(encoding="utf-8")) for file in files], sandbox, iam)

    def client(self, service: str = "iam") -> Any:
        """A boto3 client with its key."""
        return client_with(self.sandbox, self.key, service)

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which AWS's tools find the key."""
        return {
            "AWS_ACCESS_KEY_ID": self.key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": self.key["SecretAccessKey"],
        }
