"""What is stored about a person: told, handed out as files, erased. All of it for them alone."""

import asyncio
import io
from collections.abc import Sequence
from contextlib import aclosing
from enum import StrEnum
from re import Match
from typing import Any, Final, Self

import discord
from discord import ButtonStyle
from discord.ui import ActionRow, Button, DynamicItem, File, Item, LayoutView, TextDisplay
from typing_extensions import override

from bot.services.privacy import Chunk
from bot.ui.boundary import ANSWER_SECONDS, answering, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import PRIVACY, privacy_id
from bot.ui.parts import Part
from bot.ui.services import Interaction, services_of
from bot.ui.words import privacy as words

MOST_PARTS: Final = 10
LARGEST_PART: Final = 8 * 2**20
"""Also where Discord takes more: one is in memory while it is filled and sent."""
UPLOAD_SECONDS: Final = 60


class Act(StrEnum):
    EXPORT = "export"
    ERASE = "erase"
    ERASE_ANYWAY = "erase-anyway"


class PrivacyButton(DynamicItem[Button[Any]], template=PRIVACY):
    def __init__(self, act: Act) -> None:
        style = ButtonStyle.danger if act is Act.ERASE_ANYWAY else ButtonStyle.secondary
        super().__init__(Button(label=words.BUTTONS[act.value], style=style, custom_id=privacy_id(act)))
        self.act = act

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        return cls(Act(match["act"]))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            match self.act:
                case Act.EXPORT:
                    await _export(interaction)
                case Act.ERASE:
                    services_of(interaction).privacy.welcome(caller_of(interaction))
                    await tell(interaction, words.ERASING, _row(Act.ERASE_ANYWAY))
                case Act.ERASE_ANYWAY:
                    await _erase(interaction)


async def open_privacy(interaction: Interaction) -> None:
    """Raises the `RefusalError` that speaks against it."""
    services_of(interaction).privacy.welcome(caller_of(interaction))
    days = services_of(interaction).privacy.retention_days
    await tell(interaction, words.stored(days), _row(Act.EXPORT, Act.ERASE))


async def _erase(interaction: Interaction) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer()
    erased = await services_of(interaction).privacy.erase(caller_of(interaction))
    await _answer(interaction, words.erased(erased))


async def _export(interaction: Interaction) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    caller = caller_of(interaction)
    limit = min(caller.upload_limit, LARGEST_PART)
    part = Part(1, caller.member, interaction.created_at, limit)
    async with aclosing(services_of(interaction).privacy.export(caller)) as chunks:
        async for chunk in chunks:
            while left := await asyncio.to_thread(part.add, chunk):
                if part.number == MOST_PARTS:
                    await _send(interaction, part, words.exported(part.number, cut=True))
                    return
                await _send(interaction, part, words.exporting(part.number))
                part = Part(part.number + 1, caller.member, interaction.created_at, limit)
                chunk = Chunk(chunk.name, left)  # noqa: PLW2901 - what is left of it
    await _send(interaction, part, words.exported(part.number, cut=False))


async def _send(interaction: Interaction, part: Part, text: str) -> None:
    name = f"my-data-{part.number}.json"
    data = await asyncio.to_thread(part.whole)
    with io.BytesIO(data) as content:
        await _answer(interaction, text, discord.File(content, filename=name), first=part.number == 1)


async def _answer(interaction: Interaction, text: str, *files: discord.File, first: bool = True) -> None:
    """In the place of what was put off, or behind it."""
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(text))
    for file in files:
        view.add_item(File(f"attachment://{file.filename}"))
    view.stop()  # as in `boundary`
    async with asyncio.timeout(UPLOAD_SECONDS):
        if first:
            quiet = discord.AllowedMentions.none()
            await interaction.edit_original_response(view=view, attachments=_attached(files), allowed_mentions=quiet)
        else:
            await interaction.followup.send(view=view, files=files, ephemeral=True)


def _attached(files: Sequence[discord.File]) -> list[Any]:
    return list(files)


def _row(*acts: Act) -> ActionRow[LayoutView]:
    row: ActionRow[LayoutView] = ActionRow()
    for act in acts:
        row.add_item(PrivacyButton(act))
    return row
