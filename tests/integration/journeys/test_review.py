# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The access review in a real browser, and its answers back against the lists."""

from __future__ import annotations

import csv
import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._review.page import review_page
from selenium.webdriver.common.by import By

from tests.sandbox.client import Sandbox
from tests.support import odd_account
from tests.support.browser import Browser, machines_browser
from tests.support.modules import run_in_process
from tests.support.odd_account import ACCOUNT, FORMULA, LONGEST, LONGEST_GROUP, ODD_NAMES, SCRIPT
from tests.support.playbooks import PlaybookResult
from tests.support.reports import large
from tests.support.review_page import ReviewPage
from tests.support.role import settings_of

Playbook = Callable[..., PlaybookResult]

REPORT = "workforce.aws.report"
REVIEW = "workforce.aws.review"
OTHER = "210987654321"
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}


@pytest.fixture
def browser() -> Browser:
    return machines_browser()


@pytest.fixture
def window(sandbox: Sandbox, browser: Browser, tmp_path: Path) -> Iterator[ReviewPage]:
    with browser.open(sandbox, tmp_path / "profile") as page:
        page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
        yield ReviewPage(page.driver, tmp_path / "access.html")


def written(sandbox: Sandbox, file: Path, **options: Any) -> dict[str, Any]:
    done = run_in_process("iam_access_report", {"dest": str(file), **options}, sandbox=sandbox)
    assert not done.get("failed"), done
    return done


def test_the_page(sandbox: Sandbox, iam: Any, window: ReviewPage, tmp_path: Path) -> None:
    odd_account.fill(sandbox)
    expected = odd_account.questions(iam)
    earlier = tmp_path / "earlier.json"
    written(sandbox, earlier, format="json")
    change(iam)
    done = written(sandbox, window.file, format="html", since=str(earlier), review=True)
    assert stat.S_IMODE(window.file.stat().st_mode) == 0o600
    assert done["api_calls"]["write"] == 0
    assert "asha.rao" not in json.dumps(done)

    window.open()
    counts_are_those_of_the_account(window, expected)
    rows_are_those_of_the_account(window, odd_account.rows(iam, without="new.one"))
    changes_are_told(window)
    names_are_text(window)
    filter_and_sort(window)
    links_lead_to_rows(window)
    answers = answers_are_saved(window, tmp_path)
    assert answers == [["data-science", "asha.rao", "remove"], [LONGEST_GROUP, "'" + FORMULA, "keep"]]
    assert window.faults_of_accessibility() == []
    on_a_phone_and_on_paper(window)
    without_javascript(window)
    assert window.complaints() == []
    assert not window.scripts_run()


def change(iam: Any) -> None:
    """What a quarter changes; the credential report is younger than four hours, and does not know the newcomer."""
    iam.create_user(UserName="new.one", Tags=[{"Key": "workforce:managed", "Value": "onboard"}])
    iam.add_user_to_group(UserName="new.one", GroupName="platform")
    iam.remove_user_from_group(UserName="nested", GroupName="platform")
    iam.add_user_to_group(UserName="nested", GroupName="data-science")
    iam.put_group_policy(GroupName="archive", PolicyName="late", PolicyDocument=json.dumps(odd_account.BUCKET))


def counts_are_those_of_the_account(page: ReviewPage, expected: dict[str, set[str]]) -> None:
    for key, names in expected.items():
        count, found = page.decision(key)
        assert (key, count, {*found}) == (
            key,
            len(names),
            {*names},
        )
    assert page.decision("administrators")[1] == {
        "bounded": "through department platform: inline policy all, within the boundary ReadOnlyAccess",
        "in.admins": "through department Admins: AdministratorAccess",
        "new.one": "through department platform: inline policy all",
        "own.policies": "through policies of their own: IAMFullAccess, which allows iam:*",
    }
    assert page.decision("empty") == (1, {"archive": ""})
    assert page.decision("old-keys")[1] == {
        "robot": "400 days old",
        "two.keys": "91 days old",
        "unused.key": "never used",
    }


