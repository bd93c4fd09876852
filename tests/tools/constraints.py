# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the installed versions to the constraints of this Python version."""

from __future__ import annotations

import subprocess

from tests.tools.places import Places

HEADER = """\
# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The versions with which `make test` last passed on Python {version}. `make constraints` writes this file again.
"""


def write(places: Places) -> None:
    frozen = subprocess.run(
        [str(places.python), "-m", "pip", "freeze", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    places.constraints.write_text(HEADER.format(version=places.version) + frozen.stdout, encoding="utf-8")
    print(f"wrote {places.constraints}")


if __name__ == "__main__":
    write(Places.here())
