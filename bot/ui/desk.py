import asyncio
from typing import Final

import aiohttp
import discord
import structlog
from discord.ui import LayoutView, TextDisplay
from typing_extensions import override

from bot.domain.circuit import Trouble
from bot.domain.reports import Report
from bot.ports import OperatorDesk
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
    async def alert(self, trouble: Trouble | None, before: Trouble | None) -> None:
        if self._channel is not None:
            await self._post(alerts.alert(trouble, before))

    @override
    async def report(self, report: Report) -> bool:
        about = {"job": report.job.id, "guild": report.job.guild, "reporter": report.reporter}
        if self._channel is None or not await self._post(words.report(report)):
            _log.warning("picture reported", **about, reason=report.reason)
            return False
        _log.info("picture reported", **about)
        return True

    async def _post(self, text: str) -> bool:
        view = LayoutView(timeout=None)
        view.add_item(TextDisplay(text))
        try:
            async with asyncio.timeout(REPORT_SECONDS):
                await self._bot.get_partial_messageable(self._channel or 0).send(view=view)
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            _log.error("the operator's channel took nothing", trouble=type(error).__name__)
            return False
        return True
