"""Guilds, channels, roles and members: what the bot hears of them, and what it can look up."""

import discord
import pytest

from standins.discord import Channel, Discord, Guild, Member, Right
from standins.discord.rights import NONE
from standins.discord.rules.description import Description
from tests.standins.discord.bots import OPENAPI, Caller
from tests.standins.discord.lines import dialled


async def test_the_bot_is_removed_and_invited_again(
    discord_: Discord, bot: discord.Client, guild: Guild, channel: Channel, ada: Member
) -> None:
    assert bot.get_guild(guild.id) is not None
    guild.remove_bot()
    other = discord_.guild("Elsewhere")
    await other.member("eve").slash(other.channel("art"), "hello", name="Eve")
    assert bot.get_guild(guild.id) is None
    with pytest.raises(PermissionError):
        ada.begin_slash(channel, "hello", name="Ada")
    guild.invite_bot()
    assert (await ada.slash(channel, "hello", name="Ada")).acknowledged is not None
    assert bot.get_guild(guild.id) is not None


async def test_an_outage_is_no_removal(discord_: Discord, guild: Guild) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        await line.hear_of("GUILD_CREATE")
        guild.fail()
        assert await line.hear_of("GUILD_DELETE") == {"id": str(guild.id), "unavailable": True}
        guild.recover()
        assert (await line.hear_of("GUILD_CREATE"))["unavailable"] is False
        guild.remove_bot()
        assert await line.hear_of("GUILD_DELETE") == {"id": str(guild.id)}


async def test_a_guild_with_an_outage_is_not_there_at_the_start(discord_: Discord, guild: Guild) -> None:
    guild.fail()
    other = discord_.guild("Other")
    async with dialled(discord_) as line:
        assert len((await line.begin())["guilds"]) == 2
        assert (await line.hear_of("GUILD_CREATE"))["id"] == str(other.id)


async def test_a_guild_without_the_bot_is_closed_to_it(caller: Caller, guild: Guild, channel: Channel) -> None:
    guild.remove_bot()
    told = await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})
    assert (told.status, told.code) == (403, 50001)
    told = await caller.ask("GET", f"/guilds/{guild.id}")
    assert (told.status, told.code) == (404, 10004)
    assert (await caller.ask("GET", "/users/@me/guilds")).json == []


async def test_the_bot_leaves_by_itself(discord_: Discord, caller: Caller, guild: Guild) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        assert (await caller.ask("DELETE", f"/users/@me/guilds/{guild.id}")).status == 204
        assert await line.hear_of("GUILD_DELETE") == {"id": str(guild.id)}
    assert guild.id not in discord_.gateway.guilds


async def test_channels_and_threads_come_and_go(
    discord_: Discord, caller: Caller, guild: Guild, channel: Channel, ada: Member
) -> None:
    thread = channel.thread("talk", private=True)
    posted = ada.post(thread, "hello")
    async with dialled(discord_) as line:
        await line.begin()
        [told] = (await line.hear_of("GUILD_CREATE"))["threads"]
        assert (told["parent_id"], told["type"]) == (str(channel.id), 12)
        channel.restrict_age()
        assert (await line.hear_of("CHANNEL_UPDATE"))["nsfw"] is True
        channel.overwrite(guild, deny=Right.SEND_MESSAGES)
        [overwrite] = (await line.hear_of("CHANNEL_UPDATE"))["permission_overwrites"]
        assert overwrite == {"id": str(guild.id), "type": 0, "allow": "0", "deny": "2048"}
        channel.delete()
        assert (await line.hear_of("CHANNEL_DELETE"))["id"] == str(channel.id)
    for place in (channel, thread):
        told = await caller.ask("GET", f"/channels/{place.id}/messages/{posted['id']}")
        assert (told.status, told.code) == (404, 10003)
    assert guild.state.channels == []


async def test_roles_come_and_go(discord_: Discord, guild: Guild) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        await line.hear_of("GUILD_CREATE")
        role = guild.role("painter", Right.MANAGE_MESSAGES)
        ada = guild.member("ada", roles=[role])
        assert (await line.hear_of("GUILD_ROLE_CREATE"))["role"]["permissions"] == "8192"
        guild.remove_role(role)
        assert (await line.hear_of("GUILD_ROLE_DELETE"))["role_id"] == str(role.id)
        guild.empower(Right.VIEW_CHANNEL)
        assert (await line.hear_of("GUILD_ROLE_UPDATE"))["role"]["permissions"] == "1024"
    assert ada.state.roles == []
    assert guild.state.me.rights & Right.MANAGE_MESSAGES == 0


