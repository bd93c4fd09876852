# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as text: nothing of the account becomes markup, everything leads somewhere, and it is small and quick."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from html.parser import HTMLParser

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._review.accounts import PageError, joined_page
from ansible_collections.workforce.aws.plugins.module_utils._review.page import review_page
from ansible_collections.workforce.aws.plugins.module_utils._review.page_script import SCRIPT
from ansible_collections.workforce.aws.plugins.module_utils._review.page_style import STYLE
from ansible_collections.workforce.aws.plugins.module_utils._review.tables import tables

from tests.support.reports import ACCOUNT, arn_of, key, large, own, person, report

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "<!-- end of account -->",
    '" id="people',
)
SECONDS, BYTES = 2.0, 5_000_000


class Reader(HTMLParser):
    """The tags, the ids, the places that are linked to, and the text without that of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.names: list[str] = []
        self.text = ""
        self._unseen = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self._unseen = tag in ("style", "script")
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "name":
                self.names.append(value or "")
            if name == "href":
                self.links.add(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text += data


def nasty_report() -> dict[str, object]:
    people = [
        person(name, NASTY[0], NASTY[4], employee_id=name, path=f"/{name}/", administrator=name, credential=name)
        for name in NASTY
    ]
    people += [person("robot", managed=False, policies=[own(NASTY[1])], access_keys=[key(100)], boundary=NASTY[0])]
    account = {"account_id": "123456789012", "alias": NASTY[0], "caller_arn": NASTY[1]}
    return report(people, {NASTY[0]: list(NASTY)}, account=account, policies_not_judged=list(NASTY))


def test_nothing_of_the_account_is_markup() -> None:
    data = nasty_report()
    page = review_page(data, report([person("gone<b>")]), sheets=True)
    plain = review_page(report([person("a", "b")], {"b": ["c"]}), report(), sheets=True)
    seen, expected = Reader(page), Reader(plain)
    # The same elements and attributes as on a page of harmless names, if not as many.
    assert (seen.tags.keys() - {"small"}) <= expected.tags.keys() | {"strong", "details", "summary", "span"}
    assert seen.tags["script"] == seen.tags["style"] == 1
    assert not {name for name in seen.attributes if name.startswith("on")} | seen.attributes & {"src", "style"}
    for name in NASTY:
        assert name in seen.text
    assert len(seen.ids) == len(set(seen.ids))


def test_every_link_leads_to_a_place_on_the_page() -> None:
    page = Reader(review_page(nasty_report(), report([person("asha.rao")]), sheets=True))
    assert {link.removeprefix("#") for link in page.links} <= {*page.ids}
    assert all(link.startswith("#") for link in page.links)


def test_its_own_policy_allows_just_its_own_style_and_script() -> None:
    page = review_page(report())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    (style,), (script,) = (
        re.findall(r"<style>(.*?)</style>", page, re.S),
        re.findall(r"<script>(.*?)</script>", page, re.S),
    )
    assert (style, script) == (STYLE, SCRIPT)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?://|url\(|@import|fetch\(|innerHTML|eval", page)


def test_what_is_not_known_is_said() -> None:
    unknown = person("new.one", console=None, mfa=None, access_keys=None, last_sign_in=None)
    text = Reader(review_page(report([unknown], consistent=False, policies_not_judged=["arn:x"]))).text
    assert text.count("unknown") == 2
    assert "somebody may be missing here" in text
    assert "Not judged, since their documents were not read: arn:x" in text


def test_a_sheet_for_each_department_with_people() -> None:
    data = report(
        [person("asha.rao", "sales", "finance"), person("bo.li", "sales")], {"empty": [], "finance": ["Billing"]}
    )
    page = review_page(data, sheets=True)
    assert re.findall(r'data-department="([^"]+)"', page) == ["finance", "sales"]
    assert re.findall(r'aria-label="(\w+ [\w.]+)"', page) == [
        f"{word} {name}" for name in ("asha.rao", "asha.rao", "bo.li") for word in ("Keep", "Remove")
    ]
    assert "finance: Billing" in page
    assert "data-department" not in review_page(data)


def test_several_accounts_on_one_page() -> None:
    other = report(
        [person("asha.rao", "sales")], account={"account_id": "210987654321", "alias": "<b>", "caller_arn": "x"}
    )
    pages = {"one.html": review_page(nasty_report(), sheets=True), "two.html": review_page(other, sheets=True)}
    joined = Reader(joined_page(pages))
    assert len(joined.ids) == len(set(joined.ids))
    assert {link.removeprefix("#") for link in joined.links} <= {*joined.ids}
    # Keep and remove of one person in one department, and no others, go out together.
    boxes = [name for name in joined.names if name.startswith("a")]
    assert boxes
    assert {boxes.count(name) for name in boxes} == {2}
    assert {"a1-account", "a2-account", "a1-p1", "a2-p1"} <= {*joined.ids}
    assert joined.text.count("210987654321 (<b>)") == 3
    with pytest.raises(PageError, match=r"two.html is no access page"):
        joined_page({**pages, "two.html": "<html></html>"})


def test_a_large_company() -> None:
    data = large(5000, 300)
    began = time.process_time()
    page = review_page(data)
    took = time.process_time() - began
    assert took < SECONDS
    assert len(page.encode()) < BYTES
    assert page.count("<tr id=") >= 5300


def test_a_role_is_a_row_with_who_may_become_it() -> None:
    role = {
        "name": "deployer",
        "arn": f"arn:aws:iam::{ACCOUNT}:role/deployer",
        "path": "/",
        "managed": True,
        "policies": [{"name": "PowerUserAccess", "arn": arn_of("PowerUserAccess")}, {"name": "own", "arn": None}],
        "boundary": None,
        "assumed_by": ["platform"],
        "people": ["asha"],
        "require_mfa": True,
    }
    nobody = {**role, "name": "unused", "people": []}
    data = report([person("asha", "platform"), person("ben", "sales")], {"platform": ["Billing"]}, roles=[role, nobody])
    rows = tables(data).policies
    assert [row.link.name for row in rows] == ["Billing", "deployer"]
    assert rows[1].kind == "role with PowerUserAccess, own; asks for MFA"
    assert [link.name for link in (*rows[1].groups, *rows[1].reached)] == ["platform", "asha"]
    read = Reader(review_page(data))
    assert len(read.ids) == len(set(read.ids))
    assert "role with PowerUserAccess" in read.text
    assert [row.link.name for row in tables(report()).policies] == []
