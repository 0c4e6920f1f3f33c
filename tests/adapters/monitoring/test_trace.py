"""What Discord's answers tell, over real HTTP."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.adapters.monitoring import PrometheusMeters, traced
from tests.adapters.monitoring.pages import HOST

CALLBACK = "/api/v10/interactions/1/a-token/callback"


class Api:
    """Answers each request as it is told to."""

    def __init__(self) -> None:
        self.meters = PrometheusMeters()
        self.status = 200
        self.headers: Mapping[str, str] = {}
        self.session: aiohttp.ClientSession

    async def ask(self, path: str, status: int, **headers: str) -> None:
        self.status, self.headers = status, {name.replace("_", "-"): it for name, it in headers.items()}
        async with self.session.post(path):
            pass

    def count(self, name: str, **labels: str) -> float | None:
        return self.meters.registry.get_sample_value(f"imagine_{name}", labels)

    async def answer(self, _: web.Request) -> web.Response:
        return web.Response(status=self.status, headers=self.headers)


@asynccontextmanager
async def _api() -> AsyncIterator[Api]:
    api, application = Api(), web.Application()
    application.router.add_route("*", "/{path:.*}", api.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    trace = traced(api.meters)
    async with aiohttp.ClientSession(f"http://{HOST}:{site.port}", trace_configs=[trace]) as api.session:
        yield api
    await runner.cleanup()


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with _api() as api:
        api.meters.arrived(1, "modal_submit")
        yield api


async def test_the_first_answer_that_discord_takes_is_the_acknowledgement(api: Api) -> None:
    await api.ask("/api/v10/channels/1/messages", 200)
    await api.ask(CALLBACK, 503)
    await api.ask(CALLBACK, 429, Retry_After="0.5", X_RateLimit_Scope="shared")
    assert api.count("acknowledgement_seconds_count", interaction="modal_submit") == 0
    await api.ask(CALLBACK, 204)
    assert api.count("acknowledgement_seconds_count", interaction="modal_submit") == 1
    assert api.count("answers_refused_total", interaction="modal_submit") == 0


async def test_an_answer_that_comes_too_late_is_refused(api: Api) -> None:
    await api.ask(CALLBACK, 404)
    assert api.count("acknowledgement_seconds_count", interaction="modal_submit") == 0
    assert api.count("answers_refused_total", interaction="modal_submit") == 1


async def test_what_discord_asks_to_wait_is_added_up(api: Api) -> None:
    await api.ask("/api/v10/channels/1/messages", 429, Retry_After="2.5", X_RateLimit_Scope="user")
    await api.ask("/api/v10/channels/1/messages", 429, Retry_After="0.5", X_RateLimit_Scope="user")
    await api.ask("/api/v10/channels/1/messages", 429, Retry_After="soon")
    assert api.count("discord_rate_limits_total", scope="user") == 2
    assert api.count("discord_rate_limit_wait_seconds_total", scope="user") == 3
    assert api.count("discord_rate_limits_total", scope="other") == 1


async def test_a_bucket_that_was_used_up_is_counted(api: Api) -> None:
    await api.ask("/api/v10/channels/1/messages", 200, X_RateLimit_Remaining="1")
    assert api.count("discord_buckets_exhausted_total") == 0
    await api.ask("/api/v10/channels/1/messages", 200, X_RateLimit_Remaining="0")
    assert api.count("discord_buckets_exhausted_total") == 1