async def test_guilds_are_looked_up_as_the_description_says(
    caller: Caller, guild: Guild, channel: Channel, ada: Member
) -> None:
    guild.role("painter")
    channel.overwrite(ada, allow=Right.MANAGE_MESSAGES)
    thread, description = channel.thread("talk"), Description.load(OPENAPI)
    told = {
        "GuildRoleResponse": (await caller.ask("GET", f"/guilds/{guild.id}/roles")).json,
        "GuildMemberResponse": [(await caller.ask("GET", f"/guilds/{guild.id}/members/{ada.id}")).json],
        "MyGuildResponse": (await caller.ask("GET", "/users/@me/guilds")).json,
        "UserResponse": [(await caller.ask("GET", f"/users/{ada.id}")).json],
        "GuildChannelResponse": (await caller.ask("GET", f"/guilds/{guild.id}/channels")).json,
        "ThreadResponse": [(await caller.ask("GET", f"/channels/{thread.id}")).json],
        "ApplicationCommandResponse": (await caller.sync({"name": "a", "description": "b"})).json,
        "GatewayBotResponse": [(await caller.ask("GET", "/gateway/bot")).json],
    }
    for schema, found in told.items():
        assert found
        assert [description.complaint(schema, it) for it in found] == [None] * len(found), schema
    assert [it["name"] for it in told["GuildRoleResponse"]] == ["@everyone", "imagine", "painter"]


@pytest.mark.parametrize(
    ("path", "code"), [("/guilds/1", 10004), ("/guilds/{guild}/members/1", 10007), ("/users/1", 10013)]
)
async def test_who_is_not_there_is_unknown(caller: Caller, guild: Guild, path: str, code: int) -> None:
    told = await caller.ask("GET", path.format(guild=guild.id))
    assert (told.status, told.code) == (404, code)


async def test_a_member_who_left_is_unknown(caller: Caller, guild: Guild, ada: Member) -> None:
    ada.leave()
    assert (await caller.ask("GET", f"/guilds/{guild.id}/members/{ada.id}")).code == 10007
    assert (await caller.ask("GET", f"/users/{ada.id}")).json["username"] == "ada"


@pytest.mark.parametrize(("limit", "tier"), [(10, 0), (50, 2), (100, 3)])
async def test_a_boosted_guild_says_so(caller: Caller, discord_: Discord, limit: int, tier: int) -> None:
    guild = discord_.guild("Boosted", upload_limit=limit * 1024 * 1024)
    assert (await caller.ask("GET", f"/guilds/{guild.id}")).json["premium_tier"] == tier


async def test_its_own_guilds_are_told_page_by_page(caller: Caller, discord_: Discord, guild: Guild) -> None:
    others = [discord_.guild(f"Guild {number}", joined=number != 1) for number in range(4)]
    guild.state.everybody = NONE
    guild.empower(Right.VIEW_CHANNEL)
    pages, after = list[list[str]](), 0
    while not pages or pages[-1]:
        page = (await caller.ask("GET", f"/users/@me/guilds?limit=2&after={after}")).json
        pages.append([it["id"] for it in page])
        after = int(page[-1]["id"]) if page else after
    here = sorted([guild.id, *(it.id for it in others if it.state.joined)])
    assert pages == [[str(it) for it in here[:2]], [str(it) for it in here[2:]], []]
    [last] = (await caller.ask("GET", f"/users/@me/guilds?limit=1&before={here[1]}")).json
    assert last["id"] == str(here[0])
    assert (await caller.ask("GET", "/users/@me/guilds?limit=201")).code == 50035
    told = {it["id"]: it["permissions"] for it in (await caller.ask("GET", "/users/@me/guilds")).json}
    assert told[str(guild.id)] == "1024"


async def test_a_guild_that_was_not_asked_for_commands_has_none(caller: Caller, guild: Guild) -> None:
    commands = f"/applications/{caller.discord.application_id}/guilds/{guild.id}/commands"
    assert (await caller.ask("GET", commands)).json == []
    guild.state.takes_commands = False
    assert (await caller.ask("GET", commands)).code == 50001
