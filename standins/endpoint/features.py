"""`POST /api/features` and `GET /api/results/{uuid}`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Never

from aiohttp import web

from standins.endpoint.contract import read_order
from standins.endpoint.delivery import deliver
from standins.endpoint.faults import Fault, PathKind, Stage
from standins.endpoint.journal import Recorded
from standins.endpoint.records import Generation, bend, tell
from standins.endpoint.register import ArmedFault
from standins.endpoint.replies import RefusedError, Reply, coded, json_reply
from standins.endpoint.site import Site, answered
from standins.endpoint.wishes import wished_fault

_ANSWERED_EARLY = frozenset({Fault.PROCESSING_FIRST, Fault.POLL_NEVER_ENDS, Fault.POLL_NULL})


@dataclass(frozen=True, slots=True)
class Features:
    site: Site

    async def post(self, request: web.Request) -> web.StreamResponse:
        self.site.journal.requests[PathKind.GENERATE] += 1
        armed = self.site.faults.take(PathKind.GENERATE)
        # A connection that is reset at once has not let its body in.
        content = b"" if armed and armed.fault is Fault.RESET_AT_ONCE else await request.read()
        body = _json_object(content)
        number = await self.site.journal.open(Recorded(request.headers, body))
        reply = await self._reply(request, body, armed)
        self.site.journal.close(number, reply.status if reply.arrives else None)
        return await deliver(request, reply, self.site.closing)

    async def result(self, request: web.Request, armed: ArmedFault | None) -> Reply:
        self.site.admit(request)
        generation = self.site.studio.generations.get(request.match_info["subject"])
        if generation is None:
            return json_reply({"aiRecord": None})
        seen = bend(generation, armed) if armed else generation
        return json_reply(tell(seen, self.site.linker(request)))

    async def _reply(self, request: web.Request, body: Mapping[str, Any], armed: ArmedFault | None) -> Reply:
        later = None
        if armed is None and self.site.prompt_faults and (wish := wished_fault(body)):
            armed, later = (wish, None) if PathKind.GENERATE in wish.fault.kinds else (None, wish)
        return await answered(partial(self._generate, body, later), request, armed)

    async def _generate(
        self,
        body: Mapping[str, Any],
        later: ArmedFault | None,
        request: web.Request,
        armed: ArmedFault | None,
    ) -> Reply:
        self.site.admit(request)
        if request.content_type != "application/json":
            raise RefusedError(coded(400, "HTTP_EXCEPTION", "The body must be application/json"))
        order = read_order(body)
        bending = armed if armed and armed.fault.stage is Stage.RECORD else None
        generation = self.site.studio.accept(order, bending)
        if later:
            self._arm_for(generation, later)
        task = self.site.studio.start(generation)
        early = {armed.fault for armed in (armed, later) if armed} & _ANSWERED_EARLY
        told = generation if order.asynchronous or early else await task
        return json_reply(tell(told, self.site.linker(request)))

    def _arm_for(self, generation: Generation, later: ArmedFault) -> None:
        subject = generation.key if later.fault.stage is Stage.PICTURE else generation.uuid
        self.site.faults.arm(replace(later, subject=subject))


def _json_object(content: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(content, parse_constant=_refuse_constant)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {}


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")
