import asyncio
import io
import subprocess
import sys
import threading
from contextlib import aclosing, closing
from pathlib import Path

import discord
import pytest
from aiohttp import ClientSession, FormData, web

from bot.adapters import spool
from bot.adapters.spool import Spool
from bot.domain.failures import UndeliverableError
from bot.domain.faults import NoFolderError
from tests.adapters.onemin.servers import serving
from tests.adapters.spooling import nameless, no_file_beyond

DATA = bytes(range(256)) * 16_384
SMALL = DATA[: spool.IN_MEMORY]
PIECES = [DATA[:5], DATA[5:70_000], DATA[70_000:]]

written_down = pytest.mark.parametrize("data", [SMALL, DATA], ids=["in memory", "on disk"])


@written_down
def test_what_was_written_is_read_by_everybody_from_the_beginning(tmp_path: Path, data: bytes) -> None:
    with closing(Spool(tmp_path).file()) as file:
        file.append(data[:70_000])
        file.append(data[70_000:])
        first, second = file.reader(), file.reader()
        assert first.read(3) == data[:3]
        assert second.read() == data
        assert first.seek(-2, io.SEEK_END) == len(data) - 2
        assert (first.read(9), first.read(9)) == (data[-2:], b"")
        first.seek(1)
        first.seek(4, io.SEEK_CUR)
        assert (first.read(2), first.tell()) == (data[5:7], 7)
        first.close()
        assert file.reader().read() == data
        assert file.size == len(data)


def test_little_is_held_in_memory_and_much_on_disk_without_a_name(tmp_path: Path) -> None:
    with closing(Spool(tmp_path).file()) as file:
        file.append(SMALL)
        assert nameless(tmp_path) == []
        file.append(b"x")
        assert len(nameless(tmp_path)) == 1
        assert list(tmp_path.iterdir()) == []
    assert nameless(tmp_path) == []


def test_a_process_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, pathlib\n"
        "from bot.adapters.spool import Spool\n"
        "file = Spool(pathlib.Path(sys.argv[1])).file()\n"
        "file.append(bytes(2 ** 22))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)  # noqa: S603 - our own
    assert ended.returncode == -9
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made(tmp_path: Path) -> None:
    Spool(tmp_path / "deep" / "down")
    assert (tmp_path / "deep" / "down").is_dir()


def test_a_folder_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoFolderError):
        Spool(tmp_path / "file")


def test_a_folder_that_is_gone_meanwhile_is_not_the_pictures_fault(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with closing(Spool(folder).file()) as file:
        folder.rmdir()
        file.append(SMALL)
        with pytest.raises(UndeliverableError, match="a file in DATA_DIR: No such file or directory"):
            file.append(DATA)


@pytest.mark.parametrize("room", [0, 8000, spool.IN_MEMORY])
def test_nor_is_a_full_disk(tmp_path: Path, room: int) -> None:
    with no_file_beyond(room), closing(Spool(tmp_path).file()) as file:
        with pytest.raises(UndeliverableError, match="File too large"):
            file.append(*PIECES)
        with pytest.raises(UndeliverableError, match="File too large"):
            file.append(b"little that waits to be written")
    assert nameless(tmp_path) == []


def test_what_is_written_anew_takes_the_place_of_all_before(tmp_path: Path) -> None:
    with closing(Spool(tmp_path).file()) as file:
        for data in (DATA, b"little", SMALL):
            with file.writer() as writer:
                writer.write(data)
            assert file.size == len(data)
            assert file.reader().read() == data


async def test_a_file_is_closed_although_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def late() -> bytes:
        entered.set()
        leave.wait()
        return DATA

    file = Spool(tmp_path).file()

    async def use() -> None:
        async with aclosing(file):
            await asyncio.to_thread(lambda: file.append(late()))

    using = asyncio.create_task(use())
    await asyncio.to_thread(entered.wait)
    using.cancel()
    leave.set()
    await asyncio.gather(using, return_exceptions=True)
    assert using.cancelled()
    with pytest.raises(ValueError, match="closed"):
        file.append(DATA)
    assert nameless(tmp_path) == []


@written_down
async def test_each_attempt_at_an_upload_sends_all_of_it_with_its_length(tmp_path: Path, data: bytes) -> None:
    bodies: list[bytes] = []

    async def take(request: web.Request) -> web.Response:
        bodies.append(await request.content.read())
        return web.Response(text=request.headers["Content-Length"])

    async with aclosing(Spool(tmp_path).file()) as file, serving(take) as url, ClientSession(url) as session:
        await asyncio.to_thread(file.append, data)
        half_sent = discord.File(file.reader(), filename="x.png")
        await asyncio.to_thread(half_sent.fp.read, 1000)
        for _ in range(2):
            with file.reader() as reader:
                attached = discord.File(reader, filename="x.png")
                form = FormData(quote_fields=False)
                form.add_field("files[0]", attached.fp, filename="x.png", content_type="application/octet-stream")
                async with session.post("/", data=form) as answer:
                    assert int(await answer.text()) == len(bodies[-1])
                attached.close()
    assert [data in body for body in bodies] == [True, True]
