# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links lead somewhere: to pages of the site, to headings, to files of the repository. Without a network.

References between the site's own pages are Sphinx's to check: `make docs` stops at one that leads nowhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.support.guides import GUIDES, LABEL, PAGES, REPOSITORY, SITE
from tests.tools.places import ROOT

INDEX = ROOT / "docs" / "site" / "index.rst"
MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"))
URL = re.compile(r"https?://[^\s<>)\"'`\]|]+")
RELATIVE = re.compile(r"\]\((?!https?://)([^)\s]+)\)")


def _headings(page: Path) -> set[str]:
    """The anchors that Sphinx gives to a page's headings."""
    titles = re.findall(r"(?m)^(\S.*)\n[=-]{3,}$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") for title in titles}


def _leads_nowhere(link: str) -> bool:
    link = link.rstrip(".,:;")
    if link.startswith(REPOSITORY):
        return not (ROOT / link.removeprefix(REPOSITORY).partition("#")[0]).exists()
    if not link.startswith(SITE):
        return False
    path, _hash, anchor = link.removeprefix(SITE).partition("#")
    if not path.startswith("docsite/"):
        return path not in ("", *(f"{module.stem}_module.html" for module in MODULES), "onboard_role.html")
    page = GUIDES / f"{path.removeprefix('docsite/').removesuffix('.html')}.rst"
    return not page.is_file() or bool(anchor and anchor not in _headings(page))


@pytest.mark.parametrize("page", [*PAGES, *MODULES, ROOT / "galaxy.yml"], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    relative = RELATIVE.findall(text) if page.suffix == ".md" else []
    assert [link for link in URL.findall(text) if _leads_nowhere(link)] == []
    assert [link for link in relative if not (page.parent / link.partition("#")[0]).exists()] == []


def test_a_link_to_nothing_is_seen() -> None:
    for link in ("docsite/nothing.html", "docsite/brakes.html#nothing", "iam_nothing_module.html"):
        assert _leads_nowhere(SITE + link)
    assert _leads_nowhere(REPOSITORY + "docs/nothing.json")
    assert not _leads_nowhere(SITE + "docsite/brakes.html#when-it-is-right")


def test_every_page_is_in_the_navigation() -> None:
    text = INDEX.read_text(encoding="utf-8")
    targets = re.findall(r"(?m)^   .+ <(\S+)>$", text)
    assert {f"docsite/{page.stem}" for page in GUIDES.glob("*.rst")} <= set(targets)
    assert {f"{module.stem}_module" for module in MODULES} <= set(targets)
    titles = re.findall(r"(?m)^   (\S.*) <\S+>$", text)
    assert [title for title in titles if len(title) > 32] == []


def test_guides_are_listed_for_other_sites_too() -> None:
    """`extra-docs.yml` is read by antsibull-docs, wherever the collection's pages are shown."""
    sections = yaml.safe_load((GUIDES.parent / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    listed = [page for section in sections for page in section["toctree"]]
    assert sorted(listed) == sorted(page.stem for page in GUIDES.glob("*.rst"))


@pytest.mark.parametrize("page", sorted(GUIDES.glob("*.rst")), ids=lambda page: page.stem)
def test_guides_carry_the_label_that_others_refer_to(page: Path) -> None:
    assert f".. _{LABEL}{page.stem}:" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_modules_lead_to_a_guide(module: Path) -> None:
    assert f"link: {SITE}docsite/" in module.read_text(encoding="utf-8")


def test_documentation_of_the_collection_is_the_site() -> None:
    assert yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["documentation"] == SITE
