"""What an operator can do beside the running bot, and what not."""

import asyncio
import sys

import pytest

from standins.discord.reading import pictures
from tests.process.house import KEY, TOKEN, House
from tests.process.test_health import OK, until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def bot(house: House, *arguments: str, **settings: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=house.database.parent,
        env=house._environment() | settings,
        stdout=-1,
        stderr=-1,
    )
    out, err = await process.communicate()
    for secret in (KEY, TOKEN):
        assert secret not in (out + err).decode()
    return process.returncode, out.decode(), err.decode()


async def doctor(house: House, **settings: str) -> tuple[int | None, str]:
    code, out, err = await bot(house, "doctor", **settings)
    assert err == ""
    return code, out


async def test_beside_a_running_bot_all_is_well_and_nothing_is_disturbed(room: House) -> None:
    before = list(room.discord.gateway.identifies)
    await until(room, "/readyz", OK)
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


async def test_a_second_bot_on_the_same_file_is_refused_and_the_first_one_goes_on(room: House) -> None:
    identified = len(room.discord.gateway.identifies)
    for arguments in (["run"], [], ["migrate"], ["migrate", "--to", "0001"]):
        code, out, err = await bot(room, *arguments)
        assert (code, out) == (2, "")
        *_, last = err.splitlines()
        assert last == f"Another bot already runs on {room.database}. Stop it first; `check` works beside it."
    assert len(room.discord.gateway.identifies) == identified
    assert pictures(await room.picture())


async def test_the_books_and_the_credits_are_at_hand_beside_it(room: House) -> None:
    assert (await bot(room, "check"))[:2] == (0, "The books are right.\n")
    code, out, err = await bot(room, "credits", "calls")
    assert (code, err) == (0, "")
    assert "paid calls" in out
