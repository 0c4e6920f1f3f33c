"""Pictures made from pictures: pointed at in a message, by a button, or attached to a command."""

import asyncio
from collections.abc import Mapping
from re import Match
from typing import Any

import discord

from bot.domain.jobs import JobId
from bot.domain.parameters import EditParameters
from bot.domain.sources import Target
from bot.services.typed import checked
from bot.ui.boundary import ANSWER_SECONDS
from bot.ui.caller import caller_of
from bot.ui.edit_form import EditForm, choice, typed
from bot.ui.forms import fields_of
from bot.ui.found import candidate_of, candidates_in
from bot.ui.orders import serve_below
from bot.ui.services import Interaction, services_of


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
    target = await services_of(interaction).editing.target(caller_of(interaction), form["key"])
    await _serve(interaction, target, choice(fields), typed(fields))


async def _ask(interaction: Interaction, target: Target) -> None:
    price = services_of(interaction).editing.price
    await interaction.response.send_modal(EditForm(str(interaction.id), target, price))


async def _serve(interaction: Interaction, target: Target, number: int, fields: Mapping[str, Any]) -> None:
    caller, editing = caller_of(interaction), services_of(interaction).editing
    parameters = checked(EditParameters, fields)
    await editing.judge(caller, parameters)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True, thinking=True)
    await serve_below(interaction, editing.edit(caller, target, number, parameters))
