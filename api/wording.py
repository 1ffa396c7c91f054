"""Words of workflows as a page for a frame of Temporal Web: it runs nothing, asks for nothing."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Literal

Theme = Literal["light", "dark"]

_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s()]+)\)")
_STYLE = """
html { color-scheme: light; background: #f8fafc; color: #141414; }
html[data-theme="dark"] { color-scheme: dark; background: #141414; color: #f8fafc; }
body { margin: 0; padding: 12px 16px; font: 14px/1.5 system-ui, sans-serif; }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
a { color: #3538cd; }
html[data-theme="dark"] a { color: #a4bcfd; }
"""
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        # The page around it measures how high the frame must be; a link opens a page of its own.
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    )
)
"""Content security policy of such a page: no script, whatever stands in the words."""


def worded(content: str, theme: Theme, *, app_url: str) -> str:
    """Return the page: paragraphs, lines and links into our own app; all else is plain text.

    The words come with the address, so anybody may have written them: a link to elsewhere stays
    text.
    """
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", content))
    told = "".join(f"<p>{_lines(each, app_url)}</p>" for each in paragraphs if each)
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        f"<title>Words of a workflow</title><style>{_STYLE}</style></head>"
        f"<body><main>{told}</main></body></html>"
    )


def _lines(paragraph: str, app_url: str) -> str:
    return "".join(_pieces(paragraph, f"{app_url}/")).replace("\n", "<br>")


def _pieces(text: str, home: str) -> Iterator[str]:
    at = 0
    for link in _LINK.finditer(text):
        label, address = link.groups()
        if not address.startswith(home):
            continue
        yield escape(text[at : link.start()])
        yield f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(label)}</a>'
        at = link.end()
    yield escape(text[at:])
