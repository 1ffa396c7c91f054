"""Hears when the organisation stops all interviews, and sees that the call ends kindly."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from interloop.db.stops import is_stopped
from interloop.domain.calls import InterviewEnd
from interloop.services import Services
from media_gateway.conversation import Conversation
from media_gateway.events import Stopped
from media_gateway.opening import Opening

_LOOK_S = 1.0
_FAREWELL_S = 15.0
"""So long the last words may take; then the call ends without them."""


async def heed_stop(services: Services, opening: Opening, conversation: Conversation) -> None:
    """Wait until the switch is on, have goodbye said, and return once the call is over."""
    while not await _stopped(services, opening):  # noqa: ASYNC110 - a database does not call back
        await asyncio.sleep(_LOOK_S)
    conversation.post(Stopped())
    await asyncio.wait({conversation.floor.ended}, timeout=_FAREWELL_S)
    conversation.floor.end(InterviewEnd.stopped)


async def _stopped(services: Services, opening: Opening) -> bool:
    try:
        async with services.db.read(opening.org_id) as session:
            return await is_stopped(session)
    except SQLAlchemyError:
        # Nobody knows; what is being said matters more.
        return False
