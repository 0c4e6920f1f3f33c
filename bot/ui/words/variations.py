from typing import Final

from bot.domain import refusals as no
from bot.domain.orders import Offer
from bot.domain.rules import MOST_VARIATIONS
from bot.ui.words.amounts import in_credits, pictures

CONFIRM: Final = "Make them"
CONFIRM_ONE: Final = "Make it"
_SHORT_OF: Final[dict[type[no.RefusalError], str]] = {
    no.OutOfCreditsError: "this server's credits suffice for no more",
    no.CapReachedError: "your cap allows no more",
    no.MemberBusyError: "you may have no more pictures waiting at once",
    no.GuildBusyError: "this server may have no more pictures waiting at once",
    no.DayFullError: "the bot's operator allows no more today",
}
_OTHERWISE: Final = "no more are possible"


def short_of(reason: no.RefusalError) -> str:
    """Why not one more, within a sentence."""
    return _SHORT_OF.get(type(reason), _OTHERWISE)


def offered(offer: Offer) -> str:
    """Before anything is held."""
    each = ", each with a seed of its own" if offer.count > 1 else ""
    return f"**{pictures(offer.count)} for {in_credits(offer.price)}**{each}.{_fewer(offer)} Nothing is charged yet."


def not_shown(count: int) -> str:
    return f"{pictures(count)} could not be shown here, and will not be made. Nothing was charged for that."


def _fewer(offer: Offer) -> str:
    if offer.count == MOST_VARIATIONS:
        return ""
    why = "this server allows no more at once" if offer.reason is None else short_of(offer.reason)
    return f" Not {MOST_VARIATIONS}: {why}."
