# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the virtual environment of one Python version, and installs again only when the requirements change.

Uses only the standard library.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools import node
from tests.tools.environment import CLEARED
from tests.tools.places import ROOT, Places, version_of

OLDEST = (3, 11)
REQUIREMENTS = ROOT / "tests" / "requirements.txt"
# The pip that a Python brings is as old as that Python: 23.2 takes twice the time for the requirements.
NEW_PIP = "pip>=25"


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def ensure_venv(python: str | Path) -> Places:
    """The places of this interpreter's version, with a virtual environment that has every requirement."""
    version = version_of(python)
    if version is None:
        raise SetupError(f"{python} does not run. Give another one: make PYTHON=...")
    if tuple(int(part) for part in version.split(".")) < OLDEST:
        raise SetupError(f"{python} is Python {version}; 3.11 or newer is needed. Give another one: make PYTHON=...")
    places = Places(version)
    require_own(places.venv)
    places.venv.parent.mkdir(exist_ok=True)
    # If two start at the same time, the second waits, and then has nothing to do.
    with places.venv.with_name(f"{places.venv.name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _bring_up_to_date(python, places)
    return places


def require_own(folder: Path) -> None:
    """Raise SetupError if this is not the clone's own folder: through a link, another would be changed or removed."""
    parts = folder.relative_to(ROOT).parts
    for each in (ROOT.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)):
        if each.is_symlink():
            name = each.relative_to(ROOT)
            raise SetupError(
                f"{name} is a link to {each.readlink()}. It is made, changed and removed here, so it must be this "
                f"clone's own folder. Nothing was changed. Remove the link and try again: rm {name}"
            )


def _bring_up_to_date(python: str | Path, places: Places) -> None:
    stamp, wanted = places.venv / "requirements.sha256", f"{places.venv}\n{_fingerprint(places)}\n"
    found = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if found != wanted:
        print(f"Setting up {places.venv.relative_to(ROOT)} (a download of about 220 MB, the first time)", flush=True)
        # Scripts contain the path of their environment, so a moved environment does not work.
        if found.partition("\n")[0] != str(places.venv):
            _create(python, places)
        stamp.unlink(missing_ok=True)
        _install(places)
        stamp.write_text(wanted, encoding="utf-8")


def _fingerprint(places: Places) -> str:
    digest = hashlib.sha256()
    for path in (ROOT / "requirements.txt", REQUIREMENTS, places.constraints, *node.FILES):
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def _create(python: str | Path, places: Places) -> None:
    """Make the environment. An old one is moved away first, and moved back if no new one can be made."""
    interpreter = _outside(python, places)
    with tempfile.TemporaryDirectory(prefix=f"{places.venv.name}.replaced-", dir=places.venv.parent) as folder:
        aside = Path(folder, places.venv.name)
        if places.venv.exists():
            places.venv.rename(aside)
        try:
            _make(interpreter, places)
        except BaseException:
            shutil.rmtree(places.venv, ignore_errors=True)
            if aside.exists():
                aside.rename(places.venv)
            raise


def _outside(python: str | Path, places: Places) -> str:
    """This interpreter; or its base interpreter, if it is in the environment that is replaced."""
    code = "import sys; print(sys.prefix); print(sys._base_executable)"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    prefix, base = done.stdout.splitlines()
    if not Path(prefix).resolve().is_relative_to(places.venv):
        return str(python)
    if Path(base).resolve().is_relative_to(places.venv) or version_of(base) != places.version:
        raise SetupError(
            f"{python} lives in {places.venv.relative_to(ROOT)}, which has to be made anew, and the Python that it was "
            f"made from ({base}) does not run. Nothing was removed. Give another one: make PYTHON=..."
        )
    return base


def _make(python: str, places: Places) -> None:
    done = subprocess.run(
        [python, "-m", "venv", str(places.venv)],
        env=setup_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetupError(
            f"{python} cannot make a virtual environment, and what was there is as it was. On Debian: apt install "
            f"python3-venv; or give another one: make PYTHON=...\n{done.stdout}{done.stderr}"
        )


def _install(places: Places) -> None:
    constraints = ["-c", str(places.constraints)] if places.constraints.exists() else []
    for wanted in ([NEW_PIP], ["-r", str(REQUIREMENTS), *constraints]):
        done = _pip_install(places, *wanted)
        if done.returncode != 0:
            raise SetupError(f"pip could not install {REQUIREMENTS.relative_to(ROOT)}:\n{done.stdout}")
    fault = node.install_packages(places, setup_environment())
    if fault is not None:
        raise SetupError(fault)


def _pip_install(places: Places, *wanted: str) -> subprocess.CompletedProcess[str]:
    """Run `pip install`, without what nobody reads: warnings of a success, and bytecode of what is never imported."""
    options = ("--quiet", "--no-compile", "--no-warn-conflicts", "--disable-pip-version-check")
    return subprocess.run(
        [str(places.python), "-m", "pip", "install", *options, *wanted],
        env=setup_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def setup_environment() -> dict[str, str]:
    """The environment for pip and git: with the user's HOME, and without the variables of other tools."""
    return {name: value for name, value in os.environ.items() if not name.startswith(CLEARED)}


def find_python(version: str) -> Path | None:
    """An interpreter of this version that runs: from PYTHON313, the PATH or pyenv."""
    named = os.environ.get("PYTHON" + version.replace(".", ""))
    if named:
        if version_of(named) != version:
            raise SetupError(f"PYTHON{version.replace('.', '')}={named} is not a Python {version} that runs")
        return Path(named)
    candidates: list[Path] = []
    pyenvs = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))]
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        candidates.append(Path(folder) / f"python{version}")
        if Path(folder).name == "shims":
            pyenvs.append(Path(folder).parent)
    for pyenv in pyenvs:
        candidates += sorted((pyenv / "versions").glob(f"{version}*/bin/python"))
    return next((path for path in candidates if path.exists() and version_of(path) == version), None)


if __name__ == "__main__":
    try:
        print(ensure_venv(sys.executable).venv)
    except SetupError as error:
        sys.exit(str(error))
