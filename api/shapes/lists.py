"""Lists of people: what one look at the file says."""

from typing import Literal
from uuid import UUID

from api.sheets import Encoding
from interloop.domain.base import Value
from interloop.domain.lists import ListedPerson


class ListRowOut(Value):
    """One row, and what would become of it."""

    person: ListedPerson
    outcome: Literal["new", "already_there", "wrong"]
    application_id: UUID | None
    """Where `already_there`: the application with the same address."""


class ListPreviewOut(Value):
    """A list as it was read; nothing is stored yet."""

    encoding: Encoding
    separator: str
    headings: tuple[str, ...]
    """Those that were understood."""
    ignored: tuple[str, ...]
    """Headings that mean nothing here; what stands under them is not taken."""
    to_add: int
    rows: tuple[ListRowOut, ...]
