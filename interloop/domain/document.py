"""What reading an uploaded document gave: its text, or the reason why there is none."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class ReadStatus(StrEnum):
    """The outcome of reading a document; everything but `ok` comes without text."""

    OK = "ok"
    NOT_A_DOCUMENT = "not_a_document"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TIMED_OUT = "timed_out"


class ReadDocument(BaseModel):
    """A read document. `text` is only what a person would see; `hidden_text` is quarantined.

    Hidden text (white, tiny, off the page, covered, invisible) may be shown to staff as a fact
    about the file. It never supports a requirement and never reaches a model.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: ReadStatus
    pages: int = 0
    text: str = ""
    hidden_text: str = ""

    @model_validator(mode="after")
    def _text_exactly_when_ok(self) -> Self:
        if (self.status is ReadStatus.OK) != bool(self.text.strip()):
            raise ValueError("a document is ok exactly when it has text")
        return self


class Field(BaseModel):
    """A value and the half-open character span of the text it was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str
    start: int
    end: int


class ContactDetails(BaseModel):
    """How to reach the person, as far as the text says; what it does not say is None.

    Values are exact slices of the text, but for the phone number, which is in E.164 form.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Field | None = None
    email: Field | None = None
    phone: Field | None = None
    location: Field | None = None
