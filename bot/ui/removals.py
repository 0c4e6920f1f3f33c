"""Moderators remove pictures: one by its message, or a member's of late."""

from datetime import timedelta
from typing import Any, Final, Self

import discord
from discord import ButtonStyle
from discord.ui import ActionRow, Button, DynamicItem, Item, LayoutView
from typing_extensions import override

from bot.domain.jobs import JobId
from bot.ui.boundary import answering, retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import REMOVE_ALL, remove_all_id
from bot.ui.services import Interaction, services_of
from bot.ui.typed import id_of
from bot.ui.words import moderation as words
from bot.ui.words.errors import UNKNOWN_BUTTON

_LAST: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


async def dismiss(interaction: Interaction, job: JobId) -> None:
    moderation = services_of(interaction).moderation
    shown = await moderation.dismiss(caller_of(interaction), job)
    await tell(interaction, words.DISMISSED)
    await moderation.show(shown)


async def remove(interaction: Interaction, job: JobId) -> None:
    moderation = services_of(interaction).moderation
    removed = await moderation.remove(caller_of(interaction), job)
    await tell(interaction, words.REMOVED)
    await moderation.show(removed)


async def remove_shown_in(interaction: Interaction, message: discord.Message) -> None:
    moderation = services_of(interaction).moderation
    removed = await moderation.remove_shown_in(caller_of(interaction), message.id)
    await tell(interaction, words.REMOVED)
    await moderation.show(removed)


async def choose(interaction: Interaction, member: int) -> None:
    row: ActionRow[LayoutView] = ActionRow()
    for span in _LAST:
        row.add_item(RemoveAllButton(member, span))
    await services_of(interaction).moderation.expect_moderator(caller_of(interaction))
    await tell(interaction, words.CHOOSE, row)


class RemoveAllButton(DynamicItem[Button[Any]], template=REMOVE_ALL):
    def __init__(self, member: int | None, span: str) -> None:
        """`member` is None where no version wrote the id: ids can be forged."""
        super().__init__(
            Button(label=words.LAST[span], style=ButtonStyle.danger, custom_id=remove_all_id(member or 0, span))
        )
        self.member = member
        self.span = span

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Any, /) -> Self:
        return cls(id_of(match["member"]), match["span"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            if self.member is None:
                await tell(interaction, UNKNOWN_BUTTON)
                return
            moderation = services_of(interaction).moderation
            removed = await moderation.remove_all(caller_of(interaction), self.member, _LAST[self.span])
            await retell(interaction, words.removed(len(removed), self.member))
            await moderation.show(removed)
