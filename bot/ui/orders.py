"""From a door's yes to a public card, and the job into the queue."""

from collections.abc import Awaitable

from bot.domain.jobs import JobId
from bot.domain.orders import Standing
from bot.ui import cards
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, services_of


async def serve(interaction: Interaction, order: Awaitable[Standing]) -> None:
    """Take the order and show its card. A card that cannot be shown costs nothing."""
    standing = await order
    if not standing.fresh:  # Discord delivered the same interaction twice; the first delivery answers it
        return
    services, job = services_of(interaction), standing.job
    ready_by = interaction.created_at + services.queue.ready_in(standing.place)
    try:
        card = await services.announcer.announce(interaction, cards.queued(job, standing.place, ready_by), job.id)
    except BaseException:
        await services.studio.unannounced(job.id)
        raise
    await services.studio.announced(job.id, card)


async def fetch(interaction: Interaction, job: JobId) -> None:
    """Show a picture that was kept, on a card of its own. A card that cannot be shown costs nothing more."""
    services = services_of(interaction)
    claimed = await services.studio.claim_kept(caller_of(interaction), job)
    try:
        card = await services.announcer.announce(interaction, cards.fetching(claimed), job)
    except BaseException:
        await services.studio.put_back(job)
        raise
    await services.studio.show_kept(claimed, card)
