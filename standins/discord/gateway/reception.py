"""How a client comes in: what it may send, and what becomes of it when it sends anything else."""

import asyncio
import json
from typing import Any, Final

from aiohttp import WSMsgType, web

from standins.discord.account import Account
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.gateway.compression import packing
from standins.discord.gateway.gateway import Gateway
from standins.discord.gateway.lines import HEARTBEAT, HELLO, IDENTIFY, INVALID_SESSION, RESUME, ClosedError, Line
from standins.discord.gateway.sessions import Session
from standins.discord.gateway.welcome import Welcome
from standins.discord.journal import Journal

LARGEST_PAYLOAD: Final = 4096
_LARGEST_FRAME: Final = 1024 * 1024
_FAREWELL_SECONDS: Final = 1.0
_UNSERVED: Final = frozenset({3, 4, 8, 31, 43})
"""Presence, voice, lists of members and the like: a bot that shows pictures needs none of them."""
_PRIVILEGED: Final = 1 << 1 | 1 << 8 | 1 << 15
_INTENTS: Final = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25
_MILLISECONDS: Final = 1000

UNKNOWN_ERROR, UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED = 4000, 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, RATE_LIMITED, INVALID_SHARD = 4005, 4008, 4010
INVALID_VERSION, INVALID_INTENTS, DISALLOWED_INTENTS = 4012, 4013, 4014


class Reception:
    def __init__(
        self, account: Account, gateway: Gateway, welcome: Welcome, clock: Clock, journal: Journal, changes: Changes
    ) -> None:
        self._account = account
        self._gateway = gateway
        self._welcome = welcome
        self._clock = clock
        self._journal = journal
        self._changes = changes

    async def connect(self, request: web.Request) -> web.StreamResponse:
        try:
            pack = packing(request.query.get("compress"))
        except ValueError:
            raise web.HTTPBadRequest(text="compress") from None
        socket = web.WebSocketResponse(timeout=_FAREWELL_SECONDS, max_msg_size=_LARGEST_FRAME, compress=False)
        await socket.prepare(request)
        line = Line(socket, request.transport, pack)
        self._gateway.lines.add(line)
        tasks = [asyncio.create_task(it) for it in (line.send_all(), self._mind_heartbeats(line))]
        try:
            await self._serve(line, request.query.get("v", "10"))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._gateway.lines.discard(line)
            self._gateway.left(line, for_good=line.bidden_farewell)
        return socket

    async def _serve(self, line: Line, version: str) -> None:
        try:
            await self._listen(line, version)
        except ClosedError as closed:
            if closed.reason:
                self._journal.gateway_violated(closed.event, closed.reason)
            await line.close(closed.code)

    async def _listen(self, line: Line, version: str) -> None:
        if version != "10":
            raise ClosedError(INVALID_VERSION, "VERSION", f"{version!r} is not 10")
        line.put(HELLO, {"heartbeat_interval": round(self._gateway.heartbeat_seconds * _MILLISECONDS)})
        async for message in line.socket:
            self._count(line)
            if message.type is not WSMsgType.TEXT or len(message.data.encode()) > LARGEST_PAYLOAD:
                raise ClosedError(DECODE_ERROR, "PAYLOAD", f"not text of at most {LARGEST_PAYLOAD} bytes")
            self._read(line, message.data)

    async def _mind_heartbeats(self, line: Line) -> None:
        interval = self._gateway.heartbeat_seconds
        await line.fall_behind(self._gateway.heartbeat_patience)
        self._journal.gateway_violated("HEARTBEAT", f"missing, although one is due every {interval} seconds")
        # The session stays: the client is to resume it.
        await line.close(UNKNOWN_ERROR)

    def _count(self, line: Line) -> None:
        if not line.count(self._clock):
            raise ClosedError(RATE_LIMITED, "SENDS", "more than 120 in 60 seconds")

    def _read(self, line: Line, text: str) -> None:
        try:
            payload = json.loads(text)
            self._take(line, payload["op"], payload["d"])
        except (ValueError, KeyError, TypeError):
            raise ClosedError(DECODE_ERROR, "PAYLOAD", "cannot be read") from None

    def _take(self, line: Line, op: int, data: Any) -> None:
        match op:
            case _ if op == HEARTBEAT:
                self._gateway.beat(line, data)
            case _ if op == IDENTIFY:
                self._identify(line, data)
            case _ if op == RESUME:
                self._resume(line, data)
            case _ if op in _UNSERVED:
                if self._gateway.of(line) is None:
                    raise ClosedError(NOT_AUTHENTICATED)
                self._journal.gateway_violated(f"OPCODE {op}", "nothing here answers it")
            case _:
                raise ClosedError(UNKNOWN_OPCODE, f"OPCODE {op}", "is none")

    def _identify(self, line: Line, data: Any) -> None:
        if self._gateway.of(line) is not None:
            raise ClosedError(ALREADY_AUTHENTICATED, "IDENTIFY", "a second time on one connection")
        self._admit(data["token"])
        shard, shards = data.get("shard", (0, 1))
        if not 0 <= shard < shards:
            raise ClosedError(INVALID_SHARD, "IDENTIFY", f"shard {shard} of {shards}")
        self._check_intents(data["intents"])
        self._spend_start()
        if self._gateway.starts.too_early(shard):
            self._journal.gateway_violated("IDENTIFY", f"shard {shard} came within 5 seconds of another of its key")
            line.put(INVALID_SESSION, data=False)
            return
        session = Session(shard, shards, data["intents"], line)
        self._welcome.greet(session, self._gateway.resume_url)
        self._gateway.sessions[session.id] = session
        self._gateway.identifies.append((shard, shards))
        self._changes.tell()

    def _admit(self, token: str) -> None:
        if token != self._account.token:
            raise ClosedError(AUTHENTICATION_FAILED)

    def _check_intents(self, intents: int) -> None:
        if intents & ~_INTENTS:
            raise ClosedError(INVALID_INTENTS, "IDENTIFY", f"intents {intents:#x} are not all known")
        if intents & _PRIVILEGED:
            raise ClosedError(DISALLOWED_INTENTS, "IDENTIFY", f"intents {intents:#x} are privileged")

    def _spend_start(self) -> None:
        if self._gateway.starts.spend():
            return
        for session in self._gateway.connected:
            if session.line is not None:
                session.line.cut()
        self._gateway.sessions.clear()
        self._account.reset_token()
        raise ClosedError(AUTHENTICATION_FAILED, "IDENTIFY", "the day's starts are spent, and the token with them")

    def _resume(self, line: Line, data: Any) -> None:
        self._admit(data["token"])
        session = self._gateway.sessions.get(data["session_id"])
        old = None if session is None else session.line
        if session is None or not session.replay(line, data["seq"]):
            line.put(INVALID_SESSION, data=False)
        elif old is not None:
            old.cut()
        self._changes.tell()
