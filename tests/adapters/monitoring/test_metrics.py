"""What those who scrape the process are told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapters.monitoring import Shard, lag, meters, metrics, watch_lag
from bot.domain.circuit import Trouble
from bot.domain.credits import Split
from bot.domain.failures import CODES, ModeratedError
from bot.domain.jobs import Job, JobState
from bot.domain.load import Load
from bot.domain.refusals import StorageBusyError, StorageDownError
from tests.adapters.monitoring.labels import ALLOWED, family_of, strangers
from tests.adapters.monitoring.pages import Process, value
from tests.examples import NOON, a_job

BRIEF = 0.05
SCRAPES = 20


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def ended(state: JobState = JobState.DELIVERED, **changes: Any) -> Job:
    """Waited for 2 seconds, painted in 8, shown in 3."""
    times = {"queued_at": NOON, "painting_at": NOON + seconds(2), "painted_at": NOON + seconds(10)}
    return a_job(**{**times, "state": state, "ended_at": NOON + seconds(13), "split": Split(2, 1), **changes})


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    async with Process.open() as process:
        yield process


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def everything(process: Process) -> None:
    """All that can be counted, with the oddest of values."""
    for number, kind in enumerate((*meters.INTERACTIONS, "a red fox <@123>"), start=10**18):
        for taken in (True, False):
            process.meters.arrived(number, kind)
            process.meters.answered(number, taken=taken)
    for state in (it for it in JobState if it.ended):
        process.meters.ended(ended(state))
        for code in (*CODES, "a red fox <@123>"):
            process.meters.ended(ended(state, failure=code))
    process.meters.began(ended())
    for scope in (*meters.SCOPES, "guild 123"):
        process.meters.limited(scope, 1.5)
    process.meters.exhausted()
    process.shards = [Shard(0, connected=True, latency=0.04), Shard(1, connected=False, latency=float("nan"))]


async def test_no_label_names_anything_but_what_is_fixed(process: Process) -> None:
    everything(process)
    async with process.session.get("/metrics") as answer:
        page = await answer.text()
    assert strangers(page) == []
    assert {family_of(it.name) for it in text_string_to_metric_families(page)} == set(ALLOWED)
    assert "fox" not in page
    assert "guild 123" not in page


async def test_a_page_of_a_process_that_did_nothing_is_there_at_once(process: Process) -> None:
    measured = await process.measured()
    assert value(measured, "jobs_ended_total", outcome="delivered", code="none") == 0
    assert value(measured, "jobs_ended_total", outcome="failed", code="lost") == 0
    assert value(measured, "acknowledgement_seconds_count", interaction="component") == 0
    assert value(measured, "provider_calls_bound") == 500
    assert value(measured, "database_up") == 1


@pytest.mark.parametrize(
    ("accept", "kind", "last"),
    [
        ("", "text/plain; version=0.0.4", ""),
        ("text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "text/plain; version=0.0.4", ""),
        ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", "application/openmetrics-text", "# EOF"),
    ],
)
async def test_who_scrapes_chooses_the_form(process: Process, accept: str, kind: str, last: str) -> None:
    async with process.session.get("/metrics", headers={"Accept": accept}) as answer:
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-store"
        assert (await answer.text()).rstrip().endswith(last)


async def test_a_job_moves_what_concerns_it(process: Process) -> None:
    process.meters.began(ended())
    process.meters.ended(ended())
    measured = await process.measured()
    assert value(measured, "provider_calls_total") == 1
    assert value(measured, "jobs_ended_total", outcome="delivered", code="none") == 1
    assert value(measured, "credits_captured_total") == 3
    assert value(measured, "queue_wait_seconds_sum") == 2
    assert value(measured, "provider_seconds_sum", result="painted") == 8
    assert value(measured, "delivery_seconds_sum") == 3


async def test_a_job_that_came_to_nothing_takes_no_credits_and_its_time_counts_apart(process: Process) -> None:
    process.meters.ended(ended(JobState.MODERATED, painted_at=None, failure=ModeratedError.code))
    process.meters.ended(ended(JobState.LOST, painted_at=None, ended_at=NOON + timedelta(days=1)))
    process.meters.ended(ended(JobState.CANCELLED, painting_at=None, painted_at=None))
    measured = await process.measured()
    assert value(measured, "jobs_ended_total", outcome="moderated", code="moderated") == 1
    assert value(measured, "jobs_ended_total", outcome="cancelled", code="none") == 1
    assert value(measured, "credits_captured_total") == 0
    assert value(measured, "provider_seconds_sum", result="failed") == 11
    assert value(measured, "provider_seconds_count", result="failed") == 1
    assert value(measured, "delivery_seconds_count") == 0


async def test_who_cancelled_too_late_pays_and_a_kept_picture_says_nothing_of_delivering(process: Process) -> None:
    process.meters.ended(ended(JobState.CANCELLED))
    process.meters.ended(ended(kept_until=NOON, ended_at=NOON + timedelta(days=5)))
    measured = await process.measured()
    assert value(measured, "credits_captured_total") == 6
    assert value(measured, "delivery_seconds_count") == 0


async def test_a_clock_that_was_put_back_makes_nothing_negative(process: Process) -> None:
    back = ended(painting_at=NOON - seconds(5), painted_at=NOON - seconds(9), ended_at=NOON - seconds(20))
    process.meters.began(back)
    process.meters.ended(back)
    measured = await process.measured()
    assert value(measured, "queue_wait_seconds_sum") == 0
    assert value(measured, "provider_seconds_sum", result="painted") == 0
    assert value(measured, "delivery_seconds_sum") == 0


async def test_an_answer_is_timed_once_and_one_that_was_refused_is_counted(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopwatch = Stopwatch()
    monkeypatch.setattr(meters, "monotonic", stopwatch)
    for number in (1, 2):
        process.meters.arrived(number, "component")
    stopwatch.seconds += 0.25
    for _ in range(2):
        process.meters.answered(1, taken=True)
    process.meters.answered(2, taken=False)
    measured = await process.measured()
    assert value(measured, "acknowledgement_seconds_count", interaction="component") == 1
    assert value(measured, "acknowledgement_seconds_sum", interaction="component") == 0.25
    assert value(measured, "acknowledgement_seconds_bucket", interaction="component", le="3.0") == 1
    assert value(measured, "answers_refused_total", interaction="component") == 1


async def test_interactions_that_nobody_answers_take_no_memory(process: Process) -> None:
    for number in range(5000):
        process.meters.arrived(number, "component")
    assert len(process.meters._unanswered) == 1000
    process.meters.answered(4999, taken=True)
    assert value(await process.measured(), "acknowledgement_seconds_count", interaction="component") == 1


async def test_what_is_so_now_is_read_when_somebody_asks(process: Process) -> None:
    process.under_way, process.breaker = 4, Trouble.CREDITS
    process.shards = [Shard(2, connected=True, latency=0.04), Shard(3, connected=False, latency=float("inf"))]
    process.load = Load(calls=17, queued=5, kept=2, held=9)
    measured = await process.measured()
    told = ("jobs_under_way", "guilds", "provider_calls_today", "queue_length", "kept_pictures", "credits_held")
    assert [value(measured, name) for name in told] == [4, 3, 17, 5, 2, 9]
    assert [value(measured, "breaker_open", trouble=it.value) for it in Trouble] == [0, 1, 0]
    assert [value(measured, "shard_connected", shard=it) for it in "23"] == [1, 0]
    assert [value(measured, "shard_latency_seconds", shard=it) for it in "23"] == [0.04, None]


@pytest.mark.parametrize("trouble", [StorageBusyError(), StorageDownError()])
async def test_without_the_database_the_rest_is_told(process: Process, trouble: Exception) -> None:
    process.trouble = trouble
    measured = await process.measured()
    assert value(measured, "database_up") == 0
    assert value(measured, "queue_length") is None
    assert value(measured, "guilds") == 3
    process.trouble = None
    assert value(await process.measured(), "queue_length") == 0


async def test_a_database_that_hangs_is_asked_once_and_keeps_nobody_waiting() -> None:
    async with Process.open(patience=BRIEF) as process:
        process.answers.clear()
        told = await asyncio.gather(*(process.measured() for _ in range(SCRAPES)))
        assert {value(it, "database_up") for it in told} == {0}
        assert process.questions == 1
        process.answers.set()


async def test_the_databases_answer_serves_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    stopwatch = Stopwatch()
    monkeypatch.setattr(metrics, "monotonic", stopwatch)
    async with Process.open(fresh=5) as process:
        for _ in range(SCRAPES):
            await process.measured()
        stopwatch.seconds += 4.9
        await process.measured()
        assert process.questions == 1
        stopwatch.seconds += 0.1
        await process.measured()
        assert process.questions == 2


async def test_what_blocks_the_loop_is_seen(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    stopwatch, slept = Stopwatch(), iter((0.5, 0.5, 2.5))

    async def sleep(_: float) -> None:
        stopwatch.seconds += next(slept)

    monkeypatch.setattr(lag, "monotonic", stopwatch)
    monkeypatch.setattr("bot.adapters.monitoring.lag.asyncio.sleep", sleep)
    with pytest.raises(RuntimeError):  # the third and last sleep is over
        await watch_lag(process.meters.lag)
    monkeypatch.undo()
    measured = await process.measured()
    assert value(measured, "event_loop_lag_seconds_bucket", le="0.001") == 2
    assert value(measured, "event_loop_lag_seconds_bucket", le="2.5") == 3
