"""Doors must not wait for a database that is slow."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from typing_extensions import override

from bot.domain.failures import SourceGoneError
from bot.domain.parameters import EditParameters
from bot.domain.pictures import Source
from bot.domain.refusals import StorageBusyError
from bot.domain.sources import Candidate
from bot.ports import Confirmations, SourceMessages
from bot.services import editing
from bot.services.editing import Editing
from bot.services.places import Places
from tests.services.world import OWNER, Easel, Files, Workshop, caller


class Blind(SourceMessages):
    @override
    async def reread(self, guild: int, channel: int, message: int) -> Sequence[Candidate]:
        return []


class Stuck(Confirmations):
    @override
    async def keep(self, key: str, payload: str, until: datetime) -> None:
        await asyncio.Event().wait()

    @override
    async def kept(self, key: str) -> str | None:
        return None


async def test_a_form_that_could_not_open_in_time_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Workshop.open(tmp_path) as shop:
        parts = (shop.admission, shop.store, shop.provider, shop.breaker, Easel(), Files(), Blind(), Stuck())
        service = Editing(*parts, Places(), shop.house, shop.clock)
        await shop.rulebook.of(1)
        monkeypatch.setattr(editing, "OFFER_SECONDS", 0.2)
        with pytest.raises(StorageBusyError):
            await service.offer(caller(), 2, 5, [Candidate("https://cdn.example/fox.png", "fox.png")])


async def test_words_about_a_source_where_there_is_none_are_no_such_failure(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:

        async def refuse() -> None:
            raise SourceGoneError("asset not found")

        shop.provider.on_request = refuse
        await shop.painter.paint(await shop.begun())
        edit = EditParameters(prompt="fog")
        standing = await shop.admission.admit_edit(caller(2), edit, Source("images/fox.png"), None)
        await shop.studio.announced(standing.job.id, 98)
        begun = await shop.store.begin(OWNER, shop.house.limits)
        assert begun is not None
        assert begun.parameters == edit.model_copy(update={"seed": begun.parameters.seed})
        await shop.painter.paint(begun)
        assert [job.failure for job in shop.wall.ends] == ["invalid_request", "source_gone"]
