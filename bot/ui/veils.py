"""One message on which a picture stands, changed to what lies over it."""

import asyncio
from typing import Any

import discord
import structlog
from discord.ui import LayoutView

from bot.domain.jobs import Job
from bot.ui.ladder import TROUBLE, UNKNOWN_MESSAGE, code_of
from bot.ui.ways import COURTESY_SECONDS

_log = structlog.get_logger(__name__)


async def put(message: discord.PartialMessage, job: Job, view: LayoutView) -> bool:
    """False where Discord did not take it."""
    # Hidden, the file stays with its message, where nothing shows it.
    kept: dict[str, Any] = {"attachments": []} if job.veil is not None and job.veil.takes_file else {}
    try:
        async with asyncio.timeout(COURTESY_SECONDS):
            await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none(), **kept)
    except TROUBLE as error:
        _log.warning("a picture could not be veiled", job=job.id, reason=type(error).__name__, code=code_of(error))
        return code_of(error) == UNKNOWN_MESSAGE
    return True
