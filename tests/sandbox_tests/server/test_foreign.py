# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of other sites get nothing from the sandbox and change nothing in it, by whatever way they reach it."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox

EVIL = "evil.example"
SIGN_IN = "123456789012.signin.aws.amazon.com"
# Every way in: a page, a mail, the account's credentials, the mails as JSON, a call of a client.
WAYS = [
    ("GET", "/console"),
    ("POST", "/console"),
    ("GET", "/home"),
    ("GET", "/mail"),
    ("GET", "/_sandbox/credentials"),
    ("GET", "/_sandbox/mail"),
    ("GET", "/_sandbox/mail/settings"),
    ("POST", "/_sandbox/reset"),
    ("DELETE", "/_sandbox/mail"),
    ("POST", "/"),
]
CHANGES = [(method, path) for method, path in WAYS if method != "GET"]


@pytest.fixture
def sandbox(mailing_sandbox: Sandbox) -> Sandbox:
    """One with a user, whom a reset takes away."""
    mailing_sandbox.seed(users=[{"name": "asha"}])
    return mailing_sandbox


@pytest.fixture
def netloc(sandbox: Sandbox) -> str:
    return urlsplit(sandbox.endpoint_url).netloc


def ask(sandbox: Sandbox, method: str, path: str, headers: Mapping[str, str], tls: bool = False) -> tuple[int, str]:
    """A request with these headers alone; what the body says is what a reset and a switch are asked with."""
    port = sandbox.https()[0] if tls else urlsplit(sandbox.endpoint_url).port
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    if tls:
        context = ssl.create_default_context(cadata=sandbox.https()[1])
        connection.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=SIGN_IN)
    try:
        connection.putrequest(method, path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Type", "text/plain")
        connection.putheader("Content-Length", "2" if method == "POST" else "0")
        connection.endheaders(b"{}" if method == "POST" else None)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_another_sites_name_is_refused_at_every_way_in(sandbox: Sandbox) -> None:
    for method, path in WAYS:
        for tls in (False, True):
            status, text = ask(sandbox, method, path, {"Host": EVIL}, tls)
            assert status == 403, (method, path, tls, text)
            assert "asked as 'evil.example'. It answers only to 127.0.0.1, localhost, [::1] and names such as" in text
    assert list(sandbox.state()["users"]) == ["asha"]


@pytest.mark.parametrize(
    "host",
    [
        f"{EVIL}:4566",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        f"{SIGN_IN}.evil.example",
        "a.b.signin.aws.amazon.com",
        "evil.example/127.0.0.1",
        "127.0.0.1@evil.example",
        "127.0.0.1:x",
        "[::2]",
        "0.0.0.0:4566",
        "",
    ],
)
def test_names_that_only_look_right(sandbox: Sandbox, host: str) -> None:
    status, text = ask(sandbox, "GET", "/_sandbox/credentials", {"Host": host})
    assert (status, "secret" in text) == (403, False)
    assert json.loads(text)["error"].startswith("The sandbox was asked as ")


def test_no_name_is_refused(sandbox: Sandbox) -> None:
    assert ask(sandbox, "GET", "/_sandbox/credentials", {})[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "localhost:4566", "LocalHost", "[::1]:4566", SIGN_IN])
@pytest.mark.parametrize("tls", [False, True])
def test_its_own_names(sandbox: Sandbox, host: str, tls: bool) -> None:
    for path in ("/console", "/mail", "/_sandbox/credentials"):
        assert ask(sandbox, "GET", path, {"Host": host}, tls)[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{netloc}", "http://"])
def test_a_page_of_another_origin_changes_and_reads_nothing(sandbox: Sandbox, netloc: str, origin: str) -> None:
    headers = {"Host": netloc, "Origin": origin.format(netloc=netloc)}
    for method, path in WAYS:
        status, text = ask(sandbox, method, path, headers)
        assert (status, "A page of " in text) == (403, True), (method, path, text)
    assert list(sandbox.state()["users"]) == ["asha"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_changes_nothing(sandbox: Sandbox, netloc: str, site: str) -> None:
    for method, path in [*CHANGES, ("GET", "/_sandbox/credentials")]:
        status, text = ask(sandbox, method, path, {"Host": netloc, "Sec-Fetch-Site": site})
        assert (status, f"another site asked this ({site})" in text) == (403, True), (method, path, text)
    assert list(sandbox.state()["users"]) == ["asha"]


def test_a_link_of_another_site_leads_to_the_pages(sandbox: Sandbox, netloc: str) -> None:
    for path in ("/console/123456789012", "/mail"):
        assert ask(sandbox, "GET", path, {"Host": netloc, "Sec-Fetch-Site": "cross-site"})[0] == 200


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_its_own_pages_may_ask(sandbox: Sandbox, netloc: str, site: str) -> None:
    headers = {"Host": netloc, "Origin": f"http://{netloc}", "Sec-Fetch-Site": site}
    assert ask(sandbox, "POST", "/_sandbox/reset", headers)[0] == 200
    assert sandbox.state()["users"] == {}


def test_its_own_forms_may_ask_behind_tls(sandbox: Sandbox) -> None:
    headers = {"Host": SIGN_IN, "Origin": f"https://{SIGN_IN}", "Sec-Fetch-Site": "same-origin"}
    status, page = ask(sandbox, "POST", "/console", headers, tls=True)
    assert (status, "This form was not made for you" in page) == (403, True), "read by the page, not turned away before"


def test_a_client_of_aws_reads_why(sandbox: Sandbox, netloc: str) -> None:
    credentials = sandbox.credentials()
    iam = boto3.client(
        "iam",
        endpoint_url=f"http://localhost:{netloc.partition(':')[2]}",
        aws_access_key_id=credentials["access_key_id"],
        aws_secret_access_key=credentials["secret_access_key"],
        region_name="us-east-1",
    )
    assert iam.list_users()["Users"][0]["UserName"] == "asha", "by the name localhost"

    iam.meta.events.register("before-sign", lambda request, **_given: request.headers.add_header("Host", EVIL))
    with pytest.raises(ClientError, match=r"AccessDenied.*asked as 'evil.example'"):
        iam.list_users()
