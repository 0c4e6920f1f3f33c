from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web

from bot.adapters.monitoring.health import Health
from bot.adapters.monitoring.metrics import Metrics
from bot.domain.faults import CannotListenError

_log = structlog.get_logger(__name__)

IDLE_SECONDS: Final = 5.0
_SHUTDOWN_SECONDS: Final = 1.0
_LARGEST_BODY: Final = 1024


@asynccontextmanager
async def serving(
    health: Health, metrics: Metrics, host: str, port: int | None, *, idle_seconds: float = IDLE_SECONDS
) -> AsyncIterator[int | None]:
    """The pages until the block ends, and their port; none at all without a port. Raises `CannotListenError`."""
    if port is None:
        yield None
        return
    runner = web.AppRunner(
        _application(health, metrics),
        access_log=None,
        keepalive_timeout=idle_seconds,  # also for those who connect and say nothing
        lingering_time=idle_seconds,
        shutdown_timeout=_SHUTDOWN_SECONDS,
    )
    await runner.setup()
    try:
        yield await _listen(runner, host, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        raise CannotListenError from error
    _log.info("health pages open", host=host, port=site.port)
    return site.port


def _application(health: Health, metrics: Metrics) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return _page(health.failing())

    async def readyz(_: web.Request) -> web.Response:
        return _page(await health.missing())

    async def measured(request: web.Request) -> web.Response:
        page = await metrics.page(request.headers.get("Accept", ""))
        headers = {"Content-Type": page.content_type, "Cache-Control": "no-store"}
        return web.Response(body=page.body, headers=headers)

    application = web.Application(client_max_size=_LARGEST_BODY)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", measured)
    return application


def _page(failing: Sequence[str]) -> web.Response:
    return web.json_response(
        {"status": "unavailable", "failing": failing} if failing else {"status": "ok"},
        status=HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK,
        headers={"Cache-Control": "no-store"},
    )
