"""The worker is killed before, during and after it tells another system: news counts once."""

import signal
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.browser.office import Office, eventually
from tests.support.product import Product

SENDINGS = {"before": 1, "during": 2, "after": 1}
PATIENCE_S = 60.0


class Other:
    """The other system, and the admin who joined it."""

    def __init__(self, admin: Office) -> None:
        self.admin, self.inbox = admin, admin.inbox
        body = {"url": f"{self.inbox}/hooks", "events": ["application.created"]}
        added = admin.ask("POST", "/api/webhooks", json=body)
        self.webhook_id = added["webhook"]["id"]
        self.control("secrets", secrets=[added["secret"]])

    def control(self, path: str, **body: Any) -> None:
        httpx2.post(f"{self.inbox}/control/hooks/{path}", json=body).raise_for_status()

    def send(self) -> dict[str, Any]:
        sent: dict[str, Any] = self.admin.ask("POST", f"/api/webhooks/{self.webhook_id}/test")
        return sent

    def came(self, message_id: str, number: int) -> int:
        """Wait until the message came so often; return how often it did."""

        def look() -> int | None:
            received = httpx2.get(f"{self.inbox}/api/hooks").json()
            count = Counter(one["message_id"] for one in received)[message_id]
            return count if count >= number else None

        return eventually(look, f"{message_id} {number} times", within_s=PATIENCE_S)

    def delivered(self, delivery_id: str) -> dict[str, Any]:
        """Wait until the log says so; return the delivery."""

        def look() -> dict[str, Any] | None:
            seen = self.admin.ask("GET", f"/api/webhook-deliveries/{delivery_id}")
            return seen if seen["state"] == "delivered" else None

        return eventually(look, "a delivery", within_s=PATIENCE_S)


@pytest.fixture(scope="module")
def other(product: Product) -> Iterator[Other]:
    with Office.open(product, "admin") as admin:
        yield Other(admin)


@pytest.mark.parametrize("when", SENDINGS)
def test_news_counts_once_whenever_the_worker_dies(
    product: Product, other: Other, when: str
) -> None:
    if when == "during":
        # It takes the news and then does not answer: the worker dies waiting.
        other.control("fault", kind="slow")
    if when == "before":
        product.signal("worker", signal.SIGKILL)
    sent = other.send()
    if when == "during":
        other.came(sent["message_id"], 1)
    if when == "after":
        other.delivered(sent["id"])
    if when != "before":
        product.signal("worker", signal.SIGKILL)
    told = other.delivered(sent["id"])
    # The next news passes the new worker, so nothing of this one is still to come.
    other.delivered(other.send()["id"])
    assert other.came(sent["message_id"], 1) == SENDINGS[when]
    assert len(told["tries"]) == SENDINGS[when]
