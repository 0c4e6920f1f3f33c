"""What is stored about a member is told, handed out and erased."""

import json
import sqlite3
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.ui import privacy
from tests.discord.test_album import favoured, history, job_of
from tests.discord.test_kept import fetched, kept, line
from tests.discord.test_moderation import now, report
from tests.discord.world import Actor, Result, World, buttons, in_world, told, words


async def opened(world: World, actor: Actor) -> discord.Message:
    return world.message(await actor.slash(world.channel, "privacy"))


async def exported(world: World, actor: Actor) -> list[dict[str, Any]]:
    """The files, one after the other."""
    answer = await world.press(actor, await opened(world, actor), "Export my data")
    sent = [it for it in (answer.response, *answer.followups) if it is not None and it.attachments]
    assert all(it.ephemeral for it in sent)
    seen = {it.id: it for it in sent}
    return [json.loads(await it.attachments[0].read()) for it in seen.values()]


async def erased(world: World, actor: Actor) -> str:
    asked = await world.press(actor, await opened(world, actor), "Erase my data")
    assert "it cannot be undone" in told(asked)
    await world.press(actor, world.message(asked), "Erase for good")
    return told(asked)


def rows_of(world: World, actor: Actor) -> str:
    """Everything in the database in which this member's id stands."""
    with sqlite3.connect(world.settings.database_url.removeprefix("sqlite:///")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [(name, row) for name in tables for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608
    connection.close()
    return "\n".join(f"{name}: {row}" for name, row in rows if str(actor.id) in str(row))


@in_world()
async def test_the_page_tells_what_is_stored_and_for_how_long(world: World) -> None:
    page = await opened(world, world.ada)
    for part in ("What is stored", "For how long", "prompt", "30 days", "six days"):
        assert part in words(page)
    assert buttons(page) == ["Export my data", "Erase my data"]


@in_world()
async def test_the_export_holds_all_of_it_and_nothing_of_others(world: World) -> None:
    first = await world.picture(world.ada, 'a "red" fox\nin snow')
    others = await world.picture(world.ben, "a secret of Ben's")
    await favoured(world, world.ada, others)
    await report(world, others, world.ada)
    await world.admin(world.mod, "set", target=world.ada, amount=9, reason="a good one")
    elsewhere = world.elsewhere()
    elsewhere.ada = elsewhere.guild.add_member(world.ada.user)
    await elsewhere.picture(elsewhere.ada, "another fox")
    await world.restart()
    (data,) = await exported(world, world.ada)
    assert data["person"] == str(world.ada.id)
    assert {it["parameters"]["prompt"] for it in data["pictures"]} == {'a "red" fox\nin snow', "another fox"}
    assert {it["guild"] for it in data["pictures"]} == {str(world.guild.id), str(elsewhere.guild.id)}
    assert {it["id"] for it in data["pictures"]} >= {job_of(first)}
    assert [it["kind"] for it in data["ledger"] if it["guild"] == str(world.guild.id)] == ["hold", "capture", "cap"]
    assert [it["job"] for it in data["favourites"]] == [job_of(others)]
    assert [it["reason"] for it in data["reports"]] == ["it shows me"]
    assert [it["cap"] for it in data["accounts"] if "cap" in it] == [9]
    assert "secret" not in json.dumps(data)
    (decided,) = await exported(world, world.mod)
    assert [it["kind"] for it in decided["decisions"]] == ["cap"]


@in_world()
async def test_what_is_too_much_for_one_file_comes_in_several_and_is_cut_at_last(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [await world.picture(world.ada, f"fox {number} " + "x" * 900) for number in range(5)]
    monkeypatch.setattr(privacy, "LARGEST_PART", 4000)
    parts = await exported(world, world.ada)
    assert [it["part"] for it in parts] == list(range(1, len(parts) + 1))
    assert len(parts) > 2
    assert {it["id"] for part in parts for it in part.get("pictures", [])} == {job_of(it) for it in made}
    assert len([it for part in parts for it in part.get("ledger", [])]) == 10
    monkeypatch.setattr(privacy, "MOST_PARTS", 2)
    answer = await world.press(world.ada, await opened(world, world.ada), "Export my data")
    assert "There is more than 2 files take" in words(answer.followups[-1])


@in_world()
async def test_who_is_erased_is_told_what_stays_and_their_cards_say_so(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    await favoured(world, world.ada, picture)
    await world.ada.slash(world.channel, "preset save", name="mine", aspect_ratio="16:9")
    answer = await erased(world, world.ada)
    assert "Erased: 1 picture" in answer
    assert "what the running period, cooldowns and reports of yours still need" in answer
    assert "red fox" in words(now(world, picture))
    for label in ("Reroll", "Remix", "More"):
        assert "was erased" in told(await world.press(world.ben, now(world, picture), label))
    assert "Nothing was found" in told(await history(world, world.ada))
    assert "red fox" not in rows_of(world, world.ada)
    await world.decree("cooldown", 600)
    assert "You can ask again" in told(await world.imagine(world.ada))
    assert "preset" not in rows_of(world, world.ada)
    await world.restart()
    world.clock.ahead += timedelta(days=40)
    await world.picture(world.ben)
    await world.app.bot.services.privacy.sweep()
    assert rows_of(world, world.ada) == ""
    await world.mod.context_menu(world.channel, "Remove this picture", now(world, picture))
    await world.env.settle()
    assert "Removed by staff.\n-# Asked by a former member" in words(now(world, picture)).replace("\n\n", "\n")
    assert "a former member" in told(await world.admin(world.mod, "history"))


@in_world(guild_credits=1)
async def test_what_is_kept_stays_to_be_shown_and_a_cap_stays_in_force(world: World) -> None:
    await kept(world)
    answer = await erased(world, world.ada)
    assert "1 picture under way or kept for you" in answer
    shown = await fetched(world, world.ada, await line(world, world.ada))
    assert len(world.message(shown).attachments) == 1
    assert "used up" in told(await world.imagine(world.ada))


@in_world()
async def test_an_erased_picture_can_still_be_reported_and_is_not_hidden_for_it(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    await world.decree("reports_to_hide", 1)
    picture = await world.picture(world.ada, "a red fox")
    await erased(world, world.ada)
    await report(world, picture, world.ben)
    assert log.last_message is not None
    assert "it shows me" in words(log.last_message)
    assert "red fox" in words(now(world, picture))
    await world.press(world.mod, log.last_message, "Remove")
    await world.env.settle()
    assert "Removed by staff" in words(now(world, picture))


@in_world()
async def test_nobody_exports_or_erases_twice_at_once(world: World) -> None:
    service = world.app.bot.services.privacy
    with service._once(world.ada.id):
        page = await opened(world, world.ada)
        answer = await world.press(world.ada, page, "Export my data")
        assert "I am at it already" in spoken(answer)
        assert "Stays for now" not in await erased(world, world.ada)
    assert len(await exported(world, world.ada)) == 1


def spoken(answer: Result) -> str:
    assert answer.response is not None
    return "\n".join(words(it) for it in (answer.response, *answer.followups))
