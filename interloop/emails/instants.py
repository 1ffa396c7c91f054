"""Instants as mails say them: in the reader's zone and language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from interloop.domain.language import Language

_DAYS = {
    Language.en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    Language.de: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
_MONTHS = {
    Language.en: "January February March April May June "
    "July August September October November December",
    Language.de: "Januar Februar März April Mai Juni "
    "Juli August September Oktober November Dezember",
}


def say_instant(at: datetime, language: str = Language.en, zone: str = "UTC") -> str:
    """Return `Sunday, 6 December 2026, 11:00 (Europe/Berlin)` or its like in another language.

    `zone` is an IANA name; the language and country of the machine play no part.
    Raises `ZoneInfoNotFoundError` for a zone that does not exist.
    """
    spoken = Language(language)
    there = at.astimezone(ZoneInfo(zone))
    day = _DAYS[spoken].split()[there.weekday()]
    month = _MONTHS[spoken].split()[there.month - 1]
    where = "UTC" if zone == "UTC" else f"({zone.replace('_', ' ')})"
    if spoken is Language.de:
        return f"{day}, {there.day}. {month} {there.year}, {there:%H:%M} Uhr {where}"
    return f"{day}, {there.day} {month} {there.year}, {there:%H:%M} {where}"
