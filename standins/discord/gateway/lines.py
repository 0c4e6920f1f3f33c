"""One open connection to the gateway."""

import asyncio
import json
from typing import Any, Final

from aiohttp import web

from standins.discord.clock import Clock
from standins.discord.gateway.compression import Pack
from standins.discord.rate import Window

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11

_GONE_FOR_GOOD: Final = frozenset({1000, 1001})
_SENDS: Final = (120, 60.0)


class ClosedError(Exception):
    """The gateway ends a connection, with a code and for a reason."""

    def __init__(self, code: int, event: str = "", reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.event, self.reason = event, reason


class Line:
    """What is put on it leaves in order."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.BaseTransport | None, pack: Pack | None
    ) -> None:
        self.socket = socket
        self.answers_heartbeats = True
        self._closed_here = False
        self._transport = transport
        self._pack = pack
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._beaten = asyncio.Event()
        self._sends = Window(_SENDS)

    def put(self, op: int, data: Any = None, *, event: str | None = None, number: int | None = None) -> None:
        self._out.put_nowait({"op": op, "d": data, "s": number, "t": event})

    async def send_all(self) -> None:
        """Until cancelled."""
        while True:
            payload = json.dumps(await self._out.get()).encode()
            if self._pack is None:
                await self.socket.send_str(payload.decode())
            else:
                await self.socket.send_bytes(self._pack(payload))

    def count(self, clock: Clock) -> bool:
        """One more payload from the client; false where it is one too many."""
        now = clock.seconds()
        if self._sends.wait(now):
            return False
        self._sends.spent.append(now)
        return True

    def beat(self) -> None:
        self._beaten.set()
        if self.answers_heartbeats:
            self.put(HEARTBEAT_ACK)

    async def fall_behind(self, patience: float) -> None:
        """Until a heartbeat is missing."""
        while True:
            self._beaten.clear()
            try:
                async with asyncio.timeout(patience):
                    await self._beaten.wait()
            except TimeoutError:
                return

    @property
    def bidden_farewell(self) -> bool:
        """Whether the client left for good; what it says to a close that began here does not count."""
        return not self._closed_here and self.socket.close_code in _GONE_FOR_GOOD

    async def close(self, code: int) -> None:
        self._closed_here = True
        await self.socket.close(code=code)

    def cut(self) -> None:
        """End it without a word, as a broken cable does."""
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()
