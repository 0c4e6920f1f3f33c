"""What the operator reads in their channel, beside what concerns the provider."""

import asyncio

import discord
import pytest

from bot.domain.alerts import Alert, Notice
from bot.services import watch
from bot.ui.desk import DiscordDesk
from bot.ui.words.alerts import alert
from tests.discord.world import PATIENCE, World, in_world, told, until, words
from tests.examples import NOON


async def alerted(world: World, times: int) -> list[str]:
    async with asyncio.timeout(PATIENCE):
        await until(lambda: len(world.alerts()) == times)
    return world.alerts()


@in_world(provider_calls_per_day=1)
async def test_the_operator_is_told_once_that_the_day_is_spent_and_once_that_it_is_over(world: World) -> None:
    await world.open_desk()
    await world.app.watch.look()
    await world.picture(world.ada)
    for _ in range(2):
        await world.app.watch.look()
    assert await alerted(world, 1) == ["Today's paid calls are used up"]
    assert "today" in told(await world.imagine(world.ben)).lower()
    await world.restart()  # neither does the next process tell it again
    await world.app.watch.look()
    assert len(world.alerts()) == 1
    await world.env.advance_time(24 * 3600)
    await world.app.watch.look()
    assert await alerted(world, 2) == ["Today's paid calls are used up", "Paid calls are possible again"]


@in_world(provider_calls_per_day=1)
async def test_an_alert_that_the_channel_did_not_take_is_tried_again(world: World) -> None:
    world.desk = world.guild.create_text_channel("desk")
    mine = world.guild.me
    assert mine is not None
    closed = world.guild.create_text_channel(
        "closed", overwrites={mine: discord.PermissionOverwrite(send_messages=False)}
    )
    await world.restart(operator_channel_id=closed.id, working=False)
    world.app.alerts.report(Alert.DISK, on=True)
    assert not await world.app.alerts.flush()
    world.app.alerts._desk = DiscordDesk(world.app.bot, world.desk.id)
    assert await world.app.alerts.flush()
    assert world.alerts() == ["The disk is nearly full"]


@in_world()
async def test_without_a_channel_the_log_has_to_do(world: World) -> None:
    world.app.alerts.report(Alert.DISK, on=True)
    assert await world.app.alerts.flush()


@in_world()
async def test_the_database_that_goes_and_comes_back_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", {})
    await world.open_desk()
    await world.lose_the_database()
    await world.app.watch.look()
    assert await alerted(world, 1) == ["The database does not answer"]
    await world.find_the_database()
    await world.app.watch.look()
    assert await alerted(world, 2) == ["The database does not answer", "The database answers again"]
    assert "<t:" in words(world.desk.history()[-1])


@pytest.mark.parametrize("kind", Alert)
def test_each_alert_has_words_for_its_beginning_and_its_end(kind: Alert) -> None:
    begins, ends = alert(Notice(kind, NOON)), alert(Notice(kind, NOON, NOON))
    assert begins.startswith("## ")
    assert begins != ends
    assert ends.count("<t:") == 2
    assert all(len(it) < 1000 for it in (begins, ends))
