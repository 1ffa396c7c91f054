"""The judge's port over the wire: one value or `Unavailable`, whatever the service does."""

import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from interloop.domain.errors import (
    AuthRevoked,
    InterloopError,
    Permanent,
    RateLimited,
    Transient,
    Unavailable,
)
from interloop.domain.judging import JudgedTurn, Judgement, check, task_for
from interloop.domain.plan import Anchor, Criterion, Dimension
from interloop.domain.turn import Provider
from interloop.integrations.llm.gemini import GeminiText
from interloop.integrations.llm.port import ModelIdentity, Prompt
from interloop.prompts import load
from interloop.settings import Settings
from tests.sandbox.outside import Outside, start

TURNS = (JudgedTurn(turn="t1", question="A hard bug?", text="I profiled it and added an index."),)
BEHAVIOURS = ("Names no tool", "Names one", "Measures", "Profiles and adds an index", "Teaches it")
DEPTH = Criterion(
    id="depth",
    dimension=Dimension.technical,
    name="Depth",
    weight=100,
    anchors=tuple(Anchor(level=n, behaviour=b) for n, b in enumerate(BEHAVIOURS, start=1)),
)


@pytest.fixture(scope="module")
async def outside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(Path(tmp_path_factory.mktemp("sandbox")))
    yield started
    await started.stop()


@pytest.fixture
async def judge(outside: Outside) -> AsyncIterator[GeminiText]:
    certificate = outside.state_dir / "tls.crt"
    model = GeminiText(Settings(live_base_url=outside.google, live_ca_file=certificate))
    yield model
    await model.close()


async def ask(model: GeminiText) -> tuple[Judgement, ModelIdentity]:
    data = task_for(DEPTH, TURNS, 0).model_dump_json()
    return await model.complete(Prompt(instruction=load("judge.v1"), data=data), Judgement)


async def test_the_judge_quotes_what_stands_there_and_says_who_it_is(judge: GeminiText) -> None:
    judgement, identity = await ask(judge)
    sample = check(judgement, TURNS)
    assert sample.level is not None
    assert len(sample.found) == sample.offered > 0
    assert identity.provider is Provider.sandbox


async def test_an_answer_off_the_form_is_unavailable(judge: GeminiText) -> None:
    class Impossible(Judgement):
        verdict: str

    with pytest.raises(Unavailable) as refused:
        await judge.complete(
            Prompt(instruction="", data=task_for(DEPTH, TURNS, 0).model_dump_json()), Impossible
        )
    assert refused.value.code == "model_off_form"


async def test_a_question_the_service_refuses_is_refused_for_good(judge: GeminiText) -> None:
    with pytest.raises(Permanent) as refused:
        await judge.complete(Prompt(instruction="", data="no task"), Judgement)
    assert refused.value.code == "model_refuses"


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, AuthRevoked, "model_access_revoked"),
        (403, AuthRevoked, "model_access_revoked"),
        (404, Permanent, "model_refuses"),
        (429, RateLimited, "model_busy"),
        (503, Transient, "model_away"),
    ],
)
async def test_each_refusal_of_the_service_has_its_kind(
    outside: Outside, judge: GeminiText, status: int, kind: type[InterloopError], code: str
) -> None:
    # The vendor's library itself tries what may pass three times.
    await outside.control("rest/fault", status=status, count=3, retry_after_s=1)
    with pytest.raises(kind) as refused:
        await ask(judge)
    await outside.control("reset")
    assert refused.value.code == code
    if isinstance(refused.value, RateLimited):
        assert refused.value.retry_after == timedelta(seconds=1)


async def test_a_service_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    model = GeminiText(Settings(live_base_url=f"http://127.0.0.1:{port}"))
    with pytest.raises(Unavailable):
        await ask(model)
    await model.close()
    await model.close()
