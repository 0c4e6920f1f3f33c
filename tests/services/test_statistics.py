"""Drawing costs a process each time, and guilds share the machine."""

import asyncio
from pathlib import Path

import pytest
from typing_extensions import override

from bot.adapters.storage import SqlBooks
from bot.domain.charts import Chart, Timeline
from bot.domain.refusals import NotDrawnError
from bot.ports import Charts
from bot.services.statistics import Statistics
from tests.services.world import Workshop

CHART = Chart("a", Timeline(title="b", labels=[], bars=[], line=[], bars_name="c", line_name="d"), [])


class Slow(Charts):
    def __init__(self) -> None:
        self.go_on = asyncio.Event()

    @override
    async def draw(self, chart: Chart) -> bytes:
        await self.go_on.wait()
        return b"PNG"


async def test_a_guild_has_one_drawing_at_a_time_and_keeps_no_other_waiting(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        charts = Slow()
        statistics = Statistics(SqlBooks(shop.database, shop.clock), charts, shop.house, shop.rulebook, shop.clock)
        async with asyncio.TaskGroup() as group:
            first = group.create_task(statistics.draw(1, CHART))
            await asyncio.sleep(0)
            with pytest.raises(NotDrawnError):
                await statistics.draw(1, CHART)
            other = group.create_task(statistics.draw(2, CHART))
            charts.go_on.set()
        assert (first.result(), other.result()) == (b"PNG", b"PNG")
        assert await statistics.draw(1, CHART) == b"PNG"
