"""IANA zones by name: which there are, and one for a country where nobody named one."""

from datetime import datetime
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, StringConstraints

UTC_NAME = "UTC"


def _known(name: str) -> str:
    if name not in _names():
        raise ValueError("no such time zone")
    return name


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in _names()}


ZoneName = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known)]
"""An IANA name, such as `Europe/Berlin`."""

# Where a country has one zone that most of its people live in; others say theirs themselves.
_OF_COUNTRY = {
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "IE": "Europe/Dublin",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
    "US": "America/Chicago",
    "ZA": "Africa/Johannesburg",
}


def named_zone(text: str) -> str | None:
    """Return the zone of this IANA name, however it is capitalised; None when there is none."""
    return _folded().get(text.strip().replace(" ", "_").casefold())


def zone_for(named: str | None, country: str) -> str:
    """Return the zone a person named, else their country's, else UTC."""
    return named or _OF_COUNTRY.get(country.upper(), UTC_NAME)


def local(at: datetime, zone: str) -> datetime:
    """Return the instant as the wall clock of the zone shows it.

    For reading hours and weekdays off only: two of these of the same zone must never be
    subtracted, which would say 24 h between two noons around a change of the clocks.
    """
    return at.astimezone(ZoneInfo(zone))
