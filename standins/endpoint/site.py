"""What the routes share, and the frame that each of them stands in."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from standins.endpoint.canned import canned
from standins.endpoint.delivery import deliver
from standins.endpoint.faults import PathKind, Stage
from standins.endpoint.journal import Journal
from standins.endpoint.rate import Allowance
from standins.endpoint.records import Linker
from standins.endpoint.register import ArmedFault, FaultRegister
from standins.endpoint.replies import RefusedError, Reply, unauthorised
from standins.endpoint.signing import Signer
from standins.endpoint.studio import Studio

IMAGE_ROOT = "/asset.1min.ai"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Work = Callable[[web.Request, ArmedFault | None], Awaitable[Reply]]
"""A route's own part, told of the fault in case it has to bend its work."""


@dataclass(frozen=True, slots=True)
class Site:
    api_key: str
    prompt_faults: bool
    studio: Studio
    signer: Signer
    allowance: Allowance
    faults: FaultRegister = field(default_factory=FaultRegister)
    journal: Journal = field(default_factory=Journal)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def admit(self, request: web.Request) -> None:
        given = request.headers.get("API-KEY", "")
        if not hmac.compare_digest(given.encode(), self.api_key.encode()):
            raise RefusedError(unauthorised("Invalid API Key" if given else "API Key is missing"))
        self.allowance.spend()

    def linker(self, request: web.Request) -> Linker:
        """Addresses on the host that the caller used: the one it can surely reach."""
        root = f"{request.scheme}://{request.host}{IMAGE_ROOT}"

        def link(key: str, signed_at: datetime) -> str:
            return f"{root}/{key}?{self.signer.query(key, signed_at)}"

        return link

    def framed(self, kind: PathKind, work: Work) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.journal.requests[kind] += 1
            armed = self.faults.take(kind, request.match_info.get("subject"))
            return await deliver(request, await answered(work, request, armed), self.closing)

        return handle


async def answered(work: Work, request: web.Request, armed: ArmedFault | None) -> Reply:
    stage = armed.fault.stage if armed else None
    if armed and stage is Stage.DOOR:
        return canned(armed)
    try:
        reply = await work(request, armed)
    except RefusedError as refusal:
        return refusal.reply
    return canned(armed) if armed and stage is Stage.ANSWER else reply
