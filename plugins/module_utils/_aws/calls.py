# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One read, or all its pages. Every failure is a ReadError."""

from __future__ import annotations

import typing as t
import weakref

try:
    from botocore import xform_name
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError
except ImportError:
    pass  # AnsibleAWSModule reports that it is missing.

from .errors import ReadError, SilentEndpointError, read_error
from .pace import Pace

Client = t.Any
"""Any: boto3 makes the classes of its clients at run time."""

Page = t.Mapping[str, t.Any]
PAGE_SIZE = 1000

_paces: weakref.WeakKeyDictionary[Client, Pace] = weakref.WeakKeyDictionary()
"""The reads of one client share what they know of the network: once it is gone, a read per person would wait for it."""


def ask(client: Client, operation: str, params: Page, about: str = "", service: str = "iam") -> Page:
    """The answer to one read. ``about`` names what is read, for messages: "user asha.rao"."""
    method = getattr(client, xform_name(operation), None)
    if method is None:
        told = f"{operation} is not known to the installed botocore: upgrade boto3 and botocore"
        raise ReadError(told, "NoSuchMethod", operation)
    try:
        answer: Page = _paces.setdefault(client, Pace()).retrying(lambda: method(**params))
    except (ClientError, BotoCoreError, ResponseParserError, SilentEndpointError) as error:
        raise read_error(operation, error, service, about) from error
    return answer


def pages(client: Client, operation: str, params: Page, about: str = "") -> t.Iterator[Page]:
    """All pages of a read. Only IsTruncated tells whether there are more: IAM may return less than MaxItems."""
    marker: dict[str, str] = {}
    while True:
        page = ask(client, operation, {**params, **marker}, about)
        yield page
        if not page.get("IsTruncated"):
            return
        marker = {"Marker": page["Marker"]}


def items(client: Client, operation: str, member: str, params: Page, about: str = "") -> t.Iterator[t.Any]:
    """The items of all pages."""
    for page in pages(client, operation, params, about):
        yield from page.get(member) or ()
