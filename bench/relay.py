"""A line between a page and its gateway that can be cut, and whose address can change.

UDP: each peer connection gets two sockets, one for each side. TCP: one port; the first path part
of a request names the port it goes to. `cut` drops or holds everything, `move` leaves what exists
behind in the dark, as a new address does, while new connections work.
"""

import asyncio
import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any, Self, cast

_HOST = "127.0.0.1"
_REMEMBERED = 5000


class _Side(asyncio.DatagramProtocol):
    def __init__(self, relay: "Relay", *, up: bool) -> None:
        self.relay = relay
        self.up = up
        self.other: _Side | None = None
        self.target: Any = None
        self.dead = False
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        other = self.other
        assert other is not None
        if self.up:
            self.target = addr
        if self.dead or self.relay.cut or other.target is None or other.transport is None:
            return
        other.transport.sendto(data, other.target)
        if len(data) > 12 and 128 <= data[0] < 192 and not 192 <= data[1] < 224:
            self.relay.packets[self.up].append(time.monotonic())

    @property
    def port(self) -> int:
        assert self.transport is not None
        return int(self.transport.get_extra_info("sockname")[1])


class Relay:
    """Runs in a thread of its own while the block lasts."""

    def __init__(self) -> None:
        self.cut = False
        self.packets: dict[bool, deque[float]] = {
            up: deque(maxlen=_REMEMBERED) for up in (True, False)
        }
        """When sound passed, monotonic seconds; true: from the page."""
        self.tcp_port = 0
        self._pairs: list[tuple[_Side, _Side]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(self, *_exc: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def open(self) -> dict[str, int]:
        """Make a pair of sockets for one peer connection."""
        return self._run(self._open())

    def aim(self, number: int, port: int) -> None:
        """Send what this page says to the gateway's port."""
        self._pairs[number][1].target = (_HOST, port)

    def move(self) -> None:
        """Change the address: what is open now never hears anything again."""
        self._loop.call_soon_threadsafe(self._leave_behind)

    def back_after(self, since: float) -> float | None:
        """Return the seconds from then until sound flowed both ways again; none: not yet."""
        firsts = []
        for times in self.packets.values():
            later = [at for at in times.copy() if at > since]
            if len(later) < 10:
                return None
            firsts.append(later[0] - since)
        return max(firsts)

    def _leave_behind(self) -> None:
        for pair in self._pairs:
            for side in pair:
                side.dead = True
        for task in self._tasks:
            task.cancel()

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _open(self) -> dict[str, int]:
        sides = []
        for up in (True, False):
            _, side = await self._loop.create_datagram_endpoint(
                lambda up=up: _Side(self, up=up), local_addr=(_HOST, 0)
            )
            sides.append(side)
        page, gateway = sides
        page.other, gateway.other = gateway, page
        self._pairs.append((page, gateway))
        return {"number": len(self._pairs) - 1, "page": page.port, "gateway": gateway.port}

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._accept, _HOST, 0)
        self.tcp_port = server.sockets[0].getsockname()[1]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        verb, path, rest = (await reader.readline()).split(b" ", 2)
        port, _, tail = path.lstrip(b"/").partition(b"/")
        there, back = await asyncio.open_connection(_HOST, int(port))
        back.write(b" ".join((verb, b"/" + tail, rest)))
        for source, target in ((reader, back), (there, writer)):
            task = self._loop.create_task(self._pump(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        # A cancelled pump neither reads nor closes: its line is in the dark, not shut.
        with suppress(ConnectionError):
            while data := await source.read(65536):
                while self.cut:  # noqa: ASYNC110 - set from another thread
                    await asyncio.sleep(0.01)
                target.write(data)
            target.close()
