from dataclasses import dataclass

from bot.domain.credits import Pool
from bot.domain.house import HouseRules
from bot.domain.orders import Caller
from bot.ports import Pools


@dataclass(frozen=True, slots=True)
class Statement:
    """A guild's credits and what a picture costs."""

    pool: Pool
    price: int


class Wallet:
    def __init__(self, pools: Pools, house: HouseRules) -> None:
        self._pools = pools
        self._house = house

    async def statement(self, caller: Caller) -> Statement:
        self._house.welcome(caller)
        return Statement(await self._pools.pool(caller.guild, self._house.plan), self._house.price_imagine)
