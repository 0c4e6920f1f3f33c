"""The bot is killed at each point of a job's way, and started again."""

from collections.abc import Sequence
from typing import Any

import pytest

from standins.discord.reading import buttons, pictures, texts
from standins.discord.state import Payload
from tests.crashes.cases import CASES, ORDERED_BY_NAME, Case, End
from tests.crashes.conftest import BY_NAME
from tests.crashes.databases import in_turn
from tests.crashes.house import MortalHouse

pytestmark = pytest.mark.asyncio(loop_scope="module")


def played(cases: Sequence[Case], how: str = "") -> list[Any]:
    return [pytest.param(database + how, case, id=f"{database}{how}, {case.name}") for database, case in in_turn(cases)]


@pytest.mark.parametrize(("house", "case"), [*played(CASES), *played(ORDERED_BY_NAME, BY_NAME)], indirect=["house"])
async def test_whoever_asked_is_answered_once_and_charged_for_what_is_there(house: MortalHouse, case: Case) -> None:
    asked = await case.scene(house, case.lives)
    await house.lived_through(len(case.lives), healed=case.healed)
    spent = house.credits_before - await house.credits_left()
    if case.end is End.NO_CARD:
        assert asked.response is None
    else:
        await house.channel.until(lambda messages: any(says(it, case.end) for it in messages))
    shown = [len(pictures(it)) for it in house.channel.messages]
    assert sum(shown) == spent == (case.end is End.PICTURE)
    assert (shown == []) is (case.end is End.NO_CARD)
    assert len(house.endpoint.posts) - house.posts_before == case.posts


def says(message: Payload, end: End) -> bool:
    if end is End.PICTURE:
        return bool(pictures(message))
    return end.value in texts(message) and "Cancel" not in buttons(message)
