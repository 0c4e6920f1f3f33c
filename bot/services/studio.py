from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.jobs import Job, JobId, JobState, Origin
from bot.domain.orders import Caller, Offer, Standing
from bot.domain.parameters import EditParameters
from bot.domain.refusals import (
    CostsAnywayError,
    NotYoursError,
    RefusalError,
    TooLateError,
    UnderWayError,
    UnknownJobError,
)
from bot.domain.remakes import Remix, rerolled, tried_again
from bot.domain.rules import judge_veil
from bot.domain.turns import place_of
from bot.ports import Jobs
from bot.services.admission import Admission
from bot.services.notices import Notices
from bot.services.patience import patiently
from bot.services.queue import Queue
from bot.services.typed import checked, parameters_of


@dataclass(frozen=True, slots=True)
class Line:
    """A guild's jobs that wait or are under way, in their order. `places` are those of the waiting ones, 1 is next.

    `open` are the caller's own and those of the channel that the caller is in. Of others nothing is told but the place,
    and to staff by whom and where: who may see a channel is not for the bot to say.
    """

    jobs: Sequence[Job]
    places: Mapping[JobId, int]
    kept: Sequence[Job]
    open: Collection[JobId]
    to_staff: bool


class Studio:
    """What a person can do: ask for a picture, and act on one by its card."""

    def __init__(self, admission: Admission, jobs: Jobs, queue: Queue, notices: Notices) -> None:
        self._admission = admission
        self._jobs = jobs
        self._queue = queue
        self._notices = notices

    async def imagine(self, caller: Caller, fields: Mapping[str, Any], preset: str | None = None) -> Standing:
        return await self._admission.admit(caller, parameters_of(fields), preset)

    async def reroll(self, caller: Caller, source: JobId) -> Standing:
        """The same picture with another seed, paid by the caller."""
        return await self._admission.admit_again(caller, source, Origin.REROLL, rerolled)

    async def retry(self, caller: Caller, source: JobId) -> Standing:
        """The same picture again, seed and all, because it came to nothing."""
        return await self._admission.admit_again(caller, source, Origin.RETRY, tried_again)

    async def remixable(self, caller: Caller, source: JobId) -> Job:
        """A picture that the caller may remix, as far as can be told before they say how."""
        known = await self.job(caller, source)
        await self._admission.expect_remake(caller, known)
        return known

    async def remix(self, caller: Caller, source: JobId, fields: Mapping[str, Any], *, keeps_seed: bool) -> Standing:
        """The same picture with these fields, the prompt among them, and all others as they were."""
        wanted = checked(EditParameters, fields)  # it takes whatever either kind does
        remix = Remix({name: getattr(wanted, name) for name in wanted.model_fields_set}, keeps_seed)
        return await self._admission.admit_again(caller, source, Origin.REMIX, remix)

    async def offer_variations(self, caller: Caller, source: JobId) -> Offer:
        """What the caller could have now, to be confirmed; raises what speaks against any at all."""
        return await self._admission.offer(caller, source)

    async def vary(self, caller: Caller, source: JobId, shown: Offer) -> Sequence[Standing]:
        """As many pictures as the offer said, for what it said, or none."""
        return await self._admission.admit_variations(caller, source, shown)

    async def announced(self, job: JobId, card: int) -> None:
        """The card stands: the job may wait for its turn."""
        await patiently(lambda: self._jobs.queue(job, card))
        self._queue.wake()

    async def unannounced(self, job: JobId) -> None:
        """No card could be shown: the job ends and its price returns."""
        await patiently(lambda: self._jobs.abandon(job))

    async def cancel(self, caller: Caller, job: JobId, *, anyway: bool = False) -> Job:
        """Cancel for the requester or staff. Raises `CostsAnywayError` unless told `anyway`."""
        known = await self.job(caller, job)
        if caller.member != known.member and not await self._admission.is_staff(caller):
            raise NotYoursError
        if known.state is JobState.PAINTING and not anyway:
            raise CostsAnywayError(known)
        cancelled = await self._jobs.cancel(job)
        if cancelled is None:
            raise TooLateError(await self.job(caller, job))
        return cancelled

    async def show_cancelled(self, job: Job) -> None:
        """Change the card, after the person who cancelled was answered: Discord may take its time for it."""
        await self._notices.show_cancelled(job)

    async def line(self, caller: Caller) -> Line:
        """Who waits in the caller's guild, and what is kept for the caller."""
        self._admission.welcome(caller)
        jobs, lines = await self._jobs.line(caller.guild)
        waiting = [job.id for job in jobs if job.state is JobState.QUEUED]
        places = {job: place_of(lines, caller.guild, number) for number, job in enumerate(waiting, start=1)}
        seen = {job.id for job in jobs if job.member == caller.member or job.channel == caller.channel}
        kept = await self._jobs.kept_for(caller.guild, caller.member)
        return Line(jobs, places, kept, seen, await self._admission.is_staff(caller))

    async def claim_kept(self, caller: Caller, job: JobId) -> Job:
        """Pay for a picture that was kept for the caller, so that it can be shown where the caller is.

        Raises `TooLateError` where it was shown or has expired, `UnderWayError` where it is being shown.
        """
        known = await self.job(caller, job)
        if caller.member != known.member:
            raise NotYoursError
        await self._admission.show(caller, known.parameters)
        claimed = await self._jobs.claim_kept(job, caller.channel, caller.upload_limit)
        if claimed is None:
            known = await self.job(caller, job)
            raise TooLateError(known) if known.kept_until is None else UnderWayError(known)
        return claimed

    async def put_back(self, job: JobId) -> None:
        """No card could be shown for it."""
        await patiently(lambda: self._jobs.put_back(job))

    async def show_kept(self, job: Job, card: int) -> None:
        with suppress(RefusalError):  # needed where this process dies before the picture is there
            await self._jobs.fetching(job.id, card)
        self._queue.show(replace(job, card=card))

    async def job(self, caller: Caller, job: JobId) -> Job:
        """A job of the caller's own guild. Raises `UnknownJobError`, also for another guild's, or `VeiledError`."""
        self._admission.welcome(caller)
        known = await self._jobs.find(job)
        if known is None or known.guild != caller.guild:
            raise UnknownJobError
        judge_veil(known)
        return known
