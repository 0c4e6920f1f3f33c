"""The frame that every route stands in: record, authorise, limit, fail on order, answer."""

import hmac
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from standins.discord.account import Account
from standins.discord.clock import Clock
from standins.discord.faults import Fault, FaultRegister, Trouble
from standins.discord.interactions import Interactions
from standins.discord.journal import Journal, Recorded
from standins.discord.rate import HIDDEN_IN_CHANNEL, Limits, Rate, Window
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.replies import Reply, ordered, refused
from standins.discord.uploads import Body, read

ROOT: Final = "/api/v10"
_LINGER_NOT_AT_ALL: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    names: Mapping[str, str]
    """What the path names."""
    query: Mapping[str, str]
    body: Body


Work = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    work: Work
    rate: Rate
    subject: str = ""
    """Which name in the path has a limit of its own."""
    by_token: bool = False
    """Whether an interaction's token stands for the bot's."""
    edits_channel: bool = False
    """Whether it counts towards the hidden limit of a channel."""
    shared: str = ""
    """The bucket that it has in common with others."""

    @property
    def bucket(self) -> str:
        return self.shared or f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Site:
    account: Account
    clock: Clock
    journal: Journal
    faults: FaultRegister
    limits: Limits
    interactions: Interactions

    def framed(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            path, unreadable = request.path.removeprefix(ROOT), None
            try:
                body = await read(request)
            except RefusedError as error:
                body, unreadable = Body(), error
                self.journal.violated(request.method, path, error.problems)
            call = Call(request.method, path, request.match_info, request.query, body)
            recorded = _recorded(call, self.clock.seconds())
            self.journal.open(recorded)
            reply = await self._reply(route, call, request, unreadable)
            if reply is None:
                return _reset(request)
            self.journal.close(recorded, reply.status)
            limits = self.limits.headers(route.bucket, call.names.get(route.subject, ""), route.rate)
            return web.Response(status=reply.status, body=reply.content, headers=reply.head(limits))

        return handle

    async def lost(self, request: web.Request) -> web.StreamResponse:
        """A route that this stand-in does not have: nobody should rely on it unnoticed."""
        path = request.path.removeprefix(ROOT)
        self.journal.violated(request.method, path, [Problem((), "no such route here")])
        reply = refused(RefusedError(Refusal.NO_ROUTE))
        return web.Response(status=reply.status, body=reply.content, headers=reply.head({}))

    async def _reply(
        self, route: Route, call: Call, request: web.Request, unreadable: RefusedError | None
    ) -> Reply | None:
        """None where the connection breaks instead."""
        fault = self.faults.take(call.method, call.path)
        if fault is None or fault.after:
            reply = await self._answer(route, call, request, unreadable)
            return reply if fault is None else await self._strike(fault)
        return await self._strike(fault)

    async def _answer(self, route: Route, call: Call, request: web.Request, unreadable: RefusedError | None) -> Reply:
        try:
            if not route.by_token:
                self._admit(request)
            if unreadable is not None:
                raise unreadable
            limited = self.limits.spend(
                route.bucket,
                call.names.get(route.subject, ""),
                route.rate,
                hidden=self._hidden(route, call),
                everywhere=not route.by_token,
            )
            return limited or await route.work(call)
        except RefusedError as error:
            return refused(error)

    async def _strike(self, fault: Fault) -> Reply | None:
        if fault.trouble is Trouble.HANG:
            await self.faults.healed()
        return ordered(fault) if fault.trouble is Trouble.ANSWER else None

    def _admit(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bot {self.account.token}".encode()):
            raise RefusedError(Refusal.UNAUTHORIZED)

    def _hidden(self, route: Route, call: Call) -> Window | None:
        if not route.edits_channel:
            return None
        state = self.interactions.by_token.get(call.names.get("token", ""))
        channel = call.names.get("channel", "") if state is None else str(state.channel.id)
        return self.limits.window("hidden", channel, HIDDEN_IN_CHANNEL)


def _recorded(call: Call, seconds: float) -> Recorded:
    files = tuple(file.name for _, file in sorted(call.body.files.items()))
    return Recorded(call.method, call.path, call.body.payload, files, seconds)


def _reset(request: web.Request) -> web.Response:
    """Ends the connection with a TCP reset; the returned response can no longer be written."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT_AT_ALL)
        transport.abort()
    return web.Response()
