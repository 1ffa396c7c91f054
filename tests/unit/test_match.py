"""A match quotes the resume, looks at nobody's name, and never turns silence into a no."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interloop.domain.contact import read_contact
from interloop.domain.document import ContactDetails, Field
from interloop.domain.match import MatchRating, Support, rate
from interloop.domain.requirements import Requirement, Requirements, read_requirements
from interloop.integrations.resume.local import LocalReader
from tests.support.documents import RESUME, white_text_pdf

NOBODY = ContactDetails()
WISHES = (
    "Experience with Kafka, RabbitMQ or similar",
    "Python and PostgreSQL",
    "Go or Rust",
    "REST APIs",
    "Kubernetes is a plus",
    "Incident response and on-call",
    "Machine learning",
    "Clear written communication",
)
JOB = Requirements(
    items=tuple(Requirement(key=f"r{n}", text=text) for n, text in enumerate(WISHES))
)
VOCABULARY = """Python Go go Rust Kafka kafka built incidents on-call REST APIs API machine
learning wrote communicated clearly PostgreSQL postgres k8s the and team
. , \u2022 Northfield University 2019"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "."])
RESUMES = st.lists(WORDS, max_size=60).map(" ".join)
NAMES = st.sampled_from(["Dana Whitfield", "Go Kafka", "Python Rust", "Amina al Rest", "Bo Ek"])
ORDER = [Support.not_evidenced, Support.partly, Support.supported]


def state(wish: str, text: str, contact: ContactDetails = NOBODY) -> str:
    job = Requirements(items=(Requirement(key="r", text=wish),))
    return rate(job, text, contact).requirements[0].state.value


def test_a_resume_is_held_against_a_job_requirement_by_requirement() -> None:
    rating = rate(JOB, RESUME, read_contact(RESUME))
    assert {m.requirement.text: m.state.value for m in rating.requirements} == {
        "Experience with Kafka, RabbitMQ or similar": "supported",
        "Python and PostgreSQL": "supported",
        "Go or Rust": "not_evidenced",
        "REST APIs": "supported",
        "Kubernetes is a plus": "supported",
        "Incident response and on-call": "supported",
        "Machine learning": "not_evidenced",
        "Clear written communication": "not_evidenced",
    }
    assert (rating.supported, rating.total) == (5, 8)
    (quote,) = rating.requirements[3].passages
    assert "Built REST APIs in Python" in quote.text


@pytest.mark.parametrize(
    ("wish", "text", "expected"),
    [
        ("PostgreSQL", "Tuned Postgres", "supported"),
        ("Kubernetes", "ran k8s clusters", "supported"),
        ("C++", "wrote C and C#", "not_evidenced"),
        ("C++", "wrote cpp", "supported"),
        ("Go", "Services in Go", "supported"),
        ("Go", "ready to go to work", "not_evidenced"),
        ("R", "led R&D", "not_evidenced"),
        ("REST APIs", "the rest of the team", "not_evidenced"),
        ("Python/Go", "Services in Go", "supported"),
        ("Kafka", "Kafka/Spark pipelines", "supported"),
        ("Python and Go", "Services in Go", "partly"),
        ("CI/CD", "continuous integration for all", "supported"),
        (".NET", "asp.net since long", "supported"),
        ("managing projects", "managed a project", "supported"),
        ("full-stack", "full stack work", "supported"),
        ("Strong skills", "Strong skills", "not_evidenced"),
        ("tuning, caching, sharding", "tuning\nand nothing", "partly"),
    ],
)
def test_one_technology_has_many_names_and_plain_words_are_none(
    wish: str, text: str, expected: str
) -> None:
    assert state(wish, text) == expected


def test_words_scattered_over_a_resume_are_no_experience() -> None:
    wish = "planning audits with foreign suppliers"
    assert state(wish, "planned audits with foreign suppliers") == "supported"
    assert state(wish, "planned\nAudits\nForeign\nSuppliers") == "partly"


