"""Who is blocked, and how staff block somebody."""

from datetime import datetime
from typing import Final

from bot.domain.records import Block
from bot.services.office import LONGEST_BLOCK
from bot.ui.text import escaped
from bot.ui.words.people import mention
from bot.ui.words.times import full

BLOCK: Final = "Block a member"
UNBLOCK: Final = "Unblock"
BACK: Final = "Back"
NEXT: Final = "Next"
MEMBER_LABEL: Final = "Member"
LASTING_LABEL: Final = "For how long"
LASTING_HINT: Final = f"Such as 12 h, 7 d or 4 w, at most {LONGEST_BLOCK.days} d. Empty: until somebody unblocks them"
REASON_LABEL: Final = "Why"
REASON_HINT: Final = "For this list and the records; the member does not see it"
BAD_LASTING: Final = (
    f"How long is a time such as 12 h, 7 d or 4 w, at most {LONGEST_BLOCK.days} d, or nothing at all. "
    "Nothing was changed."
)
NOBODY_CHOSEN: Final = "No member was chosen. Nothing was changed."
NOBODY: Final = "Nobody is blocked."
_REASON_LIMIT: Final = 150


def counted(blocks: int, number: int, pages: int) -> str:
    if not blocks:
        return NOBODY
    who = "1 member is blocked" if blocks == 1 else f"{blocks:,} members are blocked"
    return f"{who}. Page {number + 1} of {pages}." if pages > 1 else f"{who}."


def blocked(member: int, block: Block) -> str:
    why = f"\n-# {escaped(block.reason, _REASON_LIMIT)}" if block.reason else ""
    return f"{mention(member)} · {ending(block.until)}{why}"


def ending(until: datetime | None) -> str:
    return "until somebody unblocks them" if until is None else f"until {full(until)}"


def done(member: int, until: datetime | None) -> str:
    return f"{mention(member)} is blocked {ending(until)}."


def lifted(member: int) -> str:
    return f"{mention(member)} was blocked, and may make pictures again."
