"""What a template may say, and what never leaves it."""

from datetime import UTC, datetime

import pytest

from interloop.db.tables import MessageKind
from interloop.domain.errors import Unreadable
from interloop.domain.language import Language
from interloop.emails import (
    KINDS,
    REVIEW_LINK,
    VALUES,
    MailTemplate,
    Words,
    default_template,
    render,
    say_instant,
    template_of,
    with_link,
)
from interloop.security.links import link_hash, link_url, new_link_token

VALUES_GIVEN = {
    "candidate_name": "Ada <b>Quill</b>",
    "organization": "Larkfield",
    "job_title": "Engineer",
    "minutes": "20",
    "open_until": "6 December 2026, 10:00 UTC",
    "contact_name": "Ines Recruiter",
    "contact_email": "ines@larkfield.example",
}


ALL = {name: f"<{name}>" for name in VALUES} | VALUES_GIVEN


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_speaks_to_its_reader_and_keeps_markup_out(kind: str, language: str) -> None:
    mail = render(default_template(kind, language), ALL)
    assert "Ada <b>Quill</b>" in mail.text
    assert "Ada &lt;b&gt;Quill&lt;/b&gt;" in mail.html
    assert "ines@larkfield.example" in mail.text
    assert "\n" not in mail.subject
    assert f'<html lang="{language}">' in mail.html


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_reads_well_where_little_is_known(kind: str, language: str) -> None:
    mail = render(default_template(kind, language), VALUES_GIVEN)
    assert "\n\n\n" not in mail.text
    assert '16px;"></p>' not in mail.html
    assert "{%" not in mail.subject + mail.text + mail.html


def test_the_kinds_of_the_outbox_are_the_kinds_that_can_be_written() -> None:
    assert set(KINDS) == {kind.value for kind in MessageKind}


@pytest.mark.parametrize(("language", "words"), [("en", "AI interviewer"), ("de", "Eine KI")])
def test_an_invitation_says_in_its_first_line_that_an_ai_asks(language: str, words: str) -> None:
    mail = render(default_template("invite", language), VALUES_GIVEN)
    assert words in mail.text.splitlines()[0]
    assert mail.html.index(words) < mail.html.index("Quill")


@pytest.mark.parametrize("language", Language)
def test_a_rejection_has_the_way_to_a_human_review(language: str) -> None:
    mail = render(default_template("rejection", language), VALUES_GIVEN)
    assert REVIEW_LINK in mail.text
    assert f'<a href="{REVIEW_LINK}"' in mail.html
    sent = with_link(mail, "http://app.example/c/#secret")
    assert "http://app.example/c/#secret" in sent.text
    assert REVIEW_LINK not in sent.html


def test_words_become_paragraphs_lists_and_links_but_never_markup() -> None:
    words = Words(
        subject="s",
        text="Bring <b>nothing</b>:\n- a pen\n- time\n\nSee https://larkfield.example/way.\n",
    )
    mail = render(template_of("advance", "en", words), {})
    assert "Bring &lt;b&gt;nothing&lt;/b&gt;:" in mail.html
    assert "<li>a pen</li><li>time</li>" in mail.html
    assert '<a href="https://larkfield.example/way"' in mail.html


def test_the_link_is_open_in_the_preview_and_filled_when_it_leaves() -> None:
    preview = render(default_template("invite"), VALUES_GIVEN)
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
        render(MailTemplate(subject="s", text=source, html=""), VALUES_GIVEN)


def test_a_value_outside_the_list_is_refused() -> None:
    with pytest.raises(Unreadable):
        render(default_template("offer"), VALUES_GIVEN | {"salary": "1"})


def test_there_is_no_template_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        default_template("farewell")


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("en", "UTC", "Sunday, 6 December 2026, 10:00 UTC"),
        ("en", "America/New_York", "Sunday, 6 December 2026, 05:00 (America/New York)"),
        ("de", "Europe/Berlin", "Sonntag, 6. Dezember 2026, 11:00 Uhr (Europe/Berlin)"),
    ],
)
def test_instants_are_said_in_the_readers_zone_and_language(
    language: str, zone: str, words: str
) -> None:
    assert say_instant(datetime(2026, 12, 6, 10, tzinfo=UTC), language, zone) == words


def test_a_link_keeps_its_secret_behind_the_hash_and_the_database_only_its_hash() -> None:
    token = new_link_token()
    assert link_url("http://app.example", token).split("#") == ["http://app.example/c/", token]
    assert len(link_hash(token)) == 32
    assert token != new_link_token()
