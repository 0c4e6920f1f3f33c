"""What a checkup reads of a database, beside whoever works on it."""

import pytest
from alembic import command
from sqlalchemy import insert, text, update

from bot.adapters.storage import Database, SqlRecords, expect_current
from bot.adapters.storage.revision import configuration, revisions
from bot.adapters.storage.tables import pools, rules
from bot.domain.checkup import Standing, Tables
from bot.domain.faults import NewerTablesError, OtherTablesError
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import GUILD, START, Scene
from tests.adapters.storage.schema import connected


@pytest.fixture
def later(url: str) -> list[str]:
    """The revisions since the third."""
    with connected(url) as connection:
        return revisions(connection)[3:]


async def test_the_tables_of_this_version(url: str, later: list[str]) -> None:
    async with Database.open(url):
        assert await SqlRecords(url).standing() == Standing(Tables.CURRENT, later[-1])
        assert await SqlRecords(url).log_channels() == []


async def test_tables_of_another_version_tell_their_revision_and_nothing_more(url: str, later: list[str]) -> None:
    with connected(url) as connection:
        command.downgrade(configuration(connection), "0003")
    assert await SqlRecords(url).standing() == Standing(Tables.OLDER, "0003", tuple(later))
    assert await SqlRecords(url).log_channels() == []
    with connected(url) as connection, pytest.raises(OtherTablesError):
        expect_current(connection)
    with connected(url) as connection:
        command.upgrade(configuration(connection), "head")
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    assert await SqlRecords(url).standing() == Standing(Tables.NEWER, "0999")
    with connected(url) as connection, pytest.raises(NewerTablesError):
        expect_current(connection)
    with connected(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": later[-1]})


async def test_an_empty_server_has_no_tables_yet(postgres: Postgres) -> None:
    url = postgres.empty()
    assert (await SqlRecords(url).standing()).tables is Tables.NONE
    assert await SqlRecords(url).log_channels() == []
    assert SqlRecords(url).file() is None
    postgres.drop(url)


async def test_log_channels_are_those_of_guilds_that_are_here(scene: Scene, url: str) -> None:
    for number, guild in enumerate((GUILD, GUILD + 1)):
        await scene.hold(guild=guild)
        value = f'{{"made": {50 + number}, "removed": {60 + number}}}'
        with connected(url) as connection:
            connection.execute(insert(rules).values(guild=guild, name="log", value=value, record=1))
            connection.execute(insert(rules).values(guild=guild, name="paused", value="true", record=1))
    with connected(url) as connection:
        connection.execute(update(pools).where(pools.c.guild == GUILD + 1).values(left_at=START))
    assert await SqlRecords(url).log_channels() == [50, 60]
