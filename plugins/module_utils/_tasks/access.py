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
from .._access.report import access_data, counts
from .._aws.connection import connect, refuse_account
from .._aws.errors import Faults
from .._chart.values import ChartSettings
from .._core.model import Fault
from .._core.names import path_fault
from .._directory.bulk import COUNTED_DIFFERENTLY
from .._files.private_files import private_place
from .._street.ending import failing
from .named import with_names

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._access.reads import Readings
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
        _check(settings, params["dest"])
        connection = connect(module)
        account = connection.read_account()
        refuse_account(account, params["account_id"])
        readings = read_access(connection.iam)
    data = access_data(account, readings, settings)
    if not readings.consistent:
        module.warn(COUNTED_DIFFERENTLY)
    result = {
        **{key: data[key] for key in ("account", "read_at", "credentials_as_of", "consistent")},
        "counts": counts(data),
        "api_calls": connection.calls.report(),
    }
    text = _text(params["format"], data, account, readings, settings)
    module.exit_json(**result, **_delivered(module, text))


def _check(settings: ChartSettings, dest: str | None) -> None:
    """Check what can be checked without the account. Raises Faults."""
    faults = []
    if fault := path_fault(settings.path):
        faults.append(Fault("path", fault))
    if dest is not None and (fault := _dest_fault(Path(dest))):
        faults.append(Fault("dest", fault))
    if faults:
        raise Faults(faults)


def _dest_fault(dest: Path) -> str | None:
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


def _text(form: str, data: Data, account: Account, readings: Readings, settings: ChartSettings) -> str:
    if form == "inventory":
        return inventory_text(account, readings, settings)
    return _PAGES[form](data)


def _delivered(module: AnsibleAWSModule, text: str) -> Data:
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
