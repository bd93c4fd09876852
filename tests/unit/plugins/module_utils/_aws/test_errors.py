# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import quopri
import urllib.parse

import botocore.exceptions
import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import (
    Faults,
    ReadError,
    SilentEndpointError,
    code_of,
    failure,
    message,
    not_tried,
    read_error,
)
from ansible_collections.workforce.aws.plugins.module_utils._aws.hiding import HIDDEN
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import DeliveryError
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Failure, Fault, Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject

from tests.support.iam_double import aws_error

ASHA = Subject("user", "asha.rao")
DENIAL = (
    "User: arn:aws:iam::123456789012:user/bot is not authorized to perform: iam:TagUser on resource: "
    "arn:aws:iam::123456789012:user/asha.rao because no identity-based policy allows the iam:TagUser action"
)


def step(operation: str = "CreateUser", **secrets: str) -> Step:
    return Step(ASHA, operation, {"UserName": "asha.rao"}, "new", Phase.USERS, secrets=secrets)


def test_the_code_is_aws_s_or_the_class_s_name() -> None:
    assert code_of(aws_error("NoSuchEntity")) == "NoSuchEntity"
    assert code_of(ReadError("no", "AccessDenied", "GetUser")) == "AccessDenied"
    assert code_of(botocore.exceptions.NoCredentialsError()) == "NoCredentialsError"


def test_a_denied_read_names_permission_resource_and_caller_in_aws_s_words() -> None:
    error = read_error("GetUser", aws_error("AccessDenied", message=DENIAL), about="user asha.rao")
    assert str(error) == (
        f"GetUser of user asha.rao failed with AccessDenied: {DENIAL}. "
        "Allow iam:TagUser on arn:aws:iam::123456789012:user/asha.rao for arn:aws:iam::123456789012:user/bot."
    )
    assert (error.code, error.operation) == ("AccessDenied", "GetUser")


def test_a_denied_read_names_the_permission_though_aws_does_not() -> None:
    error = read_error("GetAccountAuthorizationDetails", aws_error("AccessDenied", message="no"))
    assert str(error).endswith(": no. Allow iam:GetAccountAuthorizationDetails.")


def test_an_explicit_deny_is_told() -> None:
    error = read_error("GetUser", aws_error("AccessDenied", message="with an explicit deny"), about="user a")
    assert str(error).endswith("Allow iam:GetUser on user a. An explicit deny is in the way: remove it.")


def test_a_denied_role_leads_to_its_trust_policy() -> None:
    error = read_error("AssumeRole", aws_error("AccessDenied", message="no"), "sts", "role r")
    assert "Allow sts:AssumeRole on role r. The role's trust policy" in str(error)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (botocore.exceptions.NoCredentialsError(), "Give credentials"),
        (botocore.exceptions.EndpointConnectionError(endpoint_url="http://x"), "Check the network"),
        (botocore.exceptions.ReadTimeoutError(endpoint_url="http://x"), "Check the network"),
        (botocore.exceptions.SSLError(endpoint_url="http://x", error=OSError("bad")), "certificate"),
        (botocore.exceptions.SSOTokenLoadError(error_msg="gone"), "aws sso login"),
        (SilentEndpointError("http://x does not answer"), "nothing there answers"),
        (aws_error("ExpiredToken", message="expired"), "assume the role again"),
        (aws_error("InvalidClientTokenId", message="invalid"), "does not know this access key"),
        (aws_error("Throttling", message="Rate exceeded"), "throttled the calls"),
        (aws_error("LimitExceeded", message="no"), "The quota on these is used up"),
    ],
)
def test_what_to_do_is_said(error: Exception, advice: str) -> None:
    assert advice in str(read_error("GetUser", error))


def test_an_unknown_error_is_told_without_advice() -> None:
    assert str(read_error("GetUser", ValueError("odd"))) == "GetUser failed with ValueError: odd."


def test_an_error_without_text_is_told_by_its_class() -> None:
    assert str(read_error("GetUser", ValueError())) == "GetUser failed with ValueError: ValueError."


def test_a_failure_names_the_quota() -> None:
    found = failure(step("AddUserToGroup"), aws_error("LimitExceeded", message="no"))
    assert found == Failure(
        ASHA,
        "AddUserToGroup",
        "LimitExceeded",
        "no",
        "The quota on groups that one user may be in is used up: delete some, or ask AWS for a higher quota.",
    )


