"""The page about words, and its buttons. They hold no guild: each is about the one where it is pressed."""

import asyncio
import io
from re import Match
from typing import Any, Final, Self

import discord
from discord import ButtonStyle
from discord.ui import ActionRow, Button, DynamicItem, File, Item, LayoutView, TextDisplay
from typing_extensions import override

from bot.domain.records import Regulations
from bot.domain.word_lists import written
from bot.ui.boundary import ANSWER_SECONDS, answering, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import WORDS, words_id
from bot.ui.services import Interaction, services_of
from bot.ui.wordlists.forms import FORM_CHARACTERS, Act, ImportForm, ListForm, TrialForm
from bot.ui.words import word_lists as words

OFFERED: Final = "offered"
EXPORT: Final = "export"
_LABELS: Final = {
    Act.EDIT: words.EDIT,
    Act.EXCEPTIONS: words.EXCEPTIONS,
    Act.TEST: words.TEST,
    Act.IMPORT: words.IMPORT,
    EXPORT: words.EXPORT,
    OFFERED: words.OFFERED,
}
_ROWS: Final = ((Act.EDIT, Act.EXCEPTIONS, Act.TEST), (Act.IMPORT, EXPORT, OFFERED))


def words_items(known: Regulations) -> list[Item[LayoutView]]:
    """What the page consists of, to be put between a heading and whatever else a panel has."""
    return [TextDisplay(words.page(known.rules)), *(_row(acts) for acts in _ROWS)]


def _row(acts: tuple[str, ...]) -> ActionRow[LayoutView]:
    row: ActionRow[LayoutView] = ActionRow()
    for act in acts:
        row.add_item(WordsButton(act))
    return row


class WordsButton(DynamicItem[Button[Any]], template=WORDS):
    def __init__(self, act: str) -> None:
        style = ButtonStyle.primary if act == Act.EDIT else ButtonStyle.secondary
        super().__init__(Button(label=_LABELS[act], style=style, custom_id=words_id(act)))
        self.act = act

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        return cls(match["act"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            known = await services_of(interaction).office.regulations(caller_of(interaction))
            await _press(interaction, self.act, known)


async def _press(interaction: Interaction, act: str, known: Regulations) -> None:
    match act:
        case Act.TEST:
            await _open(interaction, TrialForm())
        case Act.IMPORT:
            await _open(interaction, ImportForm(known))
        case Act.EDIT | Act.EXCEPTIONS:
            await _edit(interaction, ListForm(Act(act), known))
        case _ if act == OFFERED:
            await _add_offered(interaction)
        case _:
            await _export(interaction, known)


async def _open(interaction: Interaction, form: discord.ui.Modal) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.send_modal(form)


async def _edit(interaction: Interaction, form: ListForm) -> None:
    if len(form.text) > FORM_CHARACTERS:
        await tell(interaction, words.TOO_LONG)
        return
    await _open(interaction, form)


async def _add_offered(interaction: Interaction) -> None:
    caller, office = caller_of(interaction), services_of(interaction).office
    changed = await office.add_offered(caller)
    await tell(interaction, words.saved((await office.regulations(caller)).rules) if changed else words.SAME)


async def _export(interaction: Interaction, known: Regulations) -> None:
    rules = known.rules
    if not (rules.words or rules.excepted):
        await tell(interaction, words.NOTHING_TO_EXPORT)
        return
    name = f"words-{interaction.guild_id}.txt"
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(words.exported(rules)))
    view.add_item(File(f"attachment://{name}"))
    view.stop()  # as in `boundary`
    whole = discord.File(io.BytesIO(written(rules.words, rules.excepted).encode()), filename=name)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.send_message(view=view, file=whole, ephemeral=True)
