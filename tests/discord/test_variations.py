"""Variations: the price first, then all of them or none, each on a card of its own."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.domain.jobs import JobId, JobState
from bot.domain.orders import Offer
from tests.discord.panel import Panel
from tests.discord.world import Actor, Result, World, buttons, gallery, in_world, told, words

SHOWN = ["Reroll", "Remix", "More", "Report"]


async def offered(world: World, actor: Actor, picture: discord.Message) -> Result:
    more = await world.press(actor, picture, "More")
    return await world.press(actor, world.message(more), "Variations")


async def confirmed(world: World, actor: Actor, offer: Result) -> Result:
    (label,) = buttons(offer.response)
    return await world.press(actor, world.message(offer), label)


def cards(result: Result) -> list[discord.Message]:
    """Those that all can see: the answer and what follows it."""
    found = [it for it in [result.response, *result.followups] if it is not None and not it.ephemeral]
    return [it.message for it in found]


def kinds(world: World) -> list[str]:
    """What the credits did, oldest first."""
    return [row[0] for row in world.rows("SELECT kind FROM ledger WHERE kind IN ('hold', 'release') ORDER BY id")]


@in_world()
async def test_the_price_is_shown_first_and_each_picture_comes_on_its_own_card(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox", aspect_ratio="3:2", seed=7)
    offer = await offered(world, world.ben, picture)
    assert told(offer).startswith(
        "**4 pictures for 4 credits**, each with a seed of its own. Nothing is charged yet.\n[Make them]"
    )
    assert world.endpoint.paid_calls == 1
    answer = await confirmed(world, world.ben, offer)
    await world.finish()
    shown = cards(answer)
    assert len({card.id for card in shown}) == 4
    for card in shown:
        assert buttons(card) == SHOWN
        assert len(gallery(card)) == 1
        assert f"Varied by <@{world.ben.id}> from [this one]({picture.jump_url})" in words(card)
    names = sorted(card.attachments[0].filename for card in shown)
    assert [name.rpartition("-")[2] for name in names] == ["0.png", "1.png", "2.png", "3.png"]
    source, *varied = (post.prompt_object for post in world.endpoint.posts)
    assert len({post["seed"] for post in varied} - {7}) == 4
    assert all({**post, "seed": 7} == source for post in varied)
    assert "**95** left" in told(await world.ben.slash(world.channel, "credits"))


@in_world()
async def test_a_variation_can_be_varied_rerolled_and_remixed(world: World) -> None:
    picture = await world.picture(world.ada)
    answer = await confirmed(world, world.ben, await offered(world, world.ben, picture))
    await world.finish()
    last = cards(answer)[-1]
    again = await confirmed(world, world.cyd, await offered(world, world.cyd, last))
    await world.press(world.ada, last, "Reroll")
    await world.finish()
    assert len(cards(again)) == 4
    assert f"from [this one]({last.jump_url})" in words(world.channel.last_message)
    assert world.endpoint.paid_calls == 1 + 4 + 4 + 1


@pytest.mark.parametrize(
    ("settings", "rule", "count", "why"),
    [
        ({"guild_credits": 4}, {}, 3, "this server's credits suffice for no more"),
        ({"guild_credits": 2}, {}, 1, "this server's credits suffice for no more"),
        ({"member_jobs": 2}, {}, 2, "you may have no more pictures waiting at once"),
        ({"guild_jobs": 3}, {}, 3, "this server may have no more pictures waiting at once"),
        ({"provider_calls_per_day": 3}, {}, 2, "the bot's operator allows no more today"),
        ({}, {"variations": 2}, 2, "this server allows no more at once"),
        ({}, {"member_jobs": 1}, 1, "you may have no more pictures waiting at once"),
    ],
)
async def test_where_less_suffices_it_says_so_before_and_makes_that_many(
    tmp_path: Path, settings: dict[str, Any], rule: dict[str, int], count: int, why: str
) -> None:
    async with World.open(tmp_path, **settings) as world:
        picture = await world.picture(world.ada)
        for name, value in rule.items():
            await world.decree(name, value)
        offer = await offered(world, world.ada, picture)
        number = f"{count} pictures for {count} credits" if count > 1 else "1 picture for 1 credit"
        assert f"**{number}**" in told(offer)
        assert f" Not 4: {why}." in told(offer)
        answer = await confirmed(world, world.ada, offer)
        await world.finish()
        assert len(cards(answer)) == count
        assert world.endpoint.paid_calls == 1 + count


@in_world()
async def test_a_cap_counts_for_whoever_asks_for_variations(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.decided("set", target=world.ben, amount=2)
    offer = await offered(world, world.ben, picture)
    assert "**2 pictures for 2 credits**" in told(offer)
    assert "Not 4: your cap allows no more." in told(offer)
    await confirmed(world, world.ben, offer)
    await world.finish()
    assert "Your own cap is 2 credits" in told(await offered(world, world.ben, picture))
    assert "**4 pictures" in told(await offered(world, world.cyd, picture))


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({"guild_credits": 1}, "This server's credits are used up"),
        ({"provider_calls_per_day": 1}, "painted as much today as its operator allows"),
    ],
)
async def test_where_nothing_suffices_it_says_what_speaks_against_it(
    tmp_path: Path, settings: dict[str, Any], refused: str
) -> None:
    async with World.open(tmp_path, **settings) as world:
        picture = await world.picture(world.ada)
        answer = told(await offered(world, world.ada, picture))
        assert refused in answer
        assert answer.endswith("Nothing was charged.")


@in_world()
async def test_a_server_can_switch_variations_off(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ada, picture)
    await world.decree("variations", 0)
    off = "staff have switched variations off. **Reroll** makes one more picture. Nothing was charged."
    assert off in told(await offered(world, world.ada, picture))
    assert off in told(await confirmed(world, world.ada, offer))


@in_world()
async def test_a_second_press_while_they_are_unfinished_is_answered_with_a_link(world: World) -> None:
    picture = await world.picture(world.ada)
    first, second = await offered(world, world.ben, picture), await offered(world, world.ben, picture)
    world.endpoint.hold()
    answer = await confirmed(world, world.ben, first)
    for again in (await confirmed(world, world.ben, second), await offered(world, world.ben, picture)):
        assert any(card.jump_url in told(again) for card in cards(answer))
        assert "Nothing more was charged" in told(again)
    assert "**4 pictures" in told(await offered(world, world.cyd, picture))
    assert "Rerolled by" in words((await world.press(world.ben, picture, "Reroll")).response)
    world.endpoint.release()
    await world.finish()
    assert "**4 pictures" in told(await offered(world, world.ben, picture))


@in_world()
async def test_the_same_confirmation_twice_is_one_set(world: World) -> None:
    picture = await world.picture(world.ada)
    answer = await confirmed(world, world.ben, await offered(world, world.ben, picture))
    world.deliver_again(answer)
    await world.env.settle()
    await world.finish()
    assert len(cards(answer)) == 4
    assert world.endpoint.paid_calls == 5


@in_world(guild_credits=5)
async def test_where_less_suffices_than_was_shown_nothing_is_made(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.picture(world.cyd)
    refused = told(await confirmed(world, world.ben, offer))
    assert "Only 3 of the 4 pictures could be made now: this server's credits suffice for no more." in refused
    assert refused.endswith("Nothing was charged.")
    await world.finish()
    assert world.endpoint.paid_calls == 2
    assert kinds(world) == ["hold", "hold"]
    assert "**3 pictures" in told(await offered(world, world.ben, picture))


@in_world(guild_credits=5)
async def test_of_two_members_who_confirm_at_once_one_gets_all_and_the_other_nothing(world: World) -> None:
    picture = await world.picture(world.ada)
    job, studio = JobId(picture.attachments[0].filename.removesuffix(".png")), world.app.bot.services.studio
    outcomes = await asyncio.gather(
        *(studio.vary(world.caller(actor), job, Offer(4, 1)) for actor in (world.ben, world.cyd)),
        return_exceptions=True,
    )
    assert sorted(type(it).__name__ for it in outcomes) == ["OutOfCreditsError", "list"]
    assert kinds(world) == ["hold"] * 5


@in_world()
async def test_a_price_that_is_no_longer_what_was_shown_is_not_paid(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.restart(price_imagine=2)
    refused = told(await confirmed(world, world.ben, offer))
    assert "has changed since you were asked" in refused
    assert refused.endswith("Nothing was charged.")
    assert "**4 pictures for 8 credits**" in told(await offered(world, world.ben, picture))


@in_world()
async def test_more_than_a_server_allows_by_now_are_not_made(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.decree("variations", 3)
    assert "has changed since you were asked" in told(await confirmed(world, world.ben, offer))
    job = picture.attachments[0].filename.removesuffix(".png")
    forged = await world.pry(world.ben, world.message(offer), f"vary:1:{job}:9:1")
    assert "has changed since you were asked" in told(forged)
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_a_confirmation_outlives_a_restart(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.restart()
    answer = await confirmed(world, world.ben, offer)
    await world.finish()
    assert len(cards(answer)) == 4


@in_world()
async def test_a_set_is_one_request_with_one_cooldown(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.decree("cooldown", 60)
    offer = await offered(world, world.ben, picture)
    answer = await confirmed(world, world.ben, offer)
    await world.finish()
    assert len(cards(answer)) == 4
    for refused in (await offered(world, world.ben, picture), await confirmed(world, world.ben, offer)):
        assert "You can ask again <t:" in told(refused)
    world.clock.ahead += timedelta(seconds=61)
    assert "**4 pictures" in told(await offered(world, world.ben, picture))


@in_world(working=False)
async def test_each_is_cancelled_by_itself(world: World) -> None:
    world.work()
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.rest()
    await world.restart(working=False)
    answer = await confirmed(world, world.ben, offer)
    await world.press(world.ben, cards(answer)[2], "Cancel")
    world.work()
    await world.finish()
    shown = ["Cancelled" in words(card) for card in cards(answer)]
    assert shown == [False, False, True, False]
    assert world.endpoint.paid_calls == 4


@in_world()
async def test_cards_that_cannot_follow_are_posted_in_the_channel(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    world.env.inject_error("POST", "/webhooks/*", status=404, code=50027, message="Invalid Webhook Token", times=3)
    answer = await confirmed(world, world.ben, offer)
    await world.finish()
    assert len(cards(answer)) == 1
    posted = world.channel.history()[-4:]
    assert [buttons(card) for card in posted] == [SHOWN] * 4
    assert world.endpoint.paid_calls == 5


@in_world()
async def test_what_can_be_posted_nowhere_is_released_and_told(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    for path in ("/webhooks/*", "/channels/*"):
        world.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions", times=2)
    answer = await confirmed(world, world.ben, offer)
    await world.finish()
    assert len(cards(answer)) == 2
    (private,) = [it for it in answer.followups if it.ephemeral]
    assert words(private) == "2 pictures could not be shown here, and will not be made. Nothing was charged for that."
    assert kinds(world).count("release") == 2
    assert world.endpoint.paid_calls == 3


@in_world()
async def test_where_the_first_card_cannot_be_shown_none_is_made(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062, message="Unknown interaction", times=None)
    await confirmed(world, world.ben, offer)
    await world.finish()
    assert kinds(world) == ["hold"] * 5 + ["release"] * 4
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_each_is_delivered_after_a_restart_and_after_its_token_has_expired(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.restart(working=False)
    answer = await confirmed(world, world.ben, offer)
    await world.env.advance_time(3600)
    await world.restart()
    await world.finish()
    assert [buttons(card) for card in cards(answer)] == [SHOWN] * 4


@in_world()
async def test_a_process_that_dies_between_cards_leaves_none_unpaid_and_none_wrong(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.restart(working=False)
    answer = await confirmed(world, world.ben, offer)
    first, second, *_ = cards(answer)
    # As it is where the process died after it posted the second card and before it noted that.
    jobs = [JobId(f"{answer._interaction.id}-{at}") for at in range(4)]
    for job in jobs[1:]:
        world.rows("UPDATE jobs SET state = 'accepted', card = NULL, queued_at = NULL WHERE id = ?", job)
    for card in cards(answer)[2:]:
        await card.delete()
    await world.restart()
    await world.finish()
    found = [await world.app.store.find(job) for job in jobs]
    assert [it.state for it in found if it] == [JobState.DELIVERED, *[JobState.FAILED] * 3]
    assert buttons(await first.fetch()) == SHOWN
    assert "I could not finish announcing this one. Nothing was charged." in words(await second.fetch())
    assert world.endpoint.paid_calls == 2


@in_world()
async def test_a_hidden_picture_is_not_varied(world: World) -> None:
    picture = await world.picture(world.ada)
    offer = await offered(world, world.ben, picture)
    await world.decree("reports_to_hide", 1)
    form = await world.press(world.cyd, picture, "Report")
    await world.cyd.submit_modal(form, {})
    assert "is hidden until staff look at it" in told(await confirmed(world, world.ben, offer))
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_the_number_is_a_setting_of_the_server(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    assert panel.shown("Variations at once") == "4"
    await panel.fill("set-edit:1:variations:", value="2")
    assert panel.line == "**Variations at once** was 4, is 2."
    await panel.fill("set-edit:1:variations:", value="5")
    assert panel.line == "**Variations at once** takes a whole number from 0 to 4. Nothing was changed."
    await panel.fill("set-edit:1:variations:", value="0")
    assert panel.shown("Variations at once") == "none"