def test_a_failure_names_the_subject_of_the_missing_permission() -> None:
    found = failure(step("AddUserToGroup"), aws_error("AccessDenied", message="no"))
    assert found.advice == "Allow iam:AddUserToGroup on user asha.rao."


@pytest.mark.parametrize("secret", ["s3cret'\n", "tab\tbed"])
def test_a_secret_is_never_told(secret: str) -> None:
    text = f"value {secret} is {secret!r}"
    found = failure(step("CreateLoginProfile", Password=secret), aws_error("ValidationError", message=text))
    assert secret not in repr(found)
    assert repr(secret)[1:-1] not in found.message
    assert found.message.count("********") == 2


def test_a_step_not_tried_says_what_it_waited_for() -> None:
    found = not_tried(step("AddUserToGroup"), Subject("group", "sales"))
    assert (found.code, found.message) == ("NotTried", "group sales could not be created")


def test_the_closing_message_names_each_subject_operation_code_and_advice() -> None:
    failures = [
        failure(step(), aws_error("AccessDenied", message="no")),
        failure(step("DeleteLoginProfile"), aws_error("ServiceFailure", message="Sorry!")),
        Failure(Subject("group", "sales"), "CreateGroup", "Odd", "odd"),
    ]
    assert message(failures).splitlines() == [
        "3 steps failed, for 1 group and 1 user; the steps of all others are done.",
        "user asha.rao: CreateUser failed with AccessDenied: no. Allow iam:CreateUser on user asha.rao.",
        "user asha.rao: DeleteLoginProfile failed with ServiceFailure: Sorry! AWS failed; run again later.",
        "group sales: CreateGroup failed with Odd: odd.",
    ]


def test_a_long_closing_message_still_names_every_subject() -> None:
    failures = [Failure(Subject("user", f"u{number}"), "CreateUser", "Odd", "odd") for number in range(60)]
    told = message(failures)
    assert told.splitlines()[0] == "60 steps failed, for 60 users; the steps of all others are done."
    assert told.endswith("More failed, see failures: " + ", ".join(f"user u{number}" for number in range(50, 60)) + ".")


def test_faults_are_told_together() -> None:
    faults = [Fault("user a", "is not a name"), Fault("user b", "neither")]
    assert str(Faults(faults)) == "user a: is not a name\nuser b: neither"
    assert Faults(iter(faults)).faults == tuple(faults)


# Deliveries, and secrets in the clothes in which they travel


def issuing_step(operation: str = "Deliver") -> Step:
    return Step(Subject("user", "asha"), operation, {"UserName": "asha"}, "", Phase.CREDENTIALS, issuing=True)


def test_a_delivery_that_failed_is_told_in_its_own_words() -> None:
    error = DeliveryError("550 no such mailbox", "SMTPRecipientsRefused 550", "Correct the address.")
    told = failure(issuing_step("CreateLoginProfile"), error)
    assert told == Failure(
        Subject("user", "asha"), "Deliver", "SMTPRecipientsRefused 550", "550 no such mailbox", "Correct the address."
    )


def test_a_read_that_failed_within_a_step_tells_its_advice_once() -> None:
    denied = aws_error("AccessDenied", message="no")
    told = failure(issuing_step(), read_error("GetLoginProfile", denied, about="user asha"))
    assert told.code == "AccessDenied"
    assert f"{told.message} {told.advice}".count("Allow iam:GetLoginProfile") == 1


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("secret", ["W%9#fkK3=mQp7+Zr!x2B", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"])
def test_no_shape_of_a_secret_is_told(before: str, secret: str) -> None:
    encoded = base64.b64encode(f"{before}{secret} and more".encode()).decode()
    text = " ".join(
        [secret, urllib.parse.quote(secret), urllib.parse.quote_plus(secret), encoded, quoted(secret), repr(secret)]
    )
    told = failure(issuing_step(), ValueError(text), [secret]).message
    assert told.count(HIDDEN) == 6
    for shape in (secret, base64.b64encode(secret.encode()).decode()[:-4]):
        assert shape[4:-4] not in told


def quoted(secret: str) -> str:
    return quopri.encodestring(secret.encode(), quotetabs=True).decode()
