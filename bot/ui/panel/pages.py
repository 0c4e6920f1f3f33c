"""The panel's pages, by name. One that is added here, with its words, can be gone to at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from discord.ui import TextDisplay

from bot.domain.refusals import RefusalError
from bot.ui.boundary import retell, tell
from bot.ui.caller import caller_of
from bot.ui.panel import audit, blocked, spending, widgets
from bot.ui.panel.presence import presence_of
from bot.ui.panel.table import on_page
from bot.ui.panel.view import Drawn, Notice, Sight, Spot, framed
from bot.ui.panel.widgets import Part
from bot.ui.services import Interaction, services_of
from bot.ui.wordlists.page import words_items
from bot.ui.words import log as words
from bot.ui.words.refusals import refusal

Body: TypeAlias = Callable[[Sight], Awaitable[Sequence[Part]]]


async def _settings(page: str, sight: Sight) -> Sequence[Part]:
    return list(widgets.settings(on_page(page), sight.known, sight.presence))


async def _log(sight: Sight) -> Sequence[Part]:
    faults = services_of(sight.interaction).scribe.faults(sight.caller.guild)
    troubles: list[Part] = [TextDisplay(words.log_faults(faults))] if faults else []
    return [*troubles, *await _settings("log", sight)]


async def _words(sight: Sight) -> Sequence[Part]:
    return words_items(sight.known)


PAGES: Final[Mapping[str, Body]] = {
    "places": partial(_settings, "places"),
    "people": partial(_settings, "people"),
    "blocked": blocked.body,
    "spending": spending.body,
    "boldness": partial(_settings, "boldness"),
    "words": _words,
    "defaults": partial(_settings, "defaults"),
    "limits": partial(_settings, "limits"),
    "reroll": partial(_settings, "reroll"),
    "log": _log,
    "pause": partial(_settings, "pause"),
    "records": audit.body,
}
FIRST: Final = "places"


async def open_panel(interaction: Interaction) -> None:
    """Answer a command with the panel. Raises `NotStaffError`."""
    await tell(interaction, *await _drawn(interaction, Spot(FIRST), None))


async def redraw(interaction: Interaction, spot: Spot, notice: Notice | None = None) -> None:
    """Draw a page where the panel stands, as everything is now. Raises `NotStaffError`."""
    # A form may have been opened from a menu, or from a message for all to see: neither is a panel.
    message = interaction.message
    answer = retell if message is not None and message.flags.ephemeral else tell
    await answer(interaction, *await _drawn(interaction, spot, notice))


async def redraw_refused(interaction: Interaction, spot: Spot, error: RefusalError, told: str | None = None) -> None:
    """The same, saying why nothing was done. Who is no staff any more is shown nothing."""
    await redraw(interaction, spot, Notice(told or refusal(error)))


async def _drawn(interaction: Interaction, spot: Spot, notice: Notice | None) -> Drawn:
    caller = caller_of(interaction)
    known = await services_of(interaction).office.regulations(caller)
    sight = Sight(interaction, caller, known, presence_of(interaction), spot)
    body = await PAGES[spot.page](sight)
    return framed(spot, body, list(PAGES), notice)
