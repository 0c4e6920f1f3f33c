"""What the operator does about guilds: read from a command, carried out, and told. All of it is private."""

from typing import Any, Final, Self

import structlog
from discord import ButtonStyle
from discord.app_commands import Choice
from discord.ui import ActionRow, Button, DynamicItem, Item, LayoutView
from typing_extensions import override

from bot.domain.refusals import RefusalError, UnknownGuildError
from bot.services.treasury import Operator, Treasury
from bot.ui.boundary import answering, retell, tell
from bot.ui.custom_ids import PAUSE_EVERYTHING, pause_everything_id
from bot.ui.services import Interaction, services_of
from bot.ui.text import cut
from bot.ui.typed import id_of, reason_of, wish_of
from bot.ui.words import operator as words
from bot.ui.words.mediums import OnDiscord

CHOICES: Final = 25
"""As many as Discord shows for one option."""
_CHOICE_LIMIT: Final = 100

_log = structlog.get_logger(__name__)


def operator_of(interaction: Interaction) -> Operator:
    person = interaction.user.id
    return Operator(person, str(interaction.id), trusted=interaction.client.is_operator(person))


def treasury_of(interaction: Interaction) -> Treasury:
    return services_of(interaction).treasury


def medium_of(interaction: Interaction) -> OnDiscord:
    return OnDiscord(lambda guild: _name_of(interaction, guild))


def guild_of(text: str) -> int:
    guild = id_of(text)
    if guild is None:
        raise UnknownGuildError
    return guild


async def grant(interaction: Interaction, guild: str, amount: int, reason: str | None) -> None:
    """Take where the amount is negative."""
    known = guild_of(guild)
    pool = await treasury_of(interaction).grant(operator_of(interaction), known, amount, reason_of(reason))
    await tell(interaction, words.granted(medium_of(interaction), known, pool, amount))


async def plan(
    interaction: Interaction, guild: str, allowance: str | None, period: str | None, reason: str | None
) -> None:
    """With neither allowance nor period, it only shows the plan."""
    known, treasury, operator = guild_of(guild), treasury_of(interaction), operator_of(interaction)
    medium = medium_of(interaction)
    if allowance is None and period is None:
        await tell(interaction, words.plan_shown(medium, known, await treasury.pool(operator, known)))
        return
    before, after = await treasury.set_plan(operator, known, wish_of(allowance, period), reason_of(reason))
    await tell(interaction, words.plan_changed(medium, known, before, after))


async def pause(interaction: Interaction, guild: str | None, reason: str | None) -> None:
    """Of everything only after another press."""
    treasury, operator = treasury_of(interaction), operator_of(interaction)
    if guild is None:
        row: ActionRow[LayoutView] = ActionRow()
        row.add_item(PauseEverythingButton(await treasury.propose_pause(operator, reason_of(reason))))
        await tell(interaction, words.ASK_TO_PAUSE, row)
        return
    known = guild_of(guild)
    changed = await treasury.pause(operator, known, reason_of(reason), paused=True)
    await tell(interaction, words.paused(medium_of(interaction), known, changed=changed))


async def resume(interaction: Interaction, guild: str | None, reason: str | None) -> None:
    known = None if guild is None else guild_of(guild)
    operator = operator_of(interaction)
    changed = await treasury_of(interaction).pause(operator, known, reason_of(reason), paused=False)
    if known is None and changed:
        _log.warning("everything resumed", actor=operator.person)
    await tell(interaction, words.resumed(medium_of(interaction), known, changed=changed))


async def calls(interaction: Interaction) -> None:
    treasury, operator, medium = treasury_of(interaction), operator_of(interaction), medium_of(interaction)
    told = words.calls(medium, await treasury.today(operator))
    halt = await treasury.everything_paused(operator)
    await tell(interaction, "\n".join([told, *words.halted(medium, halt)]))


async def suggest_guilds(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Autocompletes an option that takes a guild: first those that use the bot, then the others it is in."""
    try:
        known = [it.guild for it in await treasury_of(interaction).guilds(operator_of(interaction))]
    except RefusalError:
        return []
    others = [guild.id for guild in interaction.client.guilds if guild.id not in known]
    named = [(guild, _name_of(interaction, guild)) for guild in (*known, *others)]
    wanted = typed.strip().casefold()
    found = [(guild, name) for guild, name in named if wanted in (name or "").casefold() or wanted in str(guild)]
    return [Choice(name=_label(guild, name), value=str(guild)) for guild, name in found[:CHOICES]]


async def suggest_allowances(_: Interaction, typed: str) -> list[Choice[str]]:
    """Autocompletes an option that takes an allowance."""
    wanted = typed.strip().casefold()
    names = [wanted] if wanted.isdecimal() else [words.UNLIMITED, words.DEFAULT]
    return [Choice(name=name, value=name) for name in names if name.startswith(wanted)]


class PauseEverythingButton(DynamicItem[Button[Any]], template=PAUSE_EVERYTHING):
    """Holds the key of what waits to be confirmed."""

    def __init__(self, key: str) -> None:
        super().__init__(Button(label=words.CONFIRM, style=ButtonStyle.danger, custom_id=pause_everything_id(key)))
        self.key = key

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Any, /) -> Self:
        return cls(match["key"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            operator = operator_of(interaction)
            changed = await treasury_of(interaction).confirm_pause(operator, self.key)
            if changed:
                _log.warning("everything paused", actor=operator.person)
            await retell(interaction, words.paused(medium_of(interaction), None, changed=changed))


def _name_of(interaction: Interaction, guild: int) -> str | None:
    known = interaction.client.get_guild(guild)
    name: str | None = None if known is None else known.name
    return name


def _label(guild: int, name: str | None) -> str:
    return str(guild) if name is None else f"{cut(name, _CHOICE_LIMIT - 24)} ({guild})"
