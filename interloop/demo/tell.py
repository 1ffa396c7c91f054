"""`interloop demo`: runs the story and tells it as a table and one line of JSON."""

import asyncio
import json
import wave
from pathlib import Path

import httpx2
from rich.console import Console
from rich.table import Table

from interloop.demo.http import DemoFailed
from interloop.demo.stack import find_stack
from interloop.demo.story import Story


def run(state_dir: Path, *, resume: Path | None, wav: Path | None) -> int:
    """Run one whole journey against the stack of this folder; return the exit code."""
    console = Console()
    try:
        story = Story(find_stack(state_dir), resume=resume, wav=wav)
        with console.status("One whole journey, about two minutes"):
            last = asyncio.run(_walk(story))
    except (DemoFailed, OSError, TimeoutError, wave.Error, httpx2.HTTPError) as failed:
        Console(stderr=True).print(f"The demo failed: {failed}", highlight=False, markup=False)
        return 1
    console.print(_table(story))
    # Not through rich: the line must not be wrapped.
    console.file.write(json.dumps(last) + "\n")
    return 0


async def _walk(story: Story) -> dict[str, object]:
    return await story.walk()


def _table(story: Story) -> Table:
    table = Table("step", "what happened", title="One journey")
    table.add_column("seconds", justify="right")
    before = 0.0
    for step, what, at in story.told:
        table.add_row(step, what, f"{at - before:.1f}")
        before = at
    return table
