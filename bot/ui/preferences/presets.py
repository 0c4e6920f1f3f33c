"""What `/preset` does; all of it is private, but the picture."""

from collections.abc import Mapping
from typing import Any, Final

from discord.app_commands import Choice

from bot.domain.preferences import MOST_PRESETS
from bot.domain.refusals import RefusalError
from bot.services.preferences import cleaned
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.orders import serve
from bot.ui.services import Interaction, services_of
from bot.ui.words import preferences as words

CHOICES: Final = MOST_PRESETS
"""As many as Discord shows for one option."""


async def save(interaction: Interaction, name: str, suffix: str | None, fields: Mapping[str, Any]) -> None:
    preferences = services_of(interaction).preferences
    preset, fresh = await preferences.save(caller_of(interaction), name, fields, suffix or "")
    await tell(interaction, words.saved(preset, fresh=fresh))


async def use(interaction: Interaction, name: str, fields: Mapping[str, Any]) -> None:
    """Paint, as `/imagine` does."""
    await serve(interaction, services_of(interaction).studio.imagine(caller_of(interaction), fields, cleaned(name)))


async def show(interaction: Interaction) -> None:
    presets = await services_of(interaction).preferences.presets(caller_of(interaction))
    await tell(interaction, words.listed(presets))


async def delete(interaction: Interaction, name: str) -> None:
    name = await services_of(interaction).preferences.delete(caller_of(interaction), name)
    await tell(interaction, words.deleted(name))


async def suggest(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Autocompletes an option that takes the name of a preset; nothing where that cannot be looked up."""
    try:
        presets = await services_of(interaction).preferences.presets(caller_of(interaction))
    except RefusalError:
        return []
    wanted = typed.strip().casefold()
    names = [preset.name for preset in presets if wanted in preset.name.casefold()]
    return [Choice(name=name, value=name) for name in names[:CHOICES]]
