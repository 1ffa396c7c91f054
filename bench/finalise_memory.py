"""What making the copy of a recording costs in memory: `python -m bench.finalise_memory`.

Made-up recordings of 5 and 60 minutes: two voices and ten pictures a second of 12.5 kB, as 720p has
them, about 450 MB an hour. Each is finalised in a process of its own, by this code and, with
`--before COMMIT`, by an earlier one; counted is the peak of its resident memory over what it had
once everything was loaded. Bar: an hour takes at most 32 MB more than five minutes.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.told import write
from interloop.bootstrap import build
from interloop.domain.clock import FixedClock
from interloop.security.sealing import KeyClass
from interloop.settings import Settings
from tests.api.conftest import make_org
from tests.api.world import make_case
from tests.support.databases import Databases
from tests.support.length import record

BAR_MB = 32.0
MINUTES = (5, 60)
PICTURE = 12_500
ROOT = Path(__file__).parent.parent
Told = dict[str, float]
MAKES = """
import asyncio, json, re, sys, time
from pathlib import Path
from uuid import UUID
import interloop.integrations.audio.mixing
from interloop.bootstrap import build
from interloop.recording.finalise import finalise
from interloop.settings import Settings

def kb(name):
    return int(re.search(name + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

async def main():
    services = await build(Settings(**json.loads(sys.argv[1])))
    before, start = kb("VmRSS"), time.monotonic()
    await finalise(services, UUID(sys.argv[2]), UUID(sys.argv[3]), again=True)
    took = round(time.monotonic() - start, 1)
    print(json.dumps({"peak_mb": round((kb("VmHWM") - before) / 1024, 1), "seconds": took}))
    await services.close()

asyncio.run(main())
"""


async def measured(folder: Path, minutes: int, trees: dict[str, Path]) -> dict[str, Told]:
    """Make up a recording and finalise it by each tree's code."""
    databases = Databases(folder)
    with databases.copy("sqlite") as urls:
        key_file = Path(urls.keys_url.split("///")[-1]).parent / "root.key"
        given = {**vars(urls), "state_dir": str(folder), "root_key_file": str(key_file)}
        services = await build(Settings(**given), FixedClock(datetime.now(UTC)))
        case = await make_case(services, await make_org(services, "Bench"))
        box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
        ids = (case.org.id, case.interview_id)
        await record(services, *ids, box, seconds=minutes * 60, size=PICTURE)
        await services.close()
        told: dict[str, Told] = {}
        for name, tree in trees.items():
            args = [sys.executable, "-c", MAKES, json.dumps(given), *map(str, ids)]
            made = await asyncio.to_thread(
                subprocess.run, args, cwd=tree, check=True, capture_output=True, text=True
            )
            told[name] = json.loads(made.stdout.splitlines()[-1])
    databases.close()
    return told


def at(commit: str, folder: Path) -> Path:
    """Return the library as it was at a commit."""
    archive = subprocess.run(
        ["git", "archive", commit, "interloop"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder


def main() -> int:
    """Measure; return 1 when the bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", metavar="COMMIT")
    asked = parser.parse_args()
    runs: dict[int, dict[str, Told]] = {}
    with tempfile.TemporaryDirectory() as old:
        trees = {"before": at(asked.before, Path(old))} if asked.before else {}
        trees["after"] = ROOT
        for minutes in MINUTES:
            with tempfile.TemporaryDirectory() as folder:
                runs[minutes] = asyncio.run(measured(Path(folder), minutes, trees))
    grows = round(runs[MINUTES[-1]]["after"]["peak_mb"] - runs[MINUTES[0]]["after"]["peak_mb"], 1)
    compared = {"before_commit": asked.before} if asked.before else {}
    write("finalise_memory", {"bar_mb": BAR_MB, "grows_mb": grows, **compared, "minutes": runs})
    met = grows <= BAR_MB
    peaks = "; ".join(
        f"{name} " + ", ".join(f"{runs[m][name]['peak_mb']} MB for {m} min" for m in MINUTES)
        for name in trees
    )
    print(f"finalising: {peaks} (bar {BAR_MB} MB more: {'met' if met else 'missed'})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
