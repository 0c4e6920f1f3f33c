"""Every cell of the matrix, by the running bot: all of them with SOAK=1, else each two values once."""

import asyncio

import pytest

from tests.faults.cells import Cell, chosen
from tests.faults.house import FaultyHouse, Play

A_CELL_SECONDS = 90
TO_THE_OPERATOR = "no pictures can be ordered"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("cell", chosen(), ids=lambda cell: cell.name)
async def test_what_was_asked_for_ends_once_and_as_it_should(house: FaultyHouse, cell: Cell) -> None:
    async with asyncio.timeout(A_CELL_SECONDS):
        assert await Play(house, cell).outcome() == (cell.expected, cell.posts)
    assert [str(it) for it in house.discord.violations] == []
    assert [it for it in house.complaints() if it["event"] != TO_THE_OPERATOR] == []
