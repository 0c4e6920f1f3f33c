"""The operator's command line writes where a bot runs, and never changes what the tables look like."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from bot.adapters.storage import Database, SqlBooks, SqlStore, audit, expect_current
from bot.adapters.storage.revision import configuration
from bot.domain.acts import Grant, PauseChange
from bot.domain.faults import DatabaseInUseError, NoTablesError, OtherTablesError
from bot.domain.refusals import PausedError, StorageBusyError
from tests.adapters.storage.conftest import PATIENCE
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import GUILD, LIMITS, PLAN, START, Scene, SetClock, order
from tests.adapters.storage.schema import connected


def grant(key: str, amount: int = 1) -> Grant:
    return Grant(key=key, guild=GUILD, actor=0, amount=amount, reason=None, at=START)


def pause(key: str, *, paused: bool, guild: int | None = None) -> PauseChange:
    return PauseChange(key=key, guild=guild, actor=0, paused=paused, reason=None, at=START)


async def test_what_is_written_beside_a_bot_is_there_at_once_for_both(scene: Scene, url: str) -> None:
    await scene.hold()
    async with Database.join(url, patience=PATIENCE) as beside:
        assert not beside.sole
        books = SqlBooks(beside, scene.clock)
        assert (await books.grant(grant("1", 5), PLAN)).bonus == 5
        assert (await scene.pool()).bonus == 5
        await scene.hold(price=21)
        assert (await books.grant(grant("2", -2), PLAN)).bonus == 1


async def test_a_bot_and_the_command_line_write_at_the_same_time(scene: Scene, url: str) -> None:
    await scene.pool()
    async with Database.join(url, patience=PATIENCE) as one, Database.join(url, patience=PATIENCE) as two:
        books = [SqlBooks(it, scene.clock) for it in (one, two)]
        await asyncio.gather(
            *(books[n % 2].grant(grant(str(n)), PLAN) for n in range(20)),
            *(scene.hold() for _ in range(20)),
        )
    pool = await scene.pool()
    assert (pool.held, pool.bonus, await scene.database.run(audit)) == (20, 20, [])


async def test_whoever_joins_keeps_no_bot_out(sqlite_url: str) -> None:
    async with Database.join(sqlite_url), Database.open(sqlite_url) as bot:
        assert bot.sole
        async with Database.join(sqlite_url):
            with pytest.raises(DatabaseInUseError):
                await Database.open(sqlite_url).__aenter__()


async def test_a_pause_by_one_process_is_seen_at_once_by_another(scene: Scene, url: str) -> None:
    async with Database.join(url, patience=PATIENCE) as beside:
        books = SqlBooks(beside, scene.clock)
        for number, guild in enumerate((None, GUILD)):
            await scene.hold()
            assert await books.pause(pause(f"{number}-on", paused=True, guild=guild), PLAN)
            with pytest.raises(PausedError) as refused:
                await scene.hold()
            assert refused.value.everywhere is (guild is None)
            assert await books.pause(pause(f"{number}-off", paused=False, guild=guild), PLAN)
        await scene.hold()


async def test_joining_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoTablesError):
        await Database.join(f"sqlite:///{tmp_path}/bot.db").__aenter__()
    assert not (tmp_path / "bot.db").exists()


async def test_a_database_without_tables_is_told_and_stays_empty(tmp_path: Path, postgres: Postgres) -> None:
    (tmp_path / "bot.db").touch()
    for url in (f"sqlite:///{tmp_path}/bot.db", postgres.empty()):
        with pytest.raises(NoTablesError):
            await Database.join(url).__aenter__()
        with connected(url) as connection:
            assert inspect(connection).get_table_names() == []


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_tables_of_another_version_are_told_and_stay_as_they_are(
    database: str, request: pytest.FixtureRequest
) -> None:
    url: str = request.getfixturevalue(database)
    with connected(url) as connection:
        command.downgrade(configuration(connection), "-1")
    await other_version(url)
    with connected(url) as connection:
        command.upgrade(configuration(connection), "head")
        connection.execute(text("UPDATE alembic_version SET version_num = 'next year'"))
    await other_version(url)


async def other_version(url: str) -> None:
    with connected(url) as connection:
        before = tables(connection)
    with pytest.raises(OtherTablesError):
        await Database.join(url).__aenter__()
    async with Database.open(url, beside=True) as reader:
        with pytest.raises(OtherTablesError):
            await reader.run(expect_current)
    with connected(url) as connection:
        assert tables(connection) == before


def tables(connection: Connection) -> dict[str, list[Any]]:
    inspector = inspect(connection)
    return {name: [it["name"] for it in inspector.get_columns(name)] for name in inspector.get_table_names()}


async def test_a_locked_file_is_busy_soon(sqlite_url: str) -> None:
    async with Database.join(sqlite_url, patience=0.1) as beside:
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusyError):
            await SqlBooks(beside, SetClock()).grant(grant("1"), PLAN)
        other.close()
        assert (await SqlBooks(beside, SetClock()).grant(grant("1"), PLAN)).bonus == 1


async def test_a_transaction_beside_a_bot_keeps_its_writers_out_from_its_beginning(sqlite_url: str) -> None:
    async def hold(bot: Database) -> None:
        await SqlStore(bot, SetClock()).hold(order(1), PLAN, LIMITS, "me")

    async with Database.open(sqlite_url, patience=0.1) as bot, Database.join(sqlite_url) as beside:
        begun, go_on = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def reads_first(connection: Connection) -> None:
            connection.execute(text("SELECT count(*) FROM pools"))
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(20)

        reading = asyncio.create_task(beside.run(reads_first))
        await begun.wait()
        with pytest.raises(StorageBusyError):
            await hold(bot)
        go_on.set()
        await reading
        await hold(bot)
