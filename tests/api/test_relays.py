"""Where UDP does not pass, a page is told the relays of this installation with its room."""

import httpx2
import pytest
from pydantic import SecretStr

from api.context import Context
from api.links import candidate_token
from interloop.db.tables import InterviewState
from interloop.services import Services
from interloop.settings import Settings
from tests.api.conftest import Org
from tests.api.test_candidate import set_interview
from tests.api.world import make_case

RELAY = "turns:relay.example:443?transport=tcp"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"turn_urls": (RELAY,), "turn_secret": SecretStr("shared")})


async def test_a_page_is_given_the_relays_with_its_room(
    http: httpx2.AsyncClient, services: Services, context: Context, ours: Org
) -> None:
    case = await make_case(services, ours)
    address = "http://127.0.0.1:9"
    await set_interview(services, case, state=InterviewState.live, epoch=3, gateway_address=address)
    token = candidate_token(context, case.org.id, case.application_id)
    headers = {"authorization": f"Bearer {token}"}
    joined = await http.post("/api/candidate/join", headers=headers, json={})
    [relay] = joined.json()["ice_servers"]
    assert relay["urls"] == [RELAY]
    assert relay["username"].endswith(f":{case.interview_id}")
    assert relay["credential"]
