# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""microburst as its command starts it, with a seed as the first argument, until standard input closes.

It draws each fault with the `random` module and has no option for a seed of its own.
"""

from __future__ import annotations

import os
import random
import sys
import threading

from microburst.cli import main


def end_with_parent() -> None:
    """End when the process that started this one does, however that ends."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    random.seed(int(sys.argv.pop(1)))
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.exit(main())
