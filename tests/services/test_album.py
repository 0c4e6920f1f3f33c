"""What holds for pictures that were made before, whatever a door asks for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.storage import SqlBooks, SqlOffices, SqlShelf
from bot.adapters.words import ListFilters
from bot.domain.album import Look, Unseen
from bot.domain.album_refusals import NotPostedError, ShownLatelyError, UnseenError
from bot.domain.jobs import Job, JobState, Veil
from bot.domain.orders import Caller
from bot.domain.pictures import Hung
from bot.domain.refusals import NotStaffError, SourceError, SourceProblem, TooLateError, UnknownJobError
from bot.domain.rule_refusals import VeiledError
from bot.services.admission import Admission
from bot.services.album import Album
from bot.services.moderation import Moderation
from bot.services.places import Places
from bot.services.rulebook import Rulebook
from bot.services.studio import Studio
from bot.services.veils import Veils
from tests.examples import a_caller
from tests.services.world import OWNER, Easel, Files, Rack, Workshop

ADA, BEN = 3, 4


class Gallery:
    """An album, and what stands behind it."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.rack, self.files = Rack(), Files()
        self.shelf = SqlShelf(shop.database, shop.clock)
        rulebook = Rulebook(SqlOffices(shop.database, shop.house.plan), ListFilters())
        admission = Admission(shop.store, shop.house, rulebook, shop.breaker, shop.scribe, shop.clock, OWNER)
        studio = Studio(admission, shop.store, shop.queue, shop.notices)
        veils = Veils(shop.wall, self.shelf, self.rack)
        self.moderation = Moderation(shop.store, rulebook, shop.scribe, veils, shop.desk, shop.clock)
        books = SqlBooks(shop.database, shop.clock)
        shown = (self.shelf, self.rack, Easel(), self.files, Places())
        self.album = Album(admission, studio, self.moderation, shop.store, *shown, veils, books, shop.clock, 90)

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path) -> AsyncIterator["Gallery"]:
        async with Workshop.open(folder) as shop:
            yield cls(shop)

    async def shown(self, interaction: int = 1) -> Job:
        job = await self.shop.begun(interaction)
        painted = await self.shop.painter.paint(job)
        assert painted is not None
        delivered = await self.shop.store.settle(painted.held_lease, JobState.DELIVERED, hung=Hung(99, "fox.png"))
        assert delivered is not None
        return delivered


def person(interaction: int, member: int = ADA, **more: Any) -> Caller:
    return a_caller(interaction=interaction, guild=1, channel=7, member=member, reads=lambda _: True, **more)


async def test_the_same_press_twice_is_shown_once(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()
        assert await it.album.show_again(person(50), job.id) is not None
        assert await it.album.show_again(person(50), job.id) is None
        assert len(it.rack.posted) == 1


async def test_of_two_presses_at_once_one_waits_its_turn(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()
        both = [it.album.show_again(person(number), job.id) for number in (50, 51)]
        outcomes = await asyncio.gather(*both, return_exceptions=True)
        assert sum(isinstance(outcome, ShownLatelyError) for outcome in outcomes) == 1
        assert len(it.rack.posted) == 1
        assert await it.album.show_again(person(52, BEN), job.id) is not None


async def test_what_could_not_be_shown_makes_nobody_wait(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()
        it.rack.trouble = Unseen.GONE
        with pytest.raises(UnseenError):
            await it.album.show_again(person(50), job.id)
        it.rack.trouble, it.files.trouble = None, SourceProblem.EXPIRED
        with pytest.raises(UnseenError):
            await it.album.show_again(person(53), job.id)
        it.files.trouble = SourceProblem.UNREACHABLE
        with pytest.raises(SourceError):
            await it.album.show_again(person(54), job.id)
        it.files.trouble, it.rack.large = None, 2
        with pytest.raises(NotPostedError):
            await it.album.show_again(person(51), job.id)
        it.rack.large = 1
        copy = await it.album.show_again(person(52), job.id)
        assert copy is not None
        assert list(await it.shelf.copies(job.id)) == [copy]


async def test_what_is_removed_while_it_is_posted_is_removed_there_too(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()

        async def removed() -> None:
            await it.shop.store.veil(job.id, Veil.REMOVED)

        it.rack.on_hang = removed
        copy = await it.album.show_again(person(50), job.id)
        assert [(shown, veiled.veil) for shown, veiled in it.rack.veiled] == [(copy, Veil.REMOVED)]


async def test_what_was_removed_is_not_claimed_by_whoever_looked_before(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()
        copy = await it.album.show_again(person(50), job.id)
        assert copy is not None
        await it.shop.store.veil(job.id, Veil.REMOVED)
        with pytest.raises(VeiledError):
            await it.shelf.claim(copy, timedelta())
        with pytest.raises(UnknownJobError):
            await it.album.show_again(a_caller(guild=2), job.id)


async def test_a_job_without_a_picture_is_no_favourite_and_is_not_shown(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shop.queued()
        for attempt in (
            it.album.mark(person(50), job.id, favourite=True),
            it.album.show_again(person(51), job.id),
            it.album.delete(person(52), job.id),
        ):
            with pytest.raises(TooLateError):
                await attempt
        assert not (await it.album.mark(person(53), job.id, favourite=False)).favourite


async def test_who_may_delete_what(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        job = await it.shown()
        for member, more, may in (
            (ADA, {}, True),
            (BEN, {}, False),
            (BEN, {"moderates": True}, True),
            (BEN, {"manages": True}, True),
            (BEN, {"moderates_here": True}, False),
        ):
            assert (await it.album.details(person(50, member, **more), job.id)).deletable is may
        with pytest.raises(NotStaffError):
            await it.album.delete(person(51, BEN), job.id)
        (deleted,) = await it.album.delete(person(52), job.id)
        assert deleted.veil is Veil.DELETED
        assert list(await it.album.delete(person(53), job.id)) == [deleted]  # its message may still stand
        (removed,) = await it.album.delete(person(54, BEN, moderates=True), job.id)
        assert removed == deleted


async def test_a_page_has_what_was_kept_only_where_it_begins(tmp_path: Path) -> None:
    async with Gallery.open(tmp_path) as it:
        jobs = [await it.shown(number) for number in range(1, 7)]
        first = await it.album.page(person(50), Look(guild=0, member=0), None, None)
        assert [job.id for job in first.leaf.jobs] == [job.id for job in jobs[:1:-1]]
        assert first.pictures[jobs[5].id] == f"https://cdn.example/{jobs[5].id}"
        assert first.leaf.older is not None
        assert (first.look.guild, first.look.member) == (1, ADA)
