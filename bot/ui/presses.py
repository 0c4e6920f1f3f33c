"""What each button does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.jobs import JobId
from bot.domain.refusals import CostsAnywayError
from bot.ui import cards
from bot.ui.album import show_again
from bot.ui.boundary import retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import Kind
from bot.ui.deleting import ask as ask_to_delete
from bot.ui.deleting import delete
from bot.ui.details import favour, more, unfavour
from bot.ui.edits import ask_about_job
from bot.ui.orders import fetch, serve
from bot.ui.panel.block_form import ask as ask_block
from bot.ui.remix_form import RemixForm
from bot.ui.removals import dismiss, remove
from bot.ui.report_form import ReportForm
from bot.ui.services import Interaction, services_of
from bot.ui.variations import offer
from bot.ui.words import cards as words
from bot.ui.words.refusals import refusal


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


async def _remix(interaction: Interaction, job: JobId) -> None:
    known = await services_of(interaction).studio.remixable(caller_of(interaction), job)
    await interaction.response.send_modal(RemixForm(known))


async def _report(interaction: Interaction, job: JobId) -> None:
    known = await services_of(interaction).moderation.reportable(caller_of(interaction), job)
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
    Kind.MORE: more,
    Kind.REPORT: _report,
    Kind.CANCEL: _cancel,
    Kind.CANCEL_ANYWAY: _cancel_anyway,
    Kind.FETCH: fetch,
    Kind.DISMISS: dismiss,
    Kind.REMOVE: remove,
    Kind.BLOCK_ASKER: _block_asker,
    Kind.REMIX: _remix,
    Kind.VARIATIONS: offer,
    Kind.FAVOURITE: favour,
    Kind.UNFAVOURITE: unfavour,
    Kind.DELETE: ask_to_delete,
    Kind.DELETE_ANYWAY: delete,
    Kind.SHOW_AGAIN: show_again,
    Kind.EDIT: ask_about_job,
}
