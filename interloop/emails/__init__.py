"""The mails Interloop sends by default, and how a template becomes a mail.

A template is three texts: `<kind>.<language>.subject.txt`, `.txt` and `.html`. Values are plain
strings of a fixed list, so that no template of an organisation reaches an object of ours.
"""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interloop.domain.base import Value
from interloop.domain.errors import Unreadable

LINK = "{{link}}"
"""Stands for the personal link in a preview; the link itself is made when the mail leaves."""

VALUES = frozenset(
    {
        "candidate_name",
        "organization",
        "job_title",
        "minutes",
        "open_until",
        "contact_name",
        "contact_email",
        "link",
    }
)
"""All that a template may speak of."""

KINDS = ("invite", "human_interview", "advance", "rejection", "offer")


# A list of what is dangerous would never be complete (padding, formats, repetition); mails need
# names and conditions only.
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or)


class MailTemplate(Value):
    """Subject, plain text and HTML of one kind of mail in one language."""

    subject: str
    text: str
    html: str


class RenderedMail(Value):
    """A mail as it will leave, but for its personal link."""

    subject: str
    text: str
    html: str


def default_template(kind: str, language: str = "en") -> MailTemplate:
    """Return the template that ships with the product; `KeyError` for an unknown kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    stem = f"{kind}.{language}"
    frame = _read("frame.html")
    return MailTemplate(
        subject=_read(f"{stem}.subject.txt").strip(),
        text=_read(f"{stem}.txt"),
        html=frame.replace("<!-- words -->", _read(f"{stem}.html")),
    )


def render(template: MailTemplate, values: dict[str, str]) -> RenderedMail:
    """Fill a template; what `values` lacks is empty, but for the link, which stays `{{link}}`.

    Raises `Unreadable` when the template speaks of anything else or is not a template.
    """
    known = dict.fromkeys(VALUES, "") | {"link": LINK} | values
    if not set(values) <= VALUES:
        raise Unreadable("value that no mail may carry", code="mail_value_unknown")
    subject = " ".join(_fill(template.subject, known, html=False).split())
    return RenderedMail(
        subject=subject,
        text=_fill(template.text, known, html=False),
        html=_fill(template.html, known, html=True),
    )


def with_link(mail: RenderedMail, link: str) -> RenderedMail:
    """Put the personal link where the preview showed its place."""
    return RenderedMail(
        subject=mail.subject,
        text=mail.text.replace(LINK, link),
        html=mail.html.replace(LINK, link),
    )


def say_instant(at: datetime) -> str:
    """Return an instant as mails say it: `6 December 2026, 10:00 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def _fill(source: str, values: dict[str, str], *, html: bool) -> str:
    environment = _environment(html=html)
    try:
        tree = environment.parse(source)
        if not all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node)):
            raise Unreadable("template does more than fill in", code="mail_template_too_much")
        if not meta.find_undeclared_variables(tree) <= VALUES:
            raise Unreadable("template speaks of what no mail may carry", code="mail_value_unknown")
        return environment.from_string(source).render(values)
    except TemplateError as wrong:
        raise Unreadable("template does not render", code="mail_template_broken") from wrong


@cache
def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=html, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.clear()
    return environment


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
