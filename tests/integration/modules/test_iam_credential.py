# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_credential by real playbooks and in this process: what reaches the user is what opens the account."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.modules import Quartets, Run, task

NAME, ADDRESS = "asha.rao", "asha.rao@example.com"
TAG = "workforce:credential"
DELIVERED = re.compile(r"delivered \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ mail")
MAY_CHANGE = {"Statement": [{"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"}]}
PROOF = {"Version": "2012-10-17", **MAY_CHANGE}


def user(name: str = NAME, **more: Any) -> dict[str, Any]:
    return {"name": name, "inline_policies": {"password": PROOF}, **more}


@pytest.fixture
def mail(sandbox: Sandbox) -> dict[str, Any]:
    """The options that lead to the sandbox's mailbox."""
    return sandbox.mailbox.settings()


def profile(iam: Any, name: str = NAME) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = iam.get_login_profile(UserName=name)["LoginProfile"]
    except iam.exceptions.NoSuchEntityException:
        return None
    return found


def tags(iam: Any, name: str = NAME) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in iam.get_user(UserName=name)["User"].get("Tags", [])}


def is_the_one(sandbox: Sandbox, mail: dict[str, Any]) -> bool:
    """Whether the password that a mail tells is the one that IAM has."""
    found: str = sandbox.state()["users"][NAME]["login_profile"]["password_sha256"]
    return found == hashlib.sha256(first_password(mail).encode()).hexdigest()


def test_a_password_is_mailed_once(quartets: Quartets, sandbox: Sandbox, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user(tags={"team": "data"})])
    options = {"mail": {**mail, "text": "${name} of ${team}\n\n${password}\n"}}
    (four,) = quartets([task("iam_credential", name="ASHA.rao", email=ADDRESS, **options)])
    assert four.check["issued"] == four.run["issued"] == {"console_password": True, "access_key": False, "by": ["mail"]}
    assert four.check["credential"] == "delivered"
    assert DELIVERED.fullmatch(four.run["credential"])
    assert four.run["user_name"] == NAME
    assert four.run["diff"]["after"] == {"credential": "delivered", "console_password": True}
    assert four.run_again["issued"] == {"console_password": False, "access_key": False, "by": []}
    assert four.run_again["reason"] == "was issued credentials before (delivered): reissue issues new ones"
    assert four.run_again["api_calls"]["by_operation"] == {"GetUser": 1}
    (arrived,) = sandbox.mailbox.mails(ADDRESS)
    assert arrived["text"].startswith("asha.rao of data")
    password = arrived["text"].split()[-1]
    assert password not in json.dumps([four.check, four.run, four.check_again, four.run_again])


def test_the_mail_opens_the_account(run: Run, sandbox: Sandbox, iam: Any, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user()])
    result = run("iam_credential", {"user_name": NAME, "email": ADDRESS, "mail": mail})
    assert result["changed"], result
    (arrived,) = sandbox.mailbox.mails(ADDRESS)
    found = profile(iam)
    assert found
    assert found["PasswordResetRequired"]
    assert is_the_one(sandbox, arrived)
    assert tags(iam)[TAG] == result["credential"]
    writes = {name: count for name, count in result["api_calls"]["by_operation"].items() if not name.startswith("Get")}
    assert writes.pop("TagUser") == 2
    assert writes.pop("CreateLoginProfile") == 1


def test_a_file_and_a_key(run: Run, sandbox: Sandbox, iam: Any, tmp_path: Path) -> None:
    sandbox.seed(users=[user("builder")])
    options = {"user_name": "builder", "file": {"directory": str(tmp_path)}}
    result = run("iam_credential", {**options, "console": False, "issue_access_key": True})
    assert result["issued"] == {"console_password": False, "access_key": True, "by": ["file"]}
    assert profile(iam, "builder") is None
    (made,) = tmp_path.iterdir()
    (row,) = csv.DictReader(made.read_text(encoding="utf-8-sig").splitlines())
    (key,) = iam.list_access_keys(UserName="builder")["AccessKeyMetadata"]
    assert row["Access key ID"] == key["AccessKeyId"]
    assert row["Secret access key"] not in json.dumps(result)
    assert not run("iam_credential", {**options, "console": False, "issue_access_key": True})["changed"]


def test_who_has_a_password_keeps_it_unless_asked_by_name(
    run: Run, sandbox: Sandbox, iam: Any, mail: dict[str, Any]
) -> None:
    sandbox.seed(users=[user()])
    iam.create_login_profile(UserName=NAME, Password="Chosen-by-hand-2026", PasswordResetRequired=False)
    options = {"user_name": NAME, "email": ADDRESS, "mail": mail}
    kept = run("iam_credential", options)
    assert not kept["changed"]
    assert kept["reason"] == "has credentials that were not issued here: reissue issues new ones"
    assert (kept["credential"], sandbox.mailbox.mails()) == (None, [])
    for count in (1, 2):
        anew = run("iam_credential", {**options, "reissue": True})
        assert anew["changed"]
        mails = sandbox.mailbox.mails(ADDRESS)
        assert len(mails) == count
        assert is_the_one(sandbox, mails[-1])


