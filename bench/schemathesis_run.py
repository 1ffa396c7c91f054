"""How well the API keeps to its document: Schemathesis over every operation, on both databases.

`python -m bench.schemathesis_run` writes bench/results/schemathesis_run.json. The bar: 0 findings
and no answer from 500 on, with every phase (boundary values, random ones, sequences of requests).
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from bench.told import write
from interloop import logs
from interloop.bootstrap import build
from interloop.settings import Settings
from tests.support.databases import Databases, DatabaseUrls
from tests.support.fuzz import ask, whole_api
from tests.support.temporal import steady_server

EXAMPLES, SEED = 25, 20261128


async def measure(urls: DatabaseUrls, folder: Path, temporal: str) -> dict[str, Any]:
    """Ask one installation; return what came of it."""
    settings = Settings(
        **vars(urls),
        state_dir=folder,
        password_cost="cheap",  # noqa: S106 - not a secret
        temporal_address=temporal,
        temporal_namespace="default",
        gemini_api_key="",
    )
    services = await build(settings)
    began = monotonic()
    async with whole_api(services, folder) as there:
        asked = await ask(there, examples=EXAMPLES, seed=SEED, phases="coverage,fuzzing,stateful")
    await services.close()
    if asked.code:
        sys.stdout.write(asked.words)
    return {
        "clean": asked.code == 0,
        "operations": asked.operations,
        "cases": asked.cases,
        "seconds": round(monotonic() - began, 1),
        "answers": {str(status): there.answers[status] for status in sorted(there.answers)},
    }


async def main() -> int:
    """Measure on both databases, write the result, print one line; 1 when the bar is missed."""
    logs.configure("CRITICAL")
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        databases = Databases(Path(name) / "databases")
        async with steady_server() as env:
            address = env.client.service_client.config.target_host
            for kind in ("sqlite", "postgres"):
                folder = Path(name) / kind
                folder.mkdir()
                with databases.copy(kind) as urls:
                    found[kind] = await measure(urls, folder, address)
        databases.close()
    broken = sum(
        count for one in found.values() for status, count in one["answers"].items() if status >= "5"
    )
    holds = all(one["clean"] for one in found.values()) and broken == 0
    write("schemathesis_run", {"examples": EXAMPLES, "seed": SEED, "holds": holds, "runs": found})
    cases = sum(one["cases"] for one in found.values())
    sys.stdout.write(f"schemathesis: {cases} requests, {broken} answers from 500 on, ")
    sys.stdout.write("no finding\n" if holds else "FINDINGS\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
