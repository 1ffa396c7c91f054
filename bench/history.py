"""How long a whole journey's history gets, and whether a word about a person stands in it.

`python -m bench.history` walks one journey on a server with a file: an expired invitation, a second
one, an interview of 240 turns that loses its gateway eight times and changes it four times, marks,
words changed afterwards, an offer. The bar: fewer than 500 events, no word in the raw database.
"""

import asyncio
import sys
from datetime import timedelta

from temporalio.api.enums.v1 import EventType

from bench.journey_world import Ground, ground, write
from interloop.db.tables import DecisionKind, MessageKind
from interloop.domain.stage import Stage
from interloop.temporal.ids import journey_id, round_id
from tests.journeys.world import EMAIL, NAME, QUICK, working

MOST, TURNS, TAKEOVERS = 500, 240, ("lost", "lost", "drained") * 4
SAID = "I found the slow query in the ledger and added an index, turn {}."


async def main() -> int:
    """Measure, write the result, print one line."""
    async with ground() as on, working(on.here):
        interview_id = await walk(on)
        names = {"journey": journey_id(on.here.application_id), "round": round_id(interview_id)}
        events, kinds, raw = {}, {}, b""
        for what, name in names.items():
            history = await on.here.client.get_workflow_handle(name).fetch_history()
            events[what] = len(history.events)
            kinds[what] = count(history.events)
            raw += b"".join(event.SerializeToString() for event in history.events)
        raw += b"".join(file.read_bytes() for file in on.temporal_files)
        words = [EMAIL, *NAME.split(), "slow query in the ledger", "Payments engineer", "cv.txt"]
        found = [word for word in words if word.lower().encode() in raw.lower()]
    total = sum(events.values())
    told = {
        "events": events,
        "total": total,
        "kinds": kinds,
        "takeovers": len(TAKEOVERS),
        "turns": TURNS,
        "raw_bytes": len(raw),
        "words_looked_for": words,
        "words_found": found,
    }
    line = f"{total} events (bar {MOST}), {len(found)} words of {len(words)} in {len(raw)} bytes"
    return write("history", told, line, met=total < MOST and not found)


async def walk(on: Ground) -> object:
    """Walk the journey; returns the interview."""
    here = on.here
    here.policy = QUICK.model_copy(update={"invitation": timedelta(seconds=3)})
    here.gateway.says = [SAID.format(number) for number in range(TURNS)]
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited, "follow_up_expired")
    here.gateway.script = [*TAKEOVERS, "finished"]
    interview_id = await here.invite()
    await here.stands_at(Stage.invited, "join")
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    await here.words_changed(interview_id)
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    await here.journey.result()
    return interview_id


def count(events: object) -> dict[str, int]:
    """Return how many events of each kind there are."""
    found: dict[str, int] = {}
    for event in events:  # type: ignore[attr-defined]
        kind = EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items(), key=lambda each: -each[1]))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
