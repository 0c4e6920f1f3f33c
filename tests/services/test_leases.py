"""A worker that lost its lease stops where it stands: it shows nothing and settles nothing."""

from pathlib import Path

from bot.domain.failures import ProviderFaultError
from bot.domain.jobs import JobState
from bot.domain.pictures import Pending
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