def compared(row: list[str]) -> list[str]:
    """Cells on one line, without who can become administrator, and with access keys in one order."""
    lines = [[line for line in cell.splitlines() if not line.startswith("can become")] for cell in row]
    return ["; ".join(sorted(" ".join(" ".join(cell).split()).split("; "))) for cell in lines]


def rows_are_those_of_the_account(page: ReviewPage, expected: dict[str, dict[str, list[str]]]) -> None:
    """Line by line; the page folds long lists of people, and tells more of administrators."""
    for table, rows in expected.items():
        shown = {row[0].split("\n")[0]: compared(row) for row in page.rows(table)}
        assert {name: shown[name] for name in rows} == {name: compared(row) for name, row in rows.items()}
    assert page.row("people", "new.one")[4:6] == ["unknown", "unknown"]
    assert (
        page.row("people", "own.policies")[3].splitlines()[-1].startswith("can become administrator through policies")
    )
    assert page.row("policies", "AdministratorAccess")[1:] == ["AWS's own policy", "Admins", "1: in.admins"]
    assert page.row("policies", "mine")[1:] == [
        "inline policy of the user own.policies",
        "directly: own.policies",
        "1: own.policies",
    ]
    assert page.row("policies", "all")[1:3] == ["inline policy of the department platform", "platform"]


def changes_are_told(page: ReviewPage) -> None:
    assert page.rows("changes") == [
        ["nested", "", "into data-science, out of platform", "", "can become administrator"],
        ["new.one", "came", "into platform", "can become administrator", ""],
        ["archive", "", "", "policy late (inline)", ""],
    ]


def names_are_text(page: ReviewPage) -> None:
    shown = page.shown("people")
    assert {*ODD_NAMES} <= {*shown}
    assert page.row("departments", SCRIPT)[2].startswith("5: ")
    assert not page.driver.find_elements(By.CSS_SELECTOR, "article script, article img")
    assert not page.wider_than_the_window()


def filter_and_sort(page: ReviewPage) -> None:
    everybody = page.shown("people")
    page.type("people", "ADMINS data")
    assert page.shown("people") == ["in.admins"]
    assert "1 of 20 shown" in page.find("#people .filter output").text
    page.type("people", "nobody has this")
    assert page.shown("people") == []
    page.type("people", LONGEST)
    assert page.shown("people") == [LONGEST]
    page.type("people", "a")
    page.type("people", " ")
    assert page.shown("people") == everybody

    page.sort("people", "Access keys")
    assert page.shown("people")[:3] == ["unused.key", "two.keys", "robot"]
    page.sort("people", "Access keys")
    assert page.shown("people")[:4] == ["new.one", "robot", "two.keys", "unused.key"]
    assert page.find("#people th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.sort("people", "Person")
    assert page.shown("people") != everybody[::-1]


def links_lead_to_rows(page: ReviewPage) -> None:
    """A person to the department, the department to the policy, and from there back to somebody whom a filter hides."""
    page.type("people", "in.admins")
    page.find("#people").find_element(By.LINK_TEXT, "Admins").click()
    assert page.find("tr:target th").text.startswith("Admins")
    page.find("tr:target").find_element(By.LINK_TEXT, "AdministratorAccess").click()
    page.type("people", "robot")
    page.find("tr:target").find_element(By.LINK_TEXT, "in.admins").click()
    target = page.find("tr:target")
    assert target.find_element(By.TAG_NAME, "th").text == "in.admins"
    assert target.is_displayed()
    assert page.driver.switch_to.active_element == target
    assert page.find("#people input[type=search]").get_property("value") == ""
    page.open("#d-no-mfa")
    assert page.find("#d-no-mfa").get_attribute("open")


def answers_are_saved(page: ReviewPage, folder: Path) -> list[list[str]]:
    for label, department in (("Remove asha.rao", "data-science"), (f"Keep {FORMULA}", LONGEST_GROUP)):
        page.find(f'[data-department="{department}"] input[aria-label="{label}"]').click()
    page.find('[data-department="data-science"] .by').send_keys('Mary "M" Jones')
    page.find(".save button").click()
    assert page.find(".save output").text == "2 answers saved"
    file = folder / "answers.csv"
    for _try in range(100):
        if file.exists():
            break
        page.driver.execute_async_script("setTimeout(arguments[0], 50)")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["account_id"], row["by"]) for row in rows] == [(ACCOUNT, 'Mary "M" Jones'), (ACCOUNT, "")]
    return [[row["department"], row["person"], row["decision"]] for row in rows]


