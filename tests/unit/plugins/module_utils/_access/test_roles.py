# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may become what, in the access report."""

from __future__ import annotations

from ansible_collections.workforce.aws.plugins.module_utils._access.roles import roles_data, roles_of_people
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group, Role, User
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._rights.trust import trust_of_departments

from tests.support.rights import ACCOUNT

ARN = "arn:aws:iam::123456789012:role/workforce/deployer"


def test_people_departments_and_policies_of_roles() -> None:
    said = {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ARN}}
    groups = {
        "platform": Group("platform", inline={"workforce-roles": said}),
        "sales": Group("sales", inline={"other": said}),
    }
    users = {
        name: User(name.title(), tags={"workforce:role.deployer": "yes"} if name != "li" else {})
        for name in ("asha", "li", "outside")
    }
    trust = trust_of_departments("workforce:role.deployer", ACCOUNT, require_mfa=True)
    inline = {"own": said, "workforce-revoked-sessions": said}
    deployer = Role(
        "deployer", "/workforce/", ARN, trust=trust, tags=MARK, boundary="", attached={"arn:x": "x"}, inline=inline
    )
    roles = {"deployer": deployer, "of-aws": Role("of-aws", "/aws-service-role/x/", trust={}, inline={}, attached={})}
    pairs = frozenset({("asha", "platform"), ("asha", "sales"), ("li", "platform")})
    directory = Directory(users, groups, pairs, roles=roles, all_roles=True)
    [told] = roles_data(directory)
    assert told == {
        "name": "deployer",
        "arn": ARN,
        "path": "/workforce/",
        "managed": True,
        "policies": [{"name": "x", "arn": "arn:x"}, {"name": "own", "arn": None}],
        "boundary": None,
        "assumed_by": ["platform"],
        "people": ["Asha", "Outside"],
        "require_mfa": True,
    }
    assert roles_of_people(directory) == {"asha": ["deployer"], "outside": ["deployer"]}
