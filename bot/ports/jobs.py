from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.credits import Plan
from bot.domain.jobs import Job, JobId, JobState, Lease, Veil
from bot.domain.orders import Limits, Offer, Order, Standing
from bot.domain.pictures import Hung, Painted
from bot.domain.preferences import Choices
from bot.domain.records import Deed, Record
from bot.domain.turns import Line


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

    async def hold_for(
        self,
        member: int,
        preset: str | None,
        make: Callable[[Choices], Order],
        plan: Plan,
        limits: Limits,
        owner: str,
    ) -> Standing:
        """`hold` an order made from a member's preferences, read in the same transaction; `make` only computes.

        Raises `UnknownPresetError`.
        """
        ...

    async def rehearse_for(
        self,
        member: int,
        preset: str | None,
        make: Callable[[Choices], Order],
        plan: Plan,
        limits: Limits,
        owner: str,
    ) -> Standing:
        """Raises what `hold_for` would, by the same guards; holds nothing."""
        ...

    async def repeat(
        self, source: JobId, make: Callable[[Job | None], Order], plan: Plan, limits: Limits, owner: str
    ) -> Standing:
        """The same with an order made from an earlier job."""
        ...

    async def repeat_all(
        self, source: JobId, make: Callable[[Job | None], Sequence[Order]], plan: Plan, limits: Limits, owner: str
    ) -> Sequence[Standing]:
        """The same with several orders of one request: all are held or none, then with `OnlySomeError`."""
        ...

    async def rehearse_all(
        self, source: JobId, make: Callable[[Job | None], Sequence[Order]], plan: Plan, limits: Limits, owner: str
    ) -> Offer:
        """What `repeat_all` could hold; nothing is held. Raises the `RefusalError` where it is nothing at all."""
        ...

    async def queue(self, job: JobId, card: int) -> Job | None: ...

    async def begin(self, owner: str, limits: Limits) -> Job | None:
        """Choose the next job fairly between guilds, count the call, set it `painting`; None if none waits.

        Raises `DailyBoundError` when the day's calls are spent and jobs are waiting.
        """
        ...

    async def pending(self, lease: Lease, reference: str) -> Job | None: ...

    async def painted(self, lease: Lease, painted: Painted) -> Job | None: ...

    async def settle(
        self, lease: Lease, end: JobState, failure: str | None = None, hung: Hung | None = None
    ) -> Job | None:
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

    async def shown_kept(self, job: JobId, hung: Hung) -> Job | None:
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

    async def report(self, job: JobId, reporter: int, reason: str) -> tuple[int, bool]:
        """How many members have reported it by now, and whether this one had not."""
        ...

    async def veil(self, job: JobId, veil: Veil | None) -> Job | None:
        """Hide, remove or show again; None where it is so already, or was removed."""
        ...

    async def decide(self, job: JobId, veil: Veil | None, deed: Deed) -> tuple[Job | None, Record | None]:
        """The same as staff's deed, written down in one transaction with it.

        The job is None where nothing changed, the record where there was nothing to write down.
        """
        ...

    async def shown_of(self, guild: int, member: int, since: datetime) -> Sequence[Job]:
        """A member's pictures that came since then and are still to be seen, or hidden; the newest first."""
        ...

    async def shown_in(self, guild: int, card: int) -> Job | None:
        """The picture that stands in this message, whatever lies over it."""
        ...
