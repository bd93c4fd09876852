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
  description: How the connection is encrypted. Unencrypted connections are not supported.
  type: str
  choices:
    - starttls
    - tls
  default: starttls
username:
  description: The user name for the server's login. If left out, there is no login.
  type: str
password:
  description: The password for the server's login. Take it from a vault, the environment or an AWX credential.
  type: str
ca_path:
  description: A file or folder of certificate authorities to trust beside the machine's own.
  type: path
sender:
  description: The address in C(From), such as V(it@example.com) or V(IT <it@example.com>).
  type: str
  required: true
reply_to:
  description: The address for replies.
  type: str
contact:
  description: Whom recipients can ask, as the mail says. If left out, the address in O(LEVELmail.sender).
  type: str
timeout:
  description: How many seconds the server may take for an answer.
  type: int
  default: 30
connections:
  description:
    - How many connections there may be to the server at the same time, from 1 to 100. Further ones are made one by one
      while mails wait for one, so only a first import, or a server far away, ever has many.
    - After the server turned one away, or refused mails for now, there are fewer, and nobody's mail is lost.
  type: int
  default: 8
domains:
  description:
    - The domains of mail addresses to which first passwords may go, such as V(example.com), without their subdomains.
      An address elsewhere is a fault. If left out, they may go to any domain in ASCII letters.
    - A domain with other letters, which may only look like yours, is a fault unless it is written here in just these
      letters. So is one in the form V(xn--), which stands for them.
  type: list
  elements: str
subject:
  description: The subject, as a template, see O(LEVELmail.text). It cannot contain a password or a key.
  type: str
text:
  description:
    - The plain text, as a template. OWN_FIELDS stand for the facts of the recipient.
    - C(${sign_in_url}), C(${account_id}), C(${account_alias}), C(${password}), C(${password_rules}), MORE_FIELDS
      C(${contact}), C(${access_key_id}) and C(${secret_access_key}) stand for the facts of the account and the
      credentials. The password must stand on a line of its own.
    - C(${role_urls}) stands for the links to the roles that the recipient may switch to, each on a line of its own.
    - C($$) is a dollar sign.
  type: str
html:
  description: The same as HTML.
  type: str
"""

WAYS = r"""
mail:
  description:
    - Credentials are sent by mail, to ADDRESS.
    - One mail has the user name, the sign-in address and the password. The password works until the first sign-in,
      which requires another one.
  type: dict
  suboptions:
MAIL_OPTIONS
file:
  description:
    - Credentials are written to files, one for each person, in the form of the AWS console's file. An earlier file of
      the person is replaced.
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
    - Where people sign in. It is needed only in partitions whose sign-in page this collection does not know.
      C(${account_id}) stands for the account's ID.
  type: str
"""


def _ways(level: str, address: str, own_fields: str, more_fields: str) -> str:
    """The options. ``level`` is the prefix of their names."""
    mail = MAIL.replace("LEVEL", level).replace("OWN_FIELDS", own_fields).replace("MORE_FIELDS", more_fields)
    return WAYS.replace("ADDRESS", address).replace("MAIL_OPTIONS", textwrap.indent(mail.strip(), "    "))


CHART = r"""
options:
  credentials:
    description:
      - How first credentials are delivered, O(credentials.mail), O(credentials.file) or both. Without any of them,
        nobody is issued anything.
      - Joiners and people who return are issued a console password that works until their first sign-in, and an access
        key if C(access_key) is true. The tag C(workforce:credential) records it, so that the next run finishes what an
        interrupted run did not. Existing users are only issued credentials by O(reissue).
      - If a delivery does not work, joiners wait for it, everybody else is served, and the task fails at its end.
      - No result, diff or log has a secret or a mail address.
    type: dict
    suboptions:
      expire_after_days:
        description:
          - Deletes a first password with which nobody has signed in for this number of days after its delivery.
          - If left out, first passwords do not expire.
        type: int
"""


class ModuleDocFragment:
    """Options for one user (at the top level), and for a chart (below ``credentials``)."""

    def __init__(self) -> None:
        # Not class attributes: ansible-test reads those without running the code, and cannot evaluate an expression.
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
                "C(${expire_after_days}), C(${expires_on}), C(${mfa}),",
            ),
            "      ",
        )
