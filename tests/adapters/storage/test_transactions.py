"""All or nothing, off the loop, and a plain word where it cannot be."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from bot.adapters.storage import Database, SqlBooks, SqlStore
from bot.domain.jobs import job_id
from bot.domain.refusals import StorageBusyError, StorageDownError
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import LIMITS, PLAN, Scene, SetClock, order, sql

PATIENCE = 0.1


def say(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


async def test_work_that_fails_leaves_nothing(scene: Scene) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("INSERT INTO facts (name, value) VALUES ('half', 'done')"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await scene.database.run(half)

    assert await scene.store.fact("half") is None


async def test_a_mistake_of_ours_is_not_called_busy_or_down(scene: Scene) -> None:
    with pytest.raises((OperationalError, ProgrammingError)):
        await scene.database.run(say, "SELECT * FROM no_such_table")
    await scene.store.remember("a", "b")
    with pytest.raises(IntegrityError):
        await scene.database.run(say, "INSERT INTO facts (name, value) VALUES ('a', 'c')")


async def test_the_values_of_a_statement_that_fails_stay_out_of_its_error(scene: Scene) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("INSERT INTO no_such_table VALUES (:prompt)"), {"prompt": "a fox"})

    with pytest.raises((OperationalError, ProgrammingError)) as failed:
        await scene.database.run(fail)
    assert "no_such_table" in str(failed.value)
    assert "fox" not in str(failed.value)


async def test_a_locked_file_is_busy_soon(sqlite_url: str) -> None:
    async with Database.open(sqlite_url, patience=PATIENCE) as database:
        store = SqlStore(database, SetClock())
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()

        results = await asyncio.gather(
            *(store.hold(order(n), PLAN, LIMITS, "me") for n in range(1, 21)), return_exceptions=True
        )

        assert {type(it) for it in results} == {StorageBusyError}
        assert monotonic() - began < 20 * PATIENCE  # they do not wait one after another
        other.close()
        assert (await store.hold(order(1), PLAN, LIMITS, "me")).fresh


async def test_a_transaction_keeps_other_writers_out_from_its_beginning(sqlite_url: str) -> None:
    def other_writer(_: Connection) -> None:
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    async with Database.open(sqlite_url) as database:
        await database.run(other_writer)


async def test_a_locked_row_is_busy_soon(postgres_url: str) -> None:
    async with Database.open(postgres_url) as holder, Database.open(postgres_url, patience=PATIENCE) as database:
        await SqlBooks(holder, SetClock()).pool(order(1).caller.guild, PLAN)
        with holder.engine.begin() as connection:
            connection.execute(text("SELECT * FROM pools FOR UPDATE"))
            with pytest.raises(StorageBusyError):
                await SqlStore(database, SetClock()).hold(order(1), PLAN, LIMITS, "me")
        assert (await SqlStore(database, SetClock()).hold(order(1), PLAN, LIMITS, "me")).fresh


async def test_a_deadlock_is_busy(postgres_url: str) -> None:
    meeting = threading.Barrier(2)

    def cross(connection: Connection, first: str, second: str) -> None:
        update = text("UPDATE facts SET value = 'x' WHERE name = :name")
        connection.execute(update, {"name": first})
        meeting.wait(20)
        connection.execute(update, {"name": second})

    async with Database.open(postgres_url, patience=20) as database:
        store = SqlStore(database, SetClock())
        await store.remember("a", "1")
        await store.remember("b", "1")
        crossing = (database.run(cross, "a", "b"), database.run(cross, "b", "a"))
        results = await asyncio.gather(*crossing, return_exceptions=True)

    assert sorted(type(it).__name__ for it in results) == ["NoneType", "StorageBusyError"]


async def test_a_frozen_process_does_not_keep_its_locks(postgres_url: str) -> None:
    async with Database.open(postgres_url) as database:
        [row] = await sql(database, "SELECT current_setting('idle_in_transaction_session_timeout') AS timeout")
    assert row.timeout == "10s"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres@127.0.0.1:1/bot",
        "postgres:///bot?host=/nowhere",
        "postgresql://bot:secret@nowhere.invalid/bot",
    ],
)
async def test_a_server_that_is_away_is_down(url: str) -> None:
    async with Database.open(url) as database:
        with pytest.raises(StorageDownError):
            await SqlStore(database, SetClock()).fact("any")


async def test_a_restarted_server_is_found_again(postgres: Postgres, postgres_url: str) -> None:
    async with Database.open(postgres_url) as database:
        store = SqlStore(database, SetClock())
        await store.remember("a", "b")
        postgres.disconnect_all()

        assert await store.fact("a") == "b"


async def test_a_connection_that_breaks_in_the_middle_is_down(postgres: Postgres, postgres_url: str) -> None:
    def interrupted(connection: Connection) -> None:
        connection.execute(text("INSERT INTO facts (name, value) VALUES ('half', 'done')"))
        postgres.disconnect_all()
        connection.execute(text("SELECT 1"))

    async with Database.open(postgres_url) as database:
        with pytest.raises(StorageDownError):
            await database.run(interrupted)
        assert await SqlStore(database, SetClock()).fact("half") is None


async def test_a_file_that_is_no_database_is_down(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"not a database, however long one looks at it" * 100)

    async with Database.open(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        with pytest.raises(StorageDownError):
            await SqlStore(database, SetClock()).fact("any")


async def test_who_stops_waiting_does_not_stop_the_transaction(scene: Scene) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        go_on.wait(20)
        connection.execute(text("INSERT INTO facts (name, value) VALUES ('slow', 'done')"))

    waiting = asyncio.create_task(scene.database.run(slow))
    await asyncio.to_thread(begun.wait, 20)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    go_on.set()

    assert waiting.cancelled()
    await asyncio.to_thread(scene.database.close)
    with scene.database.engine.begin() as connection:
        assert connection.execute(text("SELECT value FROM facts")).scalar_one() == "done"


async def test_who_stops_waiting_before_the_turn_comes_changes_nothing(sqlite_url: str) -> None:
    go_on = threading.Event()
    async with Database.open(sqlite_url, patience=20) as database:
        store = SqlStore(database, SetClock())
        slow = asyncio.create_task(database.run(lambda _: go_on.wait(20)))
        hold = asyncio.create_task(store.hold(order(1), PLAN, LIMITS, "me"))
        await asyncio.sleep(0)
        hold.cancel()
        await asyncio.gather(hold, return_exceptions=True)  # only then does the thread know
        go_on.set()
        await slow

        assert hold.cancelled()
        assert await store.find(job_id(1)) is None


async def test_what_was_waited_for_the_turn_is_not_waited_once_more_for_a_lock(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 1.25])
    monkeypatch.setattr("bot.adapters.storage.database.monotonic", lambda: next(moments))
    async with Database.open(sqlite_url, patience=1.5) as database:
        left = await database.run(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one())

    assert left == 250


async def test_a_queue_of_transactions_is_busy_rather_than_late(sqlite_url: str) -> None:
    go_on = threading.Event()
    async with Database.open(sqlite_url, patience=PATIENCE) as database:
        slow = asyncio.create_task(database.run(lambda _: go_on.wait(20)))
        late = asyncio.create_task(SqlStore(database, SetClock()).fact("any"))
        await asyncio.to_thread(go_on.wait, 3 * PATIENCE)
        go_on.set()
        await slow

        with pytest.raises(StorageBusyError):
            await late
