from dataclasses import dataclass

from bot.domain.caps import Room
from bot.domain.credits import Pool
from bot.domain.house import HouseRules
from bot.domain.orders import Caller
from bot.ports import Pools


@dataclass(frozen=True, slots=True)
class Statement:
    """A guild's credits, what of them the caller may spend, and what a picture costs; an edit, if there are any."""

    pool: Pool
    room: Room
    price: int
    price_of_edit: int | None = None


class Wallet:
    def __init__(self, pools: Pools, house: HouseRules) -> None:
        self._pools = pools
        self._house = house

    async def statement(self, caller: Caller) -> Statement:
        self._house.welcome(caller)
        pool, room = await self._pools.standing(caller, self._house.plan)
        edit = self._house.price(edit=True) if self._house.editing else None
        return Statement(pool, room, self._house.price(edit=False), edit)
