"""Each member's account made again from its entries, and held against what the table says."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from bot.adapters.storage import audit_lines
from bot.adapters.storage.audit_lines import AccountLine
from bot.adapters.storage.findings import Fault, Findings
from bot.adapters.storage.tables import ledger
from bot.domain.ledger import EntryKind

_ROLE_RESETS: Final = (
    select(func.count())
    .select_from(ledger)
    .where(
        ledger.c.guild == bindparam("of"),
        ledger.c.kind == EntryKind.RESET.value,
        ledger.c.role.is_not(None),
        ledger.c.period == bindparam("running"),
        ledger.c.id < bindparam("entry"),
    )
)

_SETTLING: Final = frozenset({EntryKind.CAPTURE, EntryKind.RELEASE})


def audit(connection: Connection, findings: Findings) -> None:
    for (guild, member), entries in groupby(audit_lines.of_accounts(connection), attrgetter("guild", "member")):
        replay = Replay(connection)
        for entry in entries:
            text = replay.enter(entry)
            if text is not None:
                findings.entry(Fault(guild, entry.id, entry.kind, f"of member {member}, {text}"))
        findings.others(f"guild {guild}, member {member}: {text}" for text in replay.differences(entry))
    for row in audit_lines.silent_accounts(connection):
        findings.others([f"guild {row.guild}, member {row.member}: an account that no entry tells of"])


class Replay:
    """An account as its entries make it; what an entry claims is believed once it was judged.

    Where a member's entries were erased in part, those between are missing, and what was before is not known.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.number = self.period = 0
        self.used = self.held = 0
        self.extra: int | None = 0
        self.cap: int | None = None

    def enter(self, entry: AccountLine) -> str | None:
        """What is wrong with the entry, or None."""
        if entry.kind in _SETTLING:
            return self._settle(entry)
        stands = self._stands(entry)
        before = self._move_to(entry)
        if entry.kind == EntryKind.HOLD:
            self.held += entry.amount
        elif entry.kind == EntryKind.EXTRA:
            self.extra = entry.after
        elif entry.kind == EntryKind.CAP:
            self.cap = entry.after
        if not stands:
            return _misplaced(entry)
        return (
            None if entry.erased or entry.before == before else f"it says {entry.before} before it, where {before} was"
        )

    def differences(self, account: AccountLine) -> Iterator[str]:
        if account.number is None:
            yield "entries, but no account"
            return
        names = ("stretch", "period", "used", "held", "extra", "cap")
        found = (account.number, account.running, account.used, account.held, account.extra, account.cap)
        made = (self.number, self.period, self.used, self.held, self.extra, self.cap)
        for name, here, there in zip(names, found, made, strict=True):
            if here != there:
                yield f"the account says {name} {here}, its entries make {there}"

    def _settle(self, entry: AccountLine) -> str | None:
        """What an earlier stretch held no longer counts."""
        if entry.stretch < self.number:
            return None
        self.held -= entry.amount
        self.used += entry.amount if entry.kind == EntryKind.CAPTURE else 0
        return _misplaced(entry) if entry.stretch > self.number or self.held < 0 else None

    def _stands(self, entry: AccountLine) -> bool:
        """Whether its stretch is the one that runs, or that a new period or a reset begins with it."""
        if entry.period < self.period:
            return False
        if entry.erased:
            return entry.stretch >= self.number
        begun = (entry.period != self.period) + (entry.kind == EntryKind.RESET)
        return entry.stretch == self.number + begun or (
            entry.stretch == self.number + 1 and self._role_was_reset(entry)
        )

    def _role_was_reset(self, entry: AccountLine) -> bool:
        asked = {"of": entry.guild, "running": entry.period, "entry": entry.id}
        return entry.kind == EntryKind.HOLD and self._connection.execute(_ROLE_RESETS, asked).scalar_one() > 0

    def _move_to(self, entry: AccountLine) -> int | None:
        """Into the entry's stretch; what it has to say it was before it."""
        if entry.period != self.period:
            self.used = self.held = self.extra = 0
        before: dict[str, int | None] = {
            EntryKind.EXTRA: self.extra,
            EntryKind.CAP: self.cap,
            EntryKind.RESET: self.used + self.held,
        }
        if entry.stretch != self.number:
            self.used = self.held = 0
        self.number, self.period = entry.stretch, entry.period
        return before.get(entry.kind)


def _misplaced(entry: AccountLine) -> str:
    return f"it stands in stretch {entry.stretch} and period {entry.period}, where it cannot be"
