"""From start to end, and what a restart leaves standing."""

import time

import aiohttp

from standins.discord.reading import buttons, pictures, texts
from tests.process.house import PROMPT, House

PROMPTLY = 5.0


async def test_a_restart_keeps_commands_and_buttons(house: House) -> None:
    shown = await house.picture()
    assert PROMPT in texts(shown)
    assert house.endpoint.original(await _bytes(shown))
    assert await house.stop() == 0
    await house.start()
    again = await house.ben.press(shown, label="Reroll")
    await again.until(lambda message: bool(pictures(message)))
    assert [buttons(it) for it in house.channel.messages] == [["Reroll", "Remix", "More", "Report"]] * 2
    assert house.discord.portal.syncs == 1
    assert {it["name"] for it in house.discord.portal.commands} >= {"imagine", "credits", "about"}


async def test_a_stop_lets_the_picture_finish(house: House) -> None:
    asked = await house.painting()
    house.terminate()
    house.endpoint.release()
    released = time.monotonic()
    await asked.until(lambda message: bool(pictures(message)))
    assert await house.ended() == 0
    assert time.monotonic() - released < PROMPTLY


async def test_a_killed_bot_tells_what_was_lost_and_charges_nothing(house: House) -> None:
    before = await house.credits()
    asked = await house.painting()
    await house.kill()
    house.endpoint.release()
    house.discord.portal.commands.pop()
    await house.start()
    card = await asked.until(lambda message: "Try again" in buttons(message))
    assert not pictures(card)
    assert await house.credits() == before
    assert await house.check() == (0, "The books are right.")
    assert house.discord.portal.syncs == 2  # somebody had removed one


async def _bytes(message: dict[str, object]) -> bytes:
    [picture] = pictures(message)
    async with aiohttp.ClientSession() as session, session.get(picture["media"]["url"]) as response:
        return await response.read()
