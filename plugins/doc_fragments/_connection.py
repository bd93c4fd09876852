# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This doc fragment is PRIVATE to the collection: it can change in any release.
"""How to reach another account: options beside the connection options of amazon.aws."""

from __future__ import annotations


class ModuleDocFragment:
    """The role to assume."""

    DOCUMENTATION = r"""
options:
  assume_role_arn:
    description:
      - The ARN of a role to assume before anything is read or written, for example in another account.
      - The role is assumed once, inside the module's own process, with the credentials that the connection options and
        environment variables give. The temporary credentials never become Ansible data.
    type: str
  external_id:
    description:
      - The external ID that the role's trust policy asks for.
      - It is treated as a secret and never shown. Ansible hides this text everywhere in the result, so do not choose a
        common word.
      - Only used with O(assume_role_arn).
    type: str
  role_session_name:
    description:
      - The name of the assumed role's session, as it shows in CloudTrail.
      - Only used with O(assume_role_arn).
    type: str
    default: workforce.aws
"""
