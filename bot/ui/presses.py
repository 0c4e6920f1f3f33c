"""What each button does."""

import io
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import discord
from discord.ui import File, LayoutView, TextDisplay

from bot.domain.jobs import Job, JobId
from bot.domain.refusals import CostsAnywayError
from bot.ui import cards
from bot.ui.boundary import retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import Kind
from bot.ui.orders import fetch, serve
from bot.ui.panel.block_form import ask as ask_block
from bot.ui.removals import dismiss, remove
from bot.ui.report_form import ReportForm
from bot.ui.services import Interaction, services_of
from bot.ui.words import cards as words
from bot.ui.words.refusals import refusal

COMMAND_LIMIT = 3000


async def press(interaction: Interaction, kind: Kind, job: JobId) -> None:
    """Raises the `RefusalError` that speaks against it."""
    await _PRESSES[kind](interaction, job)


async def _reroll(interaction: Interaction, job: JobId) -> None:
    await serve(interaction, services_of(interaction).studio.reroll(caller_of(interaction), job))


async def _retry(interaction: Interaction, job: JobId) -> None:
    await serve(interaction, services_of(interaction).studio.retry(caller_of(interaction), job))


async def _block_asker(interaction: Interaction, job: JobId) -> None:
    asked = await services_of(interaction).moderation.job(caller_of(interaction), job)
    await ask_block(interaction, asked.member)


async def _more(interaction: Interaction, job: JobId) -> None:
    known = await services_of(interaction).studio.job(caller_of(interaction), job)
    command = words.command(known.parameters)
    if len(command) <= COMMAND_LIMIT and "```" not in command:
        await tell(interaction, f"{words.details(known)}\n```\n{command}\n```")
    else:
        await _more_with_file(interaction, known, command)


async def _more_with_file(interaction: Interaction, job: Job, command: str) -> None:
    name = f"{job.id}.txt"
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(words.details(job)))
    view.add_item(File(f"attachment://{name}"))
    view.stop()  # as in `boundary`
    whole = discord.File(io.BytesIO(command.encode()), filename=name)
    await interaction.response.send_message(view=view, file=whole, ephemeral=True)


async def _report(interaction: Interaction, job: JobId) -> None:
    known = await services_of(interaction).studio.job(caller_of(interaction), job)
    await interaction.response.send_modal(ReportForm(known.id))


async def _cancel(interaction: Interaction, job: JobId) -> None:
    studio = services_of(interaction).studio
    try:
        cancelled = await studio.cancel(caller_of(interaction), job)
    except CostsAnywayError as costs:
        await tell(interaction, refusal(costs), cards.cancel_anyway(costs.job))
    else:
        await tell(interaction, words.CANCELLED_FREE)
        await studio.show_cancelled(cancelled)


async def _cancel_anyway(interaction: Interaction, job: JobId) -> None:
    studio = services_of(interaction).studio
    cancelled = await studio.cancel(caller_of(interaction), job, anyway=True)
    await retell(interaction, words.CANCELLED_FREE if cancelled.state.ended else words.cancelling(cancelled))
    await studio.show_cancelled(cancelled)


_PRESSES: Final[Mapping[Kind, Callable[[Interaction, JobId], Awaitable[None]]]] = {
    Kind.REROLL: _reroll,
    Kind.RETRY: _retry,
    Kind.MORE: _more,
    Kind.REPORT: _report,
    Kind.CANCEL: _cancel,
    Kind.CANCEL_ANYWAY: _cancel_anyway,
    Kind.FETCH: fetch,
    Kind.DISMISS: dismiss,
    Kind.REMOVE: remove,
    Kind.BLOCK_ASKER: _block_asker,
}
