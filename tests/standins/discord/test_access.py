"""Who may do what, where: the documented order of rights, and who sees a command."""

from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Member, Right
from standins.discord.rights import ALL, NONE
from tests.standins.discord.bots import COMMAND, Caller

SEEN = {"name": "seen", "description": "For some"}


def allowed(member: Member, channel: Channel, command: str = "paint") -> bool:
    try:
        member.begin_slash(channel, command)
    except PermissionError:
        return False
    return True


def told_rights(member: Member, channel: Channel) -> Right:
    """What the bot hears of a member's rights."""
    return channel.state.rights(channel.state.guild.members[member.id])


async def test_overwrites_come_in_their_order(guild: Guild, channel: Channel) -> None:
    painter, guest = guild.role("painter"), guild.role("guest")
    ada = guild.member("ada", roles=[painter, guest])
    sends = Right.SEND_MESSAGES

    def may() -> bool:
        return bool(told_rights(ada, channel) & sends)

    assert may()
    channel.overwrite(guild, deny=sends)
    assert not may()
    channel.overwrite(painter, allow=sends)
    channel.overwrite(guest, deny=sends)
    assert may()  # what one role is given, another does not take away
    channel.overwrite(ada, deny=sends)
    assert not may()
    channel.overwrite(ada)
    assert may()
    channel.overwrite(guild, deny=Right.VIEW_CHANNEL)
    assert told_rights(ada, channel) == NONE


async def test_owners_and_administrators_may_everything(guild: Guild, channel: Channel) -> None:
    channel.overwrite(guild, deny=Right.VIEW_CHANNEL)
    admin = guild.member("admin", permissions=Right.ADMINISTRATOR)
    assert told_rights(guild.owner, channel) == told_rights(admin, channel) == ALL


async def test_the_bot_hears_of_rights_in_the_channel(
    guild: Guild, caller: Caller, channel: Channel, ada: Member
) -> None:
    assert caller.discord.portal.commands
    channel.overwrite(ada, allow=Right.MANAGE_MESSAGES)
    channel.forbid(Right.EMBED_LINKS)
    payload = _payload(ada, channel.thread("talk"))
    assert Right(int(payload["member"]["permissions"])) & Right.MANAGE_MESSAGES
    assert not Right(int(payload["app_permissions"])) & Right.EMBED_LINKS
    assert payload["channel"]["parent_id"] == str(channel.id)
    elsewhere = _payload(ada, guild.channel("hall"))
    assert not Right(int(elsewhere["member"]["permissions"])) & Right.MANAGE_MESSAGES
    assert Right(int(elsewhere["app_permissions"])) & Right.EMBED_LINKS


async def test_the_bot_hears_who_asks_and_how_they_speak(discord_: Discord, caller: Caller) -> None:
    assert caller.discord is discord_
    guild = discord_.guild("Werkstatt", locale="de", upload_limit=1000)
    role = guild.role("painter")
    ada = guild.member("ada", locale="fr", roles=[role], upload_limit=5000)
    payload = _payload(ada, guild.channel("art"))
    assert (payload["locale"], payload["guild_locale"]) == ("fr", "de")
    assert payload["member"]["roles"] == [str(role.id)]
    assert payload["attachment_size_limit"] == 5000
    assert payload["authorizing_integration_owners"] == {"0": str(guild.id)}
    assert payload["context"] == 0
    ada.take(role)
    assert _payload(ada, guild.channel("hall"))["member"]["roles"] == []


async def test_who_does_not_see_a_channel_does_nothing_there(caller: Caller, channel: Channel, ada: Member) -> None:
    posted = (await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})).json
    channel.overwrite(ada, deny=Right.VIEW_CHANNEL)
    assert not allowed(ada, channel)
    with pytest.raises(PermissionError):
        ada.begin_press(posted, label="Go")
    stranger = caller.discord.guild("Elsewhere").member("eve")
    assert not allowed(stranger, channel)


async def test_commands_need_a_right_of_their_own(caller: Caller, channel: Channel, ada: Member) -> None:
    assert caller.discord.portal.commands
    assert allowed(ada, channel)
    channel.overwrite(ada, deny=Right.USE_APPLICATION_COMMANDS)
    assert not allowed(ada, channel)


