"""Another system sends an application while the API dies, asks again, follows it, and withdraws."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx2
import pytest
from temporalio.client import Client

from interloop.demo import words
from interloop.demo.desk import Desk
from interloop.demo.http import wait_for
from interloop.demo.paper import make_pdf
from tests.chaos.people import PATIENCE_S, Office
from tests.support.product import Product

SCOPES = ["applications:read", "applications:write"]


@dataclass(frozen=True)
class System:
    """Another system with a key of its own, and a job it sends people to."""

    http: httpx2.AsyncClient
    office: Office

    async def send(self, address: str, key: str) -> httpx2.Response:
        """Send an application under this Idempotency-Key; the same address is the same request."""
        paper = make_pdf(words.RESUME.replace("robin.sample@candidate.example", address))
        return await self.http.post(
            "/v1/applications",
            headers={"idempotency-key": key},
            data={"job_id": self.office.job_id},
            files={"resume": ("resume.pdf", paper, "application/pdf")},
        )

    async def persist(self, address: str, key: str) -> httpx2.Response:
        """Send it again for as long as nobody answers, as other systems do."""
        deadline = monotonic() + PATIENCE_S
        while True:
            try:
                return await self.send(address, key)
            except httpx2.TransportError:
                assert monotonic() < deadline, "nobody answers"
                await asyncio.sleep(0.3)

    async def all(self) -> list[dict[str, Any]]:
        """Return the applications of the job."""
        answer = await self.http.get("/v1/applications", params={"job_id": self.office.job_id})
        items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
        return items

    async def until(self, application_id: str, **wanted: str) -> dict[str, Any]:
        """Follow an application until it stands there."""

        async def look() -> Any:
            answer = await self.http.get(f"/v1/applications/{application_id}")
            return answer.raise_for_status().json()

        def there(seen: dict[str, Any]) -> bool:
            return all(seen[name] == value for name, value in wanted.items())

        # The worker sweeps every 20 s.
        seen: dict[str, Any] = await wait_for(look, there, f"{wanted}", patience_s=120)
        return seen


@pytest.fixture
async def system(product: Product) -> AsyncIterator[System]:
    async with Office.open(product) as office:
        admin = await Desk.open(product.app, office.stack.person("admin"))
        body = {"name": "Careers site", "scopes": SCOPES}
        made = await admin.http.send("POST", "/api/api-keys", json=body)
        await admin.http.close()
        bearer = {"authorization": f"Bearer {made['key']}"}
        async with httpx2.AsyncClient(
            base_url=product.app, headers=bearer, timeout=30, trust_env=False
        ) as http:
            yield System(http, office)


async def test_an_api_that_dies_before_it_answers_has_taken_the_application_once(
    product: Product, system: System
) -> None:
    product.signal("temporal", signal.SIGSTOP)
    try:
        sending = asyncio.create_task(system.send("lost.answer@candidate.example", "4711"))
        # It is committed, and the API waits for Temporal before it answers.
        [kept] = await wait_for(system.all, bool, "the application")
        assert not sending.done()
        product.signal("api", signal.SIGKILL)
        with pytest.raises(httpx2.TransportError):
            await sending
    finally:
        product.signal("temporal", signal.SIGCONT)
    again = await system.persist("lost.answer@candidate.example", "4711")
    assert (again.status_code, again.json()["id"]) == (201, kept["id"]), again.text
    assert again.headers["idempotency-replayed"] == "true"
    other = await system.send("another.person@candidate.example", "4711")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    await system.until(kept["id"], stage="screening", waiting_on="recruiter")
    assert [each["id"] for each in await system.all()] == [kept["id"]]
    seen = await system.office.desk.http.send("GET", f"/api/applications/{kept['id']}/history")
    assert [entry["action"] for entry in seen].count("application.added") == 1
    assert await journeys(product, kept["id"]) == 1


async def test_a_withdrawal_is_followed_to_its_end(product: Product, system: System) -> None:
    sent = (await system.send("has.left@candidate.example", "4712")).json()
    place = f"/v1/applications/{sent['id']}/withdraw"
    await system.until(sent["id"], stage="screening", waiting_on="recruiter")
    assert (await system.http.post(place)).status_code == 202
    await system.until(sent["id"], stage="closed", outcome="withdrawn")
    again = await system.http.post(place)
    assert (again.status_code, again.json()["outcome"]) == (202, "withdrawn")
    assert await journeys(product, sent["id"]) == 1


async def journeys(product: Product, application_id: str) -> int:
    """Return how many runs Temporal knows of this application's journey."""
    client = await Client.connect(str(product.run["temporal"]), namespace="interloop")
    query = f"WorkflowId = 'journey-{application_id}'"
    return len([each async for each in client.list_workflows(query)])
