"""What a template may say, and what never leaves it."""

from datetime import UTC, datetime

import pytest

from interloop.domain.errors import Unreadable
from interloop.emails import KINDS, MailTemplate, default_template, render, say_instant, with_link
from interloop.security.links import link_hash, link_url, new_link_token

VALUES = {
    "candidate_name": "Ada <b>Quill</b>",
    "organization": "Larkfield",
    "job_title": "Engineer",
    "minutes": "20",
    "open_until": "6 December 2026, 10:00 UTC",
    "contact_name": "Ines Recruiter",
    "contact_email": "ines@larkfield.example",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_speaks_to_its_reader_and_keeps_markup_out(kind: str) -> None:
    mail = render(default_template(kind), VALUES)
    assert "Ada <b>Quill</b>" in mail.text
    assert "Ada &lt;b&gt;Quill&lt;/b&gt;" in mail.html
    assert "ines@larkfield.example" in mail.text
    assert "\n" not in mail.subject


def test_an_invitation_says_in_its_first_line_that_an_ai_asks() -> None:
    mail = render(default_template("invite"), VALUES)
    assert "AI interviewer" in mail.text.splitlines()[0]
    assert mail.html.index("AI interviewer") < mail.html.index("Hello")


def test_a_rejection_says_how_to_ask_for_a_human_review() -> None:
    mail = render(default_template("rejection"), VALUES)
    assert "ask for another person to review the decision" in mail.text
    assert "ask for another person to review the decision" in mail.html


def test_the_link_is_open_in_the_preview_and_filled_when_it_leaves() -> None:
    preview = render(default_template("invite"), VALUES)
    assert "{{link}}" in preview.text
    sent = with_link(preview, link_url("http://app.example/", "secret"))
    assert "http://app.example/c/#secret" in sent.text
    assert "{{link}}" not in sent.html


@pytest.mark.parametrize(
    "source",
    [
        "{{ candidate.password_hash }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ candidate_name|attr('__class__') }}",
        "{% include 'x' %}",
        "{{ 'x'|center(100000000) }}",
        "{% if %}",
    ],
)
def test_a_template_that_reaches_further_does_not_render(source: str) -> None:
    with pytest.raises(Unreadable):
        render(MailTemplate(subject="s", text=source, html=""), VALUES)


def test_a_value_outside_the_list_is_refused() -> None:
    with pytest.raises(Unreadable):
        render(default_template("offer"), VALUES | {"salary": "1"})


def test_there_is_no_template_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        default_template("farewell")


def test_instants_are_said_in_words() -> None:
    assert say_instant(datetime(2026, 12, 6, 10, tzinfo=UTC)) == "6 December 2026, 10:00 UTC"


def test_a_link_keeps_its_secret_behind_the_hash_and_the_database_only_its_hash() -> None:
    token = new_link_token()
    assert link_url("http://app.example", token).split("#") == ["http://app.example/c/", token]
    assert len(link_hash(token)) == 32
    assert token != new_link_token()
