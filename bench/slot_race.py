"""1,000 who pick one time of one interviewer at once, on both databases: exactly one books it.

`python -m bench.slot_race [--picks 1000]`. Each pick is two transactions, as in the product: the
hold, and its booking. Half want the very time, half one that only overlaps it.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.told import write
from interloop.bootstrap import build
from interloop.settings import Settings
from tests.support.databases import Databases
from tests.support.slot_race import race


def main() -> int:
    """Measure, write the result, print one line; return 1 when not exactly one booked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--picks", type=int, default=1000)
    picks = parser.parse_args().picks
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        try:
            found = {kind: _once(databases, kind, picks) for kind in ("sqlite", "postgres")}
        finally:
            databases.close()
    good = all(each["booked"] == 1 and each["rows"] == 1 for each in found.values())
    write("slot_race", {"picks": picks, "bar": "exactly 1 booked", "good": good, **found})
    said = ", ".join(f"{kind} {each['booked']} in {each['s']} s" for kind, each in found.items())
    print(
        f"slot_race: of {picks} picks booked: {said} (bar: exactly 1) {'ok' if good else 'MISSED'}"
    )
    return 0 if good else 1


def _once(databases: Databases, kind: str, picks: int) -> dict[str, Any]:
    with databases.copy(kind) as urls, tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            **vars(urls),
            state_dir=Path(folder),
            root_key_file=Path(folder) / "root.key",
            password_cost="cheap",  # noqa: S106 - how long hashing takes
        )
        return asyncio.run(_race(settings, picks))


async def _race(settings: Settings, picks: int) -> dict[str, Any]:
    services = await build(settings)
    try:
        began = time.perf_counter()
        ends = await race(services, picks, apart=True)
    finally:
        await services.close()
    return {**dict(ends), "s": round(time.perf_counter() - began, 1)}


if __name__ == "__main__":
    sys.exit(main())
