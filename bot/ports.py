"""What the services need of the world, as narrow as they need it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.acts import Act, Change, Grant, PauseChange, PlanChange
from bot.domain.caps import Room
from bot.domain.credits import Plan, Pool
from bot.domain.jobs import Job, JobId, JobState, Lease
from bot.domain.ledger import Entry, GuildSummary, Search, Use
from bot.domain.orders import Caller, Limits, Order, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Pending, Picture
from bot.domain.reports import Report


class Clock(Protocol):
    def now(self) -> datetime:
        """The aware UTC time of day that periods, the ledger and cards go by."""
        ...


class ImageProvider(Protocol):
    """Every method raises a `PaintingError` and nothing else; each has a deadline of its own."""

    async def turn(self) -> None:
        """Wait until the provider's rate allows one more order."""
        ...

    async def request(self, parameters: ImageParameters) -> Painted | Pending:
        """Order one picture. Paid for; repeated only where that cannot pay twice."""
        ...

    async def follow(self, reference: str) -> Painted:
        """Wait for a picture ordered earlier. Free, and may be repeated."""
        ...

    async def download(self, painted: Painted) -> bytes:
        """Fetch the file. Free, and may be repeated."""
        ...


class Pictures(Protocol):
    """Both raise `UnusablePictureError`; neither blocks the loop."""

    async def check(self, data: bytes) -> Picture: ...

    async def fit(self, picture: Picture, limit: int) -> Picture:
        """The same picture in at most `limit` bytes; untouched where it fits already."""
        ...


class Jobs(Protocol):
    """Jobs and their money, changed together: each method is one transaction.

    Methods that change a job return None when it is no longer in the state, or under the lease, that the
    change expects: whoever asked must then stop. All raise `StorageBusyError` or `StorageDownError`.
    """

    async def hold(self, order: Order, plan: Plan, limits: Limits, owner: str) -> Standing:
        """Write the job and hold its price, or raise the `RefusalError` of the guard that said no.

        The same order twice is one job and one hold.
        """
        ...

    async def repeat(
        self, source: JobId, make: Callable[[Job | None], Order], plan: Plan, limits: Limits, owner: str
    ) -> Standing:
        """`hold` an order made from an earlier job, read in the same transaction; `make` only computes."""
        ...

    async def queue(self, job: JobId, card: int) -> Job | None: ...

    async def begin(self, owner: str, limits: Limits) -> Job | None:
        """Choose the next job fairly between guilds, count the call, set it `painting`; None if none waits.

        Raises `DailyBoundError` when the day's calls are spent and jobs are waiting.
        """
        ...

    async def pending(self, lease: Lease, reference: str) -> Job | None: ...

    async def painted(self, lease: Lease, painted: Painted) -> Job | None: ...

    async def settle(self, lease: Lease, end: JobState, failure: str | None = None) -> Job | None:
        """Bring the job to its end and capture or release its hold, in one transaction."""
        ...

    async def abandon(self, job: JobId) -> Job | None:
        """End an `accepted` job that no card announces; its hold is released."""
        ...

    async def cancel(self, job: JobId) -> Job | None:
        """End a `queued` job, or note on a `painting` one that nobody wants it any more."""
        ...

    async def turn_away(self, failure: str) -> Sequence[Job]:
        """End every `queued` job free of charge."""
        ...

    async def renew(self, leases: Sequence[Lease]) -> None:
        """Keep the jobs that are under way from being taken over."""
        ...

    async def take_over(self, owner: str) -> Sequence[Job]:
        """Lease every job whose worker is gone, each in the state it was left in."""
        ...

    async def find(self, job: JobId) -> Job | None: ...

    async def waiting(self) -> int:
        """How many jobs are `queued`."""
        ...


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


class Confirmations(Protocol):
    """What a person was asked to confirm, for a while and across restarts."""

    async def keep(self, key: str, payload: str, until: datetime) -> None: ...

    async def kept(self, key: str) -> str | None: ...


class Facts(Protocol):
    """Small things that a process leaves for the next one."""

    async def fact(self, name: str) -> str | None: ...

    async def remember(self, name: str, value: str) -> None: ...


class Cards(Protocol):
    """What the community sees of a job. Only `deliver` fails; the others are a courtesy."""

    async def show_painting(self, job: Job, ready_by: datetime) -> None: ...

    async def deliver(self, job: Job, picture: Picture) -> None:
        """Show the picture, on the card or beside it; raises `UndeliverableError`."""
        ...

    async def show_end(self, job: Job) -> None:
        """Show how the job ended, or that nobody wants it any more."""
        ...


class OperatorDesk(Protocol):
    async def report(self, report: Report) -> bool:
        """Put a member's report before the operator; False where no channel takes it and the log must do."""
        ...
