"""What people choose, as the real discord.py resolves it."""

from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Interaction, Member, Right, Upload
from standins.discord.reading import texts
from tests.standins.discord.bots import Caller

CAT = Upload("cat.png", b"cat")


def words(told: Interaction) -> str:
    assert told.response is not None
    content: str = told.response["content"]
    return content


@pytest.fixture
def ben(guild: Guild) -> Member:
    return guild.member("ben")


@pytest.mark.usefixtures("bot")
async def test_every_kind_of_option_is_given(guild: Guild, channel: Channel, ada: Member, ben: Member) -> None:
    role = guild.role("painter")
    options: dict[str, Any] = {"member": ben, "user": ada, "role": role, "channel": channel, "anything": role}
    told = await ada.slash(channel, "everything", **options, flag=True, share=0.5, file=CAT)
    assert words(told) == (
        "Member:ben Member:ada Role:painter TextChannel:art Role:painter bool:True float:0.5 str:cat.png 3"
    )


@pytest.mark.usefixtures("bot")
async def test_somebody_who_left_is_a_user_and_no_member(
    guild: Guild, channel: Channel, ada: Member, ben: Member
) -> None:
    ben.leave()
    everyone = str(guild.id)
    options: dict[str, Any] = {"member": ada, "user": ben, "role": everyone, "channel": channel, "anything": ada}
    told = await ada.slash(channel, "everything", **options, flag=False, share=1.0, file=CAT)
    assert words(told).startswith("Member:ada User:ben Role:@everyone")


@pytest.mark.usefixtures("bot")
async def test_choices_are_offered_while_typing(channel: Channel, ada: Member) -> None:
    looked = await ada.complete(channel, "find", "place", place="a ")
    assert looked.choices == [{"name": "a one", "value": "one"}, {"name": "a two", "value": "two"}]
    with pytest.raises(LookupError):
        await ada.complete(channel, "hello", "name", name="A")


@pytest.mark.usefixtures("bot")
async def test_menus_are_used_on_people_and_on_messages(
    guild: Guild, channel: Channel, ada: Member, ben: Member
) -> None:
    ben.give(guild.role("painter"))
    assert words(await ada.use_on_member(channel, ben, "Greet")) == "Member:ben Role:painter"
    posted = ben.post(channel, "look at this", CAT, Upload("dog.png", b"doggy"))
    assert words(await ada.use_on(posted, "Files")) == "ben look at this [3, 5]"
    with pytest.raises(LookupError):
        await ada.use_on(posted, "Greet")


@pytest.mark.usefixtures("bot")
async def test_every_kind_of_select_is_used(guild: Guild, channel: Channel, ada: Member, ben: Member) -> None:
    role, hall = guild.role("painter"), guild.channel("hall", kind=2)
    panel = (await ada.slash(channel, "panel")).response
    assert panel is not None
    assert words(await ada.choose(panel, "user", [ada, ben])) == "Member:ada Member:ben"
    assert words(await ada.choose(panel, "role", [role])) == "Role:painter"
    assert words(await ada.choose(panel, "any", [role, ben])) == "Member:ben Role:painter"
    assert words(await ada.choose(panel, "channel", [channel])) == "AppCommandChannel:art"
    for custom_id, values in (("user", [ada, ben, ada]), ("user", []), ("user", [ada, ada]), ("channel", [hall])):
        with pytest.raises(ValueError, match=r"takes|offered"):
            await ada.choose(panel, custom_id, values)
    with pytest.raises(LookupError):
        await ada.choose(panel, "role", [1])


@pytest.mark.usefixtures("bot")
async def test_a_form_takes_people_places_and_files(guild: Guild, channel: Channel, ada: Member, ben: Member) -> None:
    role, opened = guild.role("painter"), await ada.slash(channel, "ask", form="everything")
    given: dict[str, Any] = {"user": ben, "channel": channel, "file": [CAT, Upload("dog.png", b"dog")]}
    with pytest.raises(ValueError, match="takes 1"):
        await ada.submit(opened, given | {"user": []})
    told = await ada.submit(opened, given)
    assert words(told) == "Member:ben |  | AppCommandChannel:art | str:cat.png str:dog.png"
    again = await ada.slash(channel, "ask", form="everything")
    assert "Role:painter" in words(await ada.submit(again, given | {"role": role}))


