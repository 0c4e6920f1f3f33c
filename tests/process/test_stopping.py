"""What SIGTERM stops, what it waits for, and what it leaves to the next start."""

import signal
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from standins.discord import Trouble
from standins.discord.reading import buttons, pictures, texts
from tests.process.house import PROMPT, House

PROMPTLY = 5.0
AT_ONCE = 2.0
RIGHT = (0, "The books are right.")

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def busy_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One picture at a time."""
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        house.settings["ONEMIN_CONCURRENCY"] = "1"
        await house.start()
        yield house


def shown(message: dict[str, object]) -> bool:
    return bool(pictures(message))


async def test_a_stop_admits_nothing_finishes_what_is_painted_and_leaves_the_rest_to_the_next_start(
    room: House,
) -> None:
    source = await room.picture()
    asked = await room.painting()
    waiting = await room.ben.slash(room.channel, "imagine", prompt=PROMPT)
    posts = len(room.endpoint.posts)
    room.terminate()
    await room.stop_talking()
    for refused in (
        await room.ada.slash(room.channel, "imagine", prompt=PROMPT),
        await room.ada.press(source, label="Reroll"),
    ):
        assert refused.ephemeral
        assert refused.response is not None
        assert "about to restart" in texts(refused.response)
    room.endpoint.release()
    released = time.monotonic()
    await asked.until(shown)
    assert await room.ended() == 0
    assert time.monotonic() - released < PROMPTLY
    assert len(room.endpoint.posts) == posts
    assert await room.check() == RIGHT
    await room.start()
    await waiting.until(shown)
    assert len(room.channel.messages) == 3


async def test_a_second_signal_ends_it_at_once_and_the_next_start_tells_what_was_lost(room: House) -> None:
    before = await room.credits()
    asked = await room.painting()
    room.terminate()
    await room.stop_talking()
    room.terminate()
    told = time.monotonic()
    assert await room.ended() == -signal.SIGTERM
    assert time.monotonic() - told < AT_ONCE
    assert await room.check() == RIGHT
    room.endpoint.release()
    await room.start()
    card = await asked.until(lambda message: "Try again" in buttons(message))
    assert "Nothing was charged" in texts(card)
    assert await room.credits() == before


async def test_a_picture_that_discord_does_not_take_just_now_is_left_to_the_next_start(room: House) -> None:
    asked = await room.painting()
    for method in ("PATCH", "POST"):
        room.discord.fail(method, "/*", trouble=Trouble.RESET, times=None)
    room.endpoint.release()
    await room.discord.until(lambda: any(it.path.startswith("/channels/") for it in room.discord.requests))
    asked_to_stop = time.monotonic()
    assert await room.stop() == 0
    assert time.monotonic() - asked_to_stop < PROMPTLY
    room.discord.heal()
    await room.start()
    await asked.until(shown)
    assert len(room.channel.messages) == 1
