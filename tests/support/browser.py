# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser: the machine's Chromium, headless. AWS's sign-in addresses lead it to the sandbox."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.sandbox.client import Sandbox

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"
PATIENCE = 60
WANTED = "Debian's packages chromium and chromium-driver"
OPTIONS = (
    "--headless=new",
    # Containers run as root, for whom Chromium's sandbox does not work, and their /dev/shm is small.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-proxy-server",
    "--no-first-run",
    # In a test, it must not look for updates or save passwords.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=PasswordLeakDetection",
    "--window-size=1000,1000",
)


@dataclass(frozen=True)
class Browser:
    """The paths of the browser and its driver."""

    binary: str
    driver: str

    @classmethod
    def found(cls) -> Browser | None:
        binary = next(filter(None, map(shutil.which, BROWSERS)), None)
        driver = shutil.which(DRIVER)
        return cls(binary, driver) if binary and driver else None

    @contextmanager
    def open(self, sandbox: Sandbox, profile: Path) -> Iterator[Page]:
        """A window with its own profile. AWS's host names lead to the sandbox, all other names do not resolve."""
        port, _authority = sandbox.https()
        options = ChromeOptions()
        options.binary_location = self.binary
        for option in (*OPTIONS, *_led_to(port), f"--user-data-dir={profile}"):
            options.add_argument(option)
        driver = Chrome(options=options, service=Service(self.driver))
        try:
            driver.set_page_load_timeout(PATIENCE)
            yield Page(driver)
        finally:
            driver.quit()


@dataclass(frozen=True)
class Page:
    """The page in the window, used as a person does: by the labels of fields and the texts of buttons."""

    driver: Chrome

    def open(self, url: str) -> None:
        self.driver.get(url)

    @property
    def url(self) -> str:
        return self.driver.current_url

    @property
    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def heading(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "h1").text

    def value(self, label: str) -> str:
        return str(self._field(label).get_property("value"))

    def fill(self, fields: Mapping[str, str]) -> None:
        """Type into the fields with these labels."""
        for label, text in fields.items():
            field = self._field(label)
            field.clear()
            field.send_keys(text)

    def detail(self, term: str) -> str:
        """What the page says beside a term, in a list of such."""
        return self.driver.find_element(By.XPATH, f'//dt[normalize-space()="{term}"]/following-sibling::dd[1]').text

    def press(self, button: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        self._click(f'//button[normalize-space()="{button}"]')

    def follow(self, link: str) -> None:
        """Click on a link, and wait for its page."""
        self._click(f'//a[normalize-space()="{link}"]')

    def _click(self, xpath: str) -> None:
        before = self._born()
        self.driver.find_element(By.XPATH, xpath).click()
        # While the page changes, the driver may find none.
        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[WebDriverException])
        waiting.until(lambda _driver: self._born() != before)

    def _born(self) -> float:
        """When the page in the window was loaded. Each page has another moment."""
        return float(self.driver.execute_script("return performance.timeOrigin"))

    def _field(self, label: str) -> WebElement:
        marked = self.driver.find_element(By.XPATH, f'//label[normalize-space()="{label}"]')
        return self.driver.find_element(By.ID, str(marked.get_attribute("for")))


def machines_browser() -> Browser:
    """The browser of this machine. Without one the test is skipped, or fails where one is required, as in CI."""
    found = Browser.found()
    if found is not None:
        return found
    missing = f"NO BROWSER: what people see was not tried in one; it takes {WANTED}"
    if os.environ.get("CI") or os.environ.get("WORKFORCE_BROWSER") == "required":
        pytest.fail(missing)
    pytest.skip(missing)


def _led_to(port: int) -> tuple[str, ...]:
    led = ",".join(f"MAP {name} 127.0.0.1:{port}" for name in ("signin.aws.amazon.com", "*.signin.aws.amazon.com"))
    rules = f"{led},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1"
    return f"--host-resolver-rules={rules}", f"--ignore-certificate-errors-spki-list={_key_of(port)}"


def _key_of(port: int) -> str:
    """The hash of the certificate's key: the only untrusted certificate that the browser accepts."""
    certificate = ssl.get_server_certificate(("127.0.0.1", port))
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return base64.b64encode(digest).decode()
