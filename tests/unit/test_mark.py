"""Marks: quotes that really stand there, honest totals, own mark first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.errors import Conflict
from interloop.domain.mark import MarkValue, Provenance, check_reveal, find_quote, total
from tests.unit.test_plan import RUBRIC

words = st.lists(
    st.sampled_from(["ledger", "retry", "Straße", "row", "idempotent", "ﬁx"]), min_size=1
)


@given(words, words, words)
def test_what_was_said_is_found_where_it_was_said(
    before: list[str], said: list[str], after: list[str]
) -> None:
    quote = " ".join(said)
    text = f"{' '.join(before)} {quote} {' '.join(after)}"
    span = find_quote(text, quote)
    assert span is not None
    assert text[span.start : span.end].casefold() == quote.casefold()


@given(words)
def test_what_was_not_said_is_not_found(said: list[str]) -> None:
    assert find_quote(" ".join(said), "the ledger refused it twice") is None


def test_white_space_case_and_typographic_quotes_do_not_hide_a_quote() -> None:
    text = "We didn\u2019t  retry;\nthe unique KEY refused it."
    span = find_quote(text, "didn't retry; the unique key")
    assert span is not None
    assert text[span.start : span.end] == "didn\u2019t  retry;\nthe unique KEY"


def test_a_paraphrase_is_no_quote() -> None:
    assert find_quote("The unique key refused it.", "The unique key rejected it.") is None


@pytest.mark.parametrize("quote", ["", "  ", "a", "of", "..."])
def test_a_scrap_backs_nothing(quote: str) -> None:
    assert find_quote("a lot of words of a person ...", quote) is None


def marks(provenance: Provenance) -> tuple[MarkValue, ...]:
    return tuple(
        MarkValue(criterion_id=key, level=level, provenance=provenance)
        for key, level in (("a", 5), ("b", 2))
    )


def test_a_total_is_the_weighted_mean_of_all_criteria() -> None:
    combined = total(RUBRIC, marks(Provenance.human))
    assert combined is not None
    assert combined.level == pytest.approx(3.8)


def test_sandbox_marks_make_no_total() -> None:
    assert total(RUBRIC, marks(Provenance.sandbox)) is None


def test_one_missing_criterion_means_no_total() -> None:
    assert total(RUBRIC, marks(Provenance.human)[:1]) is None


def test_a_suggested_mark_is_not_shown_before_the_own_one() -> None:
    with pytest.raises(Conflict):
        check_reveal(own_mark_stored=False)
    check_reveal(own_mark_stored=True)
