# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What crosses the wire: a call as it arrives, an answer as it leaves, AWS's way of writing an error."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from moto.core.utils import get_service_model

NAMESPACES = {
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
}
# Errors that every AWS service may give and that the services' own models do not list.
COMMON_STATUSES = {
    "AccessDenied": 403,
    "ExpiredToken": 403,
    "InternalFailure": 500,
    "InvalidClientTokenId": 403,
    "MissingAuthenticationToken": 403,
    "RequestExpired": 400,
    "ServiceUnavailable": 503,
    "SignatureDoesNotMatch": 403,
    "Throttling": 400,
    "ValidationError": 400,
}
# XML has no way to carry these; a refusal that repeats what was sent shows a question mark.
UNSPEAKABLE = {code: "?" for code in range(32) if chr(code) not in "\t\n\r"}
CREDENTIAL_SCOPE = re.compile(r"Credential=(?P<key>[^/,\s]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")


class ConnectionLostError(Exception):
    """The caller gets no answer: the connection is closed instead."""


@dataclass(frozen=True)
class CredentialScope:
    """What a signature says about itself: the key, and the region and service it is for."""

    access_key_id: str
    region: str
    service: str


@dataclass(frozen=True)
class Request:
    """An HTTP request of an AWS client, not yet attributed to anybody."""

    method: str
    # The path with its query, as it came.
    target: str
    headers: Message
    content: bytes

    @property
    def body(self) -> bytes:
        """The parameters: AWS's query protocol takes them in the body or in the query."""
        return self.content or self.target.partition("?")[2].encode()

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def host(self) -> str:
        """The name and port under which the sandbox was asked."""
        return self.headers.get("Host", "")

    @property
    def authorization(self) -> str:
        return self.headers.get("Authorization", "")

    @property
    def user_agent(self) -> str:
        return self.headers.get("User-Agent", "")

    @property
    def scope(self) -> CredentialScope | None:
        found = CREDENTIAL_SCOPE.search(self.authorization)
        return CredentialScope(found["key"], found["region"], found["service"]) if found else None


@dataclass(frozen=True)
class Call:
    """One API call: what is asked for, by whom, in which account."""

    service: str
    operation: str
    parameters: Mapping[str, str]
    access_key_id: str
    account_id: str
    region: str
    # How often the sandbox had been reset when the call came.
    epoch: int
    request: Request = field(repr=False)

    @property
    def kind(self) -> str:
        """Reads leave the account as it is; STS never changes it."""
        reading = self.service == "sts" or self.operation.startswith(("Get", "List", "Generate", "Simulate"))
        return "read" if reading else "write"

    @property
    def subject(self) -> str | None:
        for name in ("UserName", "GroupName", "PolicyArn", "PolicyName", "RoleName", "RoleArn"):
            if name in self.parameters:
                return self.parameters[name]
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    content_type: str = "text/xml"
    # The AWS error code, for the log of calls; None when the call succeeded.
    code: str | None = None
    # Further headers; only pages for browsers have some.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def parse_body(body: bytes) -> dict[str, str]:
    """The parameters of AWS's query protocol, as flat names."""
    return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))


@cache
def status_of(service: str, code: str) -> int:
    """The HTTP status that AWS gives with an error code."""
    if service in NAMESPACES:
        for shape in get_service_model(service).error_shapes:
            error = shape.metadata.get("error", {})
            if code in (shape.name, error.get("code")):
                return int(error.get("httpStatusCode", 400))
    return COMMON_STATUSES.get(code, 400)


def error_answer(service: str, code: str, message: str, status: int | None = None) -> Answer:
    status = status_of(service, code) if status is None else status
    return Answer(status, error_xml(service, code, message, status, str(uuid.uuid4())).encode(), code=code)


def error_xml(service: str, code: str, message: str, status: int, request_id: str) -> str:
    blame = "Sender" if status < 500 else "Receiver"
    namespace = NAMESPACES.get(service, NAMESPACES["iam"])
    return (
        f'<ErrorResponse xmlns="{namespace}"><Error><Type>{blame}</Type><Code>{xml_text(code)}</Code>'
        f"<Message>{xml_text(message)}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )


def xml_text(value: object) -> str:
    # A bare carriage return would come back from an XML parser as a newline.
    return escape(str(value).translate(UNSPEAKABLE), {"\r": "&#xD;"})
