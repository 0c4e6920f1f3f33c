"""A gateway client that knows nothing but the protocol."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import zstandard

from standins.discord import Discord

IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT, ACK = 2, 6, 9, 10, 1, 11
GUILDS = 1


class Line:
    def __init__(
        self, discord: Discord, socket: aiohttp.ClientWebSocketResponse, unpack: Callable[[bytes], str]
    ) -> None:
        self._discord = discord
        self._socket = socket
        self._unpack = unpack

    async def hear(self) -> dict[str, Any]:
        message = await self._socket.receive(timeout=5)
        assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message
        packed = message.type is aiohttp.WSMsgType.BINARY
        heard: dict[str, Any] = json.loads(self._unpack(message.data) if packed else message.data)
        return heard

    async def hear_of(self, event: str) -> Any:
        """What the next such event says; others are passed over."""
        while True:
            heard = await self.hear()
            if heard["t"] == event:
                return heard["d"]

    async def say(self, op: int, data: Any = None) -> None:
        await self.say_text(json.dumps({"op": op, "d": data}))

    async def say_text(self, text: str) -> None:
        async with asyncio.timeout(5):
            await self._socket.send_str(text)

    async def identify(self, **fields: Any) -> None:
        plain = {"token": self._discord.token, "intents": GUILDS, "properties": {}}
        await self.say(IDENTIFY, plain | fields)

    async def begin(self, **fields: Any) -> dict[str, Any]:
        """Identify, and hear READY."""
        await self.identify(**fields)
        heard = await self.hear()
        assert heard["t"] == "READY", heard
        ready: dict[str, Any] = heard["d"]
        return ready

    async def resume(self, session: str, number: int) -> None:
        await self.say(RESUME, {"token": self._discord.token, "session_id": session, "seq": number})

    async def code(self) -> int | None:
        """With which the gateway closes."""
        while True:
            message = await self._socket.receive(timeout=5)
            if message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}:
                return self._socket.close_code

    async def leave(self, code: int) -> None:
        await self._socket.close(code=code)


@asynccontextmanager
async def dialled(discord: Discord, url: str = "", query: str = "?v=10&encoding=json") -> AsyncIterator[Line]:
    """Connected, and greeted."""
    unpack = _zstd() if "zstd" in query else _zlib()
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect((url or discord.gateway_url) + query) as socket,
    ):
        line = Line(discord, socket, unpack)
        assert (await line.hear())["op"] == HELLO
        yield line


def _zlib() -> Callable[[bytes], str]:
    stream = zlib.decompressobj()
    return lambda data: stream.decompress(data).decode()


def _zstd() -> Callable[[bytes], str]:
    stream = zstandard.ZstdDecompressor().decompressobj()
    return lambda data: stream.decompress(data).decode()
