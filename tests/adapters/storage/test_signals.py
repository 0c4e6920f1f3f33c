"""PostgreSQL: what one process does, another one hears of at once, and loses nothing where it does not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import Connection, text
from structlog.testing import capture_logs

from bot.adapters.storage import Database, Heard, Signals, SqlOffices
from bot.adapters.storage.signals import CHANNEL, tell_queued, tell_rules
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import GUILD, PLAN, Scene
from tests.adapters.storage.test_rulebook import deed

QUITE_SOON = 20.0
ME = "another-worker"


class Ear:
    """Everything heard, in order."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self._more = asyncio.Event()

    def note(self, what: object) -> None:
        self.heard.append(what)
        self._more.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(QUITE_SOON):
            while not holds():
                self._more.clear()
                await self._more.wait()

    async def hears(self, *what: object) -> None:
        """Nothing else was heard since last asked."""
        await self.until(lambda: len(self.heard) >= len(what))
        heard, self.heard = self.heard, []
        assert heard == [*what]


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[Ear]:
    ear = Ear()
    heard = Heard(lambda: ear.note("queued"), ear.note, lambda: ear.note("missed"))
    signals = Signals.among(database, ME, heard)
    assert signals is not None
    task = asyncio.create_task(signals.run())
    try:
        yield ear
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def ear(postgres_scenes: list[Scene]) -> AsyncIterator[Ear]:
    """Of the second worker, who listens already."""
    async with listening(postgres_scenes[1].database) as ear:
        await ear.hears("missed")
        yield ear


def say(connection: Connection, payload: str) -> None:
    connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


async def test_a_job_that_another_process_queues_is_heard_of(postgres_scenes: list[Scene], ear: Ear) -> None:
    first, second = postgres_scenes
    await second.queued()
    await first.hold()
    await first.database.run(tell_rules, 5)
    await first.queued()
    await ear.hears(5, "queued")


async def test_a_change_of_rules_is_heard_of_with_its_guild(postgres_scenes: list[Scene], ear: Ear) -> None:
    offices = SqlOffices(postgres_scenes[0].database, PLAN)
    await offices.change(deed(1, after="60"), 0)
    await ear.hears(GUILD)


async def test_what_comes_to_nothing_is_not_heard_of(postgres_scenes: list[Scene], ear: Ear) -> None:
    first, _ = postgres_scenes
    with first.database.engine.connect() as connection:
        tell_queued(connection, "me")
        connection.rollback()
    job = (await first.hold()).job
    await first.store.cancel(job.id)
    assert await first.store.queue(job.id, card=1) is None
    await first.database.run(tell_rules, 5)
    await ear.hears(5)


@pytest.mark.parametrize("payload", ["", "rules", "rules -1", "rules x", "rules ٣", f"rules {'9' * 20}", "queued", "x"])
async def test_a_notice_that_says_nothing_is_ignored(postgres_scenes: list[Scene], ear: Ear, payload: str) -> None:
    first, _ = postgres_scenes
    await first.database.run(say, payload)
    await first.database.run(tell_rules, 5)
    await ear.hears(5)


async def test_whoever_was_cut_off_listens_again_and_may_have_missed_something(
    postgres: Postgres, postgres_scenes: list[Scene], ear: Ear
) -> None:
    first, _ = postgres_scenes
    with capture_logs() as told:
        for _ in range(2):
            postgres.disconnect_all()
            await ear.hears("missed")
        await first.queued()
        await ear.hears("queued")
    assert [it["log_level"] for it in told] == 2 * ["warning", "info"]


async def test_a_server_that_is_away_is_told_once_and_found_again(postgres: Postgres, ear: Ear) -> None:
    with capture_logs() as told:
        with postgres.away("fast"):
            async with asyncio.timeout(QUITE_SOON):
                while not told:
                    await asyncio.sleep(0)
        await ear.hears("missed")
    assert [it["log_level"] for it in told] == ["warning", "info"]


async def test_a_file_has_nobody_to_listen_to(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database:
        assert Signals.among(database, ME, Heard(*3 * [lambda *_: None])) is None
