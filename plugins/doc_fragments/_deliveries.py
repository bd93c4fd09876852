# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This doc fragment is PRIVATE to the collection: it can change in any release.
"""How first credentials reach their owners: the same options in two modules, on two levels."""

from __future__ import annotations

import textwrap

MAIL = r"""
host:
  description: The SMTP server. Its certificate must be valid for this name.
  type: str
  required: true
port:
  description: The server's port. If left out, 587 with V(starttls) and 465 with V(tls).
  type: int
security:
  description: How the connection is encrypted. There is no way without.
  type: str
  choices:
    - starttls
    - tls
  default: starttls
username:
  description: For the server's login, together with the password. If left out, there is no login.
  type: str
password:
  description: From a vault, the environment or an AWX credential.
  type: str
ca_path:
  description: A file or folder of certificate authorities to trust beside the machine's own.
  type: path
sender:
  description: The address in C(From), such as V(it@example.com) or V(IT <it@example.com>).
  type: str
  required: true
reply_to:
  description: Where answers go.
  type: str
contact:
  description: Whom the mail says to ask. If left out, the address in O(LEVELmail.sender).
  type: str
timeout:
  description: How many seconds the server may take for an answer.
  type: int
  default: 30
domains:
  description:
    - The domains of mail addresses to which first passwords may go, such as V(example.com), without their subdomains.
      An address elsewhere is a fault. If left out, they may go to any domain in ASCII letters.
    - A domain with other letters, which may only look like yours, is a fault unless it is written here in just these
      letters. So is one in the form V(xn--), which stands for them.
  type: list
  elements: str
subject:
  description: The subject, as a template, see O(LEVELmail.text). It names neither password nor key.
  type: str
text:
  description:
    - The plain text, as a template. OWN_FIELDS stand for the person's own.
    - C(${sign_in_url}), C(${account_id}), C(${account_alias}), C(${password}), C(${password_rules}), MORE_FIELDS
      C(${contact}), C(${access_key_id}) and C(${secret_access_key}) stand for what the mail tells. The password stands
      on a line of its own.
    - C($$) is a dollar sign.
  type: str
html:
  description: The same as HTML.
  type: str
"""

WAYS = r"""
mail:
  description:
    - Credentials go by mail, to ADDRESS.
    - User name, address and password travel together. The password works once and must be changed at the first
      sign-in.
  type: dict
  suboptions:
MAIL_OPTIONS
file:
  description: Credentials go to files, one for each person, as the AWS console writes them. An earlier one is replaced.
  type: dict
  suboptions:
    directory:
      description:
        - The folder, on the machine that the task runs on. It must exist, belong to the user who runs the task or to
          C(root), be writable by no other user, and lie below no folder in which every user may write.
      type: path
      required: true
sign_in_url:
  description:
    - Where people sign in. It is needed only in partitions whose address is not known. C(${account_id}) stands for the
      account's ID.
  type: str
"""


def _ways(level: str, address: str, own_fields: str, more_fields: str) -> str:
    """The options, as they are called where they stand."""
    mail = MAIL.replace("LEVEL", level).replace("OWN_FIELDS", own_fields).replace("MORE_FIELDS", more_fields)
    return WAYS.replace("ADDRESS", address).replace("MAIL_OPTIONS", textwrap.indent(mail.strip(), "    "))


CHART = r"""
options:
  credentials:
    description:
      - How first credentials reach their owners, O(credentials.mail), O(credentials.file) or both. Without any, nobody
        is issued anything.
      - Joiners and those who return are issued a console password that works until their first sign-in, and an access
        key where C(access_key) says so. The tag C(workforce:credential) remembers it, so that a run that died is
        finished by the next. Who exists already is issued nothing but by O(reissue).
      - When no delivery can be reached, joiners wait, everything else goes on, and the task fails at its end.
      - Nothing secret is in a result, a diff or a log, and no mail address is.
    type: dict
    suboptions:
      expire_after_days:
        description:
          - Takes a password away again that nobody signed in with for so many days after it was delivered.
          - If left out, it waits for its owner.
        type: int
"""


class ModuleDocFragment:
    """For one user at the top level, for a chart within C(credentials)."""

    def __init__(self) -> None:
        # Not in the class: ansible-test reads fragments without running them, and stops at what is put together.
        self.DOCUMENTATION = "options:\n" + textwrap.indent(
            _ways("", "O(email)", "C(${name}), C(${email}), C(${employee_id}) and the keys of the user's tags", ""),
            "  ",
        )
        self.CHART = CHART + textwrap.indent(
            _ways(
                "credentials.",
                "the employee's C(credentials_to) or else to C(email), never to both",
                "C(${name}), C(${email}), C(${employee_id}), C(${departments}), C(${starts_on}), C(${ends_on}) and the "
                "keys of the tags",
                "C(${expire_after_days}), C(${expires_on}),",
            ),
            "      ",
        )
