"""The real process, as far as it comes without Discord: what the operator reads when it cannot start."""

import asyncio
import json
import os
import shlex
import socket
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot import __version__
from bot.adapters.storage import Database

ROOT = Path(__file__).parent.parent
QUITE_SOON = 20.0


ENOUGH = {"DISCORD_TOKEN": "a-token-nobody-gave", "ONEMIN_API_KEY": "a-key-nobody-gave"}
# What is closed is open to root, unless that is taken from it.
UNPRIVILEGED = [] if os.getuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def environment(**settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}


@contextmanager
def closed(folder: Path) -> Iterator[Path]:
    """That can be looked into, but not written."""
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


async def start(folder: Path, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
    command = [*UNPRIVILEGED, sys.executable, "-m", "bot", *arguments]
    return await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment(**settings), stdout=-1, stderr=-1)


async def run(folder: Path, *arguments: str, **settings: str) -> tuple[int | None, str, str]:
    process = await start(folder, *arguments, **settings)
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


async def test_a_folder_for_files_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, err = await run(
        tmp_path,
        DISCORD_TOKEN="a-token-nobody-gave",
        ONEMIN_API_KEY="a-key-nobody-gave",
        DATA_DIR=f"{tmp_path}/file/deeper",
    )
    assert code == 2
    assert "Nothing can be written in the folder of DATA_DIR: " in err
    assert "Not a directory" in err
    assert "Traceback" not in err


async def test_a_folder_for_files_that_nobody_may_write_in_is_told_plainly(tmp_path: Path) -> None:
    with closed(tmp_path / "pictures") as folder:
        code, _, err = await run(folder.parent, **ENOUGH, DATA_DIR=str(folder))
    assert code == 2
    assert err.splitlines()[-1].startswith(
        "Nothing can be written in the folder of DATA_DIR: [Errno 13] Permission denied"
    )


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_database_that_nobody_may_write_is_told_plainly(tmp_path: Path, command: str) -> None:
    books = tmp_path / "books"
    url = f"sqlite:///{books}/bot.db"
    with closed(books):
        code, _, err = await run(tmp_path, command, **ENOUGH, DATABASE_URL=url)
    assert code == 2
    assert err.splitlines()[-1].startswith(
        "The database of DATABASE_URL cannot be reached: [Errno 13] Permission denied"
    )
    await run(tmp_path, "migrate", DATABASE_URL=url)
    (books / "bot.db").chmod(0o444)
    code, _, err = await run(tmp_path, command, **ENOUGH, DATABASE_URL=url)
    assert code == 2
    *_, last = err.splitlines()
    assert last == f"The database of DATABASE_URL cannot be reached: [Errno 13] Permission denied: '{books}/bot.db'"


async def test_a_disk_without_room_for_the_database_is_told_plainly(tmp_path: Path) -> None:
    script = f"ulimit -f 16; exec {shlex.quote(sys.executable)} -m bot migrate"
    process = await asyncio.create_subprocess_exec(
        *("/bin/sh", "-c", script), cwd=tmp_path, env=environment(), stdout=-1, stderr=-1
    )
    _, err = await process.communicate()
    assert process.returncode == 2
    assert err.decode().startswith("The database of DATABASE_URL cannot be reached: ")
    assert "Traceback" not in err.decode()


async def test_a_server_that_is_away_is_told_plainly(tmp_path: Path) -> None:
    code, _, err = await run(tmp_path, **ENOUGH, DATABASE_URL="postgresql://bot:Zebra@127.0.0.1:1/bot")
    assert code == 2
    assert err.splitlines()[-1].startswith("The database of DATABASE_URL cannot be reached: connection failed: ")
    assert "Zebra" not in err
    assert "Traceback" not in err


async def test_a_port_in_use_is_told_plainly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = await run(
            tmp_path,
            DISCORD_TOKEN="a-token-nobody-gave",
            ONEMIN_API_KEY="a-key-nobody-gave",
            HTTP_PORT=str(taken.getsockname()[1]),
        )
    assert code == 2
    *_, last = err.splitlines()
    assert last.startswith("The health pages cannot be opened at HTTP_HOST and HTTP_PORT: ")
    assert last.endswith("address already in use")
    assert "Traceback" not in err


async def test_an_address_that_cannot_be_listened_at_is_told_plainly(tmp_path: Path) -> None:
    code, _, err = await run(
        tmp_path,
        DISCORD_TOKEN="a-token-nobody-gave",
        ONEMIN_API_KEY="a-key-nobody-gave",
        HTTP_HOST="192.0.2.1",
        HTTP_PORT="0",
    )
    assert code == 2
    assert "The health pages cannot be opened at HTTP_HOST and HTTP_PORT: " in err
    assert "Traceback" not in err


async def test_a_discord_that_does_not_answer_leaves_the_bot_healthy_and_free_to_stop(tmp_path: Path) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()
        await writer.wait_closed()
        gone.set()

    async with await asyncio.start_server(silence, "127.0.0.1", 0) as discord:
        process = await start(
            tmp_path,
            DISCORD_TOKEN="a-token-nobody-gave",
            ONEMIN_API_KEY="a-key-nobody-gave",
            DISCORD_API_URL=f"http://127.0.0.1:{discord.sockets[0].getsockname()[1]}/api",
            HTTP_PORT="0",
            LOG_FORMAT="json",
        )
        assert process.stderr is not None
        opened = json.loads(await process.stderr.readline())
        await asked.wait()
        async with aiohttp.ClientSession(f"http://127.0.0.1:{opened['port']}") as session:
            async with session.get("/healthz") as answer:
                assert answer.status == 200
            async with session.get("/readyz") as answer:
                assert (answer.status, (await answer.json())["failing"]) == (503, ["gateway"])
        process.terminate()
        async with asyncio.timeout(QUITE_SOON):
            assert await process.wait() == 0
            await gone.wait()


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


async def test_what_the_bot_writes_nobody_else_on_the_machine_can_read(tmp_path: Path) -> None:
    code, _, _ = await run(tmp_path, "migrate", DATABASE_URL="sqlite:///data/bot.db")
    assert code == 0
    written = list((tmp_path / "data").rglob("*"))
    assert (tmp_path / "data" / "bot.db") in written
    assert not any(it.stat().st_mode & 0o077 for it in (tmp_path / "data", *written))
