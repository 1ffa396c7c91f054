"""The candidate's own pages."""

from uuid import UUID

from api.access import CANDIDATE, Public, Routes
from api.callers import CandidateDep
from api.context import Ctx
from api.shapes.auth import TokenOut
from api.shapes.candidate import (
    CandidateInterviewOut,
    CandidateInvitationOut,
    ConsentIn,
    JoinIn,
    JoinOut,
    RedeemIn,
    TranscriptOut,
    TranscriptTurn,
    TurnChangeIn,
    WaitingOut,
)

routes = Routes("candidate")


@routes.post("/candidate/links/redeem", Public("the link is the credential"))
async def redeem_link(context: Ctx, body: RedeemIn) -> TokenOut:
    """Trade a link for a session on this device; a link works once."""
    raise NotImplementedError


@routes.post("/candidate/session", Public("carries its own cookie"))
async def renew_candidate_session(
    context: Ctx,
) -> TokenOut:
    """Trade the session cookie for a new token."""
    raise NotImplementedError


@routes.get("/candidate/invitation", CANDIDATE)
async def get_invitation(context: Ctx, candidate: CandidateDep) -> CandidateInvitationOut:
    """Say what will happen, before anything is agreed to."""
    raise NotImplementedError


@routes.post("/candidate/consent", CANDIDATE)
async def consent(context: Ctx, candidate: CandidateDep, body: ConsentIn) -> CandidateInvitationOut:
    """Keep what was shown and what was agreed to."""
    raise NotImplementedError


@routes.post("/candidate/human-interview", CANDIDATE)
async def ask_for_person(context: Ctx, candidate: CandidateDep) -> CandidateInvitationOut:
    """Ask for a person instead; nobody is told why."""
    raise NotImplementedError


@routes.post("/candidate/join", CANDIDATE, responses={202: {"model": WaitingOut}})
async def join_interview(
    context: Ctx, candidate: CandidateDep, body: JoinIn
) -> JoinOut | WaitingOut:
    """Say where to join, with a one-time ticket; 202 while no room is free."""
    raise NotImplementedError


@routes.get("/candidate/interview", CANDIDATE)
async def get_own_interview(context: Ctx, candidate: CandidateDep) -> CandidateInterviewOut:
    """Say where the candidate's interview stands."""
    raise NotImplementedError


@routes.get("/candidate/transcript", CANDIDATE)
async def get_own_transcript(context: Ctx, candidate: CandidateDep) -> TranscriptOut:
    """Return what was said, to read and to correct."""
    raise NotImplementedError


@routes.put("/candidate/turns/{turn_id}", CANDIDATE)
async def change_turn(
    context: Ctx, candidate: CandidateDep, turn_id: UUID, body: TurnChangeIn
) -> TranscriptTurn:
    """Correct or confirm one's own words, until a decision is made."""
    raise NotImplementedError


@routes.post("/candidate/withdraw", CANDIDATE)
async def withdraw(context: Ctx, candidate: CandidateDep) -> CandidateInterviewOut:
    """Withdraw the application."""
    raise NotImplementedError
