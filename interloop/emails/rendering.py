"""Turns a template into a mail: jinja2's parser, and of its language names and conditions only.

Values are plain strings of a fixed list, so that no template of an organisation reaches an object
of ours; sizes are bounded before anything is parsed, so that none takes long.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interloop.domain.base import Value
from interloop.domain.errors import Unreadable
from interloop.emails.values import VALUES

LINK = "{{link}}"
"""Stands for the personal link in a preview; the link itself is made when the mail leaves."""
REVIEW_LINK = "{{review_link}}"

MOST_SUBJECT = 300
MOST_TEXT = 20_000
"""Characters of a template's subject and words."""
MOST_HTML = 120_000
_MOST_OUTPUT = 200_000
_MOST_TAGS = 100
"""Conditions, counting `if`, `else` and `endif`: what nests deeper is no mail."""
_MOST_PLACES = 400
_LONGEST_TAG = 120

# A list of what is dangerous would never be complete (padding, formats, repetition); mails need
# names and conditions only.
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or)

# Private characters stand for the links while a mail is rendered: no value and no template can
# hold them, so no name that reads `{{link}}` turns into one.
_PLACES = {LINK: "\ue001", REVIEW_LINK: "\ue002"}
_KNOWN_PLACES = {"link": _PLACES[LINK], "review_link": _PLACES[REVIEW_LINK]}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
"""They hide, but names in Persian and in Indian scripts are not spelt without them."""
_OPEN_BRACES = re.compile(r"\{(?=\{)")
_EMPTY_BLOCK = re.compile(r'<p style="[^"]{0,200}">(?:\s|<br>)*</p>\n?')
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


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


def render(template: MailTemplate, values: Mapping[str, str]) -> RenderedMail:
    """Fill a template; what `values` lacks is empty, but for links, whose places stay visible.

    Raises `Unreadable` when the template speaks of anything else, is too large or no template.
    """
    if not set(values) <= VALUES.keys():
        raise Unreadable("value that no mail may carry", code="mail_value_unknown")
    known = {name: plain(values.get(name, ""), each.most) for name, each in VALUES.items()}
    known |= _KNOWN_PLACES
    subject = _fill(template.subject, known, most=MOST_SUBJECT)
    html = _fill(template.html, known, most=MOST_HTML, html=True)
    return RenderedMail(
        subject=" ".join(subject.split()),
        text=_GAP.sub("\n\n", _fill(template.text, known, most=MOST_TEXT)),
        html=_EMPTY_BLOCK.sub("", html),
    )


def plain(value: str, most: int) -> str:
    """Return a value as one line of at most `most` characters without anything that hides.

    Line breaks would add headers to a mail, and marks of writing direction forge what is read.
    """
    kept = "".join(" " if _hides(each) else each for each in value[: 4 * most])
    line = " ".join(kept.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _hides(each: str) -> bool:
    return unicodedata.category(each) in _HIDDEN and each not in _JOINERS


def parse_plain(source: str, *, most: int = MOST_HTML) -> nodes.Template:
    """Return the tree of a part of a template; raises as `render` for what is none."""
    return _parse(source, html=False, most=most)


def plain_names(source: str) -> tuple[str, ...]:
    """Return the names a template speaks of, in order, with repetitions; raises as `render`."""
    return _names(parse_plain(source))


def _fill(source: str, values: Mapping[str, str], *, most: int, html: bool = False) -> str:
    tree = _parse(source, html=html, most=most)
    if not set(_names(tree)) <= VALUES.keys():
        raise Unreadable("template speaks of what no mail may carry", code="mail_value_unknown")
    try:
        filled = _environment(html=html).from_string(tree).render(values)
    except (TemplateError, SyntaxError, RecursionError) as wrong:
        raise Unreadable("template does not render", code="mail_template_broken") from wrong
    if len(filled) > _MOST_OUTPUT:
        raise Unreadable("mail becomes too long", code="mail_too_long")
    filled = _OPEN_BRACES.sub("{ ", filled)
    for shown, hidden in _PLACES.items():
        filled = filled.replace(hidden, shown)
    return filled


def _parse(source: str, *, html: bool, most: int) -> nodes.Template:
    """Return the tree of a template that is small enough and does no more than fill in."""
    _check_size(source, most)
    try:
        tree = _environment(html=html).parse(_without_places(source))
        allowed = all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node))
    except (TemplateError, RecursionError) as wrong:
        raise Unreadable("template does not render", code="mail_template_broken") from wrong
    if not allowed:
        raise Unreadable("template does more than fill in", code="mail_template_too_much")
    return tree


def _check_size(source: str, most: int) -> None:
    """Bound what parsing costs: the length, the number of tags and of places, and each of them."""
    if len(source) > most:
        raise Unreadable("template is too long", code="mail_template_too_long")
    if source.count("{%") > _MOST_TAGS or source.count("{{") > _MOST_PLACES:
        raise Unreadable("template has too many parts", code="mail_template_too_long")
    for opening in re.finditer(r"\{[{%]", source):
        closing = "}}" if opening[0] == "{{" else "%}"
        if source.find(closing, opening.start(), opening.start() + _LONGEST_TAG) < 0:
            raise Unreadable("a place is not closed", code="mail_template_broken")


def _without_places(source: str) -> str:
    for hidden in _PLACES.values():
        source = source.replace(hidden, "")
    return source


def _names(tree: nodes.Template) -> tuple[str, ...]:
    return tuple(node.name for node in tree.find_all(nodes.Name))


@cache
def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=html, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.clear()
    return environment
