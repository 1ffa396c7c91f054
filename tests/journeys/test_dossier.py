"""A rejection freezes what it rested on; nothing that happens later changes it."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from interloop.db.tables import (
    AuditEntry,
    DecisionKind,
    Evidence,
    Mark,
    MessageKind,
    PlanVersion,
    Turn,
)
from interloop.db.tables import Dossier as DossierRow
from interloop.domain.dossier import Dossier, Words, dossier_hash
from interloop.domain.ids import new_id
from interloop.domain.mark import Provenance
from interloop.domain.stage import Outcome, Stage
from interloop.domain.turn import Speaker, TurnSource, TurnState
from interloop.security.sealing import ERASED_CLASSES, KeyClass, place_of
from tests.journeys.world import NAME, World

SAID = "I moved the ledger to PostgreSQL and measured it before and after."


async def rejected(here: World) -> DossierRow:
    """Walk an interview to a rejection; return its dossier."""
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    await _mark(here, interview_id)
    decision_id = await here.decision(DecisionKind.reject, message=MessageKind.rejection)
    await here.decide(decision_id)
    assert await journey.result() is Outcome.rejected
    return await stored(here)


async def _mark(here: World, interview_id: UUID) -> None:
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.transcript)
    turn = Turn(
        id=new_id(),
        interview_id=interview_id,
        seq=900,
        speaker=Speaker.candidate,
        source=TurnSource.typed,
        state=TurnState.committed,
        start_ms=1000,
        end_ms=2000,
        epoch=1,
    )
    turn.text_sealed = box.seal_text(SAID, place=place_of("turn", "text_sealed", turn.id))
    mark = Mark(
        id=new_id(),
        interview_id=interview_id,
        rubric_version_id=here.rubric_id,
        criterion_id="depth",
        provenance=Provenance.human,
        user_id=here.user_id,
        level=2,
    )
    at = SAID.index("ledger")
    await here.add(turn, mark)
    await here.add(
        Evidence(
            id=new_id(),
            mark_id=mark.id,
            turn_id=turn.id,
            turn_version=1,
            start_char=at,
            end_char=at + len("ledger"),
            start_ms=1000,
            end_ms=2000,
        )
    )


async def stored(here: World) -> DossierRow:
    async with here.services.db.read(here.org_id) as session:
        return (await session.scalars(select(DossierRow))).one()


async def opened(here: World, row: DossierRow) -> tuple[str, str]:
    texts = []
    for key_class, column in ((KeyClass.decision, "body"), (KeyClass.identity, "words")):
        box = await here.services.keys.box(here.org_id, here.candidate_id, key_class)
        place = place_of("dossier", f"{column}_sealed", row.id)
        texts.append(box.open_text(getattr(row, f"{column}_sealed"), place=place))
    return texts[0], texts[1]


async def test_a_rejection_freezes_what_it_rested_on(here: World) -> None:
    row = await rejected(here)
    body, words = await opened(here, row)
    dossier, named = Dossier.model_validate_json(body), Words.model_validate_json(words)
    assert (dossier.decision.what, dossier.decision.reason) == ("reject", "Read all answers.")
    assert [mail.kind for mail in dossier.mails] == ["invite", "rejection"]
    interview = dossier.interviews[0]
    assert (interview.plan_version, interview.rubric_version) == (1, 1)
    assert interview.plan.rubric.criterion("depth").anchors[1].behaviour == "depth shown at 2"
    mark = next(mark for mark in interview.marks if mark.provenance is Provenance.human)
    assert (mark.level, [quote.text for quote in mark.quotes]) == (2, ["ledger"])
    assert NAME in named.mails[1].text
    # What outlives the person does not name them.
    assert NAME.split()[0] not in body
    async with here.services.db.read(here.org_id) as session:
        noted = await session.scalar(
            select(AuditEntry.details).where(AuditEntry.action == "dossier.frozen")
        )
    assert noted is not None
    assert noted["sha256"] == row.sha256 == dossier_hash(body, words)


async def test_nothing_that_is_edited_later_changes_it(here: World) -> None:
    row = await rejected(here)
    before = await opened(here, row)
    async with here.services.db.session(here.org_id) as session:
        await session.execute(delete(Evidence))
        await session.execute(update(Mark).values(level=5))
        await session.execute(update(Turn).values(text_sealed=b"", state=TurnState.superseded))
        plan = (await session.scalars(select(PlanVersion))).one()
        plan.body = plan.body.model_copy(update={"title": "Another talk"})
    again = await stored(here)
    assert await opened(here, again) == before
    assert again.sha256 == dossier_hash(*before)


@pytest.mark.parametrize("verb", ["update", "delete"])
async def test_the_database_itself_refuses_to_change_it(here: World, verb: str) -> None:
    await rejected(here)
    change = update(DossierRow).values(sha256="0" * 64) if verb == "update" else delete(DossierRow)
    with pytest.raises(DBAPIError, match="append-only"):
        async with here.services.db.session(here.org_id) as session:
            await session.execute(change)


async def test_it_opens_after_the_person_was_erased_without_naming_them(here: World) -> None:
    row = await rejected(here)
    await here.services.keys.destroy(here.org_id, here.candidate_id, ERASED_CLASSES)
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.decision)
    body = box.open_text(row.body_sealed, place=place_of("dossier", "body_sealed", row.id))
    assert Dossier.model_validate_json(body).decision.reason == "Read all answers."


async def test_to_hire_somebody_freezes_nothing(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    assert await journey.result() is Outcome.hired
    async with here.services.db.read(here.org_id) as session:
        assert (await session.scalars(select(DossierRow))).all() == []