def on_a_phone_and_on_paper(page: ReviewPage) -> None:
    with page.emulated("setDeviceMetricsOverride", PHONE, {**PHONE, "width": 1000, "mobile": False}):
        assert not page.wider_than_the_window()
        assert page.find("#people tbody tr").is_displayed()
    with page.emulated("setEmulatedMedia", {"media": "print"}, {"media": ""}):
        assert not page.find("#people .filter").is_displayed()
        assert page.find(".sheet input").is_displayed()
    pdf = page.printed()
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    sheets = len(page.driver.find_elements(By.CSS_SELECTOR, ".sheet"))
    assert pages >= sheets + 4


def without_javascript(page: ReviewPage) -> None:
    with page.emulated("setScriptExecutionDisabled", {"value": True}, {"value": False}):
        page.open()
        assert not page.driver.find_elements(By.CSS_SELECTOR, "button:not([hidden] *), input[type=search]")
        count, found = page.decision("no-mfa")
        assert (count, {*found}) == (1, {"no.mfa"})
        assert page.row("people", "asha.rao")[1] == "0042"
        page.find("#people").find_element(By.LINK_TEXT, "Admins").click()
        assert page.find("tr:target th").text.startswith("Admins")


def accounts(sandbox: Sandbox) -> dict[str, Any]:
    """Hosts of two accounts, the second of which has somebody too."""
    settings = settings_of(sandbox, OTHER)
    sandbox.seed(account_id=OTHER, users=[{"name": "li.wei"}])
    return {
        "one": {"onboard_account": "s"},
        "two": {"onboard_account": "other", "onboard_connection": settings, "onboard_account_id": OTHER},
        "three": {"onboard_account": "s"},
    }


