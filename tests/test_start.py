"""The real process, as far as it comes without Discord: what the operator reads when it cannot start."""

import asyncio
import os
import socket
import sys
import tomllib
from pathlib import Path

from aiohttp import web

from bot import __version__
from bot.adapters.storage import Database

ROOT = Path(__file__).parent.parent


async def run(folder: Path, *arguments: str, **settings: str) -> tuple[int | None, str, str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=folder, env=environment, stdout=-1, stderr=-1
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_a_token_that_discord_does_not_accept_is_told_plainly(tmp_path: Path) -> None:
    async def unauthorized(_: web.Request) -> web.Response:
        return web.Response(status=401, text='{"message": "401: Unauthorized", "code": 0}')

    application = web.Application()
    application.router.add_get("/api/users/@me", unauthorized)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    code, _, err = await run(
        tmp_path,
        DISCORD_TOKEN="a-token-nobody-gave",
        ONEMIN_API_KEY="a-key-nobody-gave",
        DISCORD_API_URL=f"http://127.0.0.1:{runner.addresses[0][1]}/api",
    )
    await runner.cleanup()
    assert code == 2
    assert "Discord does not accept DISCORD_TOKEN" in err
    assert "Traceback" not in err
    assert "a-token-nobody-gave" not in err
    assert "a-key-nobody-gave" not in err


async def test_a_discord_that_cannot_be_reached_is_told_plainly(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        code, _, err = await run(
            tmp_path,
            DISCORD_TOKEN="a-token-nobody-gave",
            ONEMIN_API_KEY="a-key-nobody-gave",
            DISCORD_API_URL=f"http://127.0.0.1:{closed.getsockname()[1]}/api",
        )
    assert code == 2
    assert "Discord cannot be reached" in err
    assert "Traceback" not in err


async def test_a_database_that_cannot_be_reached_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, err = await run(
        tmp_path,
        DISCORD_TOKEN="a-token-nobody-gave",
        ONEMIN_API_KEY="a-key-nobody-gave",
        DATABASE_URL=f"sqlite:///{tmp_path}/file/bot.db",
    )
    assert code == 2
    assert "The database of DATABASE_URL cannot be reached" in err
    assert "Traceback" not in err


async def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    code, out, _ = await run(tmp_path, "migrate", DATABASE_URL=url)
    assert (code, out) == (0, "The database is up to date.\n")
    async with Database.open(url):
        code, _, err = await run(tmp_path, "migrate", DATABASE_URL=url)
        assert code == 2
        assert "Another bot already runs on" in err
        assert (await run(tmp_path, "check", DATABASE_URL=url))[0] == 0


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["version"] == __version__
