"""A candidate without a browser: opens the link, reads, agrees, and joins the call."""

from typing import Any

from interloop.demo.caller import Caller, join_by_api
from interloop.demo.http import Http


class Candidate:
    """One candidate's session with the app."""

    def __init__(self, app: str) -> None:
        self.http = Http(app)
        self._app = app

    async def open_link(self, token: str) -> dict[str, Any]:
        """Redeem the link and return what will happen."""
        secret = {"token": token}
        redeemed = await self.http.send("POST", "/api/candidate/links/redeem", json=secret)
        self.http.carry(redeemed["access_token"])
        told: dict[str, Any] = await self.http.send("GET", "/api/candidate/invitation")
        return told

    async def agree(self, told: dict[str, Any]) -> None:
        """Agree to being recorded, after the notice that was shown."""
        shown = {"notice_sha256": told["notice"]["sha256"], "recording": True, "video": False}
        await self.http.send("POST", "/api/candidate/consent", json=shown)

    def caller(self, *, voice: bool) -> Caller:
        """Return what holds the line of this candidate, to be entered."""
        return Caller(join_by_api(self.http.client), origin=self._app, voice=voice)
