"""The page of blocked members."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from discord import ButtonStyle
from discord.ui import Button, TextDisplay

from bot.domain.records import Block
from bot.ui.custom_ids import block_id, panel_turn_id, unblock_id
from bot.ui.panel.view import Sight
from bot.ui.panel.widgets import Part, beside, row
from bot.ui.services import services_of
from bot.ui.words import blocks as words

SHOWN: Final = 8


async def body(sight: Sight) -> Sequence[Part]:
    blocks = await services_of(sight.interaction).office.blocked(sight.caller)
    return listed(blocks, sight.spot.number)


def listed(blocks: Sequence[tuple[int, Block]], number: int) -> list[Part]:
    pages = max(1, ceil(len(blocks) / SHOWN))
    number = min(number, pages - 1)
    shown = blocks[number * SHOWN : (number + 1) * SHOWN]
    return [
        TextDisplay(words.counted(len(blocks), number, pages)),
        *(_blocked(member, block) for member, block in shown),
        row(
            Button(label=words.BLOCK, style=ButtonStyle.danger, custom_id=block_id()),
            *([_turn(number - 1, words.BACK)] if number else []),
            *([_turn(number + 1, words.NEXT)] if number + 1 < pages else []),
        ),
    ]


def _blocked(member: int, block: Block) -> Part:
    return beside(words.blocked(member, block), Button(label=words.UNBLOCK, custom_id=unblock_id(member)))


def _turn(number: int, label: str) -> Button[Any]:
    return Button(label=label, custom_id=panel_turn_id("blocked", number))
