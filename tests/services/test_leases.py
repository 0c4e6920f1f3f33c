"""A worker that lost its lease stops where it stands: it shows nothing and settles nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from bot.adapters.storage import Database, SqlStore
from bot.domain.failures import ProviderFaultError
from bot.domain.jobs import Job, JobState, Lease
from bot.domain.pictures import Pending
from bot.ports import Clock
from bot.services import patience
from bot.services.queue import RENEWAL_SECONDS
from tests.services.test_queue import work
from tests.services.world import Workshop


async def test_a_picture_that_comes_after_the_lease_is_not_delivered(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()
        shop.provider.on_request = shop.another_takes_over
        assert await shop.painter.paint(job) is None
        assert shop.wall.pictures == []


async def test_an_order_noted_after_the_lease_is_not_followed(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()
        shop.provider.answer = Pending("uuid")
        shop.provider.on_request = shop.another_takes_over
        assert await shop.painter.paint(job) is None


async def test_a_failure_after_the_lease_is_not_shown(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()

        async def fail() -> None:
            await shop.another_takes_over()
            raise ProviderFaultError

        shop.provider.on_request = fail
        assert await shop.painter.paint(job) is None
        assert shop.wall.ends == []


async def test_a_delivery_is_settled_by_whoever_holds_the_lease(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        painted = await shop.painter.paint(await shop.begun())
        assert painted is not None
        assert painted.painted is not None
        shop.provider.on_download = shop.another_takes_over
        await shop.painter.deliver(painted, painted.painted)
        found = await shop.store.find(painted.id)
        assert found is not None
        assert found.state is JobState.PAINTED


class LateStore(SqlStore):
    """Each time its leases are renewed, they have all ended before."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._of_all = database
        self.looked = 0

    @override
    async def renew(self, leases: Sequence[Lease]) -> None:
        await self._of_all.run(lambda connection: connection.exec_driver_sql("UPDATE jobs SET lease_until = 0"))
        await super().renew(leases)

    @override
    async def take_over(self, owner: str) -> Sequence[Job]:
        taken = await super().take_over(owner)
        self.looked += 1
        return taken


async def test_a_database_away_for_longer_than_a_lease_costs_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.queue.RENEWAL_SECONDS", 0)
    async with Workshop.open(tmp_path, store=LateStore) as shop:
        store = shop.store
        assert isinstance(store, LateStore)
        await shop.queued()

        async def outlast() -> None:
            before = store.looked
            while store.looked < before + 2:
                await store.waiting()

        shop.provider.on_request = outlast
        await work(shop)
        assert shop.wall.pictures == ["1-0"]


def test_what_was_painted_is_held_for_longer_than_the_database_needs_to_come_back() -> None:
    assert patience.PATIENCE_SECONDS >= 40 * RENEWAL_SECONDS
