"""The audit finds whatever was changed behind the ledger's back, and names where."""

import asyncio
import shutil
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, insert, select

from bot.adapters.storage import audit
from bot.adapters.storage.findings import MOST_NAMED
from bot.adapters.storage.tables import ledger, pools
from tests.adapters.storage import damages, story
from tests.adapters.storage.effort import SOAK
from tests.adapters.storage.scenes import START
from tests.adapters.storage.schema import connected, differences, undone

JOBS: Final = 500_000 if SOAK else 25_000
MEBIBYTES: Final = 12
"""Of what the process has; all of the jobs' entries at once would need several times as much."""


def changed(table: str, columns: str, where: str) -> str:
    return f"UPDATE {table} SET {columns} WHERE {where}"  # noqa: S608 - all of it is our own


DAMAGES: Final = {
    **{f"pool: {name}": (changed("pools", it, "guild = 11"), said) for name, (it, said) in damages.POOL.items()},
    **{
        f"account: {name}": (changed("members", it, "guild = 11 AND member = 33"), said)
        for name, (it, said) in damages.ACCOUNT.items()
    },
    **{f"job: {name}": (changed("jobs", it, f"id = '{job}'"), said) for name, (job, it, said) in damages.JOB.items()},
    **damages.ROWS,
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def story_url(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database with the story in it, which every test leaves as it was."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('story'))}"
    else:
        url = request.getfixturevalue("postgres").create()
    with connected(url) as connection:
        story.write(connection)
    assert differences(url) == []
    yield url
    assert differences(url) == []


def found_after(url: str, statement: str) -> list[str]:
    with undone(url) as connection:
        connection.exec_driver_sql(statement)
        return audit(connection)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found(story_url: str, damage: str) -> None:
    statement, said = DAMAGES[damage]
    found = found_after(story_url, statement)
    assert any(said in it for it in found), found


@pytest.mark.parametrize("damage", damages.ENTRY)
def test_a_damaged_entry_is_the_first_that_is_named(story_url: str, damage: str) -> None:
    key, change, said = damages.ENTRY[damage]
    with undone(story_url) as connection:
        entry = connection.execute(select(ledger.c.id).where(ledger.c.key == key)).scalar_one()
        connection.exec_driver_sql(changed("ledger", change, f"id = {entry}"))
        found = audit(connection)
    assert any(it.startswith(f"guild 11: entry {entry} (") and said in it for it in found), found


def test_each_guild_names_its_first_entry_and_counts_the_others(story_url: str) -> None:
    found = found_after(story_url, "UPDATE ledger SET amount = amount + 1 WHERE kind IN ('hold', 'capture')")
    guilds = [it.partition(" (hold)")[0] for it in found if "does not add up" in it]
    assert guilds == ["guild 5: entry 37", "guild 11: entry 3", "guild 99: entry 36"]
    assert found[0].endswith("; 1 more from there on")
    assert found[2].endswith("is due")


def test_no_more_is_told_than_a_person_reads(story_url: str) -> None:
    with undone(story_url) as connection:
        for guild in range(1000, 1200):
            _open_wrongly(connection, guild)
        found = audit(connection)
    assert len(found) == MOST_NAMED + 1
    assert all(it.startswith("guild ") for it in found[:-1])
    assert found[-1] == f"{200 * 4 - MOST_NAMED} more differences are not named here"


def _open_wrongly(connection: Connection, guild: int) -> None:
    """A pool whose only entry says another amount than it moves, and three differences beside that."""
    connection.execute(
        insert(pools).values(
            guild=guild,
            unlimited=False,
            allowance=10,
            period="day",
            number=1,
            start=START.date(),
            spent=1,
            held=1,
            bonus=0,
            bonus_held=0,
        )
    )
    connection.execute(
        insert(ledger).values(
            key=f"refill:{guild}:1",
            guild=guild,
            kind="refill",
            amount=9,
            allowance_change=8,
            bonus_change=0,
            allowance_after=8,
            bonus_after=0,
            period=1,
            at=START,
        )
    )


def test_entries_whose_pool_is_gone_are_told(sqlite_url: str) -> None:
    with connected(sqlite_url) as connection:
        story.write(connection)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as books:
        books.execute("DELETE FROM pools WHERE guild = 99")  # PostgreSQL, and the bot itself, would not let it go

    assert "guild 99 has entries, but no pool" in differences(sqlite_url)


async def test_a_long_history_needs_no_more_memory_than_a_short_one(url: str) -> None:
    command = (sys.executable, "-m", "tests.adapters.storage.weighing", url, str(JOBS), str(MEBIBYTES))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    told, _ = await process.communicate()
    assert (process.returncode, told) == (0, b"[]\n")
