# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published ways from some permissions to more: one table, with one reason and the source of each. Pure.

Sources: RHINO is Rhino Security Labs' list
(https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and
https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation); ids such as ``iam-001`` are Datadog's list
(https://pathfinding.cloud), which goes on with it. Of ways that take several actions, the table has the one without
which there is no way: a warning too many is better than one too few.
"""

from __future__ import annotations

import typing as t


class On(t.NamedTuple):
    """On which resources an action is a way.

    ``kind`` is the type of an IAM resource; other services' have none. ``any`` of the kind, for the one that is named
    may be the holder's own. ``pattern``: several, other than the holder alone; one's own password is no way up.
    ``all``: every one of the kind; a pattern of service roles passes none of an administrator's.
    """

    kind: t.Literal["user", "group", "role", "policy", ""]
    which: t.Literal["any", "pattern", "all"]


class Way(t.NamedTuple):
    """``reason`` says what the holder of the action can do: "runs an instance with the role".

    ``passed_to`` are the services that take the role, where it also takes ``iam:PassRole``.
    """

    action: str
    on: On
    reason: str
    source: str
    passed_to: tuple[str, ...] = ()


_ANY: t.Final = On("", "any")
_ALL: t.Final = On("", "all")

# Who may change a role's trust or policies needs no permission to assume it: the trust policy can name them (STS API
# reference, AssumeRole).
_ALONE: tuple[Way, ...] = (
    Way("iam:CreatePolicyVersion", On("policy", "any"), "rewrites a policy that the holder has", "RHINO 1, iam-001"),
    Way(
        "iam:SetDefaultPolicyVersion",
        On("policy", "pattern"),
        "turns a policy back to a version that allows more",
        "RHINO 2",
    ),
    Way("iam:AttachUserPolicy", On("user", "any"), "attaches AdministratorAccess to the holder", "RHINO 7, iam-008"),
    Way(
        "iam:AttachGroupPolicy",
        On("group", "pattern"),
        "attaches AdministratorAccess to a group of the holder",
        "RHINO 8, iam-010",
    ),
    Way("iam:AttachRolePolicy", On("role", "pattern"), "attaches AdministratorAccess to a role", "RHINO 9, iam-009"),
    Way("iam:PutUserPolicy", On("user", "any"), "writes any policy for the holder", "RHINO 10, iam-007"),
    Way(
        "iam:PutGroupPolicy", On("group", "pattern"), "writes any policy for a group of the holder", "RHINO 11, iam-011"
    ),
    Way("iam:PutRolePolicy", On("role", "pattern"), "writes any policy for a role", "RHINO 12, iam-005"),
    Way("iam:AddUserToGroup", On("group", "pattern"), "joins the administrators' group", "RHINO 13, iam-013"),
    Way(
        "iam:UpdateAssumeRolePolicy",
        On("role", "pattern"),
        "makes an administrator's role trust the holder",
        "RHINO 14, iam-012",
    ),
    Way("iam:CreateAccessKey", On("user", "pattern"), "makes an access key of an administrator", "RHINO 4, iam-002"),
    Way(
        "iam:CreateLoginProfile",
        On("user", "pattern"),
        "gives an administrator a password, and signs in with it",
        "RHINO 5, iam-004",
    ),
    Way(
        "iam:UpdateLoginProfile",
        On("user", "pattern"),
        "changes an administrator's password, and signs in with it",
        "RHINO 6, iam-006",
    ),
)

# A role that is handed to what these make acts for who made it. AWS's own policies name App Runner in two ways.
_WITH_PASSING: tuple[Way, ...] = (
    Way("ec2:RunInstances", _ANY, "runs an instance with the role", "RHINO 3, ec2-001", ("ec2",)),
    Way("ec2:RequestSpotInstances", _ANY, "runs an instance with the role", "ec2-003", ("ec2",)),
    Way("lambda:CreateFunction", _ANY, "runs code with the role", "RHINO 15 to 17, lambda-001", ("lambda",)),
    Way("glue:CreateDevEndpoint", _ANY, "runs code with the role", "RHINO 19, glue-001", ("glue",)),
    Way("glue:CreateJob", _ANY, "runs code with the role", "glue-003, glue-004", ("glue",)),
    Way("glue:UpdateJob", _ANY, "runs code with the role", "glue-005, glue-006", ("glue",)),
    Way(
        "cloudformation:CreateStack",
        _ANY,
        "makes anything with the role",
        "RHINO 21, cloudformation-001",
        ("cloudformation",),
    ),
    Way(
        "cloudformation:CreateStackSet", _ANY, "makes anything with the role", "cloudformation-003", ("cloudformation",)
    ),
    Way(
        "cloudformation:UpdateStackSet", _ANY, "makes anything with the role", "cloudformation-004", ("cloudformation",)
    ),
    Way(
        "cloudformation:CreateChangeSet",
        _ANY,
        "makes anything with the role",
        "cloudformation-005",
        ("cloudformation",),
    ),
    Way(
        "datapipeline:CreatePipeline",
        _ANY,
        "runs commands with the role",
        "RHINO 22, datapipeline-001",
        ("datapipeline",),
    ),
    Way("codestar:CreateProject", _ANY, "makes anything with the role", "RHINO 24", ("codestar",)),
    Way("sagemaker:CreateNotebookInstance", _ANY, "runs code with the role", "RHINO 27, sagemaker-001", ("sagemaker",)),
    Way("sagemaker:CreateTrainingJob", _ANY, "runs code with the role", "sagemaker-002", ("sagemaker",)),
    Way("sagemaker:CreateProcessingJob", _ANY, "runs code with the role", "sagemaker-003", ("sagemaker",)),
    Way("codebuild:CreateProject", _ANY, "runs commands with the role", "codebuild-001, codebuild-004", ("codebuild",)),
    Way("ecs:RunTask", _ANY, "runs a container with the role", "ecs-002, ecs-004", ("ecs-tasks",)),
    Way("ecs:StartTask", _ANY, "runs a container with the role", "ecs-005", ("ecs-tasks",)),
    Way("ecs:CreateService", _ANY, "runs a container with the role", "ecs-001, ecs-003", ("ecs-tasks",)),
    Way(
        "apprunner:CreateService",
        _ANY,
        "runs a container with the role",
        "apprunner-001",
        ("apprunner", "tasks.apprunner"),
    ),
    Way(
        "bedrock-agentcore:CreateCodeInterpreter",
        _ANY,
        "runs code with the role",
        "bedrock-001",
        ("bedrock-agentcore",),
    ),
    Way("ssm:StartAutomationExecution", _ANY, "does anything with the role", "of the same kind as these", ("ssm",)),
)

ADMINISTRATOR: tuple[Way, ...] = (*_ALONE, *_WITH_PASSING)
"""The ways to become administrator."""

ROLES: tuple[Way, ...] = (
    Way("sts:AssumeRole", On("role", "all"), "assumes every role that trusts the account", "sts-001"),
    Way("lambda:UpdateFunctionCode", _ALL, "runs code with the role of a function", "RHINO 18, lambda-003"),
    Way("lambda:UpdateFunctionConfiguration", _ALL, "adds code to a function, which runs with its role", "RHINO 26"),
    Way("glue:UpdateDevEndpoint", _ALL, "runs code with the role of an endpoint", "RHINO 20, glue-002"),
    Way("cloudformation:UpdateStack", _ALL, "makes anything with the role of a stack", "cloudformation-002"),
    Way("codebuild:StartBuild", _ALL, "runs commands with the role of a project", "codebuild-002"),
    Way("codebuild:StartBuildBatch", _ALL, "runs commands with the role of a project", "codebuild-003"),
    Way("codestar:CreateProjectFromTemplate", _ALL, "makes anything with the service's role", "RHINO 23"),
    Way("codestar:AssociateTeamMember", _ALL, "takes over a project with its role", "RHINO 25"),
    Way("apprunner:UpdateService", _ALL, "runs a container with the role of a service", "apprunner-002"),
    Way(
        "bedrock-agentcore:StartCodeInterpreterSession",
        _ALL,
        "runs code with the role of an interpreter",
        "bedrock-002",
    ),
    Way("ec2:ModifyInstanceAttribute", _ALL, "runs commands on an instance, with its role", "ec2-002"),
    Way("ec2:ModifyLaunchTemplate", _ALL, "runs commands on new instances, with their role", "ec2-004"),
    Way(
        "ec2-instance-connect:SendSSHPublicKey",
        _ALL,
        "signs in to an instance, with its role",
        "ec2instanceconnect-003",
    ),
    Way("ssm:StartSession", _ALL, "signs in to an instance, with its role", "ssm-001"),
    Way("ssm:SendCommand", _ALL, "runs commands on an instance, with its role", "ssm-002"),
    Way(
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        _ALL,
        "opens a notebook, with its role",
        "RHINO 28, sagemaker-004",
    ),
    Way(
        "sagemaker:CreateNotebookInstanceLifecycleConfig",
        _ALL,
        "runs code in a notebook, with its role",
        "sagemaker-005",
    ),
)
"""The ways to act as a role that is there and trusts a service or the account; it depends on the role what that is."""
