# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The XML of IAM's answers, written straight from plain dicts in the shape of botocore's IAM model.

moto's serializer looks every member up in several spellings; a page of a thousand users takes it seconds.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

from ...calls.wire import NAMESPACES, xml_text

Answer = Mapping[str, Any]
Writer = Callable[[Any, list[str]], None]


def xml(operation: OperationModel, answer: Answer | None) -> str:
    """The body of a successful answer."""
    name = operation.name
    out = [f'<{name}Response xmlns="{NAMESPACES["iam"]}">']
    if operation.output_shape is not None:
        _writer(operation.output_shape, f"{name}Result")(answer or {}, out)
    # moto's own dispatch fills the request id in.
    out.append(f"<ResponseMetadata><RequestId></RequestId></ResponseMetadata></{name}Response>")
    return "".join(out)


@cache
def _writer(shape: Shape, tag: str) -> Writer:
    if isinstance(shape, StructureShape):
        return _structure_writer(shape, tag)
    if isinstance(shape, ListShape):
        return _list_writer(shape, tag)
    if isinstance(shape, MapShape):
        return _map_writer(shape, tag)
    text = _TEXT[shape.type_name]

    def write(value: Any, out: list[str]) -> None:
        out.append(f"<{tag}>{text(value)}</{tag}>")

    return write


def _structure_writer(shape: StructureShape, tag: str) -> Writer:
    members = [
        (name, _writer(member, member.serialization.get("name", name))) for name, member in shape.members.items()
    ]

    def write(value: Mapping[str, Any], out: list[str]) -> None:
        out.append(f"<{tag}>")
        for name, writer in members:
            item = value.get(name)
            if item is not None:
                writer(item, out)
        out.append(f"</{tag}>")

    return write


def _list_writer(shape: ListShape, tag: str) -> Writer:
    writer = _writer(shape.member, shape.member.serialization.get("name", "member"))

    def write(value: Any, out: list[str]) -> None:
        out.append(f"<{tag}>")
        for item in value:
            writer(item, out)
        out.append(f"</{tag}>")

    return write


def _map_writer(shape: MapShape, tag: str) -> Writer:
    key, value_ = _writer(shape.key, "key"), _writer(shape.value, "value")

    def write(value: Mapping[Any, Any], out: list[str]) -> None:
        out.append(f"<{tag}>")
        for name, item in value.items():
            out.append("<entry>")
            key(name, out)
            value_(item, out)
            out.append("</entry>")
        out.append(f"</{tag}>")

    return write


def _timestamp(value: datetime) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def _boolean(value: Any) -> str:
    return "true" if value else "false"


def _blob(value: bytes | str) -> str:
    return base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()


_TEXT: dict[str, Callable[[Any], str]] = {
    "string": xml_text,
    "timestamp": _timestamp,
    "boolean": _boolean,
    "integer": str,
    "long": str,
    "double": str,
    "blob": _blob,
}
