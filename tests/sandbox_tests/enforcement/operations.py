# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation that the sandbox serves, with parameters that name things which exist."""

from __future__ import annotations

from email.message import Message
from typing import Any

from botocore.model import Shape
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.iam.responses import IamResponse
from moto.sts.responses import TokenResponse

from tests.sandbox import behaviour
from tests.sandbox.behaviour.operations import OPERATIONS
from tests.sandbox.calls.wire import Call, Request

ACCOUNT = "123456789012"
IAM = f"arn:aws:iam::{ACCOUNT}"
TAGS = [{"Key": "team", "Value": "sales"}]
# By the name of a parameter.
VALUES: dict[str, Any] = {
    "AccountAlias": "example",
    "AuthenticationCode1": "123456",
    "AuthenticationCode2": "654321",
    "AWSServiceName": "ec2.amazonaws.com",
    "CredentialAgeDays": 30,
    "DeletionTaskId": "task/deployer/1",
    "GroupName": "sales",
    "InstanceProfileName": "profile",
    "Name": "provider",
    "OpenIDConnectProviderArn": f"{IAM}:oidc-provider/example.com",
    "Path": "/staff/",
    "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "PolicyArn": f"{IAM}:policy/own",
    "PolicyName": "own",
    "PolicySourceArn": f"{IAM}:user/staff/asha",
    "RoleArn": f"{IAM}:role/staff/deployer",
    "RoleName": "deployer",
    "RoleSessionName": "asha",
    "SAMLProviderArn": f"{IAM}:saml-provider/example",
    "SerialNumber": f"{IAM}:mfa/asha",
    "ServerCertificateName": "certificate",
    "ServiceName": "codecommit.amazonaws.com",
    "SourceIdentity": "asha",
    "TagKeys": ["team"],
    "Tags": TAGS,
    "TransitiveTagKeys": ["team"],
    "Url": "https://example.com",
    "UserName": "asha",
    "VirtualMFADeviceName": "asha",
}
# Parameters that would make a call another one, or that no call has together.
LEFT_OUT = ("AllUsers", "NewGroupName", "NewPath", "NewUserName", "Marker", "MaxItems")


def served(service: str) -> list[str]:
    """The names of the operations that the sandbox answers."""
    behaviour.install()
    answering = IamResponse if service == "iam" else TokenResponse
    names = get_service_model(service).operation_names
    return [name for name in sorted(names) if name in OPERATIONS or hasattr(answering, camelcase_to_underscores(name))]


def parameters(service: str, operation: str) -> dict[str, Any]:
    """All parameters of the operation, as boto takes them."""
    shape = get_service_model(service).operation_model(operation).input_shape
    members = shape.members if shape is not None else {}
    return {name: VALUES.get(name) or _some(member) for name, member in members.items() if name not in LEFT_OUT}


def flat(given: dict[str, Any]) -> dict[str, str]:
    """The parameters as they cross the wire."""
    found = {}
    for name, value in given.items():
        if not isinstance(value, list):
            found[name] = str(value)
            continue
        for number, one in enumerate(value, 1):
            inner = one if isinstance(one, dict) else {"": one}
            for key, text in inner.items():
                found[f"{name}.member.{number}{'.' if key else ''}{key}"] = str(text)
    return found


def made_call(service: str, operation: str, given: dict[str, str]) -> Call:
    """A call that nobody signed."""
    request = Request("POST", "/", Message(), b"")
    return Call(service, operation, given, "", ACCOUNT, "us-east-1", 0, request)


def _some(shape: Shape) -> Any:
    """A value of its type."""
    if shape.type_name == "list":
        return []
    if shape.type_name == "boolean":
        return False
    if shape.type_name in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if "enum" in shape.metadata:
        return shape.metadata["enum"][0]
    return "a" * max(1, shape.metadata.get("min", 1), 20)