def test_years_count_only_where_the_text_states_them() -> None:
    assert state("5+ years of Python", "Python at Globex") == "partly"
    assert state("5+ years of Python", "Python for 3 years") == "partly"
    assert state("five years of Python", "7 years of Python") == "supported"
    assert state("5 years of Python", "Python\nMarried for 9 years") == "partly"


@pytest.mark.parametrize(
    "text",
    [
        "Northfield University",
        "College of Harbour Studies",
        "Nationality: Northfield",
        "Age: 34, harbour",
        "aged 34",
        "https://example.org/harbour/northfield",
        "northfield@example.org",
    ],
)
def test_school_age_origin_and_addresses_support_nothing(text: str) -> None:
    assert state("Northfield", text) == "not_evidenced"
    assert state("Harbour", text) == "not_evidenced"
    assert state("34", text) == "not_evidenced"


def test_a_wish_for_a_certain_school_is_a_wish_for_what_is_taught_there() -> None:
    assert state("Northfield University, computer science", "computer science") == "supported"


def test_a_wrapped_bullet_point_is_quoted_whole() -> None:
    text = "\u2022 Built the import of\nprices with Kafka\n\u2022 Other"
    job = Requirements(items=(Requirement(key="r", text="Kafka"),))
    (passage,) = rate(job, text, NOBODY).requirements[0].passages
    assert passage.text == "\u2022 Built the import of\nprices with Kafka"


def test_an_empty_resume_or_job_is_rated_without_a_number_made_up() -> None:
    assert rate(JOB, "", NOBODY).supported == 0
    assert rate(Requirements(), RESUME, NOBODY) == MatchRating(
        requirements=(), supported=0, total=0
    )


@pytest.mark.parametrize("piece", ["a", "A", " ", "\t", "a@", "A, ", "Big ", "https://"])
def test_text_made_to_stall_the_reading_is_read_in_seconds(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()
    rate(JOB, text, read_contact(text))
    assert time.process_time() - begun < 10


def test_a_rating_cannot_claim_more_than_it_holds() -> None:
    with pytest.raises(ValidationError, match="counts"):
        MatchRating(requirements=(), supported=1, total=1)


async def test_hidden_words_of_a_file_never_support() -> None:
    job = read_requirements("Requirements:\n- Terraform\n- Kafka")
    document = await LocalReader().read(white_text_pdf(), filename="resume.pdf")
    assert "Terraform" in document.hidden_text
    rating = rate(job, document.text, NOBODY)
    states = [match.state for match in rating.requirements]
    assert states == [Support.not_evidenced, Support.supported]


@given(RESUMES)
def test_every_passage_is_a_piece_of_the_text_at_its_place(text: str) -> None:
    for match in rate(JOB, text, read_contact(text)).requirements:
        assert bool(match.passages) == (match.state is not Support.not_evidenced)
        for passage in match.passages:
            assert text[passage.start : passage.end] == passage.text
            assert passage.text == passage.text.strip() != ""


@given(RESUMES, RESUMES)
def test_more_text_never_lowers_support(text: str, more: str) -> None:
    before = rate(JOB, text, NOBODY).requirements
    after = rate(JOB, f"{text}\n{more}", NOBODY).requirements
    for old, new in zip(before, after, strict=True):
        assert ORDER.index(new.state) >= ORDER.index(old.state)


@given(RESUMES, NAMES, NAMES)
def test_another_name_changes_nothing(text: str, name: str, other: str) -> None:
    def states(person: str) -> list[Support]:
        resume = f"{person}\n{text}\nReferences on {person} on demand"
        contact = ContactDetails(name=Field(value=person, start=0, end=len(person)))
        return [match.state for match in rate(JOB, resume, contact).requirements]

    assert states(name) == states(other)


def test_a_name_that_is_also_a_technology_supports_nothing() -> None:
    for name in ("Kafka Lindqvist", "Kim Lindqvist"):
        text = f"{name}\nkl@example.org\nEXPERIENCE\nBuilt imports in Python"
        assert state("Kafka", text, read_contact(text)) == "not_evidenced"
