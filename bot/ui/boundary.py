"""Where every door's errors end: tree, buttons, modals and the catch-all lead to one `report`."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.domain.refusals import RefusalError
from bot.ui.services import Interaction
from bot.ui.words.errors import incident
from bot.ui.words.refusals import refusal

ANSWER_SECONDS: Final = 10
UNKNOWN_INTERACTION: Final = 10062

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def answering(interaction: Interaction) -> AsyncIterator[None]:
    """Whatever happens inside, the person at the door gets an answer, and nothing is raised."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the boundary
        await report(interaction, error)


async def report(interaction: Interaction, error: Exception) -> None:
    """Tell the person in private; what nobody foresaw goes to the log under a number that they are given."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, RefusalError):
        _log.info("refused", interaction=interaction.id, reason=type(cause).__name__)
        await tell(interaction, refusal(cause))
        return
    if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
        _log.warning("too late to answer", interaction=interaction.id)
        return
    number = secrets.token_hex(4)
    _log.error("incident", incident=number, interaction=interaction.id, exc_info=cause)
    await tell(interaction, incident(number))


async def tell(interaction: Interaction, text: str, *items: discord.ui.Item[discord.ui.LayoutView]) -> None:
    """Answer in private; where Discord no longer takes the answer, the log has to do."""
    view = _page(text, *items)
    async with _answered_in_time(interaction):
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


async def retell(interaction: Interaction, text: str, *items: discord.ui.Item[discord.ui.LayoutView]) -> None:
    """Answer a press on a private message in its place, so that its old buttons are gone."""
    async with _answered_in_time(interaction):
        await interaction.response.edit_message(view=_page(text, *items))


def _page(text: str, *items: discord.ui.Item[discord.ui.LayoutView]) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(text))
    for item in items:
        view.add_item(item)
    # Our buttons need no listening view; discord.py keeps one behind each private answer for 15 minutes, with a task.
    view.stop()
    return view


@asynccontextmanager
async def _answered_in_time(interaction: Interaction) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            yield
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.warning("nobody could be told", interaction=interaction.id, reason=type(error).__name__)
