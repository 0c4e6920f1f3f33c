"""Several pictures from one: first what they cost, then all of them or none."""

from discord.ui import ActionRow, LayoutView

from bot.domain.jobs import JobId
from bot.domain.orders import Offer
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.orders import serve_all
from bot.ui.services import Interaction, services_of
from bot.ui.vary_button import VaryButton
from bot.ui.words import variations as words


async def offer(interaction: Interaction, job: JobId) -> None:
    """Raises the `RefusalError` that speaks against any."""
    offered = await services_of(interaction).studio.offer_variations(caller_of(interaction), job)
    row: ActionRow[LayoutView] = ActionRow()
    row.add_item(VaryButton(job, offered))
    await tell(interaction, words.offered(offered), row)


async def vary(interaction: Interaction, job: JobId, shown: Offer) -> None:
    await serve_all(interaction, services_of(interaction).studio.vary(caller_of(interaction), job, shown))
