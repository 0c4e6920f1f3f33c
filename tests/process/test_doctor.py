"""`python -m bot doctor` beside the running bot, as an operator would run it."""

import asyncio
import sys

import pytest

from standins.discord.reading import pictures
from tests.process.house import KEY, TOKEN, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def doctor(house: House, **settings: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor"),
        cwd=house.database.parent,
        env=house._environment() | settings,
        stdout=-1,
        stderr=-1,
    )
    out, err = await process.communicate()
    assert err == b""
    for secret in (KEY, TOKEN):
        assert secret not in out.decode()
    return process.returncode, out.decode()


async def test_beside_a_running_bot_all_is_well_and_nothing_is_disturbed(room: House) -> None:
    before = list(room.discord.gateway.identifies)
    asked = await room.painting()
    code, told = await doctor(room, HTTP_PORT=str(room._port), OPERATOR_CHANNEL_ID=str(room.channel.id))
    assert code == 0, told
    assert told.splitlines()[-1] == "All is well."
    assert f"[ok] A bot serves its health pages at 127.0.0.1, port {room._port}." in told
    assert room.discord.gateway.identifies == before
    room.endpoint.release()
    await asked.until(lambda message: bool(pictures(message)))


async def test_one_fault_is_one_more_line_and_the_status(room: House) -> None:
    code, told = await doctor(room, ONEMIN_API_KEY="not-the-key", OPERATOR_CHANNEL_ID="404")
    assert code == 1
    assert "[!!] 1min.ai does not accept ONEMIN_API_KEY.\n     Make a new one" in told
    assert told.splitlines()[-1] == "2 things need you."
