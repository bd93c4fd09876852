# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP server: loopback only, threaded, HTTP/1.1 with connections kept alive."""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..calls.wire import Answer, ConnectionLostError, Request
from ..pages import Pages
from ..service import Service
from . import foreign
from .certificate import Certificate
from .control import PREFIX, Control


class Server(ThreadingHTTPServer):
    # botocore opens ten connections at once and Ansible forks many clients; the default backlog of five refuses some.
    request_queue_size = 256
    daemon_threads = True

    def __init__(self, port: int, service: Service, context: ssl.SSLContext | None = None) -> None:
        self.service = service
        self.pages = Pages(service)
        self.control = Control(service, self.open_to_browsers)
        self._context = context
        self._certificate = Certificate()
        self._behind_tls: Server | None = None
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    @property
    def scheme(self) -> str:
        return "http" if self._context is None else "https"

    def open_to_browsers(self) -> dict[str, Any]:
        """The same behind TLS, under AWS's sign-in names: the port, and the authority to trust. Opened once."""
        with self._lock:
            if self._behind_tls is None:
                self._behind_tls = Server(0, self.service, self._certificate.context)
                threading.Thread(target=self._behind_tls.serve_forever, daemon=True).start()
            return {"port": self._behind_tls.server_port, "authority": self._certificate.authority}

    def get_request(self) -> tuple[socket.socket, Any]:
        """The TLS handshake is left to the connection's own thread: browsers open connections that they never use."""
        plain, address = super().get_request()
        if self._context is None:
            return plain, address
        return self._context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is what many tests are about, not news."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without it the kernel holds small answers back for up to 40 ms.
    disable_nagle_algorithm = True
    # One write for an answer's head and body.
    wbufsize = -1
    server: Server

    def do_GET(self) -> None:
        self._answer(b"")

    def do_DELETE(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        request = Request(self.command, self.path, self.headers, body)
        try:
            answer = foreign.refusal(request, self.server.scheme) or self._asked(request)
        except ConnectionLostError:
            self.close_connection = True
            return
        self._send(answer)

    def _asked(self, request: Request) -> Answer:
        if request.path.startswith(PREFIX):
            return self._control(request.path.removeprefix(PREFIX), urlsplit(request.target).query, request.content)
        return self.server.pages.answer(request) or self.server.service.answer(request)

    def _control(self, name: str, query: str, body: bytes) -> Answer:
        try:
            given = json.loads(body) if body else dict(parse_qsl(query))
        except ValueError as error:
            return Answer(400, json.dumps({"error": f"not JSON: {error}"}).encode(), "application/json")
        return self.server.control.answer(self.command, name, given)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has in the base class
        """The log of calls is kept by operation, under /_sandbox/calls; a line a request would only slow it down."""
