# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of an access review in a real browser, used as its reader does."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.tools.places import Places

AXE = Places.here().axe / "node_modules" / "axe-core" / "axe.min.js"
# Where the browser laid out a row, there is room for it.
SHOWN_ROWS = """
return [...document.querySelectorAll(arguments[0] + " tbody tr")]
    .filter((row) => row.offsetHeight).map((row) => row.cells[0].firstChild.textContent.trim())
"""
TEXTS = "return [...arguments[0].querySelectorAll(arguments[1])].map((each) => each.innerText.trim())"
CELLS = """
return [...document.querySelectorAll(arguments[0] + " tbody tr")]
    .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))
"""
JUDGED = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations))
"""
# From a keystroke until the rows are laid out; before it, the filter is what another keystroke made it.
FILTERED = """
const field = document.querySelector(arguments[0] + " input[type=search]");
function answer(text) {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    return document.body.offsetHeight;
}
answer(arguments[1] ? "" : "x");
const began = performance.now();
answer(arguments[1]);
return performance.now() - began;
"""


@dataclass(frozen=True)
class ReviewPage:
    """The window, and the file in it."""

    driver: Chrome
    file: Path

    def open(self, fragment: str = "") -> None:
        self.driver.get("about:blank")
        self.driver.get(f"{self.file.as_uri()}{fragment}")

    def decision(self, key: str) -> tuple[int, dict[str, str]]:
        """The count of a question, and the names with notes that it opens to."""
        element = self.driver.find_element(By.ID, f"d-{key}")
        count = int(element.find_element(By.TAG_NAME, "b").text)
        if element.tag_name == "details" and not element.get_attribute("open"):
            element.find_element(By.TAG_NAME, "summary").click()
        texts: list[str] = self.driver.execute_script(TEXTS, element, "li")
        return count, {name: note for name, _space, note in (text.partition(" ") for text in texts)}

    def shown(self, table: str) -> list[str]:
        """The names in the rows that can be seen: of people, departments or policies."""
        found: list[str] = self.driver.execute_script(SHOWN_ROWS, f"table.{table}")
        return found

    def row(self, table: str, name: str) -> list[str]:
        """The cells of a row."""
        found = [row for row in self.rows(table) if row[0].split("\n")[0] == name]
        assert len(found) == 1, f"{len(found)} rows of {name} in {table}"
        return found[0]

    def rows(self, table: str) -> list[list[str]]:
        """The cells of all rows."""
        found: list[list[str]] = self.driver.execute_script(CELLS, f"table.{table}")
        return found

    def type(self, section: str, text: str) -> None:
        """Type into the filter of a section, in place of what is there."""
        field = self.find(f"#{section} input[type=search]")
        field.send_keys(Keys.CONTROL + "a" + Keys.NULL, Keys.BACKSPACE, text)

    def milliseconds_to_filter(self, section: str, text: str) -> float:
        """How long the page takes to answer a change of the filter."""
        return float(self.driver.execute_script(FILTERED, f"#{section}", text))

    def sort(self, section: str, title: str) -> None:
        """Press the title of a column."""
        self.driver.find_element(By.XPATH, f'//*[@id="{section}"]//thead//button[.="{title}"]').click()

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def scripts_run(self) -> bool:
        """Whether a name was taken for a script: those in tests set this."""
        return bool(self.driver.execute_script("return window.ran === true"))

    def complaints(self) -> list[str]:
        """What the browser complained of: a broken script, something that the page's own policy forbids."""
        found: list[dict[str, Any]] = self.driver.execute("getLog", {"type": "browser"})["value"]
        return [entry["message"] for entry in found]

    def wider_than_the_window(self) -> bool:
        """Whether one has to scroll sideways."""
        return bool(self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"))

    def faults_of_accessibility(self) -> list[str]:
        """What axe finds to be serious or worse."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.driver.execute_async_script(JUDGED)
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]

    def printed(self) -> bytes:
        """The page on paper, as PDF."""
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])

    @contextmanager
    def emulated(self, command: str, on: dict[str, Any], off: dict[str, Any]) -> Iterator[None]:
        """The browser as another one: on a phone, on paper, without JavaScript."""
        self.driver.execute_cdp_cmd(f"Emulation.{command}", on)
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd(f"Emulation.{command}", off)
