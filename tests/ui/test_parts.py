"""A person's data as files that any reader of JSON takes."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.services.privacy import Chunk
from bot.ui.parts import Part

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=3), max_size=4)


def files(limit: int, chunks: list[Chunk]) -> list[bytes]:
    made, part = list[bytes](), Part(1, 30, AT, limit)
    for chunk in chunks:
        rows = chunk.rows
        while rows := part.add(Chunk(chunk.name, rows)):
            made.append(part.whole())
            part = Part(part.number + 1, 30, AT, limit)
    return [*made, part.whole()]


@given(st.integers(100, 2000), ROWS, ROWS)
def test_every_row_stands_in_one_file_and_in_order(limit: int, ones: list[Any], others: list[Any]) -> None:
    read = [json.loads(it) for it in files(limit, [Chunk("ones", ones), Chunk("others", others)])]
    assert [it["part"] for it in read] == list(range(1, len(read) + 1))
    for name, rows in (("ones", ones), ("others", others)):
        assert sum(len(it.get(name, [])) for it in read) == len(rows)


def test_a_file_is_no_larger_than_it_may_be() -> None:
    made = files(1000, [Chunk("pictures", [{"id": number, "prompt": "fox " * 40} for number in range(20)])])
    assert len(made) > 3
    assert max(map(len, made)) <= 1000


def test_ids_times_and_strange_characters_survive() -> None:
    rows = [{"id": 1456074443980800016, "at": AT, "few": 3, "list": (1, "ä\ud800")}]
    (row,) = json.loads(files(1000, [Chunk("rows", rows)])[0])["rows"]
    assert row == {"id": "1456074443980800016", "at": "2026-03-04T12:00:00+00:00", "few": 3, "list": [1, "ä?"]}


def test_nobody_of_whom_nothing_is_known_gets_a_file_that_says_so() -> None:
    (only,) = files(1000, [Chunk("pictures", [])])
    assert json.loads(only) == {"part": 1, "person": "30", "made_at": "2026-03-04T12:00:00+00:00"}
