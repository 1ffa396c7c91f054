"""The candidate's mail, as the sandbox's inbox holds it."""

import re
from typing import Any

from interloop.demo.http import DemoFailed, Http, wait_for

_LINK = re.compile(r"https?://\S+/c/#([\w-]+)")


class Mailbox:
    """The inbox of one address."""

    def __init__(self, inbox: str, address: str) -> None:
        self.http = Http(inbox)
        self._address = address

    async def mails(self) -> list[dict[str, Any]]:
        """Return the mails to this address, newest first."""
        query = {"to": self._address}
        mails: list[dict[str, Any]] = await self.http.send("GET", "/api/messages", params=query)
        return mails

    async def count(self) -> int:
        """Return how many mails came to this address."""
        return len(await self.mails())

    async def newest(self, after: int) -> dict[str, Any]:
        """Return the newest mail once there are more than `after`."""
        mails = await wait_for(self.mails, lambda seen: len(seen) > after, "the mail's arrival")
        mail: dict[str, Any] = mails[0]
        return mail

    async def link_token(self, after: int) -> str:
        """Return the secret behind the `#` of the link in the newest mail."""
        found = _LINK.search((await self.newest(after))["text"])
        if found is None:
            raise DemoFailed("the invitation came without a link")
        return found[1]
