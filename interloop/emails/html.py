"""Dresses the words of a template as HTML: paragraphs, lists, and a button where a link stands.

It works on the template, before any value is in it: what a value holds can never become markup.
"""

import html
import re
from collections.abc import Iterator

from interloop.domain.language import Language
from interloop.emails.files import read

_BUTTON = {
    ("link", Language.en): "Open your page",
    ("link", Language.de): "Ihre Seite öffnen",
    ("review_link", Language.en): "Ask for a review",
    ("review_link", Language.de): "Überprüfung verlangen",
}
_REASON = {
    Language.en: "You get this mail because you applied for {{ job_title }} at {{ organization }}.",
    Language.de: "Sie erhalten diese E-Mail, weil Sie sich bei {{ organization }} als "
    "{{ job_title }} beworben haben.",
}
_LINK = re.compile(r"\{\{\s*(link|review_link)\s*\}\}")
_ADDRESS = re.compile(r"\{\{\s*contact_email\s*\}\}")
_WEB = re.compile(r"https://[^\s<>{}\"']+[^\s<>{}\"'.,;:?!)]")
_INK = "color:#4338ca;"
_ON_BUTTON = (
    "display:inline-block;padding:12px 24px;color:#ffffff;font-weight:600;text-decoration:none;"
)
_LEAD = "margin:0 0 16px;padding:12px 16px;background:#eef2ff;border-radius:8px;"


def dress(text: str, *, kind: str, language: Language) -> str:
    """Return the HTML template of these words, in the frame of every mail.

    An invitation begins with who asks the questions, so its first paragraph stands out.
    """
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    parts = [
        part
        for at, block in enumerate(blocks)
        for part in _block(block, language, lead=kind == "invite" and at == 0)
    ]
    frame = read("frame.html").replace("<!-- language -->", language.value)
    return frame.replace("<!-- reason -->", _REASON[language]).replace(
        "<!-- words -->", "\n".join(parts)
    )


def _block(block: str, language: Language, *, lead: bool) -> Iterator[str]:
    """Return the paragraphs, lists and buttons of one block, in order."""
    style = _LEAD if lead else "margin:0 0 16px;"
    for shape, lines in _runs(block.split("\n")):
        if shape == "list":
            items = "".join(f"<li>{_inline(line.lstrip()[2:])}</li>" for line in lines)
            yield f'<ul style="margin:0 0 16px;padding-left:20px;">{items}</ul>'
        elif shape == "words":
            words = "<br>".join(_inline(line) for line in lines)
            yield f'<p style="{style}">{words}</p>'
        else:
            yield from (_button(shape, language) for _ in lines)


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Return neighbouring lines of one shape together: list, words, or the name of a link."""
    run: list[str] = []
    shape = ""
    for line in lines:
        if run and _shape(line) != shape:
            yield shape, run
            run = []
        shape = _shape(line)
        run.append(line)
    yield shape, run


def _shape(line: str) -> str:
    link = _LINK.fullmatch(line.strip())
    if link is not None:
        return link.group(1)
    return "list" if line.lstrip().startswith("- ") else "words"


def _button(name: str, language: Language) -> str:
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 24px;"><tr>'
        '<td style="background:#4338ca;border-radius:8px;">'
        f'<a href="{{{{ {name} }}}}" style="{_ON_BUTTON}">{_BUTTON[name, language]}</a>'
        "</td></tr></table>"
    )


def _inline(line: str) -> str:
    """Escape the words and make addresses of ours clickable; `{{ }}` and `{% %}` pass."""
    safe = html.escape(line, quote=False)
    safe = _WEB.sub(lambda found: f'<a href="{found[0]}" style="{_INK}">{found[0]}</a>', safe)
    safe = _LINK.sub(lambda found: f'<a href="{found[0]}" style="{_INK}">{found[0]}</a>', safe)
    return _ADDRESS.sub(
        lambda found: f'<a href="mailto:{found[0]}" style="{_INK}">{found[0]}</a>', safe
    )
