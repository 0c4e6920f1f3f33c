"""The frame that every route stands in: record, authorise, limit, fail on order, answer."""

import hmac
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from standins.discord.account import Account
from standins.discord.clock import Clock
from standins.discord.faults import Fault, FaultRegister, Trouble
from standins.discord.interactions import Interactions
from standins.discord.invalid import InvalidRequests
from standins.discord.journal import Journal, Recorded
from standins.discord.rate import HIDDEN_IN_CHANNEL, Limits, Window
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.replies import Reply, ordered, refused
from standins.discord.rest.calls import Call, Route
from standins.discord.uploads import Body, LostError, read

ROOT: Final = "/api/v10"
_LINGER_NOT_AT_ALL: Final = struct.pack("ii", 1, 0)
_BANNED: Final = "error code: 1015"
_ON_ORDER: Final = "the connection was broken on order"


@dataclass(frozen=True, slots=True)
class Site:
    account: Account
    clock: Clock
    journal: Journal
    faults: FaultRegister
    limits: Limits
    invalid: InvalidRequests
    interactions: Interactions
    dead: set[str] = field(default_factory=set)
    """Tokens that were said to be none."""

    def framed(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            if self.invalid.banned:
                # By the edge, which knows no JSON and names no proxy.
                return web.Response(status=429, text=_BANNED)
            path = request.path.removeprefix(ROOT)
            try:
                body, unreadable = await self._body(request, path)
            except LostError as lost:
                self.journal.lost(request.method, path, str(lost))
                return _reset(request)
            recorded = self._recorded(request.method, path, body)
            call = Call(request.method, path, request.match_info, request.query, body)
            reply = await self._reply(route, call, request, unreadable)
            if reply is None:
                self.journal.close(recorded, remark=_ON_ORDER)
                return _reset(request)
            self.invalid.count(reply)
            self.journal.close(recorded, status=reply.status)
            limits = self.limits.headers(route.bucket, request.match_info.get(route.subject, ""), route.rate)
            return web.Response(status=reply.status, body=reply.content, headers=reply.head(limits))

        return handle

    async def lost(self, request: web.Request) -> web.StreamResponse:
        """A route that this stand-in does not have: nobody should rely on it unnoticed."""
        path = request.path.removeprefix(ROOT)
        self.journal.violated(request.method, path, [Problem((), "no such route here")])
        reply = refused(RefusedError(Refusal.NO_ROUTE))
        return web.Response(status=reply.status, body=reply.content, headers=reply.head({}))

    async def _body(self, request: web.Request, path: str) -> tuple[Body, RefusedError | None]:
        """What is unreadable is refused in its turn, after what is unauthorised. Raises `LostError`."""
        try:
            return await read(request), None
        except RefusedError as error:
            self.journal.violated(request.method, path, error.problems)
            return Body(), error

    def _recorded(self, method: str, path: str, body: Body) -> Recorded:
        files = tuple(file.name for _, file in sorted(body.files.items()))
        recorded = Recorded(method, path, self.clock.seconds(), body.payload, files)
        self.journal.open(recorded)
        return recorded

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
            if error.refusal is Refusal.UNKNOWN_WEBHOOK:
                self._bury(call)
            return refused(error)

    def _bury(self, call: Call) -> None:
        token = call.names["token"]
        if token in self.dead:
            self.journal.violated(call.method, call.path, [Problem((), "a webhook that is none was tried again")])
        self.dead.add(token)

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


def _reset(request: web.Request) -> web.Response:
    """Ends the connection with a TCP reset; the returned response can no longer be written."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT_AT_ALL)
        transport.abort()
    return web.Response()
