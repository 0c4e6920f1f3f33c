"""Pictures made from pictures: pointed at in a message, by a button, or attached to a command."""

import asyncio
import io
from collections.abc import Mapping
from re import Match
from typing import Any, Final

import discord
from discord.ui import File, LayoutView

from bot.domain.jobs import JobId
from bot.domain.parameters import EditParameters
from bot.domain.refusals import RefusalError
from bot.domain.sources import Target
from bot.services.admission import checked
from bot.ui.boundary import ANSWER_SECONDS, note_refusal, page
from bot.ui.caller import caller_of
from bot.ui.edit_form import PROMPT, EditForm, choice, typed
from bot.ui.forms import fields_of
from bot.ui.found import candidate_of, candidates_in
from bot.ui.orders import serve_below
from bot.ui.services import Interaction, services_of
from bot.ui.words import edits as words
from bot.ui.words.refusals import refusal

SHOWN_BACK: Final = 2500
"""Characters that fit into an answer beside the reason; more goes into a file."""
_FENCE: Final = "```"


async def ask_about(interaction: Interaction, message: discord.Message) -> None:
    """Raises the `RefusalError` that speaks against it."""
    editing = services_of(interaction).editing
    target = await editing.offer(caller_of(interaction), message.channel.id, message.id, candidates_in(message))
    await _ask(interaction, target)


async def ask_about_job(interaction: Interaction, job: JobId) -> None:
    target = await services_of(interaction).editing.offer_job(caller_of(interaction), job)
    await _ask(interaction, target)


async def edit(interaction: Interaction, image: discord.Attachment, fields: Mapping[str, Any]) -> None:
    target = services_of(interaction).editing.attached(caller_of(interaction), candidate_of(image))
    await _serve(interaction, target, 0, fields)


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    fields = fields_of(interaction)
    try:
        target = await services_of(interaction).editing.target(caller_of(interaction), form["key"])
    except RefusalError as error:
        await _give_back(interaction, error, fields.get(PROMPT, ""))
        return
    await _serve(interaction, target, choice(fields), typed(fields))


async def _ask(interaction: Interaction, target: Target) -> None:
    price = services_of(interaction).editing.price
    await interaction.response.send_modal(EditForm(str(interaction.id), target, price))


async def _serve(interaction: Interaction, target: Target, number: int, fields: Mapping[str, Any]) -> None:
    """Whoever is refused gets their words back: the form that they typed into is closed."""
    caller, editing = caller_of(interaction), services_of(interaction).editing
    try:
        parameters = checked(EditParameters, fields)
        await editing.judge(caller, parameters)
        async with asyncio.timeout(ANSWER_SECONDS):
            await interaction.response.defer(ephemeral=True, thinking=True)
        await serve_below(interaction, editing.edit(caller, target, number, parameters))
    except RefusalError as error:
        await _give_back(interaction, error, str(fields.get(PROMPT) or ""))


async def _give_back(interaction: Interaction, error: RefusalError, prompt: str) -> None:
    note_refusal(interaction, error)
    text = refusal(error)
    whole = len(prompt) > SHOWN_BACK or _FENCE in prompt
    shown = f"{text}\n{words.YOUR_WORDS}\n{_FENCE}\n{prompt}\n{_FENCE}" if prompt and not whole else text
    view, files = page(shown), list[discord.File]()
    if whole:
        view.add_item(discord.ui.TextDisplay(words.YOUR_WORDS))
        view.add_item(File(f"attachment://{words.FILE}"))
        files.append(discord.File(io.BytesIO(prompt.encode()), filename=words.FILE))
    await _answer(interaction, view, files)


async def _answer(interaction: Interaction, view: LayoutView, files: list[discord.File]) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view, attachments=files)
        else:
            await interaction.response.send_message(view=view, files=files, ephemeral=True)
