"""Contact details are read with the place they stand at, and never invented."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.contact import read_contact
from interloop.domain.document import ContactDetails
from tests.support.documents import RESUME


def values(contact: ContactDetails) -> dict[str, str | None]:
    return {key: field and field.value for key, field in contact}


def test_the_head_of_a_resume_gives_all_four() -> None:
    assert values(read_contact(RESUME)) == {
        "name": "Dana Whitfield",
        "email": "dana.whitfield@example.org",
        "phone": "+442079460958",
        "location": "Leeds, United Kingdom",
    }


def test_each_value_stands_where_its_span_says() -> None:
    contact = read_contact(RESUME)
    for field in (contact.name, contact.email, contact.location):
        assert field is not None
        assert RESUME[field.start : field.end] == field.value
    assert contact.phone is not None
    number = phonenumbers.parse(RESUME[contact.phone.start : contact.phone.end])
    assert phonenumbers.format_number(number, 0) == contact.phone.value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RESUME\nPage 1\nMARIA GONZALEZ-LOPEZ\nBackend Engineer", "MARIA GONZALEZ-LOPEZ"),
        ("Name: Jean-Luc de la Tour\nParis, France", "Jean-Luc de la Tour"),
        ("Sean O\u2019Brien, PhD\tDublin, Ireland\tsean@example.org", "Sean O\u2019Brien"),
        ("Harbour Freight\nKim Lindqvist\nlindqvist@example.org", "Kim Lindqvist"),
        ("Harbour Freight\nKim Lindqvist\nx@example.org", "Harbour Freight"),
        ("Leeds, United Kingdom\nSoftware Engineer\nplain words", None),
        ("van der berg and others\nde Vries Anna", None),
        ("", None),
    ],
)
def test_a_name_is_what_looks_like_one_and_best_agrees_with_the_address(
    text: str, name: str | None
) -> None:
    assert values(read_contact(text))["name"] == name


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Kim\n(415) 555-0132", "+14155550132"),
        ("Kim\n020 7946 0958", "+442079460958"),
        ("10.1109/415.5550132", None),
        ("doi: 415 555 0132", None),
        ("2018 - 2023, 2014 - 2018", None),
        ("x" * 2000 + " 415 555 0132", None),
        ("x" * 2000 + " phone: 415 555 0132", "+14155550132"),
        ("x" * 2000 + " +44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_a_phone_only_where_a_phone_stands(text: str, phone: str | None) -> None:
    assert values(read_contact(text))["phone"] == phone


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("Austin, Texas Home office", "Austin, Texas"),
        ("New York, NY", "New York, NY"),
        ("Porto, Portugal Remote Work", "Porto, Portugal"),
        ("Acme, Boston, 2019, Austin, Texas", None),
        ("Python, Kafka", None),
    ],
)
def test_a_place_is_a_city_and_a_known_region(text: str, location: str | None) -> None:
    assert values(read_contact(text))["location"] == location


@given(st.text(max_size=300))
def test_any_text_is_read_without_error_and_with_true_spans(text: str) -> None:
    contact = read_contact(text)
    for field in (contact.name, contact.email, contact.location):
        assert field is None or text[field.start : field.end] == field.value
