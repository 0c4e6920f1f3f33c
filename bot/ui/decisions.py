"""Staff decide about credits: done at once, or put to them with a Confirm button first."""

from typing import Any, Final, Self

from discord import ButtonStyle
from discord.ui import ActionRow, Button, DynamicItem, Item, LayoutView
from typing_extensions import override

from bot.domain.acts import Verb
from bot.ui.boundary import answering, retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import CONFIRM, confirm_id
from bot.ui.services import Interaction, services_of
from bot.ui.targets import Mentioned, expect_role, target_of
from bot.ui.text import cut
from bot.ui.words import staff as words

REASON_LIMIT: Final = 400


async def decide(
    interaction: Interaction, verb: Verb, chosen: Mentioned, amount: int | None = None, reason: str | None = None
) -> None:
    """Raises the `RefusalError` that speaks against it."""
    target = target_of(interaction, chosen, verb)
    why = cut(reason or "", REASON_LIMIT) or None
    proposal = await services_of(interaction).steward.propose(caller_of(interaction), verb, target, amount, why)
    if proposal.key is None:
        await tell(interaction, words.decided(proposal))
        return
    row: ActionRow[LayoutView] = ActionRow()
    row.add_item(ConfirmButton(proposal.key))
    await tell(interaction, words.asked(proposal), row)


class ConfirmButton(DynamicItem[Button[Any]], template=CONFIRM):
    """Holds the key of a proposal; what it says is in the database."""

    def __init__(self, key: str) -> None:
        super().__init__(Button(label=words.CONFIRM, style=ButtonStyle.danger, custom_id=confirm_id(key)))
        self.key = key

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Any, /) -> Self:
        return cls(match["key"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            steward = services_of(interaction).steward
            proposal = await steward.confirm(
                caller_of(interaction), self.key, lambda target: expect_role(interaction, target)
            )
            await retell(interaction, words.decided(proposal))
