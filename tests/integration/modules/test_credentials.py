# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce issues first credentials: to whom, when, how often, and what the account and the mailbox say then."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.browsing import Browsing
from tests.support.first_day import change_password
from tests.support.modules import Quartets, Run, task

MARK = "workforce:credential"
MANAGED = {"workforce:managed": "onboard"}
DELIVERED = re.compile(r"delivered \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ mail")
LONG_AGO = "delivered 2020-11-02T08:00:00Z mail"
OWN = "Chosen-by-asha-2026"
GROUPS = [{"name": "sales", "path": "/workforce/"}, {"name": "robots", "path": "/workforce/"}]
DEPARTMENTS = [{"name": "sales"}, {"name": "robots", "console": False}]


@pytest.fixture(autouse=True)
def account(sandbox: Sandbox, iam: Any) -> None:
    """Two departments, in an account whose users may change their own passwords; and an empty mailbox."""
    sandbox.mailbox.reset()
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    sandbox.seed(groups=GROUPS)


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "email": f"{name}@example.com", "departments": ["sales"], **more}


def chart(*employees: Any, **options: Any) -> dict[str, Any]:
    return {"departments": DEPARTMENTS, "employees": list(employees), **options}


@pytest.fixture
def mailing(sandbox: Sandbox) -> dict[str, Any]:
    """The option that leads to the sandbox's mailbox."""
    return {"mail": sandbox.mailbox.settings()}


def one(sandbox: Sandbox, name: str = "asha") -> dict[str, Any]:
    found: dict[str, Any] = sandbox.state()["users"][name]
    return found


def mark(sandbox: Sandbox, name: str = "asha") -> str | None:
    found: str | None = one(sandbox, name)["tags"].get(MARK)
    return found


def seed(sandbox: Sandbox, name: str = "asha", *, tags: dict[str, str] | None = None, **more: Any) -> None:
    user = {"name": name, "tags": {**MANAGED, **(tags or {})}, "groups": ["sales"], **more}
    sandbox.seed(users=[user])


def unclaimed(sandbox: Sandbox, name: str, tag: str, password: str = "Never-read-2020") -> None:  # a test's
    seed(sandbox, name, tags={MARK: tag}, password=password, password_reset_required=True)


def calls(result: dict[str, Any]) -> Counter[str]:
    return Counter(result["api_calls"]["by_operation"])


