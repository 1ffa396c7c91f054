"""What a job asks for is read from headings, else from sentences, else from duties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.requirements import MOST, Weight, read_requirements
from tests.support.documents import JOB_POSTING


def read(description: str) -> list[tuple[str, str]]:
    return [(item.weight.value, item.text) for item in read_requirements(description).items]


def test_headings_say_what_is_a_must_and_what_is_nice() -> None:
    assert read(JOB_POSTING) == [
        ("must", "5+ years of experience with Python or Go"),
        ("must", "PostgreSQL"),
        ("nice", "Kubernetes is a plus"),
        ("must", "Docker skills"),
        ("nice", "Rust"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "MINIMUM QUALIFICATIONS",
        "What we\u2019re looking for",
        "You have:",
        "## Skills",
        "Your profile",
    ],
)
def test_many_headings_ask(heading: str) -> None:
    assert read(f"{heading}\n- Python\n\nWhy us?\nFree fruit") == [("must", "Python")]


def test_prose_is_read_sentence_by_sentence() -> None:
    prose = "We need a nurse. You must hold a licence. Ideally you speak Polish. We pay well."
    assert read(prose) == [
        ("must", "You must hold a licence"),
        ("nice", "Ideally you speak Polish"),
    ]


def test_without_any_wish_the_duties_stand_in() -> None:
    assert read("Responsibilities: build things\n- Talk to customers") == [
        ("must", "build things"),
        ("must", "Talk to customers"),
    ]
    assert read("The job\n\n- Python\n- Docker") == [("must", "Python"), ("must", "Docker")]


def test_an_unknown_heading_ends_the_one_before() -> None:
    assert read("Requirements:\n- Python\nOur tools:\n- Hammer") == [("must", "Python")]


def test_text_that_asks_for_nothing_gives_nothing() -> None:
    assert read("") == []
    assert read("We are nice, really.\n-\n\n- 7") == []


def test_when_there_are_too_many_the_nice_ones_go_first() -> None:
    musts = "\n".join(f"- must thing {'i' * n}" for n in range(1, MOST))
    nice = "- first is a plus\n- second is a plus"
    items = read_requirements(f"Requirements\n{nice}\n{musts}").items
    assert len(items) == MOST
    assert [item.text for item in items if item.weight is Weight.nice] == ["first is a plus"]


def test_keys_tell_what_they_stand_for_and_are_distinct() -> None:
    items = read_requirements("Skills:\n- Python, good\n- good Python\n- \u65e5\u672c\u8a9e").items
    assert [item.key for item in items] == ["python", "python-2", "requirement"]


@given(st.text(alphabet=st.sampled_from("Requirements:\n-* .;ab1\u2022#"), max_size=200))
def test_any_description_is_read_to_at_most_so_many(description: str) -> None:
    items = read_requirements(description).items
    assert len(items) <= MOST
    assert len({item.key for item in items}) == len(items)
