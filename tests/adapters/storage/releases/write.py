"""Fill a database with something of everything, and write it down for the tests of later releases.

Run as `python -m tests.adapters.storage.releases.write` before the first commit that adds a revision of the tables.
What it wrote once stays as it is: the release that could write it anew is gone.
"""

import asyncio
import json
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from bot.adapters.storage import Database, shelf, tables
from bot.domain.album import Copy
from bot.domain.jobs import JobState, job_id
from bot.domain.pictures import Hung
from tests.adapters.storage import story
from tests.adapters.storage.scenes import GUILD, MEMBER, STAFF, START, Scene, SetClock
from tests.adapters.storage.schema import bring_up_to_date, connected, differences

FOLDER = Path(__file__).parent
LATER = START + timedelta(hours=1)


def written(url: str) -> None:
    asyncio.run(_in_every_state(url))
    with connected(url) as connection:
        story.write(connection)
        _decided_by_staff(connection)
        _kept_by_members(connection)
        _departed(connection)
        connection.execute(insert(tables.facts).values(name="commands:1", value="abc 1 2"))
        connection.execute(insert(tables.confirmations).values(key="k", payload="a fox", until=LATER))


async def _in_every_state(url: str) -> None:
    async with Database.open(url) as database:
        scene = Scene(database, SetClock())
        for state in sorted(
            set(JobState) - {JobState.QUEUED}
        ):  # the story has one of these, and it would come in between
            await scene.in_state(state, guild=12)


def _decided_by_staff(connection: Connection) -> None:
    row: dict[str, Any] = {"guild": GUILD, "actor": STAFF, "at": START}
    for number, (event, subject) in enumerate((("set", "paused"), ("block", str(MEMBER)), ("remove", job_id(1))), 1):
        connection.execute(insert(tables.records).values(key=f"r{number}", event=event, subject=subject, **row))
    connection.execute(insert(tables.rules).values(guild=GUILD, name="cooldown", value="60", record=1))
    connection.execute(insert(tables.rules).values(guild=GUILD, name="log", value='{"made": 22}', record=1))
    blocked = {"guild": GUILD, "member": MEMBER, "until": LATER, "reason": "spam", "record": 2}
    connection.execute(insert(tables.blocks).values(blocked))
    said = {"job": job_id(1), "reporter": MEMBER, "reason": "it shows me", "at": START}
    connection.execute(insert(tables.reports).values(said))
    shown = {"file": "fox.png", "spoiler": True, "veil": "hidden"}
    connection.execute(update(tables.jobs).where(tables.jobs.c.id == job_id(1)).values(shown))


def _kept_by_members(connection: Connection) -> None:
    edit = {"source": '{"asset": "key"}', "given": '{"steps": "typed"}', "origin": "edit", "parent_card": 5}
    connection.execute(update(tables.jobs).where(tables.jobs.c.id == job_id(6)).values(edit | {"parent_channel": 22}))
    shelf.mark(connection, MEMBER, job_id(6), START, favourite=True)
    copy = Copy(id=job_id(70), job=job_id(6), guild=GUILD, channel=22, member=MEMBER)
    shelf.claim(connection, copy, timedelta(), START)
    shelf.stands(connection, copy.id, Hung(5, "fox.png"))
    connection.execute(insert(tables.preferences).values(member=MEMBER, options='{"steps": 30}'))
    connection.execute(insert(tables.presets).values(member=MEMBER, name="mine", options="{}", suffix="in oil"))
    connection.execute(insert(tables.erasures).values(guild=GUILD, member=story.OTHER, tombstone=-7, at=START))


def _departed(connection: Connection) -> None:
    connection.execute(update(tables.pools).where(tables.pools.c.guild == 5).values(left_at=START))


def rows_of(file: Path) -> dict[str, Any]:
    """Each table's columns and rows, as SQLite holds them."""
    books = sqlite3.connect(file)
    names = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for name in names:
        cursor = books.execute(f"SELECT * FROM {name} ORDER BY 1")  # noqa: S608 - names of tables
        found[name] = {"columns": [it[0] for it in cursor.description], "rows": [list(row) for row in cursor]}
    books.close()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        url = f"sqlite:///{file}"
        bring_up_to_date(url)
        written(url)
        assert differences(url) == []
        found = rows_of(file)
    ((revision,),) = found.pop("alembic_version")["rows"]
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(table)}" for name, table in found.items())
    (FOLDER / f"{revision}.json").write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
