# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a request was signed with its key's secret: so a test can tell a right secret from a wrong one."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .wire import CredentialScope, Request

PARTS = re.compile(r"SignedHeaders=(?P<headers>[^,\s]+),\s*Signature=(?P<signature>[0-9a-f]+)")


class Signer(SigV4Auth):
    """botocore's signer, spared the preparation of a request that was already sent."""

    def payload(self, request: AWSRequest) -> str:
        return sha256(request.data or b"").hexdigest()


def is_right(request: Request, scope: CredentialScope, secret_access_key: str) -> bool:
    parts = PARTS.search(request.authorization)
    if parts is None:
        return False
    headers = {name: request.headers.get(name, "") for name in parts["headers"].split(";")}
    signed = AWSRequest(request.method, f"http://sandbox{request.target}", headers, request.content)
    signed.context["timestamp"] = request.headers.get("X-Amz-Date", "")
    signer = Signer(Credentials(scope.access_key_id, secret_access_key), scope.service, scope.region)
    text = signer.string_to_sign(signed, signer.canonical_request(signed))
    return hmac.compare_digest(signer.signature(text, signed), parts["signature"])
