# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of managed policies without a call: those that were read, and some of AWS's own policies. Pure."""

from __future__ import annotations

import re
import typing as t

if t.TYPE_CHECKING:
    from .._core.model import Document

Documents: t.TypeAlias = "t.Mapping[str, Document]"
"""Documents of managed policies by ARN."""

_AWS = re.compile(r"arn:[\w-]+:iam::aws:policy/(?:.+/)?([^/]+)")


def is_aws_own(arn: str) -> bool:
    """Whether this is AWS's own policy, not the customer's."""
    return _AWS.fullmatch(arn) is not None


def document_of(arn: str, read: Documents) -> Document | None:
    """The policy's document, or None if it is not known. ``read`` are the documents that were read."""
    own = _AWS.fullmatch(arn)
    return read.get(arn) or (_OF_AWS.get(own.group(1)) if own else None)


def _statement(effect: str, actions: t.Sequence[str], passed_to: str = "", key: str = "Action") -> Document:
    condition = (
        {"Condition": {"StringLike": {"iam:PassedToService": f"{passed_to}.amazonaws.com"}}} if passed_to else {}
    )
    return {"Effect": effect, key: list(actions), "Resource": "*", **condition}


def _document(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _passing(service: str, *actions: str) -> Document:
    return _document(_statement("Allow", actions), _statement("Allow", ["iam:PassRole"], service))


# AWS's own policies that can make an administrator or that deny without a condition, shortened to the parts that are
# checked here. A test compares them with AWS's documents. Two kinds are left out: policies for roles of AWS's services,
# and policies that allow much and deny only a few actions.
_OF_AWS: t.Mapping[str, Document] = {
    "AdministratorAccess": _document(_statement("Allow", ["*"])),
    "IAMFullAccess": _document(_statement("Allow", ["iam:*", "organizations:Describe*"])),
    "PowerUserAccess": _document(_statement("Allow", ["iam:*", "organizations:*", "account:*"], key="NotAction")),
    "AdministratorAccess-Amplify": _document(_statement("Allow", ["iam:AttachRolePolicy", "iam:PutRolePolicy"])),
    "AdministratorAccess-AWSElasticBeanstalk": _document(_statement("Allow", ["iam:AttachRolePolicy"])),
    "AmazonSecurityLakeAdministrator": _document(_statement("Allow", ["iam:PutRolePolicy"])),
    "WellArchitectedConsoleFullAccess": _document(_statement("Allow", ["iam:AttachRolePolicy"])),
    "AWSAppRunnerFullAccess": _passing("apprunner", "apprunner:*"),
    "AWSLambda_FullAccess": _passing("lambda", "lambda:*"),
    "AmazonECS_FullAccess": _passing("ecs-tasks", "ecs:*"),
    "AmazonSageMakerFullAccess": _passing("sagemaker", "sagemaker:*"),
    "DataScientist": _passing("sagemaker", "sagemaker:*"),
    "AmazonElasticMapReduceFullAccess": _document(
        _statement("Allow", ["cloudformation:CreateStack", "ec2:RunInstances", "iam:PassRole"])
    ),
    "AWSDenyAll": _document(_statement("Deny", ["*"])),
    **dict.fromkeys(
        ("AWSCompromisedKeyQuarantine", "AWSCompromisedKeyQuarantineV2", "AWSCompromisedKeyQuarantineV3"),
        _document(_statement("Deny", ["ec2:RunInstances", "iam:AttachUserPolicy", "iam:CreateAccessKey"])),
    ),
}
