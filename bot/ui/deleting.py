"""A picture is deleted by whom it belongs to, or removed by staff, after they were asked once."""

from discord.ui import ActionRow, LayoutView

from bot.domain.jobs import JobId
from bot.ui.boundary import retell, tell
from bot.ui.buttons import DeleteAnywayButton
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, services_of
from bot.ui.words import album as words


async def ask(interaction: Interaction, job: JobId) -> None:
    own = await services_of(interaction).album.is_own(caller_of(interaction), job)
    row: ActionRow[LayoutView] = ActionRow()
    row.add_item(DeleteAnywayButton(job))
    await tell(interaction, words.DELETE_OWN if own else words.DELETE_AS_STAFF, row)


async def delete(interaction: Interaction, job: JobId) -> None:
    album = services_of(interaction).album
    deleted = await album.delete(caller_of(interaction), job)
    await retell(interaction, words.DELETED)
    await album.show(deleted)
