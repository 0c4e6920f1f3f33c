"""What nobody planned: every path still answers."""

import sqlite3

import pytest

from bot.adapters.storage import PATIENCE_SECONDS
from bot.domain.jobs import JobId
from tests.discord.world import World, in_world, told


@pytest.mark.parametrize("custom_id", ["reroll:9:1-0", "", "x" * 100, "reroll:1:1-0-0", "reroll:1:;drop-0"])
@in_world()
async def test_a_button_of_no_known_version_is_answered(world: World, custom_id: str) -> None:
    picture = await world.picture(world.ada)
    if custom_id:
        answer = told(await world.forged_press(world.ben, picture, custom_id))
        assert "I do not know this button" in answer


@in_world()
async def test_a_picture_that_is_no_longer_known_is_told_so(world: World) -> None:
    picture = await world.picture(world.ada)
    for kind in ("reroll", "retry", "more", "report", "cancel", "cancel-anyway"):
        answer = told(await world.forged_press(world.ben, picture, f"{kind}:1:99999-0"))
        assert "I no longer know this picture" in answer


@in_world(patience=PATIENCE_SECONDS)
async def test_a_locked_database_is_told_as_busy(world: World) -> None:
    other = sqlite3.connect(world.settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = told(await world.imagine(world.ada))
    other.execute("ROLLBACK")
    other.close()
    assert "too busy this moment" in refused
    assert "Nothing was charged" in refused


@in_world()
async def test_a_lost_database_is_told_as_such_and_buttons_answer_too(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.lose_the_database()
    for answer in (await world.imagine(world.ada), await world.press(world.ben, picture, "Reroll")):
        assert "I cannot reach my records" in told(answer)
    await world.find_the_database()


@in_world()
async def test_a_stopping_bot_takes_nothing_new(world: World) -> None:
    await world.app.stop(0)
    assert "about to restart" in told(await world.imagine(world.ada))


@in_world()
async def test_the_unforeseen_gets_a_number_at_every_door_and_no_traceback(world: World) -> None:
    picture = await world.picture(world.ada)
    world.spoil()
    answers = [
        told(await world.imagine(world.ada)),
        told(await world.press(world.ben, picture, "Reroll")),
        told(await world.press(world.ben, picture, "More")),
    ]
    world.unspoil()
    for answer in answers:
        assert "incident `" in answer
        assert "Traceback" not in answer
        assert "sqlite" not in answer.lower()
    assert len({answer.split("`")[1] for answer in answers}) == 3
    assert world.incidents()


def test_a_job_id_is_the_interaction_and_an_ordinal() -> None:
    assert JobId("1-0") == "1-0"
