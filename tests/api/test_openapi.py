"""The API is what its document says, whatever it is asked."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from temporalio.testing import WorkflowEnvironment

from api.access import Public, walls
from interloop.bootstrap import build
from interloop.domain.clock import SystemClock
from interloop.settings import Settings
from tests.support.fuzz import ask, whole_api


@pytest.fixture
def settings(settings: Settings, temporal: WorkflowEnvironment) -> Settings:
    address = temporal.client.service_client.config.target_host
    return settings.model_copy(
        update={"temporal_address": address, "temporal_namespace": "default"}
    )


SERVICE_AWAY = 503
"""What an API says whose Google is not there."""

ASKED = {"sqlite": ("all", 1500), "postgres": ("positive", 600)}
"""What is asked, and at least how often. A wrong request is refused before any database."""


async def test_schemathesis_finds_nothing(
    settings: Settings, tmp_path: Path, database_kind: str
) -> None:
    services = await build(settings, SystemClock())
    mode, cases = ASKED[database_kind]
    async with whole_api(services, tmp_path) as there:
        asked = await ask(there, examples=1, seed=1, phases="coverage", mode=mode)
    await services.close()
    assert asked.code == 0, asked.words
    assert asked.operations > 80
    assert asked.cases > cases
    # It was let in: most of what it asked rightly was answered, and nothing broke us.
    assert sum(n for status, n in there.answers.items() if status < 300) > 150
    assert not [status for status in there.answers if status >= 500 and status != SERVICE_AWAY]
    assert there.answers[SERVICE_AWAY] <= 12, "only who connects a calendar needs Google"


async def test_every_door_says_which_token_opens_it(app: FastAPI) -> None:
    document = app.openapi()
    for (method, path), wall in walls(app).items():
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            assert ("security" in operation) is not isinstance(wall, Public), f"{method} {path}"
            refusals = operation["responses"]["4XX"]["content"]
            assert set(refusals) == {"application/problem+json"}, f"{method} {path}"
