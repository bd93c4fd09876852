# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of iam_access_report: read, format, then return the text or write it to a file with mode 0600."""

from __future__ import annotations

import os
import tempfile
import typing as t
from pathlib import Path

from .._access.inventory import inventory_text
from .._access.pages import csv_text, json_text, markdown_text
from .._access.reads import read_access
from .._access.report import FORMAT, access_data, counts
from .._aws.connection import connect, refuse_account
from .._aws.errors import Faults
from .._chart.values import ChartSettings
from .._core.names import path_fault
from .._core.steps import Fault
from .._directory.bulk import COUNTED_DIFFERENTLY
from .._files.private_files import private_place
from .._files.text import FileError, read_text
from .._review.earlier import EarlierReportError, read_earlier, refuse_other_account
from .._review.page import review_page
from .._street.ending import failing
from .named import with_names

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._core.model import Account

    Data = dict[str, t.Any]

_PAGES: t.Mapping[str, t.Callable[[t.Any], str]] = {"csv": csv_text, "json": json_text, "markdown": markdown_text}


def run_access_report(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_access_report."""
    params, misread = with_names(module.params, "adopted_departments")
    settings = ChartSettings(path=params["path"], adopted=frozenset(params["adopted_departments"]))
    with failing(module):
        if misread:
            raise Faults(list(misread))
        earlier = _check(settings, params)
        connection = connect(module)
        account = connection.read_account()
        refuse_account(account, params["account_id"])
        if earlier:
            _refuse_other_account(earlier, account, params["since"])
        readings = read_access(connection.iam)
    data = access_data(account, readings, settings)
    if not readings.consistent:
        module.warn(COUNTED_DIFFERENTLY)
    result = {
        **{key: data[key] for key in ("account", "read_at", "credentials_as_of", "consistent")},
        "counts": counts(data),
        "api_calls": connection.calls.report(),
    }
    if params["format"] == "inventory":
        text = inventory_text(account, readings, settings)
    elif params["format"] == "html":
        text = review_page(data, earlier, sheets=params["review"])
    else:
        text = _PAGES[params["format"]](data)
    module.exit_json(**result, **delivered(module, text))


def _check(settings: ChartSettings, params: Data) -> Data | None:
    """Check what can be checked without the account; gives the earlier report, if there is one. Raises Faults."""
    faults = []
    if fault := path_fault(settings.path):
        faults.append(Fault("path", fault))
    if params["dest"] is not None and (fault := dest_fault(Path(params["dest"]))):
        faults.append(Fault("dest", fault))
    if params["format"] != "html":
        faults += [Fault(key, "goes with format html only; leave it out") for key in ("since", "review") if params[key]]
    earlier = None
    if params["since"]:
        try:
            earlier = read_earlier(read_text(Path(params["since"])), FORMAT)
        except (FileError, EarlierReportError) as error:
            faults.append(Fault("since", f"{params['since']} {error}"))
    if faults:
        raise Faults(faults)
    return earlier


def _refuse_other_account(earlier: Data, account: Account, since: str) -> None:
    try:
        refuse_other_account(earlier, account.account_id)
    except EarlierReportError as error:
        raise Faults([Fault("since", f"{since} {error}")]) from error


def dest_fault(dest: Path) -> str | None:
    """Why the file cannot be written, as far as it can be told before."""
    if dest.is_dir():
        return f"{dest} is a folder; name a file in it"
    if not dest.parent.is_dir():
        return f"the folder {dest.parent} does not exist"
    try:
        private_place(dest)
    except OSError as error:
        return f"{dest} cannot be written: {error.strerror}"
    if not os.access(dest.parent, os.W_OK | os.X_OK):
        return f"nothing may be written in the folder {dest.parent}"
    return None


def delivered(module: AnsibleModule, text: str) -> Data:
    """The report for the result. If it is written to a file, the result has no names."""
    if module.params["dest"] is None:
        return {"changed": False, "report": text}
    dest = Path(module.params["dest"])
    if not module.check_mode:
        try:
            write_file(dest, text)
        except OSError as error:
            module.fail_json(msg=f"dest: {dest} cannot be written: {error.strerror}")
    return {"changed": True, "dest": str(dest.absolute())}


def write_file(dest: Path, text: str) -> None:
    """Write the whole text or nothing. Only the file's owner may read it."""
    place = private_place(dest)
    descriptor, name = tempfile.mkstemp(dir=place.path.parent, prefix=f".{place.path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            os.fchmod(file.fileno(), place.mode)
        Path(name).replace(place.path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
