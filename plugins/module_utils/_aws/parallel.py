# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Independent reads at the same time."""

from __future__ import annotations

import concurrent.futures
import typing as t

from .pace import THREADS

Key = t.TypeVar("Key")
Found = t.TypeVar("Found")


def side_by_side(read: t.Callable[[Key], Found], keys: t.Collection[Key]) -> dict[Key, Found]:
    """The result of the read for each key, in the order of the keys. The first error is raised."""
    if len(keys) <= 1:
        return {key: read(key) for key in keys}
    pool = concurrent.futures.ThreadPoolExecutor(THREADS)
    try:
        reads = {key: pool.submit(read, key) for key in keys}
        return {key: future.result() for key, future in reads.items()}
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
