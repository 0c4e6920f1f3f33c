import asyncio
from typing import Final

import aiohttp
import discord
import structlog
from discord.ui import ActionRow, Item, LayoutView, TextDisplay
from typing_extensions import override

from bot.domain.alerts import Notice
from bot.domain.reports import Report
from bot.ports import OperatorDesk
from bot.ui.belonging import belongs
from bot.ui.buttons import BlockAskerButton, DismissButton, RemoveButton
from bot.ui.words import about as words
from bot.ui.words import alerts

_log = structlog.get_logger(__name__)

REPORT_SECONDS: Final = 10


class DiscordDesk(OperatorDesk):
    """The operator's channel; without one, what concerns the operator stands in the log alone."""

    def __init__(self, bot: discord.Client, channel: int | None) -> None:
        self._bot = bot
        self._channel = channel

    @override
    async def alert(self, notice: Notice) -> bool:
        return self._channel is None or await self._post(self._channel, alerts.alert(notice))

    @override
    async def report(self, report: Report, channel: int | None) -> bool:
        about = {"job": report.job.id, "guild": report.job.guild, "reporter": report.reporter}
        row: ActionRow[LayoutView] = ActionRow()
        for button in (DismissButton, RemoveButton, BlockAskerButton):
            row.add_item(button(report.job.id))
        told = channel is not None and await self._post(channel, words.report(report), row, guild=report.job.guild)
        if not told and self._channel is not None:
            told = await self._post(self._channel, words.report(report))
        if not told:
            _log.warning("picture reported", **about, reason=report.reason)
            return False
        _log.info("picture reported", **about)
        return True

    async def _post(self, channel: int, text: str, *items: Item[LayoutView], guild: int | None = None) -> bool:
        """`guild` is whose channel it has to be; the operator's own is nobody's choice but theirs."""
        view = LayoutView(timeout=None)
        view.add_item(TextDisplay(text))
        for item in items:
            view.add_item(item)
        try:
            async with asyncio.timeout(REPORT_SECONDS):
                if guild is not None and not await belongs(self._bot, guild, channel):
                    _log.warning("the channel for reports is not the server's", guild=guild)
                    return False
                await self._bot.get_partial_messageable(channel).send(view=view)
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            _log.error("a channel for reports and alerts took nothing", trouble=type(error).__name__)
            return False
        return True
