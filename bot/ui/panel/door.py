"""What every control of the panel has in common: it is served by its custom id alone, also after a restart."""

from collections.abc import Sequence
from re import Match
from typing import Any, Self

from discord.ui import DynamicItem, Item
from typing_extensions import override

from bot.ui.boundary import answering, tell
from bot.ui.services import Interaction
from bot.ui.words.errors import UNKNOWN_BUTTON


class Door(DynamicItem[Item[Any]], template="(?!)"):
    """Takes what Discord says was pressed; its own template matches nothing."""

    def __init__(self, item: Item[Any], match: Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        return cls(item, match)

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await self.serve(interaction)

    async def serve(self, interaction: Interaction) -> None:
        raise NotImplementedError


class Chooser(Door, template="(?!)"):
    """A list. What was chosen is read from the interaction: discord.py drops ids that it cannot resolve."""

    @override
    async def serve(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        values = data.get("values")
        if values is None:  # a forged press, as of a button
            await tell(interaction, UNKNOWN_BUTTON)
            return
        await self.choose(interaction, values)

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        raise NotImplementedError
