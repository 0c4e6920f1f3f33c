"""The ways in which a card gets to a channel. Each gives the id of its message, or raises what Discord answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import discord
from discord.ui import LayoutView

from bot.ui.ladder import TROUBLE
from bot.ui.services import Interaction

ALREADY_ACKNOWLEDGED: Final = 40060
ANSWER_SECONDS: Final = 5
"""A little more than Discord waits for an answer."""
COURTESY_SECONDS: Final = 10

Way: TypeAlias = Callable[[LayoutView, list[discord.File]], Awaitable[int]]


async def answer(interaction: Interaction, view: LayoutView) -> int:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            answer = await interaction.response.send_message(view=view)
        if answer.message_id is not None:
            return answer.message_id
    except TROUBLE as error:
        if not may_have_got_through(error):
            raise
    async with asyncio.timeout(COURTESY_SECONDS):
        return (await interaction.original_response()).id


def may_have_got_through(error: Exception) -> bool:
    """Whether only Discord's reply to our answer was lost."""
    if not isinstance(error, discord.HTTPException):
        return True
    return error.code == ALREADY_ACKNOWLEDGED or isinstance(error, discord.DiscordServerError)


async def follow_up(interaction: Interaction, view: LayoutView) -> int:
    """Post a public message beside the answer."""
    async with asyncio.timeout(COURTESY_SECONDS):
        return (await interaction.followup.send(view=view, wait=True)).id


async def edit_follow_up(interaction: Interaction, message: int, view: LayoutView, files: list[discord.File]) -> int:
    edited = await interaction.followup.edit_message(
        message, view=view, attachments=files, allowed_mentions=discord.AllowedMentions.none()
    )
    return edited.id


async def edit_answer(interaction: Interaction, view: LayoutView, files: list[discord.File]) -> int:
    return (await interaction.edit_original_response(view=view, attachments=files)).id


async def edit(message: discord.PartialMessage, view: LayoutView, files: list[discord.File]) -> int:
    # discord.py adds the client's own allowed_mentions only beside a content, which these cards have not.
    await message.edit(view=view, attachments=files, allowed_mentions=discord.AllowedMentions.none())
    return message.id


async def send(channel: Any, nonce: str, view: LayoutView, files: list[discord.File]) -> int:
    message: discord.Message = await channel.send(view=view, files=files, nonce=nonce)
    return message.id