def test_a_joiner_is_mailed_once(quartets: Quartets, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    (four,) = quartets([task("iam_workforce", **chart(person("asha"), credentials=mailing))])
    (mail,) = sandbox.mails()
    assert mail["recipients"] == ["asha@example.com"]
    asha = four.state["users"]["asha"]
    assert asha["login_profile"]["password_reset_required"] is True
    assert DELIVERED.fullmatch(asha["tags"][MARK])
    assert change_password(sandbox, "asha", first_password(mail), OWN)
    for result in (four.check, four.run):
        assert result["joiners"] == ["asha"]
        assert result["credentials"] == {
            "issued": [{"name": "asha", "by": ["mail"]}],
            "pending": [],
            "claimed": [],
            "revoked": [],
            "settled": [],
            "without_password": [],
        }
        assert result["diff"]["prepared"] == ("employees\n  + asha: new; joins sales; gets a first password by mail\n")
    assert "mailed: 1 person" in four.run["summary"]
    assert "to be mailed: 1 person" in four.check["summary"]
    assert "credentials" not in four.run_again
    assert four.run_again["api_calls"]["total"] == 4
    for result in (four.check, four.run, four.check_again, four.run_again):
        assert "asha@example.com" not in str(result)
        assert first_password(mail) not in str(result)


def test_a_fresh_joiner_costs_two_calls_more(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    without = run("iam_workforce", chart(person("ben")))
    fresh = run("iam_workforce", chart(person("ben"), person("asha"), credentials=mailing))
    more = calls(fresh) - calls(without)
    # The question whether the password is still ours, before and after the mail, the rules and the proof apart.
    apart = {"GetLoginProfile", "GetAccountPasswordPolicy", "SimulatePrincipalPolicy"}
    assert {name: count for name, count in more.items() if name not in apart} == {
        "CreateLoginProfile": 1,
        "TagUser": 1,
    }
    assert more["GetLoginProfile"] == 2
    assert [mail["recipients"] for mail in sandbox.mails()] == [["asha@example.com"]]


def test_far_away_with_few_connections_and_a_session_that_ends(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    """A mail server that turns connections away, and an assumed role whose keys end while the mails go."""
    there = "210987654321"
    sandbox.credentials(there)
    sandbox.boto(account_id=there).update_account_password_policy(AllowUsersToChangePassword=True)
    sandbox.mailbox.switch(connections=2, latency_ms=100)
    sandbox.switch(session_seconds=2)
    names = [f"person{number}" for number in range(8)]
    role = {"assume_role_arn": f"arn:aws:iam::{there}:role/onboarding", "external_id": "company"}
    result = run("iam_workforce", chart(*map(person, names), credentials=mailing, **role))
    assert "failures" not in result or result["failures"] == []
    assert sorted(mail["recipients"][0] for mail in sandbox.mails()) == sorted(f"{name}@example.com" for name in names)
    users = sandbox.state(there)["users"]
    assert [name for name in names if not DELIVERED.fullmatch(users[name]["tags"][MARK])] == []
    # Keys that end within the minute are renewed by each call.
    assert calls(result)["AssumeRole"] > 1
    assert "ExpiredToken" not in sandbox.calls()["errors"]
    found = sandbox.mailbox.counts()
    assert (found["most_connections"], found["turned_away"] > 0) == (2, True)


def test_a_refused_mail_is_that_persons_failure_and_healed_by_the_next_run(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    sandbox.mailbox.refuse("recipient", match="asha@example.com", count=1)
    lists = chart(person("asha"), person("ben"), credentials=mailing)
    failed = run("iam_workforce", lists)
    assert [(one["subject"], one["operation"]) for one in failed["failures"]] == [("user asha", "Deliver")]
    assert failed["credentials"]["pending"] == ["asha"]
    assert [one["name"] for one in failed["credentials"]["issued"]] == ["ben"]
    assert "waiting for their credentials: 1 person" in failed["summary"]
    assert mark(sandbox) == "pending"
    assert "asha@example.com" not in str(failed)
    healed = run("iam_workforce", lists)
    assert healed["credentials"]["issued"] == [{"name": "asha", "by": ["mail"]}]
    counted = calls(healed)
    assert (counted["DeleteLoginProfile"], counted["CreateLoginProfile"], counted["TagUser"]) == (1, 1, 1)
    (mail,) = sandbox.mails("asha@example.com")
    assert change_password(sandbox, "asha", first_password(mail), OWN)
    assert len(sandbox.mails("ben@example.com")) == 1
    again = run("iam_workforce", lists)
    assert (again["changed"], again["api_calls"]["total"]) == (False, 4)


def test_who_claimed_a_password_whose_mark_was_lost_keeps_it(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    seed(sandbox, tags={MARK: "pending"}, password=OWN)
    done = run("iam_workforce", chart(person("asha"), credentials=mailing))
    assert done["credentials"]["claimed"] == ["asha"]
    assert done["api_calls"]["by_operation"]["TagUser"] == done["api_calls"]["write"] == 1
    assert DELIVERED.fullmatch(str(mark(sandbox)))
    assert sandbox.mails() == []
    assert change_password(sandbox, "asha", OWN, "Another-one-2026")


def test_two_months_without_mail_and_then_with(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    before = [person("asha"), person("ben")]
    first = run("iam_workforce", chart(*before))
    assert first["credentials"]["without_password"] == ["asha", "ben"]
    told = "2 joiners have no password, because no way to deliver one is set; write onboard_credentials into"
    assert [line for line in first["summary"] if line.startswith(told)]
    assert mark(sandbox) is None
    assert "credentials" not in run("iam_workforce", chart(*before))
    with_mail = run("iam_workforce", chart(*before, person("cleo"), credentials={**mailing, "expire_after_days": 14}))
    assert [one["name"] for one in with_mail["credentials"]["issued"]] == ["cleo"]
    assert [mail["recipients"] for mail in sandbox.mails()] == [["cleo@example.com"]]
    assert (mark(sandbox), one(sandbox)["login_profile"]) == (None, None)


def test_who_never_had_a_password_is_issued_one_by_one_word(
    quartets: Quartets, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    seed(sandbox, "asha")
    seed(sandbox, "ben", password=OWN)
    seed(sandbox, "cleo", tags={MARK: LONG_AGO})
    seed(sandbox, "robot")
    seed(sandbox, "gone")
    seed(sandbox, "signed.in", password=OWN)
    with Browsing() as browsing:
        browsing.open(f"{sandbox.endpoint_url}/console/{sandbox.credentials()['account_id']}")
        browsing.send(username="signed.in", password=OWN)
    sandbox.boto("iam").delete_login_profile(UserName="signed.in")
    employees = [person(name) for name in ("asha", "ben", "cleo", "signed.in")]
    employees += [person("robot", console=False), {"name": "eve", "departments": ["sales"]}]
    seed(sandbox, "eve", password=OWN)
    (four,) = quartets([task("iam_workforce", **chart(*employees, credentials=mailing, issue="missing"))])
    for result in (four.check, four.run):
        assert result["credentials"]["issued"] == [{"name": "asha", "by": ["mail"]}]
        assert result["diff"]["prepared"] == "employees\n  ~ asha: gets a first password by mail\n"
        assert calls(result)["ListUsers"] == 1
    # Of asha, ben and eve, who have no mark and never signed in.
    assert calls(four.check)["GetLoginProfile"] == 3
    assert calls(four.run_again)["GetLoginProfile"] == 2
    assert [mail["recipients"] for mail in sandbox.mails()] == [["asha@example.com"]]
    assert DELIVERED.fullmatch(str(mark(sandbox)))


def test_whom_nothing_reaches_stops_nobody_else_from_the_password_that_is_missing(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    seed(sandbox, "asha")
    seed(sandbox, "ben")
    lists = chart(person("asha"), {"name": "ben", "departments": ["sales"]}, credentials=mailing, issue="missing")
    done = run("iam_workforce", lists)
    assert done["faults"] == [
        "employee ben: is to be issued first credentials and has neither credentials_to nor email to mail them to; "
        "write one, or console: false"
    ]
    assert done["credentials"]["issued"] == [{"name": "asha", "by": ["mail"]}]
    told = run("iam_workforce", {**lists, "issue": "all"})["faults"]
    assert [fault for fault in told if fault.startswith("issue: is all; write missing")]


def test_reissue_by_name_overwrites_even_a_chosen_password(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    seed(sandbox, tags={"workforce:employee-id": "7", MARK: LONG_AGO}, password=OWN)
    seed(sandbox, "ben", tags={MARK: LONG_AGO}, password=OWN)
    lists = [person("asha", employee_id="7", credentials_to="boss@example.com"), person("ben")]
    done = run("iam_workforce", chart(*lists, credentials=mailing, reissue=["7"]))
    assert done["credentials"]["issued"] == [{"name": "asha", "by": ["mail"]}]
    assert "boss@example.com" not in str(done.get("invocation"))
    (mail,) = sandbox.mails()
    assert mail["recipients"] == ["boss@example.com"]
    assert not change_password(sandbox, "asha", OWN, "Another-one-2026")
    assert change_password(sandbox, "asha", first_password(mail), OWN)
    assert change_password(sandbox, "ben", OWN, "Another-one-2026")


def test_a_returner_is_mailed(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    seed(sandbox, tags={MARK: LONG_AGO}, password=OWN)
    run("iam_workforce", chart(person("asha", state="suspended"), credentials=mailing))
    back = run("iam_workforce", chart(person("asha"), credentials=mailing))
    assert [one["name"] for one in back["returned"]] == ["asha"]
    assert back["credentials"]["issued"] == [{"name": "asha", "by": ["mail"]}]
    assert DELIVERED.fullmatch(str(mark(sandbox)))
    assert mark(sandbox) != LONG_AGO
    assert change_password(sandbox, "asha", first_password(sandbox.mails()[0]), OWN)


def test_what_was_never_claimed_expires(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    unclaimed(sandbox, "asha", LONG_AGO)
    seed(sandbox, "ben", tags={MARK: LONG_AGO}, password=OWN)
    lists = chart(person("asha"), person("ben"), credentials={**mailing, "expire_after_days": 14})
    check = run("iam_workforce", lists, check=True)
    done = run("iam_workforce", lists)
    for result in (check, done):
        assert result["credentials"]["revoked"] == ["asha"]
        assert "revoked, never claimed: 1 person; to issue new ones: -e onboard_reissue=asha" in result["summary"]
    assert calls(done)["ListUsers"] == 1
    assert one(sandbox)["login_profile"] is None
    assert str(mark(sandbox)).startswith("revoked 20")
    assert one(sandbox, "ben")["login_profile"] is not None
    assert run("iam_workforce", lists)["changed"] is False
    assert sandbox.mails() == []
    anew = run("iam_workforce", {**lists, "reissue": ["asha"]})
    assert [one["name"] for one in anew["credentials"]["issued"]] == ["asha"]


def test_who_needs_no_password(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    unclaimed(sandbox, "cleo", "pending")
    employees = [
        person("asha", departments=["robots"]),
        person("ben", console=False),
        person("cleo", console=False),
        {"name": "dan", "departments": ["robots"]},
    ]
    done = run("iam_workforce", chart(*employees, credentials=mailing))
    assert "failed" not in done
    assert "credentials" not in done
    assert sandbox.mails() == []
    for name in ("asha", "ben", "cleo", "dan"):
        assert (mark(sandbox, name), one(sandbox, name)["login_profile"]) == (None, None)
    assert run("iam_workforce", chart(*employees, credentials=mailing))["changed"] is False


def test_an_access_key_when_asked_in_a_file(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    options = {"file": {"directory": str(tmp_path)}}
    lists = chart(person("asha", access_key=True), person("ben", access_key=True, console=False), credentials=options)
    done = run("iam_workforce", lists)
    assert done["credentials"]["issued"] == [{"name": "asha", "by": ["file"]}, {"name": "ben", "by": ["file"]}]
    state = sandbox.state()["users"]
    assert [len(state[name]["access_keys"]) for name in ("asha", "ben")] == [1, 1]
    assert (state["asha"]["login_profile"] is None, state["ben"]["login_profile"] is None) == (False, True)
    written = "".join(file.read_text(encoding="utf-8") for file in tmp_path.iterdir())
    for name in ("asha", "ben"):
        assert next(iter(state[name]["access_keys"])) in written
        assert next(iter(state[name]["access_keys"])) not in str(done)
    assert run("iam_workforce", lists)["changed"] is False


def test_no_files_where_every_user_may_write(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "shared" / "credentials"
    folder.mkdir(parents=True, mode=0o700)
    folder.parent.chmod(0o777)
    lists = chart(person("asha"), credentials={"file": {"directory": str(folder)}})
    why = f"the folder {folder}: every user of this machine may write in the folder {folder.parent}."
    assert why in str(run("iam_workforce", lists, check=True)["warnings"])
    (waits,) = run("iam_workforce", lists)["postponed"]
    assert waits.startswith(f"file: {why} Run chmod o-w {folder.parent}, or name a path")
    assert ("asha" in sandbox.state()["users"], list(folder.iterdir())) == (False, [])
    folder.parent.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(folder, 12345, -1)
        assert "it belongs to another user (uid 12345)" in run("iam_workforce", lists)["msg"]


def test_what_is_wrong_is_told_by_name_before_anything_is_given(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    seed(sandbox, "ben")
    employees = [{"name": "asha"}, person("ben", state="suspended"), person("cleo"), {"name": "dan", "console": False}]
    failed = run("iam_workforce", chart(*employees, credentials=mailing, reissue=["ben", "clio"]))
    assert failed["faults"] == [
        "employee asha: is to be issued first credentials and has neither credentials_to nor email to mail them to; "
        "write one, or console: false",
        "employee ben: is to be issued credentials anew, but nothing is given to them in this run: "
        "they are held, suspended, leaving, yet to start, or only adopted",
        "employee clio: is to be issued credentials anew and is not in employees; did you mean cleo?",
    ]
    assert [one["name"] for one in failed["leavers"]] == ["ben"]
    assert sorted(sandbox.state()["users"]) == ["ben"]
    without = run("iam_workforce", chart(person("cleo"), reissue=["cleo"]))
    assert without["faults"] == ["reissue: is asked for, but no way to deliver is set (onboard_credentials)"]
    wrong = {"mail": {**mailing["mail"], "sender": "nobody", "text": "Dear ${title}, ${password}"}}
    told = run("iam_workforce", chart(person("cleo"), credentials=wrong, reissue=["cleo"]))["faults"]
    assert [fault.split(":")[0] for fault in told] == ["credentials.mail.sender", "credentials.mail.text"]


def test_without_a_way_to_deliver_joiners_wait_and_everything_else_goes_on(
    run: Run, sandbox: Sandbox, mailing: dict[str, Any]
) -> None:
    seed(sandbox, "ben")
    closed = {"mail": {**mailing["mail"], "port": 1}}
    lists = chart(person("asha"), person("ben", departments=["robots"]), person("cleo", console=False))
    failed = run("iam_workforce", {**lists, "credentials": closed})
    assert failed["failed"] is True
    assert "asha" in failed["msg"]
    assert failed["joiners"] == ["cleo"]
    assert [mover["name"] for mover in failed["movers"]] == ["ben"]
    assert sorted(sandbox.state()["users"]) == ["ben", "cleo"]
    check = run("iam_workforce", {**lists, "credentials": closed}, check=True)
    assert "failed" not in check
    assert check["joiners"] == ["asha"]
    done = run("iam_workforce", {**lists, "credentials": mailing})
    assert [one["name"] for one in done["credentials"]["issued"]] == ["asha"]


def test_everyone_may_choose_a_password_where_the_account_does_not_let_them(
    run: Run, sandbox: Sandbox, iam: Any, mailing: dict[str, Any]
) -> None:
    iam.update_account_password_policy(AllowUsersToChangePassword=False)
    lists = chart(person("asha"), credentials=mailing)
    failed = run("iam_workforce", lists)
    assert failed["failed"] is True
    assert sandbox.mails() == []
    done = run("iam_workforce", {**lists, "everyone": {"managed_policies": []}})
    assert "failed" not in done
    assert done["departments"]["created"] == ["everyone"]
    assert one(sandbox)["groups"] == ["everyone", "sales"]
    (mail,) = sandbox.mails()
    assert change_password(sandbox, "asha", first_password(mail), OWN)
    assert run("iam_workforce", {**lists, "everyone": {"managed_policies": []}})["changed"] is False


def test_a_run_limited_to_some_issues_to_them_alone(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    seed(sandbox, "ben", tags={MARK: "pending"})
    unclaimed(sandbox, "cleo", "pending")
    lists = chart(person("asha"), person("ben"), person("cleo"), credentials=mailing)
    new = run("iam_workforce", {**lists, "only": ["asha", "cleo"], "reissue": ["nobody.known"]})
    assert "failed" not in new
    assert [one["name"] for one in new["credentials"]["issued"]] == ["asha", "cleo"]
    assert mark(sandbox, "ben") == "pending"
    again = run("iam_workforce", {**lists, "only": ["asha"], "reissue": ["asha"]})
    assert [one["name"] for one in again["credentials"]["issued"]] == ["asha"]
    first, second = (first_password(mail) for mail in sandbox.mails("asha@example.com"))
    assert not change_password(sandbox, "asha", first, OWN)
    assert change_password(sandbox, "asha", second, OWN)


def test_a_pending_person_who_is_renamed_or_cut_off(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    pending = {MARK: "pending", "workforce:employee-id": "7"}
    seed(sandbox, "asha", tags=pending, password="Never-read-2020", password_reset_required=True)
    unclaimed(sandbox, "ben", "pending")
    renamed = person("asha.rao", employee_id="7")
    listed = chart(renamed, person("ben", state="suspended"), credentials=mailing)
    done = run("iam_workforce", {**listed, "confirm_renames": 1})
    assert [one["name"] for one in done["credentials"]["issued"]] == ["asha.rao"]
    assert DELIVERED.fullmatch(str(mark(sandbox, "asha.rao")))
    assert (mark(sandbox, "ben"), one(sandbox, "ben")["login_profile"]) == ("pending", None)
    assert run("iam_workforce", listed)["changed"] is False
    assert [mail["recipients"] for mail in sandbox.mails()] == [["asha.rao@example.com"]]


def test_exact_tags_and_release(run: Run, sandbox: Sandbox, mailing: dict[str, Any]) -> None:
    seed(sandbox, tags={MARK: LONG_AGO, "team": "x"}, password=OWN)
    done = run("iam_workforce", chart(person("asha", tags={}), credentials=mailing))
    assert one(sandbox)["tags"] == {**MANAGED, MARK: LONG_AGO}
    assert done["changed_employees"] == ["asha"]
    assert "credentials" not in done
    assert run("iam_workforce", chart(person("asha"), credentials=mailing, release=True))["released"] == ["asha"]
    assert one(sandbox)["tags"] == {}
    taken_over = run("iam_workforce", chart(person("asha"), credentials=mailing, adopt=["asha"]))
    assert taken_over["adopted"] == ["asha"]
    assert sandbox.mails() == []
