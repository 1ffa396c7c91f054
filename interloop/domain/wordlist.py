"""Word lists are kept as running text: a literal of a hundred strings is not readable."""


def wordlist(text: str) -> frozenset[str]:
    """The words of `text`, parted by blanks and line ends."""
    return frozenset(text.split())
