"""How was this made? Answered in private, from what is known of a picture or from what its file tells."""

import asyncio
import io
from collections.abc import Sequence
from typing import Final

import discord
from discord.ui import File, TextDisplay

from bot.domain.inscriptions import Note
from bot.domain.jobs import Job
from bot.domain.sources import Candidate
from bot.ui.boundary import ANSWER_SECONDS, page, tell
from bot.ui.caller import caller_of
from bot.ui.found import candidates_in
from bot.ui.services import Interaction, services_of
from bot.ui.words import making as words

UPLOAD_SECONDS: Final = 60
_FILE: Final = "how.txt"


async def show(interaction: Interaction, message: discord.Message) -> None:
    """Raises the `RefusalError` that speaks against it."""
    making, caller = services_of(interaction).making, caller_of(interaction)
    job = await making.job(caller, message.id)
    if job is not None:
        await _show_job(interaction, job)
        return
    pictures = making.legible(candidates_in(message))
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    await _show_notes(interaction, await making.notes(caller, pictures))


async def _show_job(interaction: Interaction, job: Job) -> None:
    if words.fits(job.parameters.prompt):
        await tell(interaction, words.job(job, interaction.user.id))
        return
    view, name = page(words.job(job, interaction.user.id)), f"{job.id}.txt"
    view.add_item(File(f"attachment://{name}"))
    file = discord.File(io.BytesIO(job.parameters.prompt.encode()), filename=name)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.send_message(view=view, file=file, ephemeral=True)


async def _show_notes(interaction: Interaction, told: Sequence[tuple[Candidate, Sequence[Note]]]) -> None:
    text, cut = words.notes(told)
    view, files = page(text), list[discord.File]()
    if cut:
        view.add_item(TextDisplay(words.WHOLE))
        view.add_item(File(f"attachment://{_FILE}"))
        files.append(discord.File(io.BytesIO(words.whole(told).encode()), filename=_FILE))
    async with asyncio.timeout(UPLOAD_SECONDS):
        await interaction.edit_original_response(view=view, attachments=files)
