"""What the answers of Discord's API tell, by aiohttp's own hook: discord.py does not say how long it waits."""

import re
from http import HTTPStatus
from types import SimpleNamespace
from typing import Final

from aiohttp import ClientResponse, ClientSession, TraceConfig, TraceRequestEndParams

from bot.adapters.monitoring.meters import OTHER, PrometheusMeters

_CALLBACK: Final = re.compile(r"/interactions/(\d+)/[^/]+/callback$")


def traced(meters: PrometheusMeters) -> TraceConfig:
    async def ended(_: ClientSession, __: SimpleNamespace, request: TraceRequestEndParams) -> None:
        _limits(meters, request.response)
        callback = _CALLBACK.search(request.url.path)
        if callback is not None and _is_final(request.response.status):
            meters.answered(int(callback[1]), taken=request.response.ok)

    trace = TraceConfig()
    trace.on_request_end.append(ended)
    return trace


def _is_final(status: int) -> bool:
    # After anything else discord.py tries again.
    return status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.TOO_MANY_REQUESTS


def _limits(meters: PrometheusMeters, response: ClientResponse) -> None:
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        meters.limited(response.headers.get("X-RateLimit-Scope", OTHER), _seconds(response))
    elif response.headers.get("X-RateLimit-Remaining") == "0":
        meters.exhausted()


def _seconds(response: ClientResponse) -> float:
    try:
        return float(response.headers.get("Retry-After", 0))
    except ValueError:
        return 0.0
