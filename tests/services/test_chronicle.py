"""One line for each job that ends, however it does."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.domain.failures import ProviderFaultError
from bot.domain.jobs import Job, JobState
from bot.domain.pictures import Painted
from bot.ports import Meters
from bot.services.chronicle import Chronicle
from tests.examples import NOON, a_job
from tests.services.test_queue import work
from tests.services.world import OWNER, Workshop, caller

SECOND = timedelta(seconds=1)


class Counted(Meters):
    def __init__(self) -> None:
        self.jobs: list[tuple[str, JobState]] = []

    @override
    def arrived(self, interaction: int, kind: str) -> None:
        raise AssertionError("services answer nobody")

    @override
    def began(self, job: Job) -> None:
        self.jobs.append(("began", job.state))

    @override
    def ended(self, job: Job) -> None:
        self.jobs.append(("ended", job.state))


def lines(logs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [it for it in logs if it["event"] == "job ended"]


def observed(shop: Workshop) -> Counted:
    meters = Counted()
    shop.database.on_job = Chronicle(meters).tell
    return meters


def test_a_line_says_what_became_of_the_job_and_how_long_each_part_took() -> None:
    meters = Counted()
    job = a_job(
        state=JobState.DELIVERED,
        queued_at=NOON,
        painting_at=NOON + 2 * SECOND,
        painted_at=NOON + 10.5 * SECOND,
        ended_at=NOON + 11 * SECOND,
    )
    with capture_logs() as logs:
        Chronicle(meters).tell(job)
    assert logs == [
        {
            "event": "job ended",
            "log_level": "info",
            "job": "1234567890123456789-0",
            "guild": 10,
            "origin": "imagine",
            "outcome": "delivered",
            "code": None,
            "captured": 1,
            "waited_ms": 2000,
            "painted_ms": 8500,
            "delivered_ms": 500,
        }
    ]
    assert meters.jobs == [("ended", JobState.DELIVERED)]


def test_what_never_was_has_no_time_and_a_clock_put_back_makes_none_negative() -> None:
    with capture_logs() as logs:
        Chronicle(Counted()).tell(
            a_job(state=JobState.CANCELLED, queued_at=NOON, painting_at=NOON - SECOND, ended_at=NOON)
        )
    [line] = logs
    assert (line["waited_ms"], line["painted_ms"], line["delivered_ms"], line["captured"]) == (0, None, None, 0)


@pytest.mark.parametrize("state", [JobState.ACCEPTED, JobState.QUEUED, JobState.PAINTED, JobState.KEPT])
def test_a_job_that_goes_on_has_no_line(state: JobState) -> None:
    meters = Counted()
    with capture_logs() as logs:
        Chronicle(meters).tell(a_job(state=state))
    assert (logs, meters.jobs) == ([], [])


async def test_a_picture_from_the_queue_has_one_line_without_its_prompt(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        meters = observed(shop)
        with capture_logs() as logs:
            job = await shop.queued()
            await work(shop)
        [line] = lines(logs)
        assert (line["job"], line["outcome"], line["code"]) == (job.id, "delivered", None)
        assert not re.search("fox|https?:", str(logs))
        assert meters.jobs == [("began", JobState.PAINTING), ("ended", JobState.DELIVERED)]


async def test_jobs_that_end_on_other_ways_have_one_line_each(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        observed(shop)

        async def fail() -> None:
            raise ProviderFaultError("it broke")

        with capture_logs() as logs:
            await shop.studio.cancel(caller(), (await shop.queued(1)).id)
            shop.provider.on_request = fail
            assert await shop.painter.paint(await shop.begun(2)) is None
            standing = await shop.studio.imagine(caller(3), {"prompt": "a fox"})
            await shop.studio.unannounced(standing.job.id)
            await shop.queued(4)
            await shop.store.turn_away("daily_bound")
            late = await shop.begun(5)
            painted = await shop.store.painted(late.held_lease, Painted("uuid", "https://pictures.example/x"))
            assert painted is not None
            await shop.store.keep(painted.held_lease)
            shop.clock.moment += timedelta(days=8)
            await shop.store.expire()
            await shop.store.take_over(OWNER)
        assert [(it["outcome"], it["code"]) for it in lines(logs)] == [
            ("cancelled", None),
            ("failed", "provider_fault"),
            ("failed", "abandoned"),
            ("failed", "daily_bound"),
            ("expired", "expired"),
        ]
