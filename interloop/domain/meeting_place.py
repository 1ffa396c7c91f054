"""Where a meeting with a person takes place: a room in a few words, or a video link."""

import re
import unicodedata
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

MOST = 300

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:\S")


def link_of(place: str | None) -> str | None:
    """Return the place where it is a link that can be opened, else None."""
    return place if place is not None and place.startswith("https://") else None


def _checked(place: str) -> str:
    if any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} for each in place):
        raise ValueError("one line, without anything that hides")
    if _SCHEME.match(place) is None:
        return place
    if not _is_link(place):
        raise ValueError("a link begins with https:// and names a host, and no user")
    return place


def _is_link(place: str) -> bool:
    try:
        parts = urlsplit(place)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = re.fullmatch(r"[^\s<>\"\\^`{|}]+", place) is not None
    return (
        parts.scheme == "https"
        and place.startswith("https://")
        and named
        and plain
        and ("@" not in parts.netloc)
    )


MeetingPlace = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST),
    AfterValidator(_checked),
]
"""Words, or an https link; every other scheme is refused, for candidates press what they read."""
