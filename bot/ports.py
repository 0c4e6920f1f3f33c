"""What the services need of the world, as narrow as they need it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.acts import Act, Change, Grant, PauseChange, PlanChange
from bot.domain.caps import Room
from bot.domain.circuit import Trouble
from bot.domain.credits import Plan, Pool
from bot.domain.jobs import Job, JobId, JobState, Lease
from bot.domain.ledger import Entry, GuildSummary, Search, Use
from bot.domain.orders import Caller, Limits, Order, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content, Painted, Pending, Picture
from bot.domain.reports import Report
from bot.domain.turns import Line


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

    async def probe(self) -> None:
        """Ask, free of charge, whether the key is accepted."""
        ...

    def download(self, painted: Painted) -> AbstractAsyncContextManager[Content]:
        """Fetch the file, which is there for as long as the context lasts. Free, and may be repeated."""
        ...


class Pictures(Protocol):
    """Both raise `UnusablePictureError`, or `UndeliverableError` where our own disk fails; neither blocks the loop."""

    async def check(self, content: Content) -> Picture: ...

    def fit(self, picture: Picture, limit: int) -> AbstractAsyncContextManager[Picture]:
        """The same picture in at most `limit` bytes, for as long as the context lasts; itself where it fits."""
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

    async def abandon(self, job: JobId, card: int | None = None) -> Job | None:
        """End an `accepted` job that no card announces, or one that nobody had noted; its hold is released."""
        ...

    async def cancel(self, job: JobId) -> Job | None:
        """End a `queued` job, or note on a `painting` one that nobody wants it any more."""
        ...

    async def turn_away(self, failure: str, since: datetime | None = None) -> Sequence[Job]:
        """End every `queued` job free of charge, or those that wait `since` then or longer."""
        ...

    async def keep(self, lease: Lease) -> Job | None:
        """Keep a `painted` picture that Discord takes nowhere for whoever asked; its hold stays."""
        ...

    async def claim_kept(self, job: JobId, channel: int, upload_limit: int) -> Job | None:
        """Capture a `kept` job's hold, so that it may be shown in this channel.

        None where it was shown, has expired, or is being shown right now.
        """
        ...

    async def put_back(self, job: JobId) -> Job | None:
        """A claimed picture could not be shown: it may be claimed again, and costs nothing more."""
        ...

    async def fetching(self, job: JobId, card: int) -> None:
        """Note the card on which a claimed picture is about to be shown."""
        ...

    async def shown_kept(self, job: JobId, card: int | None) -> Job | None:
        """It is there for all to see, and its link no longer needed."""
        ...

    async def told(self, job: JobId, state: JobState) -> None:
        """Its card says that it is in this state, or never will. Nothing changes where it is in another by now."""
        ...

    async def untold(self) -> Sequence[Job]:
        """Jobs that ended, or are kept, lately, and whose card does not say so, because a process or Discord was gone.

        Not those that somebody may be just about to tell.
        """
        ...

    async def expire(self) -> Sequence[Job]:
        """End every `kept` job whose time is over, free of charge."""
        ...

    async def kept_for(self, guild: int, member: int) -> Sequence[Job]:
        """What this member can still have shown, the one that expires first in front."""
        ...

    async def line(self, guild: int) -> tuple[Sequence[Job], Sequence[Line]]:
        """The guild's jobs that wait or are under way, in their order, and the lines of all guilds."""
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


class Guilds(Protocol):
    """Which guilds the bot is in, as far as they ever used it."""

    async def leave(self, guild: int) -> Sequence[Job]:
        """The bot was removed: what waits ends free, what is being painted ends as if it was cancelled."""
        ...

    async def come_back(self, guild: int) -> bool:
        """Whether the bot had been away."""
        ...

    async def known(self) -> Mapping[int, bool]:
        """Each of them, and whether it was seen leaving."""
        ...

    async def forget(self, before: datetime) -> Sequence[int]:
        """Put tombstones for people and prompts of guilds that left before that. Amounts stay."""
        ...


class Facts(Protocol):
    """Small things that a process leaves for the next one."""

    async def fact(self, name: str) -> str | None: ...

    async def remember(self, name: str, value: str) -> None: ...


class Cards(Protocol):
    """What the community sees of a job. Only `deliver` fails."""

    async def show_painting(self, job: Job, ready_by: datetime) -> None: ...

    async def deliver(self, job: Job, picture: Picture) -> None:
        """Show the picture, on the card or beside it; raises `UndeliverableError`."""
        ...

    def take_room(self, job: Job) -> float:
        """How many seconds a delivery should wait, because its channel takes no more; 0 is now, and it is counted."""
        ...

    async def find(self, job: Job) -> int | None:
        """The card of a job that nobody noted, because the process died meanwhile. None where there is none."""
        ...

    async def shows(self, job: Job) -> bool:
        """Whether the job's picture stands on its card or below, although nobody noted it."""
        ...

    async def show_end(self, job: Job) -> bool:
        """Show how the job ended, on its card or below it, or that nobody wants it any more.

        False where another try is worth it.
        """
        ...


class OperatorDesk(Protocol):
    async def alert(self, trouble: Trouble | None, before: Trouble | None) -> None:
        """Tell the operator that no pictures can be ordered, or can be again. Never fails: the log has it, too."""
        ...

    async def report(self, report: Report) -> bool:
        """Put a member's report before the operator; False where no channel takes it and the log must do."""
        ...
