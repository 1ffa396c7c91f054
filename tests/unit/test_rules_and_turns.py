"""Rules by place, and which words may back a mark."""

from datetime import UTC, datetime

import pytest

from interloop.domain.rules import Place, rules_for
from interloop.domain.turn import Speaker, TurnSource, is_evidence

AT = datetime(2026, 11, 22, tzinfo=UTC)


def test_everybody_is_told_asked_and_offered_a_person() -> None:
    rules = rules_for(Place(), Place(), AT)
    assert rules.disclose_ai
    assert rules.consent_needed
    assert rules.human_alternative
    assert not rules.face_geometry_allowed


def test_either_place_brings_its_law() -> None:
    new_york = Place(country="US", region="US-NY")
    assert rules_for(new_york, Place(), AT).notice_days == 14
    assert rules_for(Place(), new_york, AT).notice_days == 14
    both = rules_for(Place(country="de"), Place(country="US", region="US-IL"), AT)
    assert "EU AI Act Art. 50" in both.sources
    assert "820 ILCS 42" in both.sources


def test_rules_are_asked_for_an_instant_not_for_a_wall_clock() -> None:
    with pytest.raises(ValueError, match="aware"):
        rules_for(Place(), Place(), AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("speaker", "source", "reliable", "confirmed", "counts"),
    [
        (Speaker.candidate, TurnSource.typed, True, False, True),
        (Speaker.candidate, TurnSource.voice, True, False, True),
        (Speaker.candidate, TurnSource.voice, False, False, False),
        (Speaker.candidate, TurnSource.voice, False, True, True),
        (Speaker.interviewer, TurnSource.voice, True, True, False),
        (Speaker.interviewer, TurnSource.typed, True, True, False),
    ],
)
def test_only_the_candidates_own_reliable_or_confirmed_words_back_a_mark(
    speaker: Speaker, source: TurnSource, reliable: bool, confirmed: bool, counts: bool
) -> None:
    assert is_evidence(speaker, source, reliable=reliable, confirmed=confirmed) is counts
