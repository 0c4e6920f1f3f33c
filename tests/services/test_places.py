"""Who fetches something, and who waits for whom."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.domain.refusals import SourceError, SourceProblem
from bot.services.places import Places
from tests.examples import a_caller


class Crowd:
    """Members who fetch something and do not come to an end."""

    def __init__(self) -> None:
        self.places = Places()
        self.fetching: list[int] = []
        self._held: list[asyncio.Task[None]] = []

    async def come(self, guild: int, *members: int) -> None:
        self._held += [asyncio.create_task(self._fetch(guild, member)) for member in members]
        for _ in range(5):
            await asyncio.sleep(0)

    async def leave(self) -> None:
        for task in self._held:
            task.cancel()
        await asyncio.gather(*self._held, return_exceptions=True)

    async def refused(self, guild: int, member: int) -> SourceProblem:
        with pytest.raises(SourceError) as refusal:
            async with self.places.one(a_caller(guild=guild, member=member)):
                pass
        return refusal.value.problem

    async def _fetch(self, guild: int, member: int) -> None:
        async with self.places.one(a_caller(guild=guild, member=member)):
            self.fetching.append(member)
            await asyncio.Event().wait()


async def test_one_guild_does_not_take_all_places_nor_all_of_the_waiting_room() -> None:
    crowd = Crowd()
    await crowd.come(1, *range(8))
    assert crowd.fetching == [0, 1]
    assert await crowd.refused(1, 50) is SourceProblem.CROWDED
    await crowd.come(2, 20)
    assert crowd.fetching == [0, 1, 20]
    await crowd.come(3, *range(30, 36))
    assert await crowd.refused(4, 50) is SourceProblem.CROWDED
    await crowd.leave()
    async with crowd.places.one(a_caller(guild=1, member=1)):
        assert await crowd.refused(2, 1) is SourceProblem.AT_IT
    async with AsyncExitStack() as stack:
        for guild, member in ((1, 1), (1, 2), (2, 3)):
            await stack.enter_async_context(crowd.places.one(a_caller(guild=guild, member=member)))
