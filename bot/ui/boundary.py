"""Where every door's errors end: tree, buttons, modals and the catch-all lead to one `report`."""

import asyncio
import io
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

import aiohttp
import discord
import structlog
from discord import InteractionResponseType, app_commands
from discord.ui import Item, LayoutView

from bot.domain.refusals import RefusalError
from bot.ui.forms import prompt_of
from bot.ui.services import Interaction
from bot.ui.words.errors import YOUR_WORDS, incident
from bot.ui.words.refusals import refusal

ANSWER_SECONDS: Final = 10
UNKNOWN_INTERACTION: Final = 10062
GIVEN_BACK: Final = 1500
"""Characters of a prompt beside the reason why it comes back; what is longer is a file."""

_log = structlog.get_logger(__name__)


class Attached(NamedTuple):
    name: str
    text: str


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
        await give_back(interaction, refusal(cause))
        return
    if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
        _log.warning("too late to answer", interaction=interaction.id)
        return
    number = secrets.token_hex(4)
    _log.error("incident", incident=number, interaction=interaction.id, exc_info=cause)
    await give_back(interaction, incident(number))


async def give_back(interaction: Interaction, text: str) -> None:
    """Tell the person, and return the prompt that they typed, where it is gone from their screen."""
    prompt = prompt_of(interaction)
    if not prompt.strip():
        await tell(interaction, text)
    elif len(prompt) <= GIVEN_BACK and "```" not in prompt:
        await tell(interaction, f"{text}\n{YOUR_WORDS}\n```\n{prompt}\n```")
    else:
        await tell_with_file(interaction, f"{text}\n{YOUR_WORDS}", Attached("prompt.txt", prompt))


async def tell(interaction: Interaction, text: str, *items: Item[LayoutView]) -> None:
    """Answer in private; where Discord no longer takes the answer, the log has to do."""
    await _send(interaction, page(text, *items))


async def tell_with_file(interaction: Interaction, text: str, attached: Attached, *items: Item[LayoutView]) -> None:
    """The same, with what is too long to be read on a message."""
    await _send(interaction, page(text, _shown(attached), *items), _file(attached))


async def retell(interaction: Interaction, text: str, *items: Item[LayoutView]) -> None:
    """Answer a press on a private message in its place, so that its old buttons are gone."""
    async with _answered_in_time(interaction):
        await interaction.response.edit_message(view=page(text, *items))


async def retell_with_file(interaction: Interaction, text: str, attached: Attached, *items: Item[LayoutView]) -> None:
    async with _answered_in_time(interaction):
        view = page(text, _shown(attached), *items)
        await interaction.response.edit_message(view=view, attachments=[_file(attached)])


def _shown(attached: Attached) -> Item[LayoutView]:
    return discord.ui.File(f"attachment://{attached.name}")


def _file(attached: Attached) -> discord.File:
    return discord.File(io.BytesIO(attached.text.encode()), filename=attached.name)


async def _send(interaction: Interaction, view: LayoutView, *files: discord.File) -> None:
    async with _answered_in_time(interaction):
        if interaction.response.type is InteractionResponseType.deferred_channel_message:
            # In its place: whatever was said there meanwhile is no longer true.
            await interaction.edit_original_response(view=view, attachments=list(files))
        elif interaction.response.is_done():
            await interaction.followup.send(view=view, files=files, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, files=files, ephemeral=True)


async def complete(interaction: Interaction, text: str) -> None:
    """Put the answer in the place of one that was deferred, or of a former one."""
    async with _answered_in_time(interaction):
        await interaction.edit_original_response(view=page(text))


def page(text: str, *items: Item[LayoutView]) -> LayoutView:
    view = LayoutView(timeout=None)
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
