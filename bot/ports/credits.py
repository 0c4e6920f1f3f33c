from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.acts import Act, Change, Grant, PauseChange, PlanChange
from bot.domain.caps import Room
from bot.domain.credits import Plan, Pool
from bot.domain.figures import Figures
from bot.domain.ledger import Entry, GuildSummary, Search, Use
from bot.domain.orders import Caller


class Pools(Protocol):
    async def pool(self, guild: int, plan: Plan) -> Pool:
        """The guild's credits now, refilled if a new period has begun."""
        ...

    async def standing(self, caller: Caller, plan: Plan) -> tuple[Pool, Room]:
        """The same, and what of it the caller may spend."""
        ...


class Decisions(Protocol):
    async def act(self, act: Act, plan: Plan) -> Change:
        """Carry out what staff decided, once for its key; raises a `RefusalError` where it cannot be."""
        ...


class Funds(Protocol):
    """What the operator decides, each once for its key; `plan` is the installation's.

    All but giving raise `UnknownGuildError` for a guild that never used the bot.
    """

    async def find(self, guild: int, plan: Plan) -> Pool | None:
        """The guild's credits now, or None where it never used the bot."""
        ...

    async def grant(self, grant: Grant, plan: Plan) -> Pool:
        """Raises `TooLittleError` where more bonus is taken than there is."""
        ...

    async def set_plan(self, change: PlanChange, plan: Plan) -> tuple[Pool, Pool]:
        """The pool before it and after it; the same twice where it had happened already."""
        ...

    async def pause(self, change: PauseChange, plan: Plan) -> bool:
        """Whether it changed anything."""
        ...

    async def everything_paused(self) -> PauseChange | None:
        """What paused every guild, while it lasts."""
        ...

    async def guilds(self) -> Sequence[GuildSummary]:
        """Every guild that ever had a pool; the one active last comes first."""
        ...

    async def calls_today(self) -> int:
        """The provider's paid calls of this UTC day."""
        ...


class Books(Protocol):
    async def entries(self, search: Search, before: int | None, most: int) -> Sequence[Entry]:
        """Newest first, at most so many, older than the entry `before`."""
        ...

    async def top(self, guild: int, period: int, most: int) -> Sequence[Use]: ...

    async def figures(self, guild: int, since: datetime, until: datetime) -> Figures:
        """What was asked for from `since` on, before `until`; its parts may differ by what ends meanwhile."""
        ...


class Confirmations(Protocol):
    """What a person was asked to confirm, for a while and across restarts. A key is `kind:person:rest`."""

    async def keep(self, key: str, payload: str, until: datetime) -> None:
        """Of each kind, only so many of a person's newest are kept."""
        ...

    async def kept(self, key: str) -> str | None: ...
