# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users and groups as Ansible data: amazon.aws's shape, and nothing that was not read."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    Group,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._report.shapes import (
    directory_group_data,
    directory_user_data,
    group_data,
    subject_diff,
    user_data,
)

WHEN = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": []}
ANN = User(
    "ann",
    path="/staff/",
    arn="arn:aws:iam::123456789012:user/staff/ann",
    user_id="AIDA1",
    create_date=WHEN,
    tags={"Team": "x"},
    boundary="arn:aws:iam::aws:policy/B",
    attached={"arn:aws:iam::aws:policy/R": "R"},
    inline={"p": ALLOW},
    login_profile=LoginProfile(True),
)
OPS = Group("ops", arn="arn:aws:iam::123456789012:group/ops", group_id="AGPA1", create_date=WHEN, attached={})
DIRECTORY = Directory(users={"ann": ANN}, groups={"ops": OPS}, memberships=frozenset({("ann", "ops")}))
IDENTITY: t.Final = {
    "arn": "arn:aws:iam::123456789012:user/staff/ann",
    "create_date": "2026-01-02T03:04:05+00:00",
    "path": "/staff/",
    "user_id": "AIDA1",
    "user_name": "ann",
}


def test_a_user_keeps_the_case_of_its_tags_and_documents() -> None:
    assert user_data(ANN) == {
        **IDENTITY,
        "tags": {"Team": "x"},
        "permissions_boundary": {
            "permissions_boundary_arn": "arn:aws:iam::aws:policy/B",
            "permissions_boundary_type": "Policy",
        },
        "attached_policies": [{"policy_arn": "arn:aws:iam::aws:policy/R", "policy_name": "R"}],
        "inline_policies": {"p": ALLOW},
        "password_reset_required": True,
    }


def test_what_was_not_read_is_not_told() -> None:
    assert user_data(User("bob")) == {"path": "/", "user_name": "bob"}


def test_a_group_has_amazon_awss_shape() -> None:
    assert group_data(OPS, DIRECTORY) == {
        "group": {
            "arn": "arn:aws:iam::123456789012:group/ops",
            "create_date": "2026-01-02T03:04:05+00:00",
            "group_id": "AGPA1",
            "group_name": "ops",
            "path": "/",
        },
        "users": [IDENTITY],
        "attached_policies": [],
    }


def test_the_directory_lists_names() -> None:
    assert directory_user_data(ANN, DIRECTORY)["groups"] == ["ops"]
    assert directory_group_data(OPS, DIRECTORY)["users"] == ["ann"]


def test_a_diff_shows_what_a_person_may_change() -> None:
    nobody = Directory(users={}, groups={})
    diff = subject_diff("user", "ANN", nobody, DIRECTORY)
    assert diff["before"] == {}
    assert not {"arn", "user_id", "create_date"} & set(diff["after"])
    assert diff["after"]["groups"] == ["ops"]
    assert diff["after"]["console_password"] is True
    assert subject_diff("group", "ops", DIRECTORY, nobody)["after"] == {}
    assert subject_diff("group", "ops", DIRECTORY, nobody)["before"]["users"] == ["ann"]


def test_a_diff_counts_credentials_and_never_names_them() -> None:
    leaver = User("eve", credentials=Credentials(access_keys={"AKIA1": True}), login_profile=False)
    before = subject_diff("user", "eve", Directory(users={"eve": leaver}, groups={}), DIRECTORY)["before"]
    assert before["credentials"]["access_keys"] == 1
    assert "AKIA1" not in str(before)


def test_a_diff_shows_by_whom_somebody_is_suspended_and_not_since_when() -> None:
    eve = User("eve", tags={"workforce:suspended": "2026-11-23T21:28:05Z person", "Site": "New York"})
    here = Directory(users={"eve": eve}, groups={})
    assert subject_diff("user", "eve", here, here)["after"]["tags"] == {
        "workforce:suspended": "person",
        "Site": "New York",
    }
