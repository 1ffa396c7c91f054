"""What the law of a place asks of an interview; asked before every invitation.

A small table to begin with, kept as data. Sources: NYC Local Law 144 (AEDT notice ten business
days before use), Illinois AI Video Interview Act (820 ILCS 42: notice, explanation, consent),
EU AI Act Art. 50 (tell people they speak with an AI) and Art. 5(1)(f) (no emotion inference in
recruitment), GDPR Art. 22 (human intervention).
"""

from datetime import datetime

from interloop.domain.base import Value

_EU_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
EU = frozenset(_EU_CODES.split(" "))


class Place(Value):
    """Where a job or a person is: ISO 3166-1 country and, where law differs, ISO 3166-2 region."""

    country: str = ""
    region: str = ""


class Rules(Value):
    """What must be true before and during an interview for these two places."""

    disclose_ai: bool = True
    consent_needed: bool = True
    notice_days: int = 0
    human_alternative: bool = True
    face_geometry_allowed: bool = False
    sources: tuple[str, ...] = ()


def rules_for(job: Place, candidate: Place, at: datetime) -> Rules:
    """Return the strictest rules of both places at this instant.

    Everybody gets the disclosure, the consent and the human alternative; places only add.
    """
    if at.tzinfo is None:
        raise ValueError("rules are asked for an aware instant")
    sources: list[str] = []
    notice_days = 0
    places = {(p.country.upper(), p.region.upper()) for p in (job, candidate)}
    if any(country in EU for country, _ in places):
        sources += ["EU AI Act Art. 50", "GDPR Art. 22"]
    if ("US", "US-NY") in places:
        sources.append("NYC Local Law 144")
        notice_days = 14
    if ("US", "US-IL") in places:
        sources.append("820 ILCS 42")
    return Rules(notice_days=notice_days, sources=tuple(sources))