@pytest.mark.parametrize(
    ("needed", "permissions", "sees"),
    [
        (None, NONE, True),
        (Right.MANAGE_GUILD, NONE, False),
        (Right.MANAGE_GUILD, Right.MANAGE_GUILD, True),
        (0, Right.MANAGE_GUILD, False),
        (0, Right.ADMINISTRATOR, True),
    ],
)
async def test_a_command_is_for_those_with_its_rights(
    guild: Guild, caller: Caller, channel: Channel, needed: int | None, permissions: Right, *, sees: bool
) -> None:
    await caller.sync(SEEN | {"default_member_permissions": needed})
    assert allowed(guild.member("ada", permissions=permissions), channel, "seen") is sees


async def test_administrators_say_otherwise(guild: Guild, caller: Caller, channel: Channel, ada: Member) -> None:
    await caller.sync(SEEN | {"default_member_permissions": 0}, COMMAND)
    painter = guild.role("painter")
    ben = guild.member("ben", roles=[painter])
    guild.permit("seen", painter, allowed=True)
    assert allowed(ben, channel, "seen")
    assert not allowed(ada, channel, "seen")
    guild.permit("seen", ben, allowed=False)
    assert not allowed(ben, channel, "seen")
    guild.permit("paint", channel, allowed=False)
    assert not allowed(ada, channel)
    assert allowed(ada, guild.channel("hall"))
    guild.permit("paint", guild, allowed=False)
    assert not allowed(ada, guild.channel("attic"))


async def test_some_commands_need_an_age_restricted_channel(caller: Caller, channel: Channel, ada: Member) -> None:
    await caller.sync(SEEN | {"nsfw": True})
    assert not allowed(ada, channel, "seen")
    channel.restrict_age()
    assert allowed(ada, channel, "seen")


async def test_a_command_is_for_its_places(caller: Caller, discord_: Discord, channel: Channel, ada: Member) -> None:
    await caller.sync(SEEN | {"contexts": [1]}, COMMAND | {"contexts": [0]})
    private = discord_.direct(ada)
    assert (allowed(ada, channel, "seen"), allowed(ada, private, "seen")) == (False, True)
    assert (allowed(ada, channel), allowed(ada, private)) == (True, False)


async def test_a_direct_message_has_no_guild(caller: Caller, discord_: Discord, ada: Member) -> None:
    assert caller.discord is discord_
    payload = _payload(ada, discord_.direct(ada))
    assert not {"guild", "guild_id", "guild_locale", "member"} & set(payload)
    assert payload["user"]["id"] == str(ada.id)
    assert (payload["context"], payload["authorizing_integration_owners"]) == (1, {"0": "0"})
    assert payload["channel"]["type"] == 1


async def test_who_brings_the_bot_along_gets_five_messages_more(caller: Caller, discord_: Discord) -> None:
    elsewhere = discord_.guild("Elsewhere", joined=False)
    channel, ada = elsewhere.channel("art"), elsewhere.member("ada")
    await caller.sync(COMMAND | {"integration_types": [0, 1]})
    assert not allowed(ada, channel)
    ada.install()
    asked = ada.begin_slash(channel, "paint")
    assert asked.state.owners == {"1": str(ada.id)}
    await caller.answer(asked, {"type": 4, "data": {"content": "first"}})
    told = []
    for turn in range(6):
        told.append(await caller.with_token("POST", asked, {"content": str(turn)}))
        discord_.advance(1)
    assert [it.status for it in told] == [200] * 5 + [400]
    assert told[5].code == 40094
    # Editing is no further message.
    assert (await caller.with_token("PATCH", asked, {"content": "changed"})).status == 200


async def test_where_the_bot_is_at_home_it_writes_on(
    caller: Caller, discord_: Discord, channel: Channel, ada: Member
) -> None:
    asked = ada.begin_slash(channel, "paint")
    await caller.answer(asked, {"type": 4, "data": {"content": "first"}})
    for turn in range(7):
        assert (await caller.with_token("POST", asked, {"content": str(turn)})).status == 200
        discord_.advance(1)


def _payload(member: Member, channel: Channel) -> dict[str, Any]:
    platform = member._platform
    return platform.interactions.payload(member.begin_slash(channel, "paint").state)
