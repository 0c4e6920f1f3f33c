from typing import Any, Self

from discord import ButtonStyle
from discord.ui import Button, DynamicItem, Item
from typing_extensions import override

from bot.domain.jobs import JobId
from bot.domain.orders import Offer
from bot.ui.boundary import answering
from bot.ui.custom_ids import VARY, vary_id
from bot.ui.services import Interaction, services_of
from bot.ui.words import variations as words


class VaryButton(DynamicItem[Button[Any]], template=VARY):
    """Holds what was offered, so that nothing else is made."""

    def __init__(self, job: JobId, offered: Offer) -> None:
        label = words.CONFIRM if offered.count > 1 else words.CONFIRM_ONE
        custom_id = vary_id(job, offered.count, offered.price_each)
        super().__init__(Button(label=label, style=ButtonStyle.primary, custom_id=custom_id))
        self.job, self.offered = job, offered

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Any, /) -> Self:
        return cls(JobId(match["job"]), Offer(int(match["count"]), int(match["price"])))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await services_of(interaction).vary(interaction, self.job, self.offered)
