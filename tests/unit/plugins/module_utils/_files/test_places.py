# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines in which employees and their departments are written."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.workforce.aws.plugins.module_utils._files.places import written_in

YAML = """
---
engineers: &engineers
  - name: Asha.Rao
    departments:
      - sales
      - finance
  - {name: bo.li, departments: [sales, finance]}
employees: "{{ engineers }}"
again: *engineers
secret: !vault |
  x
departments:
  - name: sales
    managed_policies: [X]
"""


def test_every_line(tmp_path: Path) -> None:
    file, other, secret, broken = (tmp_path / name for name in ("a.yml", "b.json", "c.yml", "d.yml"))
    file.write_text(YAML, encoding="utf-8")
    other.write_text(
        '{"employees": [\n{"name": "chen.yu",\n"departments": ["sales"]},\n{"name": "bo.li", "departments": []}]}',
        encoding="utf-8",
    )
    secret.write_text("$ANSIBLE_VAULT;1.1;AES256\n31", encoding="utf-8")
    broken.write_text("- {", encoding="utf-8")
    found = written_in([file, other, secret, broken, tmp_path / "none.yml"])
    assert {name: (entry.where, dict(entry.departments)) for name, entry in found.items()} == {
        "asha.rao": (f"{file} line 4", {"sales": f"{file} line 6", "finance": f"{file} line 7"}),
        "bo.li": (f"{file} line 8", {"sales": f"{file} line 8", "finance": f"{file} line 8"}),
        "chen.yu": (f"{other} line 2", {"sales": f"{other} line 3"}),
    }
