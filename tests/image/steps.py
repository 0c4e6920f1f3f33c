"""The image's steps, taken: what the Dockerfile installs, starts and probes works, as its user, in its folders.

`make image-steps` runs this. It installs from the package index, which takes its time.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from typing_extensions import override

from standins.discord.reading import pictures
from tests.image.builder import Build, Image
from tests.image.dockerfile import ROOT, stages
from tests.process.house import UNTIL_IT_STARTED, House

PATIENCE = 30.0
OF_THE_TESTS = {"PATH", "PYTHONPATH", "DATABASE_URL", "HTTP_PORT"}


class Ended(NamedTuple):
    code: int | None
    out: str
    err: str


class Container(House):
    """The house with the image in it, run as an engine runs it."""

    image: Image

    async def run(self, *command: str) -> Ended:
        """A command beside the bot, or instead of it."""
        process = await self._begin(command, asyncio.subprocess.PIPE, asyncio.subprocess.PIPE)
        out, err = await process.communicate()
        return Ended(process.returncode, out.decode(), err.decode())

    async def probe(self) -> Ended:
        return await self.run(*self.image.healthcheck)

    @override
    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await self._begin(self.image.entrypoint, log.fileno(), log.fileno())
        await self.discord.ready(seconds=UNTIL_IT_STARTED)

    @override
    def _environment(self) -> dict[str, str]:
        operators = {name: value for name, value in super()._environment().items() if name not in OF_THE_TESTS}
        return {**self.image.environment, **operators, **self.settings}

    async def _begin(self, command: Sequence[str], out: int, err: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *command, cwd=self.image.workdir, env=self._environment(), stdout=out, stderr=err, **self.image.user
        )


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    # Not in pytest's folder, which is closed to others.
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        yield Build(Path(folder)).run()


@pytest.fixture
async def container(image: Image) -> AsyncIterator[Container]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for left in image.volume.iterdir():
        left.unlink()
    before = image.fixed()
    async with Container.open(image.volume) as container:
        container.image = image
        container.settings["HTTP_PORT"] = str(port)  # the image's own may be taken on this machine
        yield container
    assert image.fixed() == before


async def test_the_commands_are_there(container: Container) -> None:
    told = await container.run(*container.image.entrypoint, "--help")
    assert told.code == 0
    assert "migrate" in told.out


async def test_books_are_made_and_checked_on_the_volume(container: Container) -> None:
    assert (await container.run(*container.image.entrypoint, "check")).code == 2
    assert (await container.run(*container.image.entrypoint, "migrate")).code == 0
    told = await container.run(*container.image.entrypoint, "check")
    assert told == (0, "The books are right.\n", "")
    assert container.database.stat().st_uid == container.image.user.get("user", os.getuid())


async def test_the_bot_lives_from_its_start_to_the_signal(container: Container) -> None:
    assert (await container.probe()).code == 1
    await container.start()
    async with asyncio.timeout(PATIENCE):
        while (await container.page("/readyz"))[0] != 200:
            pass
    assert await container.probe() == (0, "", "")
    assert pictures(await container.picture())
    assert (await container.run(*container.image.entrypoint, "check")).out == "The books are right.\n"
    assert await container.stop() == 0
    assert (await container.probe()).code == 1
    await container.audit()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_everything_is_there_as_a_wheel_for_the_images_python(machine: str, tmp_path: Path) -> None:
    [version] = {re.findall(r"^python:(3\.\d+)-slim$", stage.base)[0] for stage in stages()}
    install = f"pip install --dry-run --require-hashes --only-binary :all: -r {ROOT}/requirements.lock"
    target = f"--target {tmp_path} --python-version {version} --python-platform {machine}-manylinux_2_28"
    uv = [sys.executable, "-m", "uv", *install.split(), *target.split()]
    ended = subprocess.run(uv, capture_output=True, text=True, check=False)  # noqa: S603 - written above
    assert ended.returncode == 0, ended.stderr
