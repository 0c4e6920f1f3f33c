from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from typing import Final

from pydantic import TypeAdapter

from bot.domain.acts import Act, Change, Target, TargetKind, Verb, rules_after
from bot.domain.caps import Room
from bot.domain.credits import Plan, Pool
from bot.domain.ledger import Entry, Search, Use
from bot.domain.news import Divided
from bot.domain.orders import Caller
from bot.domain.refusals import ConfirmationGoneError
from bot.ports import Books, Clock, Confirmations, Decisions, Pools
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe

CONFIRMATION: Final = timedelta(hours=1)
_ACT: Final = TypeAdapter(Act)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What staff want to happen, with what it changes. Where there is a `key`, that is to be confirmed first."""

    act: Act
    change: Change
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entries found, and whether older ones follow."""

    entries: Sequence[Entry]
    more: bool


class Steward:
    """What the staff of a guild can do with its credits. Every method that waits raises `NotStaffError` for others."""

    def __init__(
        self,
        rulebook: Rulebook,
        scribe: Scribe,
        decisions: Decisions,
        books: Books,
        pools: Pools,
        confirmations: Confirmations,
        clock: Clock,
        plan: Plan,
    ) -> None:
        self._rulebook = rulebook
        self._scribe = scribe
        self._decisions = decisions
        self._books = books
        self._pools = pools
        self._confirmations = confirmations
        self._clock = clock
        self._plan = plan

    async def propose(
        self, caller: Caller, verb: Verb, target: Target, amount: int | None, reason: str | None
    ) -> Proposal:
        """Done at once, unless it resets a use or concerns more than one member: then it waits to be confirmed."""
        await self._rulebook.staff(caller)
        now = self._clock.now()
        act = Act(
            key=str(caller.interaction),
            guild=caller.guild,
            actor=caller.member,
            verb=verb,
            target=target,
            amount=amount,
            reason=reason,
            at=now,
        )
        if verb is not Verb.RESET and target.kind is TargetKind.MEMBER:
            return await self._done(act)
        foreseen = await self._foreseen(caller, act)
        await self._confirmations.keep(_key(caller, act.key), _ACT.dump_json(act).decode(), now + CONFIRMATION)
        return Proposal(act, foreseen, act.key)

    async def confirm(self, caller: Caller, key: str, expect: Callable[[Target], None]) -> Proposal:
        """Carry a proposal of the caller out; again is the same as once. Raises `ConfirmationGoneError`.

        `expect` raises where the target is gone meanwhile.
        """
        await self._rulebook.staff(caller)
        payload = await self._confirmations.kept(_key(caller, key))
        act = None if payload is None else _ACT.validate_json(payload)
        if act is None or (act.guild, act.actor) != (caller.guild, caller.member):
            raise ConfirmationGoneError
        expect(act.target)
        return await self._done(replace(act, at=self._clock.now()))

    async def _done(self, act: Act) -> Proposal:
        change = await self._decisions.act(act, self._plan)
        if change.fresh:
            self._scribe.tell(Divided(act, change))
        return Proposal(act, change)

    async def pool(self, caller: Caller) -> Pool:
        """The guild's credits, and the rules about caps in them."""
        await self._rulebook.staff(caller)
        return await self._pools.pool(caller.guild, self._plan)

    async def standing(self, caller: Caller, member: int, roles: frozenset[int]) -> tuple[Pool, Room]:
        """The same, and what a member with these roles may spend."""
        await self._rulebook.staff(caller)
        return await self._pools.standing(replace(caller, member=member, roles=roles), self._plan)

    async def history(self, caller: Caller, search: Search, before: int | None, most: int) -> Page:
        """Of the caller's guild, whatever the search says."""
        await self._rulebook.staff(caller)
        entries = await self._books.entries(replace(search, guild=caller.guild), before, most + 1)
        return Page(entries[:most], len(entries) > most)

    async def top(self, caller: Caller, most: int) -> tuple[Pool, Sequence[Use]]:
        """Who has used how much in the running period."""
        pool = await self.pool(caller)
        return pool, await self._books.top(caller.guild, pool.number, most)

    def today(self) -> date:
        """The UTC day by the clock that entries go by."""
        return self._clock.now().astimezone(UTC).date()

    async def _foreseen(self, caller: Caller, act: Act) -> Change:
        """What it would change now; raises what carrying it out would."""
        if act.target.kind is TargetKind.MEMBER:
            _, room = await self.standing(caller, act.target.id, frozenset())
            return Change(room.use, 0)
        pool = await self.pool(caller)
        return rules_after(pool.rules, act, pool.number)[1]


def _key(caller: Caller, key: str) -> str:
    return f"act:{caller.member}:{key}"
