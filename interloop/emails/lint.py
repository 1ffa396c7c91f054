"""What is wrong with a template, in plain sentences; what blocks keeps it from being published."""

import re
from collections.abc import Iterator
from typing import Literal

from jinja2 import nodes

from interloop.domain.base import Value
from interloop.domain.errors import Unreadable
from interloop.emails.rendering import (
    MOST_HTML,
    MOST_SUBJECT,
    MOST_TEXT,
    MailTemplate,
    parse_plain,
    plain_names,
    render,
)
from interloop.emails.values import KIND_VALUES, VALUES

Part = Literal["subject", "text"]

LONGEST_SUBJECT = 150
_WELL_SEEN = 70
"""Characters of a subject that most phones show."""
_FIRST_LINES = 2

_NEEDED = {
    "invite": "link",
    "meet_person": "link",
    "reminder": "link",
    "booked": "link",
    "rescheduled": "link",
    "proposed_time": "link",
    "missed_time": "link",
    "cancelled_time": "link",
    "rejection": "review_link",
}
_WITHOUT = {
    "link": "Put {{ link }} on a line of its own: without it nobody can open their page.",
    "review_link": "A rejection must have the way to a human review: put {{ review_link }} on a "
    "line of its own, outside of any condition.",
}
_MACHINE = re.compile(r"\b(AI|KI|artificial intelligence|künstliche[rn]? Intelligenz)\b")
_BROKEN = {
    "mail_template_broken": "Something is not closed or not spelt right: look at {{ }} and {% %}.",
    "mail_template_too_much": "Only names in {{ }} and {% if name %} … {% endif %} work in mails.",
    "mail_template_too_long": f"It is too long: at most {MOST_TEXT} characters and 400 places.",
}


class Finding(Value):
    """One sentence about a part of a template."""

    part: Part
    code: str
    says: str
    blocks: bool = True


def lint(kind: str, template: MailTemplate) -> tuple[Finding, ...]:
    """Return what is wrong with a template of this kind, what blocks first."""
    broken = tuple(_broken(template))
    found = broken or (*_subject(template), *_words(kind, template))
    return tuple(sorted((*found, *_unknown(kind, template)), key=lambda each: not each.blocks))


def _broken(template: MailTemplate) -> Iterator[Finding]:
    parts: tuple[tuple[Part, str, int], ...] = (
        ("subject", template.subject, MOST_SUBJECT),
        ("text", template.text, MOST_TEXT),
        ("text", template.html, MOST_HTML),
    )
    for part, source, most in parts:
        try:
            parse_plain(source, most=most)
        except Unreadable as wrong:
            says = _BROKEN.get(wrong.code, "This cannot be used in a mail.")
            yield Finding(part=part, code=wrong.code, says=says)
            return


def _subject(template: MailTemplate) -> Iterator[Finding]:
    shown = template.subject.strip()
    if not shown:
        yield Finding(part="subject", code="subject_empty", says="Write a subject.")
    if len(shown) > LONGEST_SUBJECT:
        says = f"The subject is too long: {len(shown)} of at most {LONGEST_SUBJECT} characters."
        yield Finding(part="subject", code="subject_too_long", says=says)
    elif len(shown) > _WELL_SEEN and "{%" not in shown:
        says = f"Phones show about {_WELL_SEEN} characters of a subject; this has {len(shown)}."
        yield Finding(part="subject", code="subject_long", says=says, blocks=False)
    if {"link", "review_link"} & set(plain_names(template.subject)):
        says = "A link works in the words only; take it out of the subject."
        yield Finding(part="subject", code="link_in_subject", says=says)


def _words(kind: str, template: MailTemplate) -> Iterator[Finding]:
    if not template.text.strip():
        says = "Write the words: they are also what is read where HTML is not shown."
        yield Finding(part="text", code="text_missing", says=says)
        return
    needed = _NEEDED.get(kind)
    if needed is not None and not _always_in(template, needed):
        yield Finding(part="text", code=f"{needed}_missing", says=_WITHOUT[needed])
    if kind == "invite" and not _says_ai_first(template):
        says = "Say in the first lines that an AI interviewer asks the questions."
        yield Finding(part="text", code="ai_not_said", says=says)


def _unknown(kind: str, template: MailTemplate) -> Iterator[Finding]:
    here = KIND_VALUES[kind]
    for part, source in _parts(template):
        try:
            names = dict.fromkeys(plain_names(source))
        except Unreadable:
            continue
        for name in names:
            if name not in VALUES:
                says = f"{{{{ {name[:40]} }}}} is no value a mail knows."
                yield Finding(part=part, code="value_unknown", says=says)
            elif name not in here:
                says = f"{{{{ {name} }}}} is always empty in this mail."
                yield Finding(part=part, code="value_empty", says=says)


def _always_in(template: MailTemplate, name: str) -> bool:
    """Tell whether both parts show the value whatever the values are."""
    return all(name in _unconditional(source) for source in (template.text, template.html))


def _unconditional(source: str) -> set[str]:
    tree = parse_plain(source)
    outputs = [node for node in tree.body if isinstance(node, nodes.Output)]
    return {each.name for node in outputs for each in node.nodes if isinstance(each, nodes.Name)}


def _says_ai_first(template: MailTemplate) -> bool:
    """Tell whether the first lines say it, with all values known and with none."""
    known = {name: "x" for name, each in VALUES.items() if each.most}
    try:
        mails = [render(template, values) for values in (known, {})]
    except Unreadable:
        return False
    return all(_MACHINE.search(_beginning(mail.text)) for mail in mails)


def _beginning(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return " ".join(lines[:_FIRST_LINES])


def _parts(template: MailTemplate) -> tuple[tuple[Part, str], ...]:
    return (("subject", template.subject), ("text", template.text))
