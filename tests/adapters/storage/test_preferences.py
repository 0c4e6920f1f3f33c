"""Members' defaults and presets, on both databases."""

import asyncio
from itertools import cycle, islice

import pytest

from bot.adapters.storage import SqlPreferences
from bot.domain.orders import Order
from bot.domain.preference_refusals import TooManyPresetsError, UnknownPresetError
from bot.domain.preferences import MOST_PRESETS, Choices, Preset
from tests.adapters.storage.scenes import MEMBER, Scene, order, sql

NOIR = Preset("noir", {"steps": 40}, "in grey")


@pytest.fixture
def book(scene: Scene) -> SqlPreferences:
    return SqlPreferences(scene.database)


async def chosen(scene: Scene, preset: str | None = None, member: int = MEMBER) -> Choices:
    """What stands behind an order, as the hold sees it."""
    seen: list[Choices] = []

    def make(choices: Choices) -> Order:
        seen.append(choices)
        return order(len(seen), member=member)

    await scene.store.hold_for(member, preset, make, scene.plan, scene.limits, "worker")
    return seen[-1]


async def test_a_hold_sees_what_its_member_prefers(scene: Scene, book: SqlPreferences) -> None:
    assert await chosen(scene) == Choices({}, None)
    await book.change(MEMBER, {"steps": 30, "guidance": 2.5})
    await book.change(MEMBER, {"steps": None})
    await book.save(MEMBER, NOIR)
    await book.change(MEMBER + 1, {"steps": 15})
    assert await chosen(scene) == Choices({"guidance": 2.5}, None)
    assert await chosen(scene, "noir") == Choices({"guidance": 2.5}, NOIR)
    with pytest.raises(UnknownPresetError) as refusal:
        await chosen(scene, "noir", MEMBER + 1)
    assert refusal.value.name == "noir"
    await book.clear(MEMBER)
    assert await chosen(scene, "noir") == Choices({}, NOIR)


async def test_what_an_older_or_newer_version_stored_is_left_out(scene: Scene, book: SqlPreferences) -> None:
    await book.change(MEMBER, {"steps": 30})
    odd = '{"steps": 500, "guidance": 4, "colour": "red", "prompt": "x"}'
    await sql(scene.database, "UPDATE preferences SET options = :odd", odd=odd)
    assert await book.own(MEMBER) == {"guidance": 4}
    assert await chosen(scene) == Choices({"guidance": 4}, None)


async def test_presets_are_replaced_listed_by_name_and_deleted(book: SqlPreferences) -> None:
    assert await book.save(MEMBER, NOIR)
    assert await book.save(MEMBER, Preset("film", {}, "x"))
    assert not await book.save(MEMBER, Preset("noir", {"steps": 20}))
    assert [(it.name, dict(it.options), it.suffix) for it in await book.presets(MEMBER)] == [
        ("film", {}, "x"),
        ("noir", {"steps": 20}, ""),
    ]
    await book.delete(MEMBER, "film")
    with pytest.raises(UnknownPresetError):
        await book.delete(MEMBER, "film")
    with pytest.raises(UnknownPresetError):
        await book.delete(MEMBER + 1, "noir")


async def test_of_many_who_save_at_once_no_member_gets_more_than_there_may_be(scenes: list[Scene]) -> None:
    books = islice(cycle(SqlPreferences(scene.database) for scene in scenes), MOST_PRESETS + 5)
    saves = (book.save(MEMBER, Preset(f"number {at}", {"steps": 20})) for at, book in enumerate(books))
    outcomes = await asyncio.gather(*saves, return_exceptions=True)
    assert outcomes.count(True) == MOST_PRESETS
    assert sum(isinstance(it, TooManyPresetsError) for it in outcomes) == 5
    assert len(await SqlPreferences(scenes[0].database).presets(MEMBER)) == MOST_PRESETS


async def test_what_is_erased_is_gone_and_nobody_elses(book: SqlPreferences) -> None:
    for member in (MEMBER, MEMBER + 1):
        await book.change(member, {"steps": 30})
        await book.save(member, NOIR)
    await book.erase(MEMBER)
    gone, left = await book.export(MEMBER), await book.export(MEMBER + 1)
    assert (dict(gone.own), gone.presets) == ({}, ())
    assert (dict(left.own), left.presets) == ({"steps": 30}, (NOIR,))
