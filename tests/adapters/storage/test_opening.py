from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.adapters.storage import Database, SqlStore, audit
from bot.domain.faults import DatabaseInUseError, NoTablesError
from bot.domain.refusals import StorageDownError
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import Scene, SetClock


async def test_a_file_serves_one_bot(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as first:
        assert first.sole
        with pytest.raises(DatabaseInUseError):
            await Database.open(sqlite_url).__aenter__()

    async with Database.open(sqlite_url) as next_one:
        assert await SqlStore(next_one, SetClock()).waiting() == 0


async def test_a_server_serves_many(postgres_url: str) -> None:
    async with Database.open(postgres_url) as first, Database.open(postgres_url) as second:
        assert [first.sole, second.sole] == [False, False]


async def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    async with Database.open(f"sqlite:///{tmp_path}/deep/down/bot.db") as database:
        with pytest.raises(NoTablesError):
            await database.run(audit)

    assert (tmp_path / "deep/down/bot.db").is_file()


async def test_a_folder_that_cannot_be_made_is_down(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageDownError):
        await Database.open(f"sqlite:///{tmp_path}/file/bot.db").__aenter__()


async def test_reading_beside_a_bot_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoTablesError):
        await Database.open(f"sqlite:///{tmp_path}/bot.db", beside=True).__aenter__()

    assert not (tmp_path / "bot.db").exists()


async def test_a_database_without_tables_has_no_books(postgres: Postgres) -> None:
    async with Database.open(postgres.empty(), beside=True) as database:
        with pytest.raises(NoTablesError):
            await database.run(audit)


async def test_reading_beside_a_bot_sees_one_snapshot_and_stops_nobody(scene: Scene, url: str) -> None:
    await scene.hold()
    async with Database.open(url, beside=True) as reader:
        with reader.engine.begin() as connection:
            if scene.database.sole:
                connection.exec_driver_sql("BEGIN")
            before = held(connection)
            await scene.hold()
            assert held(connection) == before == 1
        assert await reader.run(held) == 2
        assert await reader.run(audit) == []


def held(connection: Connection) -> int:
    count: int = connection.execute(text("SELECT held FROM pools")).scalar_one()
    return count
