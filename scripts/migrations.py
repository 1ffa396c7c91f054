"""Checks that the migrations, run on an empty database, make exactly the tables of the models."""

import sys
import tempfile
from pathlib import Path

from interloop.db import upgrade


def main() -> int:
    """Migrate up, compare, migrate down and up again; return 1 when anything differs."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        upgrade.upgrade(url)
        found = upgrade.differences(url)
        upgrade.downgrade(url)
        upgrade.upgrade(url)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
