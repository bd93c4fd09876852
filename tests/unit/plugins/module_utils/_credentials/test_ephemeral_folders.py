# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a folder is gone with a job's container, from mounts as they were seen in real ones."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._credentials.ephemeral_folders import vanishes

MACHINE = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /run rw,nosuid shared:2 - tmpfs tmpfs rw
"""
CONTAINER = r"""
600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b,upperdir=/c
601 600 8:1 /awx/job/7 /runner rw,relatime - ext4 /dev/sda1 rw
602 600 0:60 / /secure rw,relatime - nfs4 store:/secure rw
603 600 8:1 /one /with\040space rw,relatime - xfs /dev/sdb1 rw
604 602 0:61 / /secure/scratch rw - tmpfs tmpfs rw
605 600 8:1 /two /covered rw - ext4 /dev/sda1 rw
606 605 0:62 / /covered rw - tmpfs tmpfs rw
a line that is none
"""


@pytest.mark.parametrize(
    ("directory", "gone"),
    [
        ("/home/it/credentials", True),
        ("/", True),
        ("/runner/artifacts", False),
        ("/secure", False),
        ("/secure/credentials", False),
        ("/secured", True),
        ("/secure/scratch/x", True),
        ("/with space/x", False),
        ("/covered/x", True),
    ],
)
def test_in_a_container(directory: str, gone: bool) -> None:
    assert vanishes(directory, {}, CONTAINER) is gone


@pytest.mark.parametrize(("directory", "gone"), [("/home/it", False), ("/runner", False), ("/run/x", True)])
def test_on_a_machine(directory: str, gone: bool) -> None:
    assert vanishes(directory, {}, MACHINE) is gone


def test_a_jobs_own_folder_goes_though_it_is_mounted() -> None:
    job = {"AWX_PRIVATE_DATA_DIR": "/runner"}
    assert vanishes("/runner/project/credentials", job, CONTAINER)
    assert not vanishes("/secure", job, CONTAINER)


def test_nothing_is_said_without_mounts() -> None:
    assert not vanishes("/home", {}, "")