def test_a_caller_who_may_not_simulate(run: Run, sandbox: Sandbox, mail: dict[str, Any]) -> None:
    """The documents of the departments are judged instead."""
    sandbox.seed(
        groups=[{"name": "sales", "inline_policies": {"password": PROOF}}, {"name": "support"}],
        users=[{"name": NAME, "groups": ["sales", "support"]}, {"name": "li.wei", "groups": ["support"]}],
    )
    sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", status=403, count=None)
    assert DELIVERED.fullmatch(run("iam_credential", {"user_name": NAME, "email": ADDRESS, "mail": mail})["credential"])
    refused = run("iam_credential", {"user_name": "li.wei", "email": "li.wei@example.com", "mail": mail})
    assert "user li.wei: would not be able to complete the first sign-in" in refused["msg"]
    assert len(sandbox.mailbox.mails()) == 1


def test_who_was_left_pending_is_finished(run: Run, sandbox: Sandbox, iam: Any, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user(), user("li.wei")])
    sandbox.mailbox.refuse("recipient", match=ADDRESS, count=1)
    options = {"user_name": NAME, "email": ADDRESS, "mail": mail}
    failed = run("iam_credential", options)
    assert failed["failed"]
    assert [each["operation"] for each in failed["failures"]] == ["Deliver"]
    assert ADDRESS not in json.dumps({key: failed[key] for key in ("issued", "credential")})
    assert failed["credential"] == tags(iam)[TAG] == "pending"
    assert DELIVERED.fullmatch(run("iam_credential", options)["credential"])
    (arrived,) = sandbox.mailbox.mails(ADDRESS)
    assert is_the_one(sandbox, arrived)


def test_who_signed_in_while_pending_is_only_marked(run: Run, sandbox: Sandbox, iam: Any, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user(tags={TAG: "pending"})])
    iam.create_login_profile(UserName=NAME, Password="Chosen-by-hand-2026", PasswordResetRequired=False)
    result = run("iam_credential", {"user_name": NAME, "email": ADDRESS, "mail": mail})
    assert result["changed"]
    assert result["reason"].startswith("has signed in already")
    assert DELIVERED.fullmatch(result["credential"])
    assert sandbox.mailbox.mails() == []


def test_a_server_that_is_not_there_changes_nothing(run: Run, sandbox: Sandbox, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user()])
    before = sandbox.state()
    options = {"user_name": NAME, "email": ADDRESS, "mail": {**mail, "port": 1}}
    failed = run("iam_credential", options)
    assert failed["failed"]
    assert not failed["changed"]
    assert "1 user waits for their credentials: asha.rao." in failed["msg"]
    assert sandbox.state() == before
    checked = run("iam_credential", options, check=True)
    assert checked["changed"]
    assert len(checked["warnings"]) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"user_name": "nobody"}, "user nobody: does not exist"),
        ({"user_name": "a b"}, "a b"),
        ({"console": False}, "is to be issued nothing: console and issue_access_key are both false"),
        ({"mail": None}, "is to be issued credentials, but has no way to get them: give mail or file"),
        ({"email": None}, "cannot be mailed anything: email is missing"),
        ({"email": "nobody"}, "has an email that is not"),
        ({"sign_in_url": "ftp://x"}, "sign_in_url"),
        ({"user_name": "blocked"}, "user blocked"),
        ({"user_name": "away"}, "is suspended, and a suspended user is issued nothing"),
    ],
)
def test_what_cannot_be(run: Run, sandbox: Sandbox, mail: dict[str, Any], options: dict[str, Any], words: str) -> None:
    sandbox.seed(
        users=[user(), {"name": "blocked"}, user("away", tags={"workforce:suspended": "2026-11-01T00:00:00Z person"})]
    )
    before = sandbox.state()
    given = {"user_name": NAME, "email": ADDRESS, "mail": mail, **options}
    refused = run("iam_credential", {key: value for key, value in given.items() if value is not None})
    assert refused["failed"]
    assert words in refused["msg"]
    assert sandbox.state() == before
    assert sandbox.mailbox.mails() == []


def test_without_a_forced_change(run: Run, sandbox: Sandbox, iam: Any, mail: dict[str, Any]) -> None:
    sandbox.seed(users=[user()])
    options = {"user_name": NAME, "email": ADDRESS, "mail": mail, "password_reset_required": False}
    assert run("iam_credential", options)["changed"]
    found = profile(iam)
    assert found
    assert not found.get("PasswordResetRequired")
    assert not run("iam_credential", options)["changed"]
