# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of `python tests/sandbox`."""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

from .calls.identity import DEFAULT_ACCOUNT_ID, credentials_of
from .calls.variables import leading_to
from .mailbox import Mailbox
from .measure import measure
from .pages.sign_in import address
from .server.control import PREFIX
from .server.http_server import Server
from .service import Service


def account_id(text: str) -> str:
    if not (text.isdecimal() and len(text) == 12):
        raise argparse.ArgumentTypeError(f"{text!r} is not an account id of twelve digits")
    return text


def parser() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(prog="python tests/sandbox", description="A practice AWS account on loopback.")
    arguments.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    arguments.add_argument(
        "--account-id",
        type=account_id,
        nargs="+",
        default=[DEFAULT_ACCOUNT_ID],
        help="the accounts; the first is the one whose credentials are printed (default: %(default)s)",
    )
    arguments.add_argument("--mail", action="store_true", help="with a mailbox: an SMTP server that keeps what it gets")
    arguments.add_argument("--enforce", action="store_true", help="users and roles may only what their policies allow")
    arguments.add_argument("--exports", action="store_true", help="print the export lines to use it by hand")
    arguments.add_argument("--until-stdin-closes", action="store_true", help="stop when the starting process is gone")
    arguments.add_argument("--measure", action="store_true", help="print how fast a sandbox is here, and end")
    return arguments


def addresses(origin: str, account_id: str, *, mail: bool) -> list[str]:
    """Where a person finds them, as lines that a shell takes for comments."""
    found = [f"# sign-in page: {address(origin, account_id)}"]
    if mail:
        found.append(f"# mailbox:      {origin}/mail, and the settings that lead to it: {origin}{PREFIX}mail/settings")
    return found


def stop(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def stop_with_stdin() -> None:
    # Past Python's buffered reader, whose lock a thread that waits in it would keep while the interpreter ends.
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    if options.measure:
        measure()
        return 0
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with contextlib.ExitStack() as closing:
        mailbox = closing.enter_context(Mailbox.start()) if options.mail else None
        service = Service(options.account_id, mailbox, enforce=options.enforce)
        closing.callback(service.close)
        try:
            server = Server(options.port, service)
        except OSError as error:
            print(f"sandbox: port {options.port}: {error.strerror}", file=sys.stderr)
            return 1
        closing.callback(server.socket.close)
        if options.until_stdin_closes:
            threading.Thread(target=stop_with_stdin, daemon=True).start()
        if options.exports:
            own = credentials_of(options.account_id[0])
            for name, value in leading_to(server.url, own.access_key_id, own.secret_access_key).items():
                print(f"export {name}={shlex.quote(value)}")
            print("\n".join(addresses(server.url, options.account_id[0], mail=mailbox is not None)))
        print(f"sandbox ready on {server.url}", flush=True)
        server.serve_forever()
    return 0
