"""A candidate walks the whole way."""

from sqlalchemy import select

from interloop.db.tables import DecisionKind, Evidence, Mark, MessageKind
from interloop.domain.mark import Provenance
from interloop.domain.stage import Outcome, Stage
from tests.journeys.world import EMAIL, World


async def test_a_candidate_is_invited_interviewed_marked_and_hired(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    assert await journey.result() is Outcome.hired
    row = await here.application()
    assert (row.stage, row.outcome) == (Stage.closed, Outcome.hired)
    assert [mail.to for mail in here.mailer.mails] == [EMAIL, EMAIL]
    assert "{{link}}" not in here.mailer.mails[0].text
    assert "/c/#" in here.mailer.mails[0].html
    async with here.services.db.read(here.org_id) as session:
        marks = list((await session.execute(select(Mark))).scalars())
        evidence = list((await session.execute(select(Evidence))).scalars())
    assert {mark.criterion_id for mark in marks} == {"depth", "clarity"}
    assert {mark.provenance for mark in marks} == {Provenance.sandbox}
    assert [mark.quotes_verified for mark in marks] == [1, 1]
    assert len(evidence) == 2
