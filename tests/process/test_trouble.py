"""Every door of the running bot, and what goes wrong between it and Discord while a picture is on its way."""

import asyncio

import pytest

from standins.discord import Right, Trouble
from standins.discord.reading import buttons, pictures, texts
from tests.process.house import PROMPT, House

ORIGINAL = "/webhooks/*/messages/@original"
PAST_THE_TOKEN = 16 * 60
DEADLINE = 3.0

pytestmark = pytest.mark.asyncio(loop_scope="module")


def shown(message: dict[str, object]) -> bool:
    return bool(pictures(message))


def statuses(house: House, method: str) -> list[int | None]:
    return [it.status for it in house.discord.requests if it.method == method]


LONG_BEFORE_A_MINUTE = 30.0


async def test_every_door_answers_in_time(room: House) -> None:
    picture = await room.picture()
    about = await room.ben.slash(room.channel, "about")
    credit = await room.ben.slash(room.channel, "credits")
    more = await room.ben.press(picture, label="More")
    assert more.response is not None
    assert PROMPT in texts(more.response)
    report = await room.ben.press(picture, label="Report")
    thanks = await room.ben.submit(report, {"reason": "too many foxes"})
    assert all(it.ephemeral for it in (about, credit, more, thanks))
    assert all((it.acknowledged or DEADLINE) < DEADLINE for it in (about, credit, more, report, thanks))


async def test_what_is_being_painted_can_be_cancelled(room: House) -> None:
    asked = await room.painting()
    assert asked.response is not None
    warned = await room.ada.press(asked.response, label="Cancel")
    assert warned.ephemeral
    assert warned.response is not None
    await room.ada.press(warned.response, label="Cancel anyway")
    room.endpoint.release()
    await asked.until(lambda message: not buttons(message))


async def test_a_reconnect_in_the_middle_loses_neither_picture_nor_command(room: House) -> None:
    asked = await room.painting()
    room.discord.gateway.ask_to_reconnect()
    await room.discord.left()
    missed = asyncio.create_task(room.ben.slash(room.channel, "imagine", prompt="meanwhile"))
    await room.discord.ready()
    room.endpoint.release()
    await asked.until(shown)
    answered = await missed
    assert answered.acknowledged is not None
    await answered.until(shown)
    assert room.discord.gateway.resumes == 1
    assert len(room.discord.gateway.identifies) == 1


async def test_a_picture_that_outlasts_its_token_is_delivered_all_the_same(room: House) -> None:
    asked = await room.painting()
    room.discord.advance(PAST_THE_TOKEN)
    room.endpoint.release()
    await asked.until(shown)
    await room.stop_talking()
    assert statuses(room, "PATCH")[1:] == [401, 200]
    assert len(room.channel.messages) == 1


async def test_a_rate_limit_on_the_delivery_is_waited_out(room: House) -> None:
    asked = await room.painting()
    room.discord.fail("PATCH", ORIGINAL, status=429)
    room.endpoint.release()
    await asked.until(shown)
    await room.stop_talking()
    assert statuses(room, "PATCH")[1:] == [429, 200]


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_that_breaks_during_the_delivery_is_no_loss(room: House, *, after: bool) -> None:
    asked = await room.painting()
    room.discord.fail("PATCH", ORIGINAL, trouble=Trouble.RESET, after=after)
    room.endpoint.release()
    await asked.until(shown)
    await room.discord.until(lambda: statuses(room, "PATCH")[1:] == [None, 200])  # it may have been shown unheard
    await room.stop_talking()
    assert statuses(room, "PATCH")[1:] == [None, 200]
    assert len(room.channel.messages) == 1


async def test_an_answer_that_took_effect_unheard_is_no_loss(room: House) -> None:
    room.discord.fail("POST", "/interactions/*/callback", status=503, after=True)
    picture = await room.picture()
    assert [it["id"] for it in room.channel.messages] == [picture["id"]]
    assert statuses(room, "POST") == [503, 400]


async def test_an_answer_that_came_too_late_costs_nothing(room: House) -> None:
    before = await room.credits()
    room.discord.fail("POST", "/interactions/*/callback", status=404, code=10062)
    asked = room.ada.begin_slash(room.channel, "imagine", prompt=PROMPT)
    await room.discord.until(lambda: statuses(room, "POST").count(404) == 1)
    assert asked.response is None
    assert await room.credits() == before


async def test_a_crowd_in_one_channel_does_not_wait_for_discords_minute(room: House) -> None:
    crowd = [room.guild.member(f"member{number}") for number in range(24)]
    asked = [member.begin_slash(room.channel, "imagine", prompt=PROMPT) for member in crowd]
    for it in asked:
        await it.answered()
        await it.until(lambda message: bool(pictures(message)), LONG_BEFORE_A_MINUTE)


async def test_a_card_that_was_removed_is_not_posted_again(room: House) -> None:
    asked = await room.painting()
    assert asked.response is not None
    room.channel.remove(asked.response)
    room.endpoint.release()
    # The picture, and then the word that the card is gone.
    await room.discord.until(lambda: sum(it.status == 404 for it in room.discord.requests) > 1)
    assert room.channel.messages == []


async def test_a_channel_without_rights_is_refused_in_words(room: House) -> None:
    room.channel.forbid(Right.ATTACH_FILES)
    asked = await room.ada.slash(room.channel, "imagine", prompt=PROMPT)
    assert asked.ephemeral
    assert room.channel.messages == []
