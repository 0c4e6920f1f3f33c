"""Gateway sessions: each outlives its connection, and remembers what it sent for a resume."""

import asyncio
import json
import secrets
from collections import deque
from typing import Any, Final

from aiohttp import web

from standins.discord.compression import Pack

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11

_REMEMBERED: Final = 5000
_SENT_EACH_TIME: Final = frozenset({"READY", "RESUMED"})


class Line:
    """One open connection; what is put on it leaves in order."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.BaseTransport | None, pack: Pack | None
    ) -> None:
        self.socket = socket
        self.answers_heartbeats = True
        self._transport = transport
        self._pack = pack
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

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

    def cut(self) -> None:
        """End it without a word, as a broken cable does."""
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()


class Session:
    def __init__(self, shard: int, shards: int, intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard, self.shards = shard, shards
        self.intents = intents
        self.line: Line | None = None
        self.resumes = 0
        self._number = 0
        self._sent: deque[tuple[int, str, Any]] = deque(maxlen=_REMEMBERED)

    def serves(self, guild: int) -> bool:
        return (guild >> 22) % self.shards == self.shard

    def dispatch(self, event: str, data: Any) -> None:
        self._number += 1
        if event not in _SENT_EACH_TIME:
            self._sent.append((self._number, event, data))
        if self.line is not None:
            self.line.put(DISPATCH, data, event=event, number=self._number)

    def replay(self, line: Line, after: int) -> bool:
        """Take over a new line and send what was missed; false where the number was never reached."""
        if after > self._number:
            return False
        self.line = line
        self.resumes += 1
        for number, event, data in self._sent:
            if number > after:
                line.put(DISPATCH, data, event=event, number=number)
        self.dispatch("RESUMED", {})
        return True
