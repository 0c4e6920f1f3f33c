from collections.abc import Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.adapters.storage import SqlBooks
from bot.domain.jobs import Job, JobState
from bot.domain.refusals import StorageDownError
from bot.services.residency import KEPT_FOR, Residency
from tests.services.world import Workshop


class Gone(SqlBooks):
    """A database that cannot be reached."""

    @override
    async def leave(self, guild: int) -> Sequence[Job]:
        raise StorageDownError


async def test_those_that_left_or_came_back_unseen_are_found_on_our_shards_alone(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        books = SqlBooks(shop.database, shop.clock)
        residency = Residency(books, shop.clock)
        job = await shop.queued()
        await residency.compare(set(), lambda _: False)
        assert await books.known() == {1: False}
        await residency.compare(set(), lambda guild: guild == 1)
        assert await books.known() == {1: True}
        ended = await shop.store.find(job.id)
        assert ended is not None
        assert ended.state is JobState.CANCELLED
        await residency.compare({1, 2}, lambda _: True)
        await residency.compare({1, 2}, lambda _: True)
        assert await books.known() == {1: False}


async def test_what_the_database_does_not_take_is_told_to_the_log_and_found_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.patience.PATIENCE_SECONDS", 0)
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()
        with capture_logs() as logs:
            await Residency(Gone(shop.database, shop.clock), shop.clock).left(1)
        assert [it["reason"] for it in logs] == ["StorageDownError"]
        assert await SqlBooks(shop.database, shop.clock).known() == {1: False}


async def test_a_guild_that_stayed_away_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class EnoughError(Exception):
        """One round is enough."""

    async def pause(_: float) -> None:
        raise EnoughError

    monkeypatch.setattr("bot.services.residency.asyncio.sleep", pause)
    async with Workshop.open(tmp_path) as shop:
        residency = Residency(SqlBooks(shop.database, shop.clock), shop.clock)
        job = await shop.queued()
        await residency.left(1)
        shop.clock.moment += KEPT_FOR
        with pytest.raises(EnoughError):
            await residency.run()
        forgotten = await shop.store.find(job.id)
        assert forgotten is not None
        assert forgotten.member < 0
        assert forgotten.parameters.prompt == "(removed)"
