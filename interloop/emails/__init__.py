"""The mails Interloop sends by default: one file a kind and language, subject first.

`<kind>.<language>.txt` holds the subject, an empty line and the words; `html` dresses the words, so
that both parts of a mail always say the same.
"""

from interloop.domain.base import Value
from interloop.domain.language import Language
from interloop.emails.files import read
from interloop.emails.html import dress
from interloop.emails.instants import say_instant
from interloop.emails.rendering import (
    LINK,
    MOST_TEXT,
    REVIEW_LINK,
    MailTemplate,
    RenderedMail,
    render,
)
from interloop.emails.values import KINDS, VALUES

__all__ = [
    "KINDS",
    "LINK",
    "REVIEW_LINK",
    "VALUES",
    "MailTemplate",
    "RenderedMail",
    "Words",
    "default_template",
    "default_words",
    "render",
    "say_instant",
    "template_of",
    "wants_link",
    "with_link",
]


class Words(Value):
    """What a person writes of a template: the subject and the words; the HTML is made of them."""

    subject: str
    text: str


def default_words(kind: str, language: str = Language.en) -> Words:
    """Return what ships with the product; `KeyError` for an unknown kind or language."""
    if kind not in KINDS:
        raise KeyError(kind)
    subject, _, text = read(f"{kind}.{Language(language)}.txt").partition("\n\n")
    return Words(subject=subject.strip(), text=text)


def template_of(kind: str, language: str, words: Words) -> MailTemplate:
    """Return the template these words make, with its HTML; words too long to render have none."""
    fits = len(words.text) <= MOST_TEXT
    html = dress(words.text, kind=kind, language=Language(language)) if fits else ""
    return MailTemplate(subject=words.subject, text=words.text, html=html)


def default_template(kind: str, language: str = Language.en) -> MailTemplate:
    """Return the template that ships with the product; `KeyError` for an unknown kind."""
    return template_of(kind, language, default_words(kind, language))


def wants_link(mail: RenderedMail) -> bool:
    """Tell whether the mail has a place for the candidate's own link."""
    return any(place in mail.text + mail.html for place in (LINK, REVIEW_LINK))


def with_link(mail: RenderedMail, link: str) -> RenderedMail:
    """Put the personal link where the preview showed its places.

    Both open the candidate's own page, which shows what fits where they stand.
    """
    text, html = mail.text, mail.html
    for place in (LINK, REVIEW_LINK):
        text, html = text.replace(place, link), html.replace(place, link)
    return RenderedMail(subject=mail.subject, text=text, html=html)
