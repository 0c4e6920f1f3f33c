"""The ledger's entries as the audit reads them: in order, and few at a time in memory.

Plain tuples, because a row is slow to be asked for its columns, and each of millions is asked often.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, exists, select

from bot.adapters.storage.tables import jobs, ledger, members, pools

_CHUNK: Final = 1000


def stream(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    return iter(connection.execute(statement, execution_options={"yield_per": _CHUNK}))


class PoolLine(NamedTuple):
    """An entry and its job, which is all None where there is none."""

    id: int
    guild: int
    key: str
    kind: str
    amount: int
    allowance_change: int
    bonus_change: int
    allowance_after: int
    bonus_after: int
    period: int
    stretch: int | None
    member: int | None
    role: int | None
    job: str | None
    before: int | None
    after: int | None
    known_job: str | None
    state: str
    painted: bool
    allowance: int
    bonus: int
    job_guild: int
    job_member: int
    job_period: int
    job_stretch: int


class AccountLine(NamedTuple):
    """An entry that counts in a member's account, and the account, which is all None where there is none."""

    id: int
    guild: int
    member: int
    kind: str
    amount: int
    period: int
    stretch: int
    before: int | None
    after: int | None
    number: int | None
    running: int
    used: int
    held: int
    extra: int
    cap: int | None
    erased: bool | None


_OF_POOLS: Final[Select[Any]] = (
    select(
        *(ledger.c.id, ledger.c.guild, ledger.c.key, ledger.c.kind, ledger.c.amount),
        *(ledger.c.allowance_change, ledger.c.bonus_change, ledger.c.allowance_after, ledger.c.bonus_after),
        *(ledger.c.period, ledger.c.stretch, ledger.c.member, ledger.c.role, ledger.c.job),
        *(ledger.c.before, ledger.c.after),
        *(jobs.c.id, jobs.c.state, jobs.c.painted_at.is_not(None), jobs.c.allowance, jobs.c.bonus),
        *(jobs.c.guild, jobs.c.member, jobs.c.period, jobs.c.stretch),
    )
    .outerjoin_from(ledger, jobs, jobs.c.id == ledger.c.job)
    .order_by(ledger.c.guild, ledger.c.id)
)
# Entries from before there were accounts have no stretch, or stretch 0.
_COUNTS: Final = and_(ledger.c.member.is_not(None), ledger.c.stretch > 0)
_OWN: Final = and_(members.c.guild == ledger.c.guild, members.c.member == ledger.c.member)
_OF_ACCOUNTS: Final[Select[Any]] = (
    select(
        *(ledger.c.id, ledger.c.guild, ledger.c.member, ledger.c.kind, ledger.c.amount),
        *(ledger.c.period, ledger.c.stretch, ledger.c.before, ledger.c.after),
        *(members.c.number, members.c.period, members.c.used, members.c.held, members.c.extra, members.c.cap),
        members.c.erased,
    )
    .outerjoin_from(ledger, members, _OWN)
    .where(_COUNTS)
    .order_by(ledger.c.guild, ledger.c.member, ledger.c.id)
)
_SILENT_POOLS: Final = select(pools).where(~exists().where(ledger.c.guild == pools.c.guild)).order_by(pools.c.guild)
_SILENT_ACCOUNTS: Final = (
    select(members.c.guild, members.c.member)
    .where(~exists().where(_OWN, _COUNTS))
    .order_by(members.c.guild, members.c.member)
)


def of_pools(connection: Connection) -> Iterator[PoolLine]:
    """Guild by guild, oldest first."""
    return map(PoolLine._make, stream(connection, _OF_POOLS))


def of_accounts(connection: Connection) -> Iterator[AccountLine]:
    """Member by member of each guild, oldest first."""
    return map(AccountLine._make, stream(connection, _OF_ACCOUNTS))


def of_account(connection: Connection, guild: int, member: int) -> Iterator[AccountLine]:
    """One member's, oldest first."""
    own = _OF_ACCOUNTS.where(ledger.c.guild == guild, ledger.c.member == member)
    return map(AccountLine._make, stream(connection, own))


def silent_pools(connection: Connection) -> Iterator[Row[Any]]:
    """Those without any entry."""
    return stream(connection, _SILENT_POOLS)


def silent_accounts(connection: Connection) -> Iterator[Row[Any]]:
    return stream(connection, _SILENT_ACCOUNTS)
