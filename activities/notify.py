"""Sends what stands in the outbox, at most once without a person's eye."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.invitations import invitation_for
from activities.rows import candidate_of, identity_box, must_get, open_column
from activities.shield import to_its_end
from interloop.db.mails import opened_mail
from interloop.db.tables import INVITATIONS, CandidateLink, Message, MessageState
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.ids import new_id
from interloop.domain.steps import Delivery, SendMessage
from interloop.emails import RenderedMail, wants_link, with_link
from interloop.integrations.mail.port import MailOutcome, OutgoingMail
from interloop.security.links import link_hash, link_url, new_link_token
from interloop.services import Services

_KNOWN: Mapping[MessageState, Delivery] = {
    MessageState.sent: Delivery.sent,
    MessageState.confirmed: Delivery.sent,
    MessageState.ambiguous: Delivery.ambiguous,
    MessageState.failed: Delivery.failed,
}
_AFTER: Mapping[MailOutcome, MessageState] = {
    MailOutcome.sent: MessageState.sent,
    MailOutcome.refused: MessageState.failed,
    MailOutcome.ambiguous: MessageState.ambiguous,
    MailOutcome.try_later: MessageState.pending,
}

_LEFT: Mapping[MessageState, MessageState] = {
    MessageState.pending: MessageState.failed,
    MessageState.sending: MessageState.ambiguous,
}
"""How a message stands once nobody tries it any more."""

_LINK_LIVES = timedelta(days=30)
"""For mails whose journey names no end: a candidate may ask for a review as long as that."""


class NotifySteps:
    """Hands messages of the outbox to the mailer."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def send_message(self, send: SendMessage) -> Delivery:
        """Send one message; idempotent by its state in the outbox.

        A message found in `sending` was left there by a process that died: it may have gone out,
        so it becomes ambiguous and a person looks; it is never sent again blindly.
        Raises `Unavailable` while the server says "later", `Conflict` for a draft.
        """
        return await to_its_end(self._send(send))

    @activity.defn
    async def hold_back(self, send: SendMessage) -> None:
        """Give up a message that something else has overtaken; idempotent by its state."""
        await self._leave(send, code="overtaken")

    @activity.defn
    async def give_up(self, send: SendMessage) -> None:
        """Give up a message whose server was away for too long; idempotent by its state."""
        await self._leave(send, code="mail_away")

    async def _leave(self, send: SendMessage, *, code: str) -> None:
        """Say how a message stands that nobody tries any more, so that a person can act on it.

        One that a process left in `sending` may have gone out.
        """
        now = self._services.clock.now()
        async with self._services.db.session(send.org_id) as session:
            message = await must_get(session, Message, send.message_id, lock=True)
            left = _LEFT.get(message.state)
            if left is not None:
                why = code if left is MessageState.failed else "cut_off"
                await _set_state(session, message, left, at=now, code=why)

    async def _send(self, send: SendMessage) -> Delivery:
        mail = await self._take(send)
        if isinstance(mail, Delivery):
            return mail
        outcome = await self._services.mail.send(mail)
        await self._settle(send, _AFTER[outcome], code=outcome.value)
        if outcome is MailOutcome.try_later:
            raise Unavailable("mail server asked to come later", code="mail_later")
        return _KNOWN[_AFTER[outcome]]

    async def _take(self, send: SendMessage) -> OutgoingMail | Delivery:
        """Mark the message as sending and return the mail, or say what became of it before."""
        now, settings = self._services.clock.now(), self._services.settings
        async with self._services.db.session(send.org_id) as session:
            message = await must_get(session, Message, send.message_id, lock=True)
            if message.state is MessageState.sending:
                await _set_state(session, message, MessageState.ambiguous, at=now, code="cut_off")
            if message.state in _KNOWN:
                return _KNOWN[message.state]
            if message.state is MessageState.draft:
                raise Conflict("a draft does not leave", code="message_is_draft")
            candidate = await candidate_of(session, message.application_id)
            box = await identity_box(self._services, candidate)
            address = open_column(box, candidate, "email_sealed")
            if address is None:
                await _set_state(session, message, MessageState.failed, at=now, code="no_address")
                return Delivery.failed
            content = opened_mail(box, message)
            if wants_link(content):
                until = send.link_until or now + _LINK_LIVES
                content = await self._link(session, message, content, until=until)
            calendar = await invitation_for(session, message, to=address, settings=settings)
            await _set_state(session, message, MessageState.sending, at=now)
        return OutgoingMail(
            message_id=f"<{message.id}@{settings.mail_domain}>",
            at=now,
            to=address,
            calendar=calendar,
            **content.model_dump(),
        )

    async def _link(
        self, session: AsyncSession, message: Message, content: RenderedMail, *, until: datetime
    ) -> RenderedMail:
        """Make a link to the candidate's own page.

        A new invitation replaces what was sent before. A reminder does not: whoever opens the
        older mail in a hurry must not stand before a closed door.
        """
        now = self._services.clock.now()
        if message.kind in INVITATIONS:
            await _revoke_links(session, message, at=now)
        token = new_link_token()
        session.add(
            CandidateLink(
                id=new_id(),
                org_id=message.org_id,
                application_id=message.application_id,
                token_hash=link_hash(token),
                expires_at=until,
                created_at=now,
            )
        )
        return with_link(content, link_url(self._services.settings.app_url, token))

    async def _settle(self, send: SendMessage, state: MessageState, *, code: str) -> None:
        now = self._services.clock.now()
        async with self._services.db.session(send.org_id) as session:
            message = await must_get(session, Message, send.message_id, lock=True)
            await _set_state(session, message, state, at=now, code=code)


async def _revoke_links(session: AsyncSession, message: Message, *, at: datetime) -> None:
    live = select(CandidateLink).where(
        CandidateLink.application_id == message.application_id,
        CandidateLink.revoked_at.is_(None),
    )
    for earlier in (await session.execute(live)).scalars():
        earlier.revoked_at = at


async def _set_state(
    session: AsyncSession,
    message: Message,
    state: MessageState,
    *,
    at: datetime,
    code: str | None = None,
) -> None:
    message.state = state
    message.failure_code = None if state is MessageState.sent else code
    if state is MessageState.sent:
        message.sent_at = at
    about, details = ("message", message.id), {"kind": message.kind.value}
    action = f"message.{state.value}"
    await audit(session, SYSTEM, action, at=at, about=about, details=details)
    await changed(session, "message", message.id, at=at)
