"""A member finds pictures again, marks them, shows them once more, and deletes what is theirs."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.discord.test_kept import fetched, kept
from tests.discord.test_moderation import PICTURE, now, report
from tests.discord.world import Actor, Result, World, buttons, custom_ids, gallery, in_world, told, words

AGAIN = "Show again here"
READ, WRITE = "GET", "POST"


def job_of(picture: discord.Message) -> str:
    return picture.attachments[0].filename.removesuffix(".png")


async def history(world: World, actor: Actor, **options: Any) -> Result:
    return await actor.slash(world.channel, "history", **options)


def shown(world: World, page: Result) -> list[str]:
    """The names of the files on a page, as they stand in its galleries."""
    return [item["media"]["url"].rpartition("/")[2].partition("?")[0] for item in gallery(world.message(page))]


async def press_on(world: World, actor: Actor, page: Result, kind: str, picture: discord.Message) -> Result:
    """One of the many buttons of a kind."""
    return await actor.click(world.message(page), custom_id=f"{kind}:1:{job_of(picture)}")


async def more(world: World, actor: Actor, picture: discord.Message) -> Result:
    return await world.press(actor, picture, "More")


async def favoured(world: World, actor: Actor, picture: discord.Message) -> Result:
    panel = await more(world, actor, picture)
    await world.press(actor, world.message(panel), "Favourite")
    return panel


@in_world()
async def test_more_tells_all_and_offers_what_can_be_done(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox", steps=40)
    again = await world.press(world.ben, picture, "Reroll")
    await world.finish()
    panel = told(await more(world, world.ben, world.message(again)))
    for part in ("**steps** 40", "**seed** ", "**price** 1 credit", "**painted in**", "prompt:a red fox"):
        assert part in panel
    assert f"**made from** [this picture](https://discord.com/channels/{world.guild.id}/{world.channel.id}/" in panel
    assert f"by <@{world.ben.id}>" in panel
    others = await more(world, world.ben, picture)
    assert buttons(others.response)[-2:] == ["Favourite", "Report"]
    for actor in (world.ada, world.mod):
        assert buttons((await more(world, actor, picture)).response)[-1] == "Delete"


@pytest.mark.parametrize("prompt", ["a fox", "a ``` fox " + "x" * 3500])
@in_world()
async def test_a_favourite_is_a_members_own_and_the_panel_shows_it_also_after_a_restart(
    world: World, prompt: str
) -> None:
    picture = await world.picture(world.ada, prompt)
    panel = await favoured(world, world.ben, picture)
    assert "No favourite any more" in told(panel)
    assert "No favourite" not in told(await more(world, world.ada, picture))
    await world.restart()
    assert shown(world, await history(world, world.ben, show="favourites")) == [f"{job_of(picture)}.png"]
    assert shown(world, await history(world, world.ben)) == []
    await world.press(world.ben, world.message(panel), "No favourite any more")
    assert "No favourite" not in told(panel)
    assert "Nothing was found" in told(await history(world, world.ben, show="favourites"))


@in_world()
async def test_history_shows_ones_own_newest_first_and_leafs_through_them_after_a_restart(world: World) -> None:
    made = [await world.picture(world.ada, f"fox number {number}") for number in range(6)]
    await world.picture(world.ben)
    names = [f"{job_of(it)}.png" for it in made[::-1]]
    page = await history(world, world.ada)
    assert shown(world, page) == names[:4]
    assert f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{made[5].id}" in told(page)
    await world.restart()
    await world.press(world.ada, world.message(page), "Older")
    assert shown(world, page) == names[4:]
    assert "Older" not in buttons(page.response)
    await world.press(world.ada, world.message(page), "Newer")
    assert shown(world, page) == names[:4]
    assert "Newer" not in buttons(page.response)


@in_world()
async def test_what_is_searched_for_is_found_whatever_its_case_and_stays_searched_for(world: World) -> None:
    strange = 'Die GRÖSSTE "Füchsin" \\ 100%_äöü'
    hits = [await world.picture(world.ada, f"{strange} {number}") for number in range(5)]
    await world.picture(world.ada, "aspect_ratio seed: nothing")
    page = await history(world, world.ada, text='grösste "füchsin" \\ 100%_')
    assert shown(world, page) == [f"{job_of(it)}.png" for it in hits[:0:-1]]
    await world.restart()
    await world.press(world.ada, world.message(page), "Older")
    assert shown(world, page) == [f"{job_of(hits[0])}.png"]
    for nothing in ("%", "steps", "_fuchs"):
        assert (shown(world, await history(world, world.ada, text=nothing)) == []) is (nothing != "%")
    world.clock.ahead += timedelta(days=1, seconds=1)
    gone = await world.press(world.ada, world.message(page), "Newer")
    assert "Type `/history` again" in words(gone.followups[-1])


@in_world()
async def test_who_searches_without_end_leaves_no_more_behind_than_their_newest_searches(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    others = await history(world, world.ben, text="fox")
    pages = [await history(world, world.ada, text="fox") for _ in range(22)]
    assert shown(world, pages[-1]) == [f"{job_of(picture)}.png"]
    kept = world.rows("SELECT key FROM confirmations")
    assert sum(key.startswith(f"search:{world.ada.id}:") for (key,) in kept) == 20
    assert sum(key.startswith(f"search:{world.ben.id}:") for (key,) in kept) == 1
    assert "Nothing was found" in told(others)


@in_world()
async def test_only_this_channel_and_only_this_server(world: World) -> None:
    here, aside = await world.picture(world.ada), world.elsewhere()
    aside.guild, aside.channel, aside.ada = world.guild, world.guild.create_text_channel("aside"), world.ada
    there = await aside.picture(world.ada)
    assert shown(world, await history(world, world.ada, here=True)) == [f"{job_of(here)}.png"]
    assert len(shown(world, await history(world, world.ada))) == 2
    foreign = world.elsewhere()
    foreign.ada = foreign.guild.add_member(world.ada.user)
    assert "Nothing was found" in told(await history(foreign, foreign.ada))
    assert job_of(there) != job_of(here)


@in_world()
async def test_what_cannot_be_read_any_more_says_so_on_its_entry(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    for status, code, said in ((403, 50001, "Read Message History"), (500, 0, "Discord does not hand it out")):
        world.env.inject_error(READ, "/channels/*/messages/*", status=status, code=code, message="no", times=None)
        page = await history(world, world.ada)
        world.env.backend.faults.clear()
        assert "a red fox" in told(page)
        assert said in told(page)
        assert AGAIN not in buttons(page.response)
    await picture.delete()
    page = await history(world, world.ada)
    assert "The message with it is gone" in told(page)
    assert shown(world, page) == []
    refused = await world.pry(world.ada, world.message(page), f"show-again:1:{job_of(picture)}")
    assert "The message with it is gone" in told(refused)
    assert "Nothing was charged" in told(refused)


@in_world()
async def test_what_is_kept_is_found_in_history_too(world: World) -> None:
    await kept(world)
    page = await history(world, world.ada)
    assert "Kept for you" in told(page)
    card = world.message(await fetched(world, world.ada, page))
    assert len(card.attachments) == 1
    assert "Kept for you" not in told(await history(world, world.ada))


@in_world(guild_credits=2)
async def test_a_picture_shown_again_is_free_and_its_buttons_work(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    page = await history(world, world.ada)
    world.channel = world.guild.create_text_channel("gallery")
    page = await history(world, world.ada)
    answer = await press_on(world, world.ada, page, "show-again", picture)
    assert "Nothing was charged" in told(answer)
    copy = world.channel.last_message
    assert copy is not None
    assert str(copy.id) in told(answer)
    assert buttons(copy) == PICTURE
    assert f"Shown again by <@{world.ada.id}>" in words(copy)
    assert await copy.attachments[0].read() == await picture.attachments[0].read()
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))
    assert len(world.endpoint.posts) == 1
    await world.press(world.ben, copy, "Reroll")
    await world.finish()
    assert len(world.endpoint.posts) == 2


@in_world()
async def test_who_shows_pictures_again_and_again_has_to_wait(world: World) -> None:
    picture = await world.picture(world.ada)
    page = await history(world, world.ada)
    await press_on(world, world.ada, page, "show-again", picture)
    assert "You can show the next one <t:" in told(await press_on(world, world.ada, page, "show-again", picture))
    world.clock.ahead += timedelta(seconds=31)
    assert "for all to see" in told(await press_on(world, world.ada, page, "show-again", picture))
    await world.decree("cooldown", 600)
    world.clock.ahead += timedelta(seconds=31)
    assert "You can show the next one" in told(await press_on(world, world.ada, page, "show-again", picture))
    assert len(world.channel.history()) == 3


@in_world()
async def test_what_discord_does_not_take_may_be_shown_again_at_once(world: World) -> None:
    picture = await world.picture(world.ada)
    page = await history(world, world.ada)
    world.env.inject_error(WRITE, "/channels/*", status=403, code=50013, message="Missing Permissions", times=1)
    refused = await press_on(world, world.ada, page, "show-again", picture)
    assert "Discord does not take this picture here" in told(refused)
    world.env.inject_error(WRITE, "/channels/*", status=400, code=200000, message="AutoMod", times=1)
    assert "for all to see" in told(await press_on(world, world.ada, page, "show-again", picture))
    copy = world.channel.last_message
    assert copy is not None
    assert "The words are left out here" in words(copy)
    assert "fox" not in words(copy)


@in_world()
async def test_a_copy_is_hidden_shown_and_removed_with_its_picture(world: World) -> None:
    await world.decree("reports_to_hide", 1)
    picture = await world.picture(world.ada, "a red fox")
    await press_on(world, world.ada, await history(world, world.ada), "show-again", picture)
    copy = world.channel.last_message
    assert copy is not None
    await report(world, copy, world.ben)
    for message in (picture, copy):
        assert "Hidden until staff look" in words(now(world, message))
    await world.pry(world.mod, picture, f"dismiss:1:{job_of(picture)}")
    await world.env.settle()
    assert f"Shown again by <@{world.ada.id}>" in words(now(world, copy))
    await world.mod.context_menu(world.channel, "Remove this picture", now(world, copy))
    await world.env.settle()
    for message in (picture, copy):
        assert "Removed by staff" in words(now(world, message))
        assert now(world, message).attachments == []


@in_world()
async def test_who_asked_deletes_a_picture_and_nothing_is_refunded(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    await press_on(world, world.ada, await history(world, world.ada), "show-again", picture)
    copy = world.channel.last_message
    assert copy is not None
    await favoured(world, world.ben, picture)
    asked = await world.press(world.ada, world.message(await more(world, world.ada, picture)), "Delete")
    assert "Nothing is refunded" in told(asked)
    assert "fox" in words(now(world, picture))
    await world.restart()
    await world.press(world.ada, world.message(asked), "Delete for good")
    await world.env.settle()
    assert "Nothing was refunded" in told(asked)
    gone = now(world, picture)
    for message in (gone, now(world, copy)):
        assert "Deleted by who asked for it" in words(message)
        assert "fox" not in words(message)
        assert message.attachments == []
        assert buttons(message) == []
    assert "**99** left" in told(await world.ada.slash(world.channel, "credits"))
    for actor, options in ((world.ada, {}), (world.ben, {"show": "favourites"})):
        assert "Nothing was found" in told(await history(world, actor, **options))
    for kind in ("reroll", "remix", "more", "favourite", "show-again"):
        refused = await world.pry(world.ben, gone, f"{kind}:1:{job_of(picture)}")
        assert "has deleted it" in told(refused)
    world.env.inject_error("PATCH", "/channels/*", status=500, code=0, message="away", times=None)
    once_more = await world.pry(world.ada, gone, f"delete:1:{job_of(picture)}")
    await world.press(world.ada, world.message(once_more), "Delete for good")
    assert "Done" in told(once_more)


@in_world()
async def test_staff_delete_from_more_as_a_removal_with_its_record_and_nobody_else_does(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    for custom_id in (f"delete:1:{job_of(picture)}", f"delete-anyway:1:{job_of(picture)}"):
        assert "Only this server's staff" in told(await world.pry(world.ben, picture, custom_id))
    asked = await world.press(world.mod, world.message(await more(world, world.mod, picture)), "Delete")
    assert "as staff" in told(asked)
    await world.press(world.mod, world.message(asked), "Delete for good")
    await world.env.settle()
    assert "Removed by staff" in words(now(world, picture))
    assert "removed by staff" in told(await world.pry(world.ada, picture, f"delete:1:{job_of(picture)}"))


@in_world()
async def test_a_hidden_picture_is_staffs_to_look_at_first(world: World) -> None:
    await world.decree("reports_to_hide", 1)
    picture = await world.picture(world.ada)
    page = await history(world, world.ada)
    await report(world, picture, world.ben)
    for kind in ("delete", "delete-anyway"):
        assert "hidden until staff look" in told(await press_on(world, world.ada, page, "delete", picture))
        assert kind in "".join(custom_ids(page)) or kind == "delete-anyway"
    assert "hidden until staff look" in told(await press_on(world, world.ada, page, "show-again", picture))
    assert "Nothing was found" in told(await history(world, world.ada))


@in_world()
async def test_a_bold_picture_is_neither_seen_nor_shown_where_it_would_not_be_made(world: World) -> None:
    world.age_restrict()
    picture = await world.picture(world.ada, safety_tolerance=5)
    inside = await history(world, world.ada)
    assert len(shown(world, inside)) == 1
    world.age_restrict(restricted=False)
    outside = await history(world, world.ada)
    assert "too bold to be seen in this channel" in told(outside)
    assert shown(world, outside) == []
    refused = await press_on(world, world.ada, inside, "show-again", picture)
    assert "`safety_tolerance` 5 is more than the 2" in told(refused)


@in_world()
async def test_a_picture_shown_again_is_a_spoiler_where_it_would_be_one_now(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.decree("spoiler_from", 2)
    await press_on(world, world.ada, await history(world, world.ada), "show-again", picture)
    copy = world.channel.last_message
    assert copy is not None
    assert gallery(copy)[0]["spoiler"] is True


@in_world()
async def test_what_failed_is_no_favourite_and_cannot_be_deleted(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    waiting, job = world.message(asked), f"{asked._interaction.id}-0"
    for kind in ("favourite", "delete", "show-again"):
        assert "Too late" in told(await world.pry(world.ada, waiting, f"{kind}:1:{job}"))
    panel = await world.pry(world.ada, waiting, f"more:1:{job}")
    assert "Delete" not in buttons(panel.response)
    world.endpoint.release()
    await world.finish()


@in_world()
async def test_who_lost_a_channel_sees_and_shows_nothing_of_it_any_more(world: World) -> None:
    artists = world.role("artists", world.ben, world.ada)
    hall, secret = world.channel, world.elsewhere()
    nobody, some = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    everyone = world.guild.default_role
    me = world.guild.me
    assert me is not None
    secret.guild, secret.ada = world.guild, world.ada
    secret.channel = world.guild.create_text_channel("secret", overwrites={everyone: nobody, artists: some, me: some})
    picture = await secret.picture(world.ada, "a secret fox")
    await favoured(secret, world.ben, picture)
    assert shown(world, await history(world, world.ben, show="favourites")) == [f"{job_of(picture)}.png"]
    for member in (world.ben, world.ada):
        world.withdraw_role(member, artists)
    page = await history(world, world.ben, show="favourites")
    assert shown(world, page) == []
    assert "you may no longer see" in told(page)
    for hidden in ("secret", str(secret.channel.id), str(picture.id), f"<@{world.ada.id}>"):
        assert hidden not in told(page)
    assert buttons(page.response) == []
    before = len(hall.history())
    refused = await world.pry(world.ben, world.message(page), f"show-again:1:{job_of(picture)}")
    assert "you may no longer see" in told(refused)
    assert len(hall.history()) == before
    own = await history(world, world.ada)
    assert shown(world, own) == [f"{job_of(picture)}.png"]
    assert "a secret fox" in told(own)
    assert "Here it is" in told(await press_on(world, world.ada, own, "show-again", picture))
