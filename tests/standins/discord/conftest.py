from collections.abc import AsyncIterator
from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Interaction, Member
from tests.standins.discord.bots import COMMAND, OPENAPI, Caller, asked, calling, connected


@pytest.fixture
async def discord_() -> AsyncIterator[Discord]:
    """Underlined, for the library has the same name."""
    async with Discord(token="a-token", openapi=OPENAPI) as discord_:
        yield discord_


@pytest.fixture
def guild(discord_: Discord) -> Guild:
    return discord_.guild("Atelier")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.channel("art")


@pytest.fixture
def ada(guild: Guild) -> Member:
    return guild.member("ada")


@pytest.fixture
async def bot(discord_: Discord, guild: Guild, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """At work in the guild. Whatever it does, it must break no rule."""
    assert guild.id in discord_.gateway.guilds
    async with connected(discord_, monkeypatch) as bot:
        yield bot
    assert [str(it) for it in discord_.violations] == []


@pytest.fixture
async def caller(discord_: Discord) -> AsyncIterator[Caller]:
    async with calling(discord_) as caller:
        await caller.sync(COMMAND)
        yield caller


@pytest.fixture
def order(caller: Caller, ada: Member, channel: Channel) -> Interaction:
    """A command that nobody answered yet."""
    assert caller.discord.portal.commands
    return asked(ada, channel)
