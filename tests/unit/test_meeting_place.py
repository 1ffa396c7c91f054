"""Where a person is met: words, or a link that can safely be pressed."""

import pytest
from pydantic import TypeAdapter, ValidationError

from interloop.domain.meeting_place import MeetingPlace, link_of

place = TypeAdapter(MeetingPlace)


@pytest.mark.parametrize(
    "said",
    [
        "Room 4, second floor",
        "Haus B: Raum 12 (am Empfang melden)",
        "https://meet.example.com/abc-defg?pwd=x#here",
        "https://meet.example.com:8443/room",
    ],
)
def test_words_and_https_links_are_places(said: str) -> None:
    assert place.validate_python(f" {said} ") == said
    assert link_of(said) == (said if said.startswith("https") else None)


@pytest.mark.parametrize(
    "said",
    [
        "http://meet.example.com/room",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "HTTPS://meet.example.com",
        "https://",
        "https:///room",
        "https://user@meet.example.com/room",
        "https://meet.example.com@evil.example/room",
        "https://meet.example.com:port/room",
        "https://[meet/room",
        "https://meet.example.com/<b>",
        "https://meet.example.com and then upstairs",
        "Room 4\nBcc: somebody",
        "Room \u202e4",
        "   ",
        "x" * 301,
    ],
)
def test_nothing_else_is(said: str) -> None:
    with pytest.raises(ValidationError):
        place.validate_python(said)
