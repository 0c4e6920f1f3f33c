"""The file for a spreadsheet: complete, bounded, and nothing in it is reckoned."""

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import Entry, EntryKind
from bot.ui.export import Table
from bot.ui.words.history import COLUMNS
from tests.ui.test_staff_words import an_entry

ROOM = 10**7
BEGINNINGS = "=+-@"
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in BEGINNINGS)
TYPED = st.text(f"{BEGINNINGS}{WIDE};,\t|\"'\n\r ab1()!🦊", max_size=30)


def rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"), newline="")))


def written(*entries: Entry, limit: int = ROOM) -> list[dict[str, str]]:
    table = Table(limit)
    table.add(entries)
    heading, *others = rows(table)
    assert heading == list(COLUMNS)
    return [dict(zip(heading, row, strict=True)) for row in others]


@given(TYPED)
def test_no_cell_begins_as_a_formula_wherever_a_spreadsheet_parts_the_line(reason: str) -> None:
    table = Table(ROOM)
    assert table.add([an_entry(EntryKind.EXTRA, reason=reason)])
    _, (*_, cell) = rows(table)
    for part in re.split(r"[;,\t|\"\r\n]", cell):
        assert unicodedata.normalize("NFKC", part.strip())[:1] not in set(BEGINNINGS), cell
    assert re.sub("'", "", cell) == re.sub("'", "", reason)


@pytest.mark.parametrize("reason", ["for the contest", "well done - really", "a=b", "3-2", "mail@x", "1 + 1"])
def test_ordinary_reasons_stay_as_they_are(reason: str) -> None:
    (row,) = written(an_entry(EntryKind.EXTRA, reason=reason))
    assert row["reason"] == reason


def test_numbers_are_numbers_and_ids_are_text() -> None:
    entry = an_entry(
        EntryKind.HOLD, member=2**64 - 1, actor=2**64 - 1, job="1-0", amount=3, allowance_change=-3, before=None
    )
    (row,) = written(entry)
    assert row["member"] == row["by"] == "'18446744073709551615"
    assert (row["role"], row["before"], row["allowance change"], row["credits"]) == ("", "", "-3", "3")


def test_the_operators_command_line_is_named() -> None:
    assert written(an_entry(EntryKind.GRANT, actor=0))[0]["by"] == "command line"
    assert written(an_entry(EntryKind.REFILL, actor=None))[0]["by"] == ""


@given(st.lists(TYPED, max_size=20), st.integers(0, 2000))
def test_a_file_never_grows_beyond_its_limit_and_loses_only_the_oldest(reasons: list[str], room: int) -> None:
    limit = len(Table(0).data) + room
    table = Table(limit)
    entries = [an_entry(EntryKind.EXTRA, id=number, reason=reason) for number, reason in enumerate(reasons)]
    fitted = table.add(entries)
    assert len(table.data) <= limit
    assert [int(row[0]) for row in rows(table)[1:]] == list(range(table.count))
    assert fitted == (table.count == len(entries))
    assert table.oldest == (entries[table.count - 1].at if table.count else None)
