"""What the operator grants, takes and plans."""

from datetime import UTC, datetime
from typing import Any

import pytest
import simcord

from bot.domain.acts import LARGEST_AMOUNT
from tests.discord.office import NOBODYS, VERBS, Office, in_office
from tests.discord.world import timestamps, told


@in_office(guild_credits=3)
async def test_credits_are_granted_taken_and_seen_by_members(office: Office) -> None:
    world = office.world
    assert "Bonus 0 → 10 credits. Now it has 13 credits left." in await office.tells(
        "grant", guild=office.client, amount=10, reason="for the *contest*"
    )
    assert "10 credits of bonus that stay" in told(await world.ada.slash(world.channel, "credits"))
    taken = (await office.tells("take", guild=office.client, amount=4)).partition("`: ")[2]
    assert taken == "4 credits of bonus taken. Bonus 10 → 6 credits. Now it has 9 credits left."
    refused = await office.tells("take", guild=office.client, amount=7)
    assert refused == "There are only 6 credits to take, not 7. Nothing was changed."
    history = await office.tells("ledger", guild=office.client)
    assert f"**grant** 10 · bonus 0 → 10 credits · leaves 3 + 10 · by <@{office.boss.id}> `{office.boss.id}`" in history
    assert r"for the \*contest\*" in history
    await office.tells("plan", guild=office.client, allowance="unlimited")
    assert "bonus is not touched" in await office.tells("grant", guild=office.client, amount=1)


@in_office()
async def test_the_same_grant_delivered_twice_is_one(office: Office) -> None:
    asked = await office.do("grant", guild=office.client, amount=10)
    office.world.deliver_again(asked)
    await office.world.env.settle()
    assert "Bonus 10 → 11 credits" in await office.tells("grant", guild=office.client, amount=1)


@in_office()
async def test_a_guild_that_never_used_the_bot_can_be_granted_credits_only(office: Office) -> None:
    nobody = str(NOBODYS)
    for verb, options in VERBS:
        if "guild" in options and verb != "grant":
            assert "No server with this id has ever used the bot." in await office.tells(
                verb, **{**options, "guild": nobody}
            )
    assert f"Server `{nobody}`: 5 credits of bonus granted" in await office.tells("grant", guild=nobody, amount=5)
    assert "5 credits of bonus taken" in await office.tells("take", guild=nobody, amount=5)


@in_office()
async def test_what_is_no_id_is_no_guild(office: Office) -> None:
    for typed in ("Atelier", "0", "-5", "1.5", "١٢", str(2**63), "9" * 19, "9" * 100, "<@5>"):
        for verb in ("grant", "ledger", "pause"):
            options: dict[str, Any] = {"amount": 1} if verb == "grant" else {}
            assert "No server with this id" in await office.tells(verb, guild=typed, **options)
    assert "No server has used the bot yet." in await office.tells("guilds")
    assert "granted" in await office.tells("grant", guild=f" {office.client} ", amount=1)


@in_office()
async def test_discord_itself_holds_amounts_and_reasons_to_their_bounds(office: Office) -> None:
    for amount in (0, -1, LARGEST_AMOUNT + 1):
        with pytest.raises(simcord.SetupError):
            await office.do("grant", guild=office.client, amount=amount)
    with pytest.raises(simcord.SetupError):
        await office.do("grant", guild=office.client, amount=1, reason="x" * 401)


@in_office(guild_credits=20)
async def test_a_plan_is_shown_changed_and_given_back(office: Office) -> None:
    world = office.world
    await world.picture(world.ada)
    world.endpoint.hold()
    await world.imagine(world.ben)
    here, february = f"**Atelier** `{world.guild.id}`", datetime(2026, 2, 1, tzinfo=UTC)
    shown = await office.tells("plan", guild=office.client)
    assert shown.startswith(f"{here}: 20 credits per month (the plan of the installation). 1 spent and 1 held this")
    assert "18 of the allowance left" in shown
    assert timestamps(shown) == [february]
    changed = await office.tells("plan", guild=office.client, allowance=" 5 ", reason="too many")
    assert "20 credits per month (the plan of the installation) → 5 credits per month (its own plan)." in changed
    assert "1 spent and 1 held this month, all of it counted: 3 of the allowance left." in changed
    over = await office.tells("plan", guild=office.client, allowance="1")
    assert "0 of the allowance left. That is more than it gives, so there is nothing left;" in over
    assert "credits are used up (1 credit held" in told(await world.imagine(world.cyd))
    unlimited = await office.tells("plan", guild=office.client, allowance="Unlimited")
    assert "1 credit per month (its own plan) → unlimited per month (its own plan). Nothing limits it;" in unlimited
    daily = await office.tells("plan", guild=office.client, period="day")
    assert "unlimited per month (its own plan) → unlimited per day (its own plan). A new day begins now" in daily
    assert "The 1 credit spent in the old month no longer count." in daily
    assert "The 1 credit held for pictures under way stay with the old month too." in daily
    world.endpoint.release()
    await world.finish()
    back = await office.tells("plan", guild=office.client, allowance="default")
    assert "→ 20 credits per month (the plan of the installation). A new month begins now" in back
    assert "It follows GUILD_CREDITS and GUILD_CREDITS_PERIOD." in back
    history = await office.tells("ledger", guild=office.client, kind="plan")
    assert history.count("**plan**") == 5
    assert "allowance 20 → 5 credits" in history
    assert "too many" in history


@in_office()
async def test_a_plan_that_makes_no_sense_is_refused_in_words(office: Office) -> None:
    await office.tells("grant", guild=office.client, amount=1)
    for typed in ("many", "-1", "1.5", "1,000", "1000000000000", "1e3", ""):
        refused = await office.tells("plan", guild=office.client, allowance=typed)
        assert "`allowance`: has to be a whole number from 0 to 1,000,000, unlimited or default" in refused
    refused = await office.tells("plan", guild=office.client, allowance="1000001")
    assert refused == "The number has to be from 0 to 1,000,000. Nothing was changed."
    refused = await office.tells("plan", guild=office.client, allowance="default", period="day")
    assert "`period`: cannot be chosen together with default" in refused
    assert "**plan**" not in await office.tells("ledger", guild=office.client)


@in_office(guild_credits=2)
async def test_a_plan_of_its_own_stays_whatever_the_installation_says(office: Office) -> None:
    await office.tells("grant", guild=office.client, amount=1)
    await office.tells("plan", guild=office.client, allowance="9", period="week")
    await office.world.restart(guild_credits=500)
    shown = told(await office.world.ada.slash(office.world.channel, "credits"))
    assert "9 of this week's 9 credits" in shown
