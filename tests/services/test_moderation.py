"""What holds for pictures that are reported and removed, whatever a door asks for."""

from pathlib import Path

import pytest

from bot.adapters.storage import SqlOffices, SqlShelf
from bot.adapters.words import ListFilters
from bot.domain.jobs import Job, JobState, Veil, job_id
from bot.domain.pictures import Hung
from bot.domain.records import Deeds
from bot.domain.refusals import NotStaffError, UnknownJobError
from bot.services.moderation import Moderation
from bot.services.rulebook import Rulebook
from bot.services.veils import Veils
from tests.examples import a_caller
from tests.services.world import Rack, Workshop


def moderation_of(shop: Workshop) -> Moderation:
    offices = SqlOffices(shop.database, shop.house.plan)
    rulebook = Rulebook(offices, ListFilters())
    return Moderation(
        shop.store,
        rulebook,
        shop.scribe,
        Veils(shop.wall, SqlShelf(shop.database, shop.clock), Rack()),
        shop.desk,
        shop.clock,
    )


async def shown(shop: Workshop) -> Job:
    job = await shop.begun()
    painted = await shop.painter.paint(job)
    assert painted is not None
    delivered = await shop.store.settle(painted.held_lease, JobState.DELIVERED, hung=Hung(99, "fox.png"))
    assert delivered is not None
    return delivered


async def test_what_is_removed_twice_is_removed_and_written_down_once(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        moderation, job, staff = moderation_of(shop), await shown(shop), a_caller(guild=1, manages=True)
        (removed,) = await moderation.remove(staff, job.id)
        assert removed.veil is Veil.REMOVED
        assert await moderation.remove(staff, job.id) == [removed]  # whose message may not have been changed yet
        assert len(await SqlOffices(shop.database, shop.house.plan).records(Deeds(guild=1), None, 9)) == 1


async def test_the_same_press_twice_is_one_deed(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        moderation, job, staff = moderation_of(shop), await shown(shop), a_caller(guild=1, manages=True)
        for _ in range(2):
            assert await moderation.dismiss(staff, job.id) == []
        assert len(await SqlOffices(shop.database, shop.house.plan).records(Deeds(guild=1), None, 9)) == 1


async def test_another_guilds_picture_is_unknown_and_nobody_else_removes_any(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        moderation, job = moderation_of(shop), await shown(shop)
        for caller, wanted in ((a_caller(guild=2, manages=True), job.id), (a_caller(guild=1, manages=True), job_id(7))):
            with pytest.raises(UnknownJobError):
                await moderation.remove(caller, wanted)
        with pytest.raises(UnknownJobError):
            await moderation.remove_shown_in(a_caller(guild=1, manages=True), 5)
        with pytest.raises(NotStaffError):
            await moderation.remove(a_caller(guild=1), job.id)
