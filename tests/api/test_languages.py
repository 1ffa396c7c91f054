"""What candidates are written to in: the organisation's language, or their own."""

from typing import Any

from tests.api.test_intake import Desk
from tests.api.test_steering import added, desk, services, settings
from tests.api.test_templates import call

__all__ = ["desk", "services", "settings"]

OURS = "/api/organization/language"


async def written_in(desk: Desk, path: str) -> Any:
    return (await call(desk, "POST", f"{path}/invitation/preview")).json()["language"]


async def test_mails_follow_the_organisation_until_a_candidates_own_language_is_said(
    desk: Desk,
) -> None:
    path = await added(desk)
    assert (await desk.get(OURS), await written_in(desk, path)) == ({"language": "en"}, "en")
    for _ in range(2):
        assert (await call(desk, "PUT", OURS, {"language": "de"})).json() == {"language": "de"}
    assert await written_in(desk, path) == "de"
    page = (await call(desk, "PUT", f"{path}/contact", {"language": "en"})).json()
    assert (page["contact"]["language"], await written_in(desk, path)) == ("en", "en")
    await call(desk, "PUT", f"{path}/contact", {"phone": "+44 20 7946 0958"})
    assert (await desk.get(path))["contact"]["language"] == "en"
    back = (await call(desk, "PUT", f"{path}/contact", {"language": None})).json()
    assert (back["contact"]["language"], await written_in(desk, path)) == (None, "de")


async def test_a_language_without_mails_is_refused(desk: Desk) -> None:
    path = await added(desk)
    assert (await call(desk, "PUT", OURS, {"language": "xx"})).status_code == 422
    refused = await call(desk, "PUT", f"{path}/contact", {"language": "xx"})
    assert refused.status_code == 422
