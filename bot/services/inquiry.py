from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.domain.checkup import (
    DiscordUnreachableError,
    Finding,
    Named,
    NoSuchChannelError,
    Note,
    Residence,
    TokenRefusedError,
    Unknown,
    Well,
    Wrong,
)
from bot.ports.checkup import Portal, Portals

MOST_ASKED: Final = 20
"""Guilds and channels that are asked about one by one: a bot that runs beside this shares Discord's 50 a second."""

Found = list[Finding]


class Inquiry:
    """What Discord is asked in a checkup."""

    def __init__(self, named: Named, portals: Portals, log_channels: Callable[[], Awaitable[Sequence[int]]]) -> None:
        self._named = named
        self._portals = portals
        self._log_channels = log_channels

    async def ask(self, found: Found) -> None:
        log_channels = await self._log_channels()
        try:
            async with self._portals.enter() as portal:
                found.append(Finding(Well.TOKEN, {"name": portal.application.name}))
                _judge_application(found, portal)
                await self._guilds(found, portal)
                await self._channels(found, portal, log_channels)
        except TokenRefusedError:
            found += [Finding(Wrong.TOKEN), Finding(Unknown.NOT_ASKED)]
        except DiscordUnreachableError as error:
            found += [Finding(Wrong.DISCORD, {"cause": error}), Finding(Unknown.NOT_ASKED)]

    async def _guilds(self, found: Found, portal: Portal) -> None:
        here = {it.guild: it async for it in portal.residences()}
        lacking = [it for it in here.values() if it.lacking]
        found += [Finding(Wrong.RIGHTS, {"guild": it.guild, "name": it.name, "rights": it.lacking}) for it in lacking]
        if not here:
            found.append(Finding(Note.NO_GUILDS))
        elif not lacking:
            found.append(Finding(Well.GUILDS, {"guilds": len(here)}))
        awaited = sorted((self._named.guilds or set()) - here.keys())
        found += [Finding(Note.GUILD_AWAITED, {"guild": guild}) for guild in awaited]
        self._judge_operator_guild(found, here)
        await self._commands(found, portal, list(here.values()))

    def _judge_operator_guild(self, found: Found, here: Mapping[int, Residence]) -> None:
        guild = self._named.operator_guild
        if guild is None:
            found.append(Finding(Note.NO_OPERATOR_GUILD))
        else:
            symptom = Well.OPERATOR_GUILD if guild in here else Wrong.OPERATOR_GUILD
            found.append(Finding(symptom, {"guild": guild}))

    async def _commands(self, found: Found, portal: Portal, here: Sequence[Residence]) -> None:
        asked = here[:MOST_ASKED]
        without = [it for it in asked if not await portal.takes_commands(it.guild)]
        found += [Finding(Wrong.SCOPE, {"guild": it.guild, "name": it.name}) for it in without]
        if asked and not without:
            found.append(Finding(Well.COMMANDS))
        if len(here) > len(asked):
            found.append(Finding(Note.NOT_ALL_ASKED, {"asked": len(asked), "of": len(here)}))

    async def _channels(self, found: Found, portal: Portal, log_channels: Sequence[int]) -> None:
        if self._named.operator_channel is None:
            found.append(Finding(Note.NO_OPERATOR_CHANNEL))
        else:
            await _judge_channel(found, portal, self._named.operator_channel, own=True)
        for channel in log_channels[:MOST_ASKED]:
            await _judge_channel(found, portal, channel, own=False)


def _judge_application(found: Found, portal: Portal) -> None:
    application = portal.application
    found.append(Finding(Note.PUBLIC if application.public else Well.PRIVATE))
    if application.privileged:
        found.append(Finding(Note.INTENTS))
    if application.needs_code:
        found.append(Finding(Wrong.CODE_GRANT))
    if application.interactions_url is not None:
        found.append(Finding(Wrong.INTERACTIONS_ELSEWHERE))
    if application.lacking:
        found.append(Finding(Wrong.INSTALL_LINK, {"lacking": application.lacking}))


async def _judge_channel(found: Found, portal: Portal, channel: int, *, own: bool) -> None:
    """`own` is the operator's, the others are guilds'."""
    facts = {"channel": channel, "own": own}
    try:
        lacking = await portal.lacking(channel)
    except NoSuchChannelError:
        found.append(Finding(Wrong.NO_CHANNEL, facts))
        return
    symptom = Wrong.CHANNEL_RIGHTS if lacking else Well.CHANNEL
    found.append(Finding(symptom, facts | {"rights": lacking}))
