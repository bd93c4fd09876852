# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates of a mail: ``${field}`` filled in, and what is wrong with a template before anything is issued. Pure."""

from __future__ import annotations

import re
import string
import typing as t

from .._core.steps import Fault

FIELDS: t.Final = (
    "name",
    "email",
    "employee_id",
    "departments",
    "sign_in_url",
    "account_id",
    "account_alias",
    "password",
    "password_rules",
    "expire_after_days",
    "expires_on",
    "mfa",
    "role_urls",
    "contact",
    "access_key_id",
    "secret_access_key",
)
"""What every template can name; beside them the keys of the employees' tags."""
SECRET_FIELDS: t.Final = frozenset({"password", "secret_access_key"})


class Template(string.Template):
    """Ansible would expand ``{{ }}`` itself, so fields are written ``${field}``; a tag's key may have any letters."""

    braceidpattern = r"[^{}\s]+"

    def fields(self) -> frozenset[str]:
        """The fields that it names. Raises ValueError where a dollar stands alone."""
        if not self.is_valid():
            raise ValueError("a $ begins no field")
        return frozenset(self.get_identifiers())

    def fill(self, values: t.Mapping[str, str]) -> str:
        """The text with its fields filled in; what this person does not have is empty."""
        return self.substitute({field: values.get(field, "") for field in self.fields()})


def subject_faults(who: str, text: str, known: t.Collection[str]) -> list[Fault]:
    """What is wrong with the template of a subject."""
    if not text.strip() or not text.strip().isprintable():
        return [Fault(who, "is empty or has more than one line")]
    faults = _field_faults(who, text, known)
    if not faults and Template(text).fields() & SECRET_FIELDS:
        faults.append(Fault(who, "must not have a secret: subjects are shown in lists and kept in logs of mail"))
    return faults


def body_faults(who: str, text: str, known: t.Collection[str]) -> list[Fault]:
    """What is wrong with the template of a mail's body."""
    faults = _field_faults(who, text, known)
    if not faults and "password" not in Template(text).fields():
        faults.append(Fault(who, "does not have ${password}: nobody could sign in with such a mail"))
    return faults


def text_faults(who: str, text: str, known: t.Collection[str]) -> list[Fault]:
    """As body_faults; in plain text nothing may stand beside the password, or people copy it too."""
    faults = body_faults(who, text, known)
    if not faults and any(
        re.search(r"(?<!\$)\$(password\b|\{password\})", line) and line.strip() not in ("${password}", "$password")
        for line in text.splitlines()
    ):
        faults.append(Fault(who, "has something beside ${password}: it must stand on a line of its own"))
    return faults


def _field_faults(who: str, text: str, known: t.Collection[str]) -> list[Fault]:
    try:
        fields = Template(text).fields()
    except ValueError:
        return [Fault(who, "has a $ that begins no field: write ${field} for a field and $$ for a dollar sign")]
    unknown = sorted(fields - {*FIELDS, *known})
    if not unknown:
        return []
    named = ", ".join(f"${{{field}}}" for field in unknown)
    listed = ", ".join([*FIELDS, *sorted(set(known) - set(FIELDS))])
    return [Fault(who, f"has {named}, which nothing is known of; known are {listed}")]
