"""From a door's yes to a public card, and the job into the queue."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from dataclasses import replace

import structlog

from bot.domain.jobs import JobId
from bot.domain.orders import Standing
from bot.domain.refusals import NotPostedError
from bot.ui import cards
from bot.ui.boundary import ANSWER_SECONDS, complete, page, tell
from bot.ui.caller import caller_of
from bot.ui.ladder import TROUBLE, code_of
from bot.ui.services import Interaction, services_of
from bot.ui.words import edits, variations

_log = structlog.get_logger(__name__)


async def serve(interaction: Interaction, order: Awaitable[Standing]) -> None:
    """Take the order and show its card. A card that cannot be shown costs nothing."""
    standing = await order
    if standing.fresh:  # else Discord delivered the same interaction twice; the first delivery answers it
        await _show(interaction, standing)


async def serve_all(interaction: Interaction, orders: Awaitable[Sequence[Standing]]) -> None:
    """The same with several jobs: the first card answers the interaction, the others are posted right after it."""
    pending = deque(standing for standing in await orders if standing.fresh)
    lost = 0
    try:
        if pending:
            await _show(interaction, pending.popleft())
        while pending:
            lost += not await _is_shown_beside(interaction, pending.popleft())
    finally:
        for standing in pending:
            await services_of(interaction).studio.unannounced(standing.job.id)
    if lost:
        await tell(interaction, variations.not_shown(lost))


async def _is_shown_beside(interaction: Interaction, standing: Standing) -> bool:
    try:
        await _show(interaction, standing, beside=True)
    except TROUBLE as error:
        _log.warning("a card could not be posted", job=standing.job.id, reason=type(error).__name__)
        return False
    return True


async def _show(interaction: Interaction, standing: Standing, *, beside: bool = False) -> int:
    services, job = services_of(interaction), standing.job
    view = cards.queued(job, standing.place, interaction.created_at + services.queue.ready_in(standing.place))
    announce = services.announcer.announce_beside if beside else services.announcer.announce
    try:
        card = await announce(interaction, view, job)
    except BaseException:
        await services.studio.unannounced(job.id)
        raise
    await services.studio.announced(job.id, card)
    return card


async def serve_below(interaction: Interaction, order: Awaitable[Standing]) -> None:
    """The same after a private deferral: the card stands below, and the private answer says where."""
    standing = await order
    if not standing.fresh:
        return
    job = standing.job
    try:
        await _end_deferral(interaction, job.id)
        card = await _show(interaction, standing, beside=True)
    except TROUBLE as error:
        _log.warning("a card could not be announced", job=job.id, reason=type(error).__name__, code=code_of(error))
        raise NotPostedError from None
    await complete(interaction, edits.posted(replace(job, card=card)))


async def _end_deferral(interaction: Interaction, job: JobId) -> None:
    # What follows a deferral first takes its place, and would be as private.
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await interaction.edit_original_response(view=page(edits.POSTING))
    except BaseException:
        await services_of(interaction).studio.unannounced(job)
        raise


async def fetch(interaction: Interaction, job: JobId) -> None:
    """Show a picture that was kept, on a card of its own. A card that cannot be shown costs nothing more."""
    services = services_of(interaction)
    claimed = await services.studio.claim_kept(caller_of(interaction), job)
    try:
        card = await services.announcer.announce(interaction, cards.fetching(claimed), claimed)
    except BaseException:
        await services.studio.put_back(job)
        raise
    await services.studio.show_kept(claimed, card)
