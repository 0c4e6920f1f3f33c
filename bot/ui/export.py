"""The ledger as a file for a spreadsheet."""

import asyncio
import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import discord
from discord.ui import File, LayoutView, TextDisplay

from bot.domain.ledger import COMMAND_LINE, Entry
from bot.domain.orders import Caller
from bot.services.steward import Steward
from bot.ui.boundary import ANSWER_SECONDS
from bot.ui.caller import caller_of
from bot.ui.searches import Wanted
from bot.ui.services import Interaction, services_of
from bot.ui.words import history as words

EXPORTED: Final = 50_000
"""Entries in one file."""
CHUNK: Final = 1_000
"""Entries read at once: somebody who wants a picture gets at the database in between."""
UPLOAD_SECONDS: Final = 60
_BOM: Final = "\ufeff".encode()
_FORMULA: Final = re.compile(r"""(^|[;,|"'\t\r\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])""")
"""Where a spreadsheet would begin to reckon: in front of a cell, and behind what it may take for the end of one."""


class Table:
    """Rows of text, as many as fit into so many bytes."""

    def __init__(self, limit: int) -> None:
        self.count = 0
        self._last: Entry | None = None
        self.data = bytearray(_BOM + _line(words.COLUMNS))
        self._limit = limit

    @property
    def oldest(self) -> datetime | None:
        return None if self._last is None else self._last.at

    def add(self, entries: Sequence[Entry]) -> bool:
        """Whether all of them fitted."""
        for entry in entries:
            line = _line(_cells(entry))
            if len(self.data) + len(line) > self._limit:
                return False
            self.data += line
            self.count += 1
            self._last = entry
        return True


async def export(interaction: Interaction, wanted: Wanted) -> None:
    """Raises the `RefusalError` that speaks against it."""
    caller = caller_of(interaction)
    async with asyncio.timeout(ANSWER_SECONDS):
        await interaction.response.defer(ephemeral=True)
    table, cut = await _filled(services_of(interaction).steward, caller, wanted)
    name = f"credits-{caller.guild}.csv"
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(words.exported(table.count, table.oldest if cut else None)))
    files = []
    if table.count:
        view.add_item(File(f"attachment://{name}"))
        files.append(discord.File(io.BytesIO(table.data), filename=name))
    async with asyncio.timeout(UPLOAD_SECONDS):
        await interaction.edit_original_response(view=view, attachments=files)


async def _filled(steward: Steward, caller: Caller, wanted: Wanted) -> tuple[Table, bool]:
    """The newest entries, and whether older ones were left out."""
    table, before = Table(caller.upload_limit), None
    while table.count < EXPORTED:
        page = await steward.history(caller, wanted.search(caller.guild), before, CHUNK)
        if not await asyncio.to_thread(table.add, page.entries):
            return table, True
        if not page.more:
            return table, False
        before = page.entries[-1].id
    return table, True


def _line(cells: Sequence[str | int]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _cells(entry: Entry) -> Sequence[str | int]:
    return (
        entry.id,
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        entry.kind.value,
        _id(entry.member),
        _id(entry.role),
        words.COMMAND_LINE if entry.actor == COMMAND_LINE else _id(entry.actor),
        entry.amount,
        _amount(entry.before),
        _amount(entry.after),
        entry.allowance_change,
        entry.bonus_change,
        entry.allowance_after,
        entry.bonus_after,
        entry.job or "",
        _FORMULA.sub(r"\1\2'", entry.reason or ""),
    )


def _amount(amount: int | None) -> str | int:
    return "" if amount is None else amount


def _id(snowflake: int | None) -> str:
    """As text: a spreadsheet keeps 15 digits of a number, and Discord's have more."""
    return "" if snowflake is None else f"'{snowflake}"
