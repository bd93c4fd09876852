# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`ansible-playbook` as most tests start it: what Ansible packs for a module's process is kept from run to run.

Each run of `ansible-playbook` packs a module and all that it imports anew, and the module's process compiles all of it.
For `iam_workforce` these are 1.1 of the 2.7 seconds that a run of the role takes. Here the packed modules lie in the
folder that WORKFORCE_PACKED names, and have their bytecode beside their source. All else is Ansible's own.
"""

from __future__ import annotations

import base64
import dataclasses
import importlib.util
import io
import marshal
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.cli.playbook import main
from ansible.executor import module_common

UNCHECKED_HASH = (1).to_bytes(4, "little")


def with_bytecode(zipped: bytes) -> bytes:
    """The same zip file, with bytecode for each of its Python files. Python takes it without a look at the source."""
    both = io.BytesIO(zipped)
    with zipfile.ZipFile(both, "a", zipfile.ZIP_DEFLATED) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".py"):
                name = zipfile.ZipInfo(f"{entry.filename}c", entry.date_time)
                archive.writestr(name, _bytecode(archive.read(entry), entry.filename), zipfile.ZIP_DEFLATED)
    return both.getvalue()


def _bytecode(source: bytes, filename: str) -> bytes:
    """The content of a `.pyc` file, as PEP 552 lays it out."""
    code = compile(source, filename, "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source) + marshal.dumps(code)


def keep_packed_modules(folder: str) -> None:
    """Let this run use the packed modules of earlier runs, and leave there those that it packs."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(constants.DEFAULT_LOCAL_TMP, "ansiballz_cache").symlink_to(folder)
    packed: Any = module_common._CachedModule
    dump = packed.dump

    def dump_with_bytecode(self: Any, path: str) -> None:
        zipped = base64.b64encode(with_bytecode(base64.b64decode(self.zip_data)))
        dump(dataclasses.replace(self, zip_data=zipped), path)

    packed.dump = dump_with_bytecode


if __name__ == "__main__":
    keep_packed_modules(os.environ["WORKFORCE_PACKED"])
    # Ansible reads from this name which of its programs it is.
    sys.argv[0] = str(Path(sys.executable).with_name("ansible-playbook"))
    main()
