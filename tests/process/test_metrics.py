"""What the running bot measures of itself."""

import asyncio
from collections.abc import Callable

import pytest

from standins.discord.reading import pictures
from tests.adapters.monitoring.labels import strangers
from tests.adapters.monitoring.pages import Samples, samples, value
from tests.process.house import KEY, PROMPT, TOKEN, House

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 30.0
ANSWERED = {"interaction": "application_command"}


async def measured(house: House) -> Samples:
    return samples(await house.metrics())


async def until(house: House, holds: Callable[[Samples], bool]) -> Samples:
    async with asyncio.timeout(PATIENCE):
        while not holds(told := await measured(house)):
            pass
    return told


async def test_a_picture_moves_the_numbers_of_the_process(room: House) -> None:
    before = await measured(room)
    asked = await room.painting()
    midway = await until(room, lambda it: value(it, "credits_held") == 1)  # the database is asked every few seconds
    assert value(midway, "jobs_under_way") == 1
    room.endpoint.release()
    await asked.until(lambda message: bool(pictures(message)))
    after = await until(room, lambda it: value(it, "credits_held") == 0)

    def moved(name: str, **labels: str) -> float:
        return (value(after, name, **labels) or 0) - (value(before, name, **labels) or 0)

    assert moved("provider_calls_total") == moved("provider_calls_today") == 1
    assert moved("jobs_ended_total", outcome="delivered", code="none") == 1
    assert moved("credits_captured_total") == 1
    assert moved("queue_wait_seconds_count") == moved("delivery_seconds_count") == 1
    assert moved("provider_seconds_count", result="painted") == 1
    assert moved("acknowledgement_seconds_count", **ANSWERED) == 1
    assert moved("acknowledgement_seconds_bucket", **ANSWERED, le="3.0") == 1
    assert value(after, "provider_calls_bound") == 500
    assert value(after, "shard_connected", shard="0") == value(after, "guilds") == 1
    assert (value(after, "event_loop_lag_seconds_count") or 0) > 0
    [line] = [it for it in room.events() if it["event"] == "job ended"][-1:]
    assert (line["outcome"], line["captured"]) == ("delivered", 1)


async def test_a_wait_that_discord_imposes_is_counted(room: House) -> None:
    before = await measured(room)
    asked = await room.painting()
    room.discord.fail("PATCH", "/webhooks/*/messages/@original", status=429)
    room.endpoint.release()
    await asked.until(lambda message: bool(pictures(message)))
    after = await measured(room)
    for name in ("discord_rate_limits_total", "discord_rate_limit_wait_seconds_total"):
        assert _of_all(after, name) > _of_all(before, name)


async def test_the_page_and_the_log_tell_of_nobody(room: House) -> None:
    await room.picture()
    page, log = await room.metrics(), str(room.events())
    assert strangers(page) == []
    for secret in (str(room.guild.id), str(room.ada.id), PROMPT, TOKEN, KEY):
        assert secret not in page
    for secret in (PROMPT, TOKEN, KEY):
        assert secret not in log


def _of_all(measured: Samples, name: str) -> float:
    return sum(it for (full, _), it in measured.items() if full == f"imagine_{name}")
