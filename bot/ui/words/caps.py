"""Caps, as whom they bind and who reads about them."""

from bot.domain.caps import Basis, Cap, Room
from bot.ui.words.amounts import in_credits


def rule(room: Room) -> str:
    """Which rule gave a member their cap, as the beginning of a sentence to that member."""
    return _rule(room, "Your", "You have")


def their_rule(room: Room) -> str:
    """The same to staff, about that member."""
    return _rule(room, "Their", "They have")


def change(before: int | None, after: int | None, nothing: str = "none") -> str:
    """From one amount to another, where None is nothing."""
    end = nothing if after is None else in_credits(after)
    if before is None:
        return f"{nothing} → {end}"
    return f"{in_credits(before) if after is None else f'{before:,}'} → {end}"


def _rule(room: Room, whose: str, who_has: str) -> str:
    match room.cap:
        case Cap(basis=Basis.OWN, limit=int(limit)):
            sentence = f"{whose} own cap is {in_credits(limit)}"
        case Cap(basis=Basis.ROLE, limit=int(limit), role=role):
            sentence = f"{whose} cap is {in_credits(limit)}, from the role <@&{role}>"
        case Cap(basis=Basis.DEFAULT, limit=int(limit)):
            sentence = f"{whose} cap is {in_credits(limit)}, as for every member here"
        case Cap(basis=Basis.EXEMPT, role=role):
            return f"{who_has} no cap: the role <@&{role}> is exempt"
        case _:
            return f"{who_has} no cap of {whose.lower()} own here"
    return f"{sentence}, with {in_credits(room.extra)} extra on top" if room.extra else sentence
