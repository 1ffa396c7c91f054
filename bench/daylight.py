"""Offered times against an independent oracle: 40 zones, two years, minute by minute.

`python -m bench.daylight`; writes bench/results/daylight.json.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from time import monotonic

from bench.told import write
from tests.support.daylight import in_utc, right_times
from tests.support.offered import EVERY, LENGTH, offered

START, END = in_utc(2027), in_utc(2029)
ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Helsinki"),
    *("Europe/Istanbul", "Europe/Moscow", "Europe/Chisinau", "Atlantic/Azores"),
    *("Atlantic/Reykjavik", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/St_Johns"),
    *("America/Halifax", "America/Havana", "America/Mexico_City", "America/Sao_Paulo"),
    *("America/Santiago", "America/Asuncion", "America/Nuuk", "Africa/Cairo"),
    *("Africa/Casablanca", "Africa/Johannesburg", "Asia/Jerusalem", "Asia/Beirut"),
    *("Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Tehran", "Asia/Gaza"),
    *("Australia/Sydney", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland"),
    *("Pacific/Chatham", "Pacific/Apia"),
)


def main() -> int:
    """Compare every zone; return 1 unless all times are right."""
    began = monotonic()
    with ProcessPoolExecutor(2) as pool:
        found = dict(zip(ZONES, pool.map(compare, ZONES), strict=True))
    right = sum(same for same, _, _ in found.values())
    missing = sum(less for _, less, _ in found.values())
    wrong = sum(more for _, _, more in found.values())
    share = right / (right + missing + wrong)
    zones = {
        zone: {"right": same, "missing": less, "wrong": more}
        for zone, (same, less, more) in found.items()
    }
    write("daylight", {"right_share": share, "zones": zones, "took_s": monotonic() - began})
    print(
        f"daylight: {len(ZONES)} zones, 2 years, {right} times right, {missing} missing, "
        f"{wrong} wrong ({share:.2%})"
    )
    return 0 if share == 1 else 1


def compare(zone: str) -> tuple[int, int, int]:
    """Return how many times of a zone are right, missing and wrong."""
    oracle = set(right_times(zone, START, END, length=LENGTH, every=EVERY))
    ours = set(monthly(zone))
    return len(oracle & ours), len(oracle - ours), len(ours - oracle)


def monthly(zone: str) -> Iterator[datetime]:
    """Return what the product offers, asked for four weeks at a time, as pages do."""
    at = START
    while at < END:
        end = min(at + timedelta(weeks=4), END)
        yield from offered(zone, at, end)
        at = end


if __name__ == "__main__":
    sys.exit(main())
