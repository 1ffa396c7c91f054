"""What a person is told while they write a template, and what keeps it from being published."""

import pytest

from interloop.domain.language import Language
from interloop.emails import KINDS, Words, default_words, template_of
from interloop.emails.lint import lint


def findings(kind: str, text: str, subject: str = "Your application") -> set[str]:
    return {
        each.code for each in lint(kind, template_of(kind, "en", Words(subject=subject, text=text)))
    }


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_what_ships_has_nothing_that_blocks(kind: str, language: Language) -> None:
    found = lint(kind, template_of(kind, language, default_words(kind, language)))
    assert not [each for each in found if each.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "We decided not to go on.",
        "{% if candidate_name %}{{ review_link }}{% endif %}",
        "{% if not candidate_name %}x{% else %}{{ review_link }}{% endif %}",
        "{# {{ review_link }} #}",
        "{% raw %}{{ review_link }}{% endraw %}",
    ],
)
def test_a_rejection_always_has_the_way_to_a_human_review(text: str) -> None:
    assert "review_link_missing" in findings("rejection", text)
    assert "review_link_missing" not in findings("rejection", f"{text}\n{{{{ review_link }}}}")


def test_an_invitation_has_its_link_and_says_first_that_an_ai_asks() -> None:
    told = "An AI interviewer asks.\n\n{{ link }}"
    assert findings("invite", told) == set()
    assert findings("invite", "An AI interviewer asks.") == {"link_missing"}
    assert findings("invite", "Hello\n\nWelcome\n\nAn AI asks.\n\n{{ link }}") == {"ai_not_said"}
    hidden = "{% if minutes %}An AI asks.{% endif %}\n\n{{ link }}"
    assert findings("invite", hidden) == {"ai_not_said"}


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("", "Hello", "subject_empty"),
        ("x" * 151, "Hello", "subject_too_long"),
        ("x" * 80, "Hello", "subject_long"),
        ("Open {{ link }}", "Hello", "link_in_subject"),
        ("Hello", " \n", "text_missing"),
        ("Hello", "{{ salary }}", "value_unknown"),
        ("Hello", "{{ starts_at }}", "value_empty"),
        ("Hello", "{{ candidate_name", "mail_template_broken"),
        ("Hello", "{{ candidate_name|upper }}", "mail_template_too_much"),
        ("Hello", "x" * 20_001, "mail_template_too_long"),
    ],
)
def test_each_fault_is_told_by_its_name(subject: str, text: str, code: str) -> None:
    assert code in findings("offer", text, subject)
