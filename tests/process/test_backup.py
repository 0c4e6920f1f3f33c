"""The commands of docs/operating.md: a backup taken beside the working bot is whole, and a bot goes on with it."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from standins.discord.reading import buttons, pictures
from tests.adapters.storage import postgres as servers
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.schema import connected
from tests.process.house import PROMPT, ROOT, House

RIGHT = (0, "The books are right.")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with servers.running() as postgres:
        yield postgres


def documented(database: str) -> list[str]:
    """The lines of the first block about it."""
    text = (ROOT / "docs" / "operating.md").read_text()
    section = text.partition(f"## Backup and restore: {database}\n")[2]
    found = re.search(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def shell(folder: Path, *lines: str, **settings: str) -> None:
    script = "\n".join(["set -e", *lines])
    environment = {"PATH": os.environ["PATH"], **settings}
    subprocess.run(["/bin/sh", "-c", script], cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603


def nobody_else_can_read(file: Path) -> bool:
    return stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


async def busy(house: House) -> str:
    """With one picture made, one being painted, one waiting; the credits while it is so."""
    house.settings["ONEMIN_CONCURRENCY"] = "1"
    await house.start()
    await house.picture()
    await house.painting()
    await house.ben.slash(house.channel, "imagine", prompt=PROMPT)
    return await house.credits()


async def later(house: House) -> None:
    """What a restored backup knows nothing of."""
    house.endpoint.release()
    await house.channel.until(lambda messages: all(pictures(it) for it in messages))
    await house.picture()
    assert await house.stop() == 0


async def goes_on(house: House) -> None:
    """What was being painted in the backup ends free, what waited is painted, and new ones are."""
    assert await house.check() == RIGHT
    await house.start()
    await house.channel.until(lambda messages: any("Try again" in buttons(it) for it in messages))
    assert pictures(await house.picture())
    assert await house.check() == RIGHT
    await house.audit()


async def test_a_file_is_backed_up_beside_the_bot_and_restored(tmp_path: Path) -> None:
    async with House.open(tmp_path) as house:
        (tmp_path / "data").mkdir()
        house.settings["DATABASE_URL"] = f"sqlite:///{tmp_path}/data/bot.db"
        await busy(house)
        lines = [line.replace(".venv/bin/python", sys.executable) for line in documented("SQLite")]
        shell(tmp_path, *lines)
        backup = tmp_path / "backup.db"
        assert nobody_else_can_read(backup)
        await later(house)
        for old in (tmp_path / "data").glob("bot.db*"):
            old.unlink()
        backup.rename(tmp_path / "data" / "bot.db")
        await goes_on(house)


async def test_a_server_is_dumped_beside_the_bot_and_restored(tmp_path: Path, postgres: Postgres) -> None:
    async with House.open(tmp_path) as house:
        url = house.settings["DATABASE_URL"] = postgres.create()
        await busy(house)
        mask, dump, restore = documented("PostgreSQL")
        path = f"{postgres.tools}:{os.environ['PATH']}"
        shell(tmp_path, mask, dump, PATH=path, DATABASE_URL=url)
        assert nobody_else_can_read(tmp_path / "backup.dump")
        await later(house)
        shell(tmp_path, restore.partition(" #")[0], PATH=path, DATABASE_URL=url)
        with connected(url) as connection:  # a minute later
            connection.execute(text("UPDATE jobs SET lease_until = 0"))
        await goes_on(house)
