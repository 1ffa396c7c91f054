"""The languages a candidate may be written to in."""

from enum import StrEnum


class Language(StrEnum):
    """ISO 639-1; each has every mail that ships with the product."""

    en = "en"
    de = "de"
