"""Removes characters that no reader sees from text, and keeps what they may have said."""

import unicodedata

_BULLET = "\u2022"
_TAG_BLOCK = range(0xE0020, 0xE007F)
_KEPT_CONTROLS = "\n\t"


def parted(text: str) -> tuple[str, str]:
    """The text a person sees, and the message spelt in tag characters.

    Zero-width and direction characters vanish, ligatures become letters, private glyphs (icons
    and symbol-font bullets) become bullets. Line ends become single newlines.
    """
    seen: list[str] = []
    tagged: list[str] = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"):
        if ord(char) in _TAG_BLOCK:
            tagged.append(chr(ord(char) - 0xE0000))
        else:
            seen.append(_shown(char))
    lines = (line.rstrip() for line in "".join(seen).split("\n"))
    return "\n".join(lines).strip("\n"), "".join(tagged)


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Co":
        return _BULLET
    if category in ("Cf", "Cs", "Cn") or (category == "Cc" and char not in _KEPT_CONTROLS):
        return ""
    if category == "Zs":
        return " "
    return unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char
