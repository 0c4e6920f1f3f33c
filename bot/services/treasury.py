from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from pydantic import TypeAdapter

from bot.domain.acts import Grant, PauseChange, PlanChange
from bot.domain.credits import PeriodKind, Plan, Pool, next_day
from bot.domain.ledger import Day, GuildSummary, Search
from bot.domain.refusals import ConfirmationGoneError, NotOperatorError, UnknownGuildError
from bot.ports import Books, Clock, Confirmations, Funds
from bot.services.steward import Page

CONFIRMATION: Final = timedelta(hours=1)
_PAUSE: Final = TypeAdapter(PauseChange)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts for the installation, and whether they may. `key` is what makes the act one: an interaction's id."""

    person: int
    key: str
    trusted: bool


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What is to change of a guild's plan; None leaves it. `unlimited` goes before the allowance."""

    allowance: int | None = None
    period: PeriodKind | None = None
    unlimited: bool = False

    def on(self, plan: Plan) -> Plan:
        allowance = plan.allowance if self.allowance is None else self.allowance
        return Plan(None if self.unlimited else allowance, self.period or plan.period)


class Treasury:
    """What the operator can do with guilds. Every method raises `NotOperatorError` for anybody else.

    Those that name a guild raise `UnknownGuildError` where it never used the bot; it may be given credits though.
    """

    def __init__(
        self, funds: Funds, books: Books, confirmations: Confirmations, clock: Clock, plan: Plan, calls_per_day: int
    ) -> None:
        self._funds = funds
        self._books = books
        self._confirmations = confirmations
        self._clock = clock
        self._plan = plan
        self._calls_per_day = calls_per_day

    async def guilds(self, operator: Operator) -> Sequence[GuildSummary]:
        """Every guild as it stands now; the one active last comes first."""
        _only(operator)
        return [self._as_of_now(it) for it in await self._funds.guilds()]

    async def grant(self, operator: Operator, guild: int, amount: int, reason: str | None) -> Pool:
        """Take where the amount is negative. Raises `BadAmountError` or `TooLittleError`."""
        _only(operator)
        now = self._clock.now()
        grant = Grant(key=operator.key, guild=guild, actor=operator.person, amount=amount, reason=reason, at=now)
        return await self._funds.grant(grant, self._plan)

    async def set_plan(
        self, operator: Operator, guild: int, wish: PlanWish | None, reason: str | None
    ) -> tuple[Pool, Pool]:
        """The pool before and after it. None goes back to the installation's plan."""
        _only(operator)
        now, plan = self._clock.now(), None
        if wish is not None:
            plan = wish.on((await self._pool(guild)).plan)
        change = PlanChange(key=operator.key, guild=guild, actor=operator.person, plan=plan, reason=reason, at=now)
        return await self._funds.set_plan(change, self._plan)

    async def pool(self, operator: Operator, guild: int) -> Pool:
        _only(operator)
        return await self._pool(guild)

    async def pause(self, operator: Operator, guild: int | None, reason: str | None, *, paused: bool) -> bool:
        """Of one guild or of all; whether it changed anything."""
        _only(operator)
        return await self._funds.pause(self._pause(operator, guild, reason, paused=paused), self._plan)

    async def everything_paused(self, operator: Operator) -> PauseChange | None:
        """What paused everything, while it lasts."""
        _only(operator)
        return await self._funds.everything_paused()

    async def propose_pause(self, operator: Operator, reason: str | None) -> str:
        """Of everything: the key under which it waits to be confirmed."""
        _only(operator)
        change = self._pause(operator, None, reason, paused=True)
        key = f"everything:{operator.key}"
        await self._confirmations.keep(key, _PAUSE.dump_json(change).decode(), change.at + CONFIRMATION)
        return operator.key

    async def confirm_pause(self, operator: Operator, key: str) -> bool:
        """Whether it changed anything. Raises `ConfirmationGoneError`."""
        _only(operator)
        payload = await self._confirmations.kept(f"everything:{key}")
        change = None if payload is None else _PAUSE.validate_json(payload)
        if change is None or change.actor != operator.person:
            raise ConfirmationGoneError
        return await self._funds.pause(change, self._plan)

    async def ledger(self, operator: Operator, search: Search, before: int | None, most: int) -> Page:
        _only(operator)
        entries = await self._books.entries(search, before, most + 1)
        if not entries:
            await self._pool(search.guild)
        return Page(entries[:most], len(entries) > most)

    async def today(self, operator: Operator) -> Day:
        _only(operator)
        return Day(await self._funds.calls_today(), self._calls_per_day, next_day(self._clock.now()))

    async def _pool(self, guild: int) -> Pool:
        pool = await self._funds.find(guild, self._plan)
        if pool is None:
            raise UnknownGuildError
        return pool

    def _pause(self, operator: Operator, guild: int | None, reason: str | None, *, paused: bool) -> PauseChange:
        now = self._clock.now()
        return PauseChange(key=operator.key, guild=guild, actor=operator.person, paused=paused, reason=reason, at=now)

    def _as_of_now(self, summary: GuildSummary) -> GuildSummary:
        """A guild nobody has used since its period ended is still written as it was then."""
        pool = summary.pool
        plan = pool.plan_under(self._plan)
        start = pool.due(plan, self._clock.now())
        pool = replace(pool, plan=plan)
        if start is not None:
            pool = replace(pool, number=pool.number + 1, start=start, spent=0, held=0)
        return replace(summary, pool=pool)


def _only(operator: Operator) -> None:
    if not operator.trusted:
        raise NotOperatorError
