"""What has to come of a fault of Discord just when a job's card is to be shown: in time, or not at all."""

from dataclasses import dataclass
from typing import Final

import pytest

from standins.discord import Trouble
from standins.discord.reading import pictures
from tests.faults.house import FaultyHouse
from tests.process.house import PROMPT


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` 0 is a reset. Where the card is `shown`, the picture comes; else no order goes out, for nothing."""

    name: str
    status: int
    shown: bool
    code: int = 0
    times: int | None = 1
    after: bool = False


CALLBACK: Final = "POST /interactions/*/*/callback"
ANSWERS: Final = (
    Answer("too late", 404, shown=False, code=10062),
    Answer("refused", 403, shown=False, code=50013),
    Answer("cut off", 0, shown=False),
    Answer("cut off, but done", 0, shown=True, after=True),
    Answer("a fault", 500, shown=True),
    Answer("a fault, but done", 500, shown=True, after=True),
    Answer("a rate limit", 429, shown=True),
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
async def test_without_a_card_nothing_is_ordered_and_nothing_is_paid(house: FaultyHouse, answer: Answer) -> None:
    channel, member = house.guild.channel("here"), house.guild.member("eve")
    posts, before = len(house.endpoint.posts), await house.credits()
    method, path = CALLBACK.split()
    trouble = Trouble.ANSWER if answer.status else Trouble.RESET
    what = {"status": answer.status or 500, "code": answer.code, "times": answer.times, "after": answer.after}
    house.discord.fail(method, path, trouble=trouble, **what)
    asked = await member.slash(channel, "imagine", prompt=PROMPT)
    if answer.shown:
        await asked.until(lambda message: bool(pictures(message)))
    house.discord.heal()
    assert [len(pictures(it)) for it in channel.messages] == [1] * answer.shown
    assert len(house.endpoint.posts) == posts + answer.shown
    assert (await house.credits() == before) is not answer.shown
