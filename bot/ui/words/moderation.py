from typing import Final

from bot.ui.words.amounts import pictures
from bot.ui.words.people import mention

DISMISSED: Final = "Noted: nothing is wrong with it. If it was hidden, it is shown again."
REMOVED: Final = "Removed. The record stays, without anything for others to see."
REMOVE_MENU: Final = "Remove this picture"
REMOVE_ALL_MENU: Final = "Remove pictures"
BLOCK_MENU: Final = "Block from pictures"
NOTHING_TO_REMOVE: Final = "There is no picture of theirs to remove in that time."
CHOOSE: Final = "Which of their pictures are to be removed? Nothing is refunded, and it cannot be undone."
LAST: Final = {"hour": "Last hour", "day": "Last day", "week": "Last week"}


def removed(number: int, member: int) -> str:
    if not number:
        return NOTHING_TO_REMOVE
    return f"Removed {pictures(number)} of {mention(member)}. The records stay."
