# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which policy documents IAM takes, how it measures them and how it sends them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from moto.iam.policy_validation import IAMPolicyDocumentValidator

from ..errors import MalformedPolicyDocument


@lru_cache(maxsize=1024)
def check(document: str) -> None:
    """Raise MalformedPolicyDocument unless the document is a policy for an identity."""
    IAMPolicyDocumentValidator(document).validate()
    statements = json.loads(document)["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        if "Principal" in statement or "NotPrincipal" in statement:
            raise MalformedPolicyDocument("Policy document should not specify a principal.")


def size(documents: Iterable[str]) -> int:
    """The characters that count against a quota: all but whitespace."""
    return sum(len("".join(document.split())) for document in documents)


@lru_cache(maxsize=4096)
def encoded(document: str) -> str:
    """The document as answers carry it."""
    return quote(document, safe="")
