import asyncio
from collections.abc import Sequence
from typing import Final

import discord
import structlog
from discord.ui import LayoutView, TextDisplay
from typing_extensions import override

from bot.domain.news import News
from bot.ports import LogDesk
from bot.ui.belonging import belongs
from bot.ui.ladder import TROUBLE, UNKNOWN_CHANNEL, code_of
from bot.ui.words import log as words

_log = structlog.get_logger(__name__)

POST_SECONDS: Final = 10


class DiscordLogDesk(LogDesk):
    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    @override
    async def post(self, guild: int, channel: int, news: Sequence[News]) -> str | None:
        view = LayoutView(timeout=None)
        lines = "\n".join(words.entry(it) for it in news)
        view.add_item(TextDisplay(f"**{words.TITLES[news[0].family]}**\n{lines}"))
        try:
            async with asyncio.timeout(POST_SECONDS):
                if not await belongs(self._bot, guild, channel):
                    return words.FAULTS[UNKNOWN_CHANNEL]
                await self._bot.get_partial_messageable(channel, guild_id=guild).send(view=view)
        except TROUBLE as error:
            _log.info("a log channel took nothing", guild=guild, reason=type(error).__name__, code=code_of(error))
            return words.FAULTS.get(code_of(error) or 0, words.OTHER_FAULT)
        return None
