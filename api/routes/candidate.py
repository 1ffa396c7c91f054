"""The candidate's own pages: the way in, what will happen, and the ways out."""

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api import links
from api.access import CANDIDATE, Public, Routes
from api.callers import CandidateCaller, CandidateDep
from api.context import Context, Ctx
from api.cookies import CANDIDATE as CANDIDATE_COOKIE
from api.cookies import check_origin, set_cookie
from api.invitation import newest_notice, own_rows, picture
from api.limits import LINKS_BY_APPLICATION, REDEEM_BY_ADDRESS
from api.routes.auth import client_address
from api.routes.room import own_interview
from api.shapes.auth import TokenOut
from api.shapes.candidate import (
    CandidateInterviewOut,
    CandidateInvitationOut,
    ConsentIn,
    OwnLinkOut,
    RedeemIn,
)
from interloop.db.tables import NoticeReceipt, PurposeConsent
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, Unauthenticated
from interloop.domain.ids import new_id
from interloop.security.tokens import LIFETIME

routes = Routes("candidate")

_SECONDS = int(LIFETIME.total_seconds())


@routes.post("/candidate/links/redeem", Public("the link is the credential"))
async def redeem_link(
    context: Ctx, request: Request, response: Response, body: RedeemIn
) -> TokenOut:
    """Trade a link for a session on this device; a link works once."""
    await context.limits.hit(REDEEM_BY_ADDRESS, "redeem", client_address(request))
    token, secret = await links.redeem(context, body.token)
    seconds = int(links.LIFETIME.total_seconds())
    set_cookie(context, response, CANDIDATE_COOKIE, secret, seconds)
    return TokenOut(access_token=token, expires_in=_SECONDS)


@routes.post("/candidate/session", Public("carries its own cookie"))
async def renew_candidate_session(context: Ctx, request: Request) -> TokenOut:
    """Trade the session cookie for a new token."""
    check_origin(request)
    secret = request.cookies.get(CANDIDATE_COOKIE[0])
    if secret is None:
        raise Unauthenticated("open the link in your mail first", code="no_token")
    return TokenOut(access_token=await links.renew(context, secret), expires_in=_SECONDS)


@routes.post("/candidate/links", CANDIDATE)
async def make_own_link(context: Ctx, candidate: CandidateDep) -> OwnLinkOut:
    """Make a link to go on with on another device; it works once and not for long."""
    await context.limits.hit(LINKS_BY_APPLICATION, "links", str(candidate.application_id))
    url, expires_at = await links.make_link(context, candidate)
    return OwnLinkOut(url=url, expires_at=expires_at)


@routes.get("/candidate/invitation", CANDIDATE)
async def get_invitation(context: Ctx, candidate: CandidateDep) -> CandidateInvitationOut:
    """Say what will happen, before anything is agreed to."""
    async with context.services.db.read(candidate.org_id) as session:
        return await picture(context.services, session, candidate)


@routes.post("/candidate/consent", CANDIDATE)
async def consent(context: Ctx, candidate: CandidateDep, body: ConsentIn) -> CandidateInvitationOut:
    """Keep what was shown and what was agreed to.

    409 `notice_changed` when the notice that was shown is not the newest: show it again.
    """
    async with context.services.db.session(candidate.org_id) as session:
        await _keep_consent(context, session, candidate, body)
        await session.flush()
        return await picture(context.services, session, candidate)


async def _keep_consent(
    context: Context, session: AsyncSession, candidate: CandidateCaller, body: ConsentIn
) -> None:
    now = context.services.clock.now()
    notice = await newest_notice(session)
    if notice.sha256 != body.notice_sha256:
        raise Conflict("the notice has changed; read it again", code="notice_changed")
    await own_rows(session, candidate, now=now)
    row = {
        "org_id": candidate.org_id,
        "application_id": candidate.application_id,
        "created_at": now,
    }
    session.add(
        NoticeReceipt(
            id=new_id(),
            notice_version_id=notice.id,
            sha256=notice.sha256,
            language=notice.language,
            **row,
        )
    )
    for purpose, given in (("recording", body.recording), ("video", body.video)):
        session.add(PurposeConsent(id=new_id(), purpose=purpose, given=given, **row))
    about = ("application", candidate.application_id)
    details = {"recording": str(body.recording), "video": str(body.video)}
    await audit(session, candidate.who, "consent.given", at=now, about=about, details=details)
    await changed(session, "application", candidate.application_id, at=now, job_id=candidate.job_id)


@routes.post("/candidate/consent/withdraw", CANDIDATE)
async def withdraw_consent(context: Ctx, candidate: CandidateDep) -> CandidateInvitationOut:
    """Take back the yes to being recorded, at any time, also in the middle of the call.

    What is recorded ends, and a person is asked for instead; nobody is told why.
    """
    now = context.services.clock.now()
    async with context.services.db.session(candidate.org_id) as session:
        for purpose in ("recording", "video"):
            session.add(
                PurposeConsent(
                    id=new_id(),
                    org_id=candidate.org_id,
                    application_id=candidate.application_id,
                    purpose=purpose,
                    given=False,
                    created_at=now,
                )
            )
        about = ("application", candidate.application_id)
        await audit(session, candidate.who, "consent.withdrawn", at=now, about=about)
        await changed(
            session, "application", candidate.application_id, at=now, job_id=candidate.job_id
        )
    # The row stands first: whatever happens to the engine, nothing more is recorded.
    await context.journeys.withdraw_consent(candidate.application_id, candidate.org_id)
    async with context.services.db.read(candidate.org_id) as session:
        told = await picture(context.services, session, candidate)
    return told.model_copy(update={"consented": False, "may_start": False})


@routes.post("/candidate/human-interview", CANDIDATE)
async def ask_for_person(context: Ctx, candidate: CandidateDep) -> CandidateInvitationOut:
    """Ask for a person instead; nobody is told why."""
    await context.journeys.ask_for_person(candidate.application_id, candidate.org_id)
    async with context.services.db.read(candidate.org_id) as session:
        told = await picture(context.services, session, candidate)
    # The journey has heard it; its row may still be on the way.
    return told.model_copy(update={"human_interview": True, "may_start": False})


@routes.post("/candidate/withdraw", CANDIDATE)
async def withdraw(context: Ctx, candidate: CandidateDep) -> CandidateInterviewOut:
    """Withdraw the application."""
    await context.journeys.withdraw(candidate.application_id, candidate.org_id)
    now = context.services.clock.now()
    async with context.services.db.session(candidate.org_id) as session:
        about = ("application", candidate.application_id)
        await audit(session, candidate.who, "withdrawn", at=now, about=about)
        stands = await own_interview(session, candidate, now=now)
    return stands.model_copy(update={"withdrawn": True, "may_correct": False})
