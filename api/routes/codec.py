"""Opens sealed payloads for Temporal Web (its remote codec protocol), audited.

Whoever may not see them gets back what they sent: the page then shows ciphertext and goes on.
"""

from base64 import b64encode
from collections.abc import Sequence

from fastapi import Request
from pydantic import Base64Bytes, BaseModel
from temporalio.api.common.v1 import Payload

from api.access import Public, Routes, StaffOnly
from api.callers import Staff
from api.context import Context, Ctx
from api.cookies import check_origin
from interloop.db.trail import audit
from interloop.domain.errors import Forbidden, Unauthenticated, Unreadable
from interloop.security.permissions import Permission
from interloop.security.tokens import TokenKind

routes = Routes("codec", prefix="/codec")

Answer = dict[str, list[dict[str, object]]]

_DOOR = StaffOnly(Permission.decode_payloads, TokenKind.codec)
_ECHO = Public("a stranger gets back what they sent")


class WirePayload(BaseModel):
    """A payload in the JSON form of protocol buffers; what else it may hold is not ours."""

    metadata: dict[str, Base64Bytes] = {}
    data: Base64Bytes = b""


class WirePayloads(BaseModel):
    """What the codec protocol sends and wants back."""

    payloads: list[WirePayload] = []


@routes.post("/decode", _ECHO, include_in_schema=False)
async def decode(context: Ctx, request: Request, body: WirePayloads) -> Answer:
    """Open payloads for those who may; one audit entry a call."""
    payloads = _payloads(body)
    staff = await _allowed(request)
    if staff is None:
        return _answer(payloads)
    await _note(context, staff, "payloads.decoded", len(payloads))
    return _answer([await _opened(context, payload) for payload in payloads])


@routes.post("/encode", _ECHO, include_in_schema=False)
async def encode(context: Ctx, request: Request, body: WirePayloads) -> Answer:
    """Seal payloads for those who may; one audit entry a call."""
    payloads = _payloads(body)
    staff = await _allowed(request)
    if staff is None:
        return _answer(payloads)
    await _note(context, staff, "payloads.encoded", len(payloads))
    return _answer(await context.codec.encode(payloads))


def _payloads(body: WirePayloads) -> list[Payload]:
    return [Payload(metadata=each.metadata, data=each.data) for each in body.payloads]


async def _allowed(request: Request) -> Staff | None:
    try:
        check_origin(request)
        await _DOOR(request)
    except (Unauthenticated, Forbidden):
        return None
    staff: Staff = request.state.staff
    return staff


async def _opened(context: Context, payload: Payload) -> Payload:
    """Open a payload, or leave it as it is when its key is gone."""
    try:
        return (await context.codec.decode([payload]))[0]
    except Unreadable:
        return payload


async def _note(context: Context, staff: Staff, action: str, count: int) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about, details = ("payload", None), {"count": str(count)}
        await audit(session, staff.who, action, at=now, about=about, details=details)


def _answer(payloads: Sequence[Payload]) -> Answer:
    return {"payloads": [_wire(payload) for payload in payloads]}


def _wire(payload: Payload) -> dict[str, object]:
    metadata = {key: b64encode(value).decode() for key, value in payload.metadata.items()}
    return {"metadata": metadata, "data": b64encode(payload.data).decode()}
