"""A database of an earlier release is brought up to date with all that is in it, and goes back if nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, select, text

from bot.adapters.storage import Database, migrate, migrate_to
from bot.adapters.storage.revision import configuration, revisions, standing
from bot.adapters.storage.tables import (
    metadata,
)
from bot.domain.acts import Verb
from bot.domain.faults import LossError, NewerTablesError, UnknownRevisionError
from bot.domain.jobs import JobState
from bot.ui.words.startup import LOST
from tests.adapters.storage import releases
from tests.adapters.storage.conftest import PATIENCE
from tests.adapters.storage.scenes import ME, PICTURE, START, Scene, SetClock
from tests.adapters.storage.schema import bring_up_to_date, connected, differences, undone
from tests.adapters.storage.till import Till

OLDER = releases.REVISIONS[:-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    url: str = postgres.empty()
    yield url
    postgres.drop(url)


def released(url: str, revision: str) -> dict[str, list[dict[str, Any]]]:
    """A database as this release left it."""
    with connected(url) as connection:
        migrate(connection, revision)
        return releases.fill(connection, revision)


def rows_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    found = MetaData()
    found.reflect(connection)
    order = {table: [*table.primary_key.columns] for table in found.sorted_tables}
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table).order_by(*keys))]
        for table, keys in order.items()
        if table.name != "alembic_version"
    }


def test_every_revision_was_written_down() -> None:
    with connected("sqlite://") as connection:
        assert revisions(connection) == releases.REVISIONS


@pytest.mark.parametrize("revision", releases.REVISIONS)
def test_all_rows_of_an_earlier_release_live_on_and_the_books_are_right(empty_url: str, revision: str) -> None:
    released(empty_url, revision)
    with connected(empty_url) as connection:
        before = rows_of(connection)
    assert sum(map(len, before.values())) >= 30
    bring_up_to_date(empty_url)
    with connected(empty_url) as connection:
        after = rows_of(connection)
        for table, rows in before.items():
            was = [{name: row[name] for name in rows[0]} for row in after[table]]
            assert [row for row in was if row in rows] == rows, table
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert list(compare_metadata(context, metadata)) == []
    assert differences(empty_url) == []


@pytest.mark.parametrize("revision", OLDER)
async def test_a_bot_goes_on_with_what_an_earlier_release_left(empty_url: str, revision: str) -> None:
    released(empty_url, revision)
    bring_up_to_date(empty_url)
    async with Database.open(empty_url, patience=PATIENCE) as database:
        scene = Scene(database, SetClock())
        await scene.queued(guild=12)
        while await scene.store.waiting():
            job = await scene.begin()
            assert job is not None
            painted = await scene.store.painted(job.held_lease, PICTURE)
            assert painted is not None
            await scene.store.settle(painted.held_lease, JobState.DELIVERED)
        assert (await scene.decide(Verb.GIVE, ME, 3)).fresh
    assert differences(empty_url) == []


@pytest.mark.parametrize("revision", OLDER)
def test_what_came_up_unchanged_goes_back_unchanged(empty_url: str, revision: str) -> None:
    """As far as the next release adds nothing of its own."""
    released(empty_url, revision)
    with connected(empty_url) as connection:
        before = rows_of(connection)
        migrate(connection, releases.REVISIONS[releases.REVISIONS.index(revision) + 1])
    with connected(empty_url) as connection:
        migrate_to(connection, revision)
    with connected(empty_url) as connection:
        assert rows_of(connection) == before
        assert standing(connection).revision == revision


@pytest.mark.parametrize("revision", releases.REVISIONS[1:])
def test_what_an_older_release_has_no_place_for_is_not_lost(empty_url: str, revision: str) -> None:
    released(empty_url, revision)
    with connected(empty_url) as connection:
        before = rows_of(connection)
    with pytest.raises(LossError), connected(empty_url) as connection:
        migrate_to(connection, releases.REVISIONS[0])
    with connected(empty_url) as connection:
        assert rows_of(connection) == before
        assert standing(connection).revision == revision


LOSSES = [
    ("0004", "favourites", "INSERT INTO favourites (member, job, at) VALUES (7, '1-0', :now)"),
    (
        "0004",
        "copies",
        "INSERT INTO copies (id, job, guild, channel, member, at) VALUES ('2-0', '1-0', 11, 2, 7, :now)",
    ),
    ("0004", "erasures", "INSERT INTO erasures (guild, member, tombstone, at) VALUES (11, 7, -1, :now)"),
    ("0004", "preferences", "INSERT INTO preferences (member, options) VALUES (7, '{}')"),
    ("0004", "presets", "INSERT INTO presets (member, name, options, suffix) VALUES (7, 'a', '{}', '')"),
    ("0004", "remakes", "UPDATE jobs SET origin = 'remix'"),
    ("0004", "remakes", "UPDATE jobs SET source = '{}'"),
    ("0004", "remakes", "UPDATE jobs SET given = '{}'"),
    ("0004", "veiled", "UPDATE jobs SET veil = 'aged'"),
    ("0004", "erased", "UPDATE members SET erased = true"),
    (
        "0003",
        "records",
        "INSERT INTO records (key, guild, actor, event, subject, at) VALUES ('k', 11, 7, 'set', 'paused', :now)",
    ),
    ("0003", "reports", "INSERT INTO reports (job, reporter, reason, at) VALUES ('1-0', 7, '', :now)"),
    ("0003", "hung", "UPDATE jobs SET file = 'fox.png'"),
    ("0002", "kept", "UPDATE jobs SET state = 'kept'"),
    ("0002", "departures", "UPDATE pools SET left_at = :now"),
    ("0001", "plans", "UPDATE pools SET paused = true"),
    (
        "0001",
        "caps",
        """INSERT INTO members (guild, member, number, period, used, held, extra, cap, reset)
           VALUES (11, 7, 1, 1, 0, 0, 0, 5, 0)""",
    ),
    ("0001", "decisions", "UPDATE ledger SET kind = 'extra' WHERE id = 1"),
]


@pytest.mark.parametrize(("revision", "what", "statement"), LOSSES, ids=[f"{it[1]}-{it[2][:24]}" for it in LOSSES])
def test_each_kind_of_loss_is_refused_by_its_name(url: str, revision: str, what: str, statement: str) -> None:
    with undone(url) as connection:
        Till(connection).bring(1, JobState.DELIVERED)
        migrate_to(connection, revision)
        migrate(connection)
        connection.execute(text(statement), {"now": START} if ":now" in statement else {})
        with pytest.raises(LossError) as told:
            migrate_to(connection, revision)
        assert (told.value.what, told.value.count) == (what, 1)
        assert what in LOST


def test_the_first_tables_are_not_dropped_with_books_in_them(url: str) -> None:
    with undone(url) as connection:
        Till(connection).bring(1, JobState.DELIVERED)
        migrate_to(connection, "0001")
        with pytest.raises(LossError, match="1 books"):
            command.downgrade(configuration(connection), "base")


def test_only_revisions_that_this_version_knows_can_be_gone_to(url: str) -> None:
    with undone(url) as connection:
        with pytest.raises(UnknownRevisionError, match="0001, 0002"):
            migrate_to(connection, "0999")
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
        for step in (migrate, lambda it: migrate_to(it, "0001")):
            with pytest.raises(NewerTablesError):
                step(connection)
