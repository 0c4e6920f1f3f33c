"""What holds for the data of a person, whatever a door asks for."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing

import pytest
from typing_extensions import override

from bot.domain.orders import Caller
from bot.domain.privacy import Erased
from bot.domain.refusals import AlreadyAtItError, NotInvitedError, StorageDownError
from bot.ports import Archive
from bot.ports.archive import Facts
from bot.services import privacy
from bot.services.admission import Admission
from bot.services.privacy import Privacy
from tests.examples import a_caller


class Guests(Admission):
    """The one admission, as far as it is asked here: who is welcome."""

    def __init__(self) -> None:
        self.welcomes = True

    @override
    def welcome(self, caller: Caller) -> None:
        if not self.welcomes:
            raise NotInvitedError


class Cellar(Archive):
    """Three pictures and as many entries in each of two guilds; `down` is how often it is locked."""

    def __init__(self) -> None:
        self.erased: list[tuple[int, int]] = []
        self.left = [(1, 30), (2, 30)]
        self.down = 0
        self.swept = asyncio.Event()

    @override
    async def guilds(self, person: int) -> Sequence[int]:
        return [1, 2]

    @override
    async def rest(self, person: int) -> Mapping[str, Sequence[Facts]]:
        return {"favourites": [], "reports": [{"job": "1-0"}]}

    @override
    async def pictures(self, person: int, guild: int, after: str | None, most: int) -> Sequence[Facts]:
        return [{"id": str(it), "guild": guild} for it in range(1, 4) if it > int(after or 0)][:most]

    @override
    async def entries(self, person: int, guild: int, after: int, most: int) -> Sequence[Facts]:
        return [{"id": it, "guild": guild} for it in range(1, 4) if it > after][:most]

    @override
    async def decisions(self, person: int, after: int, most: int) -> Sequence[Facts]:
        return [{"id": 9}] if after < 9 else []

    @override
    async def wish(self, person: int) -> Sequence[int]:
        return [1, 2]

    @override
    async def erase(self, guild: int, person: int) -> Erased:
        self.erased.append((guild, person))
        return Erased(pictures=guild, blocked=guild == 2)

    @override
    async def wishes(self) -> Sequence[tuple[int, int]]:
        self.swept.set()
        if self.down:
            self.down -= 1
            raise StorageDownError
        return self.left


def privacy_of(cellar: Cellar, guests: Guests | None = None) -> Privacy:
    return Privacy(cellar, guests or Guests(), 90)


async def test_an_export_reads_a_little_at_a_time_and_kind_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "CHUNK", 2)
    chunks = [chunk async for chunk in privacy_of(Cellar()).export(a_caller())]
    assert [chunk.name for chunk in chunks] == [
        *("favourites", "reports"),
        *["pictures"] * 4,
        *["ledger"] * 4,
        "decisions",
    ]
    assert [len(chunk.rows) for chunk in chunks] == [0, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1]


async def test_one_person_has_one_of_it_at_a_time_and_others_are_not_held_up() -> None:
    service, ada, ben = privacy_of(Cellar()), a_caller(), a_caller(member=31)
    async with aclosing(service.export(ada)) as chunks:
        await anext(chunks)
        with pytest.raises(AlreadyAtItError):
            await service.erase(ada)
        with pytest.raises(AlreadyAtItError):
            await anext(service.export(ada))
        assert (await service.erase(ben)).pictures == 3
    assert (await service.erase(ada)).pictures == 3


async def test_what_goes_and_what_stays_is_told_of_all_guilds_together() -> None:
    cellar = Cellar()
    erased = await privacy_of(cellar).erase(a_caller())
    assert erased == Erased(pictures=3, blocked=True)
    assert not erased.complete
    assert Erased(pictures=5).complete
    assert cellar.erased == [(1, 30), (2, 30)]


async def test_who_is_not_welcome_gets_nothing() -> None:
    guests = Guests()
    guests.welcomes = False
    service = privacy_of(Cellar(), guests)
    for attempt in (service.erase(a_caller()), anext(service.export(a_caller()))):
        with pytest.raises(NotInvitedError):
            await attempt
    with pytest.raises(NotInvitedError):
        service.welcome(a_caller())


async def test_what_was_left_is_erased_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "ROUND_SECONDS", 0)
    monkeypatch.setattr(privacy, "patiently", lambda step: step())
    cellar = Cellar()
    cellar.down = 1
    loop = asyncio.create_task(privacy_of(cellar).run())
    while not cellar.erased:
        await asyncio.sleep(0)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    assert cellar.erased[:2] == [(1, 30), (2, 30)]
    assert cellar.down == 0
