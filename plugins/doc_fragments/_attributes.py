# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This doc fragment is PRIVATE to the collection: it can change in any release.
"""What every module promises: check mode, diff, idempotency, the action group."""

from __future__ import annotations


class ModuleDocFragment:
    """The promises, once for the modules that write and once for those that only read."""

    DOCUMENTATION = r"""
options: {}
attributes:
  action_group:
    description: C(module_defaults) can set options for all modules of this group.
    support: full
    membership:
      - workforce.aws.aws
    details:
      - Write C(group/workforce.aws.aws). It covers the modules of C(amazon.aws) too; C(group/aws) does not cover
        this module.
  check_mode:
    description: In C(check_mode) it reports what it would change, and changes nothing.
    support: full
    details:
      - Check mode reads and plans as a run does, and does not write.
        What would fail before the first write also fails in check mode.
  diff_mode:
    description: In C(diff) mode it shows what changed, or in check mode what would.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
"""

    INFO_MODULE = r"""
options: {}
attributes:
  action_group:
    description: C(module_defaults) can set options for all modules of this group.
    support: full
    membership:
      - workforce.aws.aws
    details:
      - Write C(group/workforce.aws.aws). It covers the modules of C(amazon.aws) too; C(group/aws) does not cover
        this module.
  check_mode:
    description: In C(check_mode) it reports what it would change, and changes nothing.
    support: full
    details:
      - This module only reads.
  diff_mode:
    description: In C(diff) mode it shows what changed, or in check mode what would.
    support: N/A
    details:
      - This module only reads.
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
    details:
      - This module only reads.
"""
