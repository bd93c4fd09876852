# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which policy documents IAM takes, how it measures them and how it sends them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from moto.iam.policy_validation import IAMPolicyDocumentValidator

from ..errors import MalformedPolicyDocument

# Resources that AWS's own policies name and moto's validator refuses.
ALSO_RESOURCES = re.compile(
    r"arn:aws[\w-]*:(?:iam::[^:]*:(?:\*|root|role-template/.*)|s3:[^:]*:[^:]*:access-grants/.*)", re.DOTALL
)
SID = re.compile("[0-9A-Za-z]*")


class Grammar(IAMPolicyDocumentValidator):
    """moto's validator, whose messages are AWS's, without what it refuses and AWS does not."""

    def _validate_resource_format(self, resource: str) -> None:
        if not ALSO_RESOURCES.fullmatch(resource):
            super()._validate_resource_format(resource)


class InlineGrammar(Grammar):
    """An inline policy may leave the version out or name the old one; a managed policy may not."""

    def _validate_version(self) -> None:
        pass


@lru_cache(maxsize=4096)
def check(document: str) -> None:
    """Raise MalformedPolicyDocument unless the document is an inline policy for an identity."""
    _check(InlineGrammar, document)


@lru_cache(maxsize=4096)
def check_managed(document: str) -> None:
    """Raise MalformedPolicyDocument unless the document can be a managed policy."""
    _check(Grammar, document)


def _check(grammar: type[Grammar], document: str) -> None:
    grammar(spelled(document)).validate()
    for statement in statements(json.loads(document)):
        if "Principal" in statement or "NotPrincipal" in statement:
            raise MalformedPolicyDocument("Policy document should not specify a principal.")
        if not SID.fullmatch(statement.get("Sid", "")):
            raise MalformedPolicyDocument(
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
                f"{SID.pattern}"
            )


def statements(policy: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements of a document that is known to be a policy: one need not stand in a list."""
    found = policy["Statement"]
    return found if isinstance(found, list) else [found]


def spelled(document: str) -> str:
    """The document with the numbers of its conditions as text: IAM's grammar takes both, moto's validator one."""
    try:
        policy = json.loads(document)
        for statement in statements(policy):
            for keys in statement.get("Condition", {}).values():
                for key, value in keys.items():
                    keys[key] = _text(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        # No policy: the validator says why.
        return document
    return json.dumps(policy)


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return [_text(each) for each in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def size(documents: Iterable[str]) -> int:
    """The characters that count against a quota: all but whitespace."""
    return sum(len("".join(document.split())) for document in documents)


@lru_cache(maxsize=4096)
def encoded(document: str) -> str:
    """The document as answers carry it."""
    return quote(document, safe="")
