"""Routes for other processes to order faults and to look on; they answer callers on this machine alone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standins.endpoint.faults import Fault, PathKind
from standins.endpoint.register import ArmedFault
from standins.endpoint.site import Handler, Site


class FaultOrder(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault
    times: Annotated[int, Field(ge=1)] | None = 1
    at: PathKind | None = None
    retry_after: Annotated[float, Field(ge=0)] | None = None
    url: str | None = None

    def armed(self) -> ArmedFault:
        return ArmedFault(self.fault, self.times, self.at, self.retry_after, self.url)


@dataclass(frozen=True, slots=True)
class Control:
    site: Site

    async def order(self, request: web.Request) -> web.Response:
        try:
            armed = FaultOrder.model_validate_json(await request.read()).armed()
        except ValidationError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        self.site.faults.arm(armed)
        return web.json_response(self._state(), status=201)

    async def clear(self, _: web.Request) -> web.Response:
        self.site.faults.clear()
        return web.json_response(self._state())

    async def state(self, _: web.Request) -> web.Response:
        return web.json_response(self._state())

    def _state(self) -> Mapping[str, Any]:
        studio = self.site.studio
        return {
            "paid_calls": studio.paid_calls,
            "posts": len(self.site.journal.posts),
            "requests": {kind: self.site.journal.requests[kind] for kind in PathKind},
            "pictures": len(studio.pictures),
            "assets": len(studio.assets),
            "credits": studio.account.credits,
            "latency": studio.latency,
            "held": studio.held,
            "faults": [asdict(armed) for armed in self.site.faults.pending],
        }


def local_only(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        if request.remote is None or not ip_address(request.remote).is_loopback:
            raise web.HTTPForbidden(text="Only for callers on this machine")
        return await handler(request)

    return handle
