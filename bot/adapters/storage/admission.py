"""The hold: one transaction that writes a job and takes its price, or says which guard refused."""

from sqlalchemy import Connection, func, insert, select

from bot.adapters.storage import money, rows
from bot.adapters.storage.queue import calls_today, lines
from bot.adapters.storage.tables import jobs
from bot.domain.credits import Plan, Pool, Split, next_day
from bot.domain.jobs import OPEN_STATES, Job, JobState
from bot.domain.orders import Limits, Order, Standing
from bot.domain.refusals import (
    DayFullError,
    GuildBusyError,
    MemberBusyError,
    OutOfCreditsError,
    UnderWayError,
)
from bot.domain.turns import place

_OPEN = sorted(OPEN_STATES)


def hold(connection: Connection, order: Order, plan: Plan, limits: Limits, owner: str) -> Standing:
    pool = money.lock_pool(connection, order.caller.guild, plan, order.at)
    known = rows.find(connection, order.id)
    if known is not None:
        return Standing(known, _place(connection, known), fresh=False)
    _guard_repeat(connection, order)
    _guard_day(connection, order, limits)
    _guard_jobs(connection, order, limits)
    split = pool.split(order.price)
    if split is None:
        raise _out_of_credits(order, pool)
    job = _job(order, pool, split, owner)
    connection.execute(
        insert(jobs).values(**rows.columns_of(job), lease_until=rows.database_now(connection) + rows.LEASE_MILLISECONDS)
    )
    if not money.hold(connection, job):
        raise _out_of_credits(order, pool)
    return Standing(job, _place(connection, job), fresh=True)


def _guard_repeat(connection: Connection, order: Order) -> None:
    if order.parent is None:
        return
    same = select(jobs).where(
        jobs.c.parent == order.parent, jobs.c.member == order.caller.member, jobs.c.state.in_(_OPEN)
    )
    for job in rows.choose(connection, same):
        raise UnderWayError(job)


def _guard_day(connection: Connection, order: Order, limits: Limits) -> None:
    queued = select(func.count()).select_from(jobs).where(jobs.c.state == JobState.QUEUED)
    promised = calls_today(connection, order.at) + connection.execute(queued).scalar_one()
    if promised >= limits.calls_per_day:
        raise DayFullError(next_day(order.at))


def _guard_jobs(connection: Connection, order: Order, limits: Limits) -> None:
    mine = func.count().filter(jobs.c.member == order.caller.member)
    everybodys = select(func.count(), mine).where(jobs.c.guild == order.caller.guild, jobs.c.state.in_(_OPEN))
    of_guild, of_member = connection.execute(everybodys).one()
    if of_member >= limits.member_jobs:
        raise MemberBusyError(limits.member_jobs)
    if of_guild >= limits.guild_jobs:
        raise GuildBusyError(limits.guild_jobs)


def _out_of_credits(order: Order, pool: Pool) -> OutOfCreditsError:
    return OutOfCreditsError(order.price, pool.available or 0, pool.all_held, pool.refills_at)


def _job(order: Order, pool: Pool, split: Split, owner: str) -> Job:
    return Job(
        id=order.id,
        guild=order.caller.guild,
        channel=order.caller.channel,
        member=order.caller.member,
        origin=order.origin,
        parent=order.parent,
        parameters=order.parameters,
        upload_limit=order.caller.upload_limit,
        split=split,
        period=pool.number,
        state=JobState.ACCEPTED,
        owner=owner,
        lease=0,
        cancelling=False,
        created_at=order.at,
    )


def _place(connection: Connection, job: Job) -> int:
    return place(lines(connection, job.guild), job.guild)
