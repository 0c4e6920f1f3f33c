"""The gateway: who is connected, and what they are told."""

import asyncio
import json
from typing import Any, Final

from aiohttp import WSMsgType, web

from standins.discord.account import Account
from standins.discord.changes import Changes
from standins.discord.compression import packing
from standins.discord.rendering import Renderer
from standins.discord.sessions import (
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    IDENTIFY,
    INVALID_SESSION,
    RECONNECT,
    RESUME,
    Line,
    Session,
)
from standins.discord.state import GuildState  # noqa: TC001 - as all of its neighbours

_HEARTBEAT_MILLISECONDS: Final = 41_250
_LARGEST_PAYLOAD: Final = 4096
_GONE_FOR_GOOD: Final = frozenset({1000, 1001})

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, INVALID_SHARD = 4005, 4010


class _ClosedError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    def __init__(self, account: Account, renderer: Renderer, changes: Changes) -> None:
        self.resume_url = ""
        self.guilds: dict[int, GuildState] = {}
        self.identifies: list[tuple[int, int]] = []
        """The shards that identified, in order."""
        self._account = account
        self._renderer = renderer
        self._changes = changes
        self._sessions: dict[str, Session] = {}

    @property
    def connected(self) -> list[Session]:
        return [session for session in self._sessions.values() if session.line is not None]

    @property
    def resumes(self) -> int:
        return sum(session.resumes for session in self._sessions.values())

    def tell(self, guild: int, event: str, data: Any, *, intent: int | None = None) -> None:
        """To every session of the guild's shard, also those that are away and may resume."""
        for session in self._sessions.values():
            if session.serves(guild) and (intent is None or session.intents & intent):
                session.dispatch(event, data)

    def drop(self) -> None:
        """Cut every connection without a word."""
        for line in self._lines():
            line.cut()

    def ask_to_reconnect(self) -> None:
        for line in self._lines():
            line.put(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        for session in self.connected:
            if session.line is not None:
                session.line.put(INVALID_SESSION, resumable)
            if not resumable:
                del self._sessions[session.id]

    def forget(self) -> None:
        """Nobody who is away can resume any more."""
        for session in [it for it in self._sessions.values() if it.line is None]:
            del self._sessions[session.id]

    def fall_silent(self) -> None:
        """Heartbeats on the open connections are answered no more."""
        for line in self._lines():
            line.answers_heartbeats = False

    async def close(self) -> None:
        for line in self._lines():
            await line.socket.close(code=1001)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        try:
            pack = packing(request.query.get("compress"))
        except ValueError:
            raise web.HTTPBadRequest(text="compress") from None
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        line = Line(socket, request.transport, pack)
        writer = asyncio.create_task(line.send_all())
        try:
            line.put(HELLO, {"heartbeat_interval": _HEARTBEAT_MILLISECONDS})
            await self._listen(line)
        except _ClosedError as closed:
            await socket.close(code=closed.code)
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._leave(line)
        return socket

    def _lines(self) -> list[Line]:
        return [session.line for session in self._sessions.values() if session.line is not None]

    def _leave(self, line: Line) -> None:
        for session in self.connected:
            if session.line is line:
                session.line = None
                if line.socket.close_code in _GONE_FOR_GOOD:
                    del self._sessions[session.id]
        self._changes.tell()

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if message.type is not WSMsgType.TEXT or len(message.data) > _LARGEST_PAYLOAD:
                raise _ClosedError(DECODE_ERROR)
            try:
                payload = json.loads(message.data)
                self._take(line, payload["op"], payload["d"])
            except (ValueError, KeyError, TypeError):
                raise _ClosedError(DECODE_ERROR) from None

    def _take(self, line: Line, op: int, data: Any) -> None:
        match op:
            case _ if op == HEARTBEAT:
                if line.answers_heartbeats:
                    line.put(HEARTBEAT_ACK)
            case _ if op == IDENTIFY:
                self._identify(line, data)
            case _ if op == RESUME:
                self._resume(line, data)
            case 3 | 4 | 8 | 31 | 43:
                if line not in self._lines():
                    raise _ClosedError(NOT_AUTHENTICATED)
            case _:
                raise _ClosedError(UNKNOWN_OPCODE)

    def _identify(self, line: Line, data: Any) -> None:
        if line in self._lines():
            raise _ClosedError(ALREADY_AUTHENTICATED)
        if data["token"] != self._account.token:
            raise _ClosedError(AUTHENTICATION_FAILED)
        shard, shards = data.get("shard", (0, 1))
        if not 0 <= shard < shards:
            raise _ClosedError(INVALID_SHARD)
        session = Session(shard, shards, data["intents"])
        session.line = line
        self._sessions[session.id] = session
        self.identifies.append((shard, shards))
        self._welcome(session)
        self._changes.tell()

    def _welcome(self, session: Session) -> None:
        guilds = [guild for guild in self.guilds.values() if session.serves(guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self._renderer.account(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.resume_url,
                "shard": [session.shard, session.shards],
                "application": {"id": str(self._account.application), "flags": 0},
                "private_channels": [],
                "relationships": [],
            },
        )
        for guild in guilds:
            session.dispatch("GUILD_CREATE", self._renderer.guild(guild))

    def _resume(self, line: Line, data: Any) -> None:
        if data["token"] != self._account.token:
            raise _ClosedError(AUTHENTICATION_FAILED)
        session = self._sessions.get(data["session_id"])
        if session is None or session.line is not None or not session.replay(line, data["seq"]):
            line.put(INVALID_SESSION, data=False)
        self._changes.tell()
