"""Pages of a list by where the last one ended: opaque cursors and the `Link` header (RFC 8288)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request, Response

from api.context import Context

Cursor = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{22}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


def cursor_after(row_id: UUID) -> str:
    """Return the cursor of the page that follows this row."""
    return urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


def row_before(cursor: str | None) -> UUID | None:
    """Return the row after which a page begins; any text of the right form is some row."""
    return None if cursor is None else UUID(bytes=urlsafe_b64decode(cursor + "=="))


def link_next(
    context: Context, request: Request, response: Response, following: Mapping[str, str]
) -> None:
    """Say in the header where the next page stands; the asked-for filters go along."""
    asked = {**dict(request.query_params), **following}
    address = f"{context.services.settings.app_url}{request.url.path}?{urlencode(asked)}"
    response.headers["link"] = f'<{address}>; rel="next"'