@pytest.mark.usefixtures("bot")
async def test_a_form_takes_choices(channel: Channel, ada: Member) -> None:
    opened = await ada.slash(channel, "ask", form="choices")
    too_many: list[dict[str, Any]] = [{"boxes": ["a", "b", "c"]}, {"boxes": []}, {"radio": ["a", "b"], "boxes": "a"}]
    for wrong in too_many:
        with pytest.raises(ValueError, match="takes"):
            await ada.submit(opened, wrong)
    with pytest.raises(LookupError):
        await ada.submit(opened, {"boxes": "d"})
    told = await ada.submit(opened, {"boxes": ["a", "c"]})
    assert words(told) == "NoneType:None list:['a', 'c'] bool:False str:as it was list:['b']"
    again = await ada.slash(channel, "ask", form="choices")
    told = await ada.submit(again, {"radio": "a", "boxes": "b", "box": True, "text": "new", "select": "a"})
    assert words(told) == "str:a list:['b'] bool:True str:new list:['a']"


async def test_resolved_data_has_the_documented_parts(
    guild: Guild, caller: Caller, channel: Channel, ada: Member, ben: Member
) -> None:
    options = [{"type": kind, "name": f"o{kind}", "description": "x"} for kind in (6, 7, 8, 9, 11)]
    await caller.sync({"name": "all", "description": "x", "options": options})
    role, thread = guild.role("painter"), channel.thread("talk")
    given: dict[str, Any] = {"o6": ben, "o7": thread, "o8": role, "o9": ada, "o11": CAT}
    data = ada.begin_slash(channel, "all", **given).state.data
    resolved = data["resolved"]
    assert set(resolved) == {"users", "members", "roles", "channels", "attachments"}
    assert set(resolved["users"]) == set(resolved["members"]) == {str(ada.id), str(ben.id)}
    member = resolved["members"][str(ben.id)]
    assert "permissions" in member
    assert not {"user", "deaf", "mute"} & set(member)
    place = resolved["channels"][str(thread.id)]
    assert (place["parent_id"], place["type"]) == (str(channel.id), 11)
    assert {"permissions", "app_permissions", "thread_metadata"} <= set(place)
    [file] = resolved["attachments"].values()
    assert (file["ephemeral"], file["size"]) == (True, 3)


async def test_a_person_uploads_only_what_they_may(caller: Caller, discord_: Discord) -> None:
    guild = discord_.guild("Small", upload_limit=10)
    channel, ada, rich = guild.channel("art"), guild.member("ada"), guild.member("rich", upload_limit=100)
    option = {"type": 11, "name": "file", "description": "x", "file_types": ["image", ".PDF"]}
    told = await caller.sync({"name": "edit", "description": "x", "options": [option]})
    assert told.status == 200, discord_.violations
    for name in ("a.PNG", "a.pdf"):
        ada.begin_slash(channel, "edit", file=Upload(name, b"x"))
    with pytest.raises(ValueError, match="none of"):
        ada.begin_slash(channel, "edit", file=Upload("a.txt", b"x"))
    with pytest.raises(ValueError, match="larger"):
        ada.begin_slash(channel, "edit", file=Upload("a.png", bytes(11)))
    rich.begin_slash(channel, "edit", file=Upload("a.png", bytes(100)))


async def test_a_channel_that_one_does_not_see_cannot_be_chosen(
    guild: Guild, caller: Caller, channel: Channel, ada: Member
) -> None:
    option = {"type": 7, "name": "where", "description": "x", "channel_types": [0]}
    await caller.sync({"name": "go", "description": "x", "options": [option]})
    hidden = guild.channel("staff")
    hidden.overwrite(guild, deny=Right.VIEW_CHANNEL)
    with pytest.raises(LookupError):
        ada.begin_slash(channel, "go", where=hidden)
    with pytest.raises(ValueError, match="offered"):
        ada.begin_slash(channel, "go", where=channel.thread("talk"))
    assert guild.owner.begin_slash(channel, "go", where=hidden).id


@pytest.mark.usefixtures("bot")
async def test_a_panel_reads_as_it_was_written(channel: Channel, ada: Member) -> None:
    await ada.slash(channel, "panel")
    [shown] = channel.messages
    assert texts(shown) == ""
    rows = [it["components"][0] for it in shown["components"]]
    assert [(it["type"], it["min_values"], it["max_values"]) for it in rows] == [
        (5, 1, 2),
        (6, 0, 1),
        (7, 1, 2),
        (8, 1, 1),
    ]