def test_several_accounts_and_the_answers(
    playbook: Playbook, sandbox: Sandbox, window: ReviewPage, tmp_path: Path
) -> None:
    """One page with a choice, one file for each account; then the answers of one against its lists."""
    managed = {"workforce:managed": "onboard"}
    sandbox.seed(
        groups=[{"name": "sales", "path": "/workforce/"}],
        users=[{"name": "asha.rao", "tags": managed, "groups": ["sales"]}],
    )
    hosts = accounts(sandbox)
    arguments = ["-e", "format=html", "-e", "dest=access.html"]
    done = playbook(REPORT, inventory={"all": {"hosts": hosts}}, arguments=arguments).succeeded()
    # Each account is read once, and one of the hosts puts them on one page.
    assert [done.changed(host) for host in hosts] == [2, 1, 0]
    assert "asha.rao" not in done.text()
    files = [tmp_path / name for name in ("access-s.html", "access-other.html", "access.html")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    window.open()
    choice = window.find("#choice")
    assert [option.text for option in choice.find_elements(By.TAG_NAME, "option")] == [ACCOUNT, OTHER]
    assert "asha.rao" in window.find("main").text
    choice.send_keys(OTHER)
    assert "li.wei" in window.find("main").text
    assert "asha.rao" not in window.find("main").text
    assert window.faults_of_accessibility() == []
    assert window.complaints() == []

    answers_against_the_lists(playbook, sandbox, tmp_path)


def answers_against_the_lists(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    (folder / "group_vars" / "all").mkdir(parents=True)
    (folder / "hosts").write_text("localhost ansible_connection=local\n", encoding="utf-8")
    people = folder / "group_vars" / "all" / "employees.yml"
    people.write_text(
        "employees:\n  - name: asha.rao\n    departments:\n      - sales\n      - finance\n"
        "  - {name: bo.li, departments: [sales]}\n",
        encoding="utf-8",
    )
    (tmp_path / "hr.csv").write_text("name,departments\nli.wei,sales\n", encoding="utf-8")
    answers = tmp_path / "answers.csv"
    rows = ["sales,asha.rao,remove", "finance,asha.rao,keep", "sales,li.wei,remove", "sales,gone,remove"]
    answers.write_text("\n".join(["department,person,decision", *rows]), encoding="utf-8")
    sandbox.clear_calls()
    arguments = ["-e", "answers=answers.csv", "-e", "onboard_employees_from=hr.csv"]
    done = playbook(REVIEW, inventory=folder, arguments=arguments).succeeded()
    assert done.page("Show what to take out of the lists") == [
        "inventory/group_vars/all/employees.yml line 4: take sales out of the departments of asha.rao",
        "hr.csv line 2: take sales out of the departments of li.wei",
        "hr.csv line 2: li.wei would sit in no department then: take the entry out, or write state: absent",
    ]
    assert done.page("Show what the lists do not have") == [
        "gone is in no list: whoever gave them sales must take it away"
    ]
    assert done.page("Show who was not answered for") == ["bo.li in sales"]
    assert sandbox.calls()["total"] == 0


@pytest.mark.long  # the unit tests hold the size and the time to write; this takes a minute
def test_a_large_company_in_the_browser(window: ReviewPage) -> None:
    window.file.write_text(review_page(large(5000, 300)), encoding="utf-8")
    window.open()
    assert len(window.shown("people")) == 100
    # The least of three: the rest is what else the machine does.
    took = {
        text: min(window.milliseconds_to_filter("people", text) for _try in range(3))
        for text in ("e", "employee.4", "department-07 mfa", "x", "")
    }
    assert max(took.values()) < 100, took
    window.type("people", "employee.4999")
    assert window.shown("people") == ["employee.4999"]
    window.open("#p4000")
    assert window.find("tr:target").is_displayed()
    # Paper gets all that the filter finds.
    window.type("people", "employee.1")
    for event, rows in (("beforeprint", 1000), ("afterprint", 100)):
        window.driver.execute_script(f'dispatchEvent(new Event("{event}"))')
        assert len(window.shown("people")) == rows
    window.type("people", " ")
    window.find("#people .more").click()
    assert len(window.shown("people")) == 5000


@pytest.mark.long  # two or three more runs of playbooks
def test_a_name_for_each_account(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    """Each account has a file: the label is put into its name, or stands there, and then there is no page of all."""
    sandbox.seed(users=[{"name": "asha.rao"}])
    inventory = {"all": {"hosts": accounts(sandbox)}}
    for form, dest in (("csv", "access.csv"), ("html", "access-{{ onboard_account }}.html")):
        given = json.dumps({"format": form, "dest": dest})
        playbook(REPORT, inventory=inventory, arguments=["-e", given]).succeeded()
    for label, name in (("s", "asha.rao"), ("other", "li.wei")):
        with (tmp_path / f"access-{label}.csv").open(encoding="utf-8", newline="") as lines:
            assert [row["person"] for row in csv.DictReader(lines)] == [name]
        assert name in (tmp_path / f"access-{label}.html").read_text(encoding="utf-8")
    assert len([*tmp_path.glob("access*")]) == 4


@pytest.mark.long
def test_what_is_not_written_and_not_compared(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    """A page of all accounts that lacks one; answers that cannot be read."""
    hosts = accounts(sandbox)
    sandbox.fail("GetAccountAuthorizationDetails", "AccessDenied", status=403, count=1)
    arguments = ["-e", "format=html", "-e", "dest=access.html"]
    playbook(REPORT, inventory={"all": {"hosts": hosts}}, arguments=arguments).failed()
    assert len([*tmp_path.glob("access-*.html")]) == 1
    assert not (tmp_path / "access.html").exists()

    answers = tmp_path / "answers.csv"
    answers.write_text("department,person,decision\nsales,bo.li,perhaps\n", encoding="utf-8")
    refused = playbook(REVIEW, arguments=["-e", "answers=answers.csv"]).failed()
    assert "answers.csv line 2: has the decision perhaps; write keep or remove" in refused.text()
