from collections.abc import Mapping
from typing import Any

from bot.domain.jobs import Job, JobId, JobState, Origin
from bot.domain.orders import Caller, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import CostsAnywayError, NotYoursError, TooLateError, UnknownJobError
from bot.domain.reports import Report
from bot.ports import Cards, Jobs, OperatorDesk
from bot.services.admission import Admission, parameters_of
from bot.services.patience import patiently
from bot.services.queue import Queue


class Studio:
    """What a person can do: ask for a picture, and act on one by its card."""

    def __init__(self, admission: Admission, jobs: Jobs, queue: Queue, cards: Cards, desk: OperatorDesk) -> None:
        self._admission = admission
        self._jobs = jobs
        self._queue = queue
        self._cards = cards
        self._desk = desk

    async def imagine(self, caller: Caller, fields: Mapping[str, Any]) -> Standing:
        return await self._admission.admit(caller, parameters_of(fields))

    async def reroll(self, caller: Caller, source: JobId) -> Standing:
        """The same picture with another seed, paid by the caller."""
        return await self._admission.admit_again(caller, source, Origin.REROLL, ImageParameters.reseeded)

    async def retry(self, caller: Caller, source: JobId) -> Standing:
        """The same picture again, seed and all, because it came to nothing."""
        return await self._admission.admit_again(caller, source, Origin.RETRY, ImageParameters.seeded)

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
        if caller.member != known.member and not caller.staff:
            raise NotYoursError
        if known.state is JobState.PAINTING and not anyway:
            raise CostsAnywayError(known)
        cancelled = await self._jobs.cancel(job)
        if cancelled is None:
            raise TooLateError(await self.job(caller, job))
        return cancelled

    async def show_cancelled(self, job: Job) -> None:
        """Change the card, after the person who cancelled was answered: Discord may take its time for it."""
        await self._cards.show_end(job)

    async def report(self, caller: Caller, job: JobId, reason: str) -> bool:
        """Whether the operator has a channel that took it; it is in the log in either case."""
        return await self._desk.report(Report(await self.job(caller, job), caller.member, reason))

    async def job(self, caller: Caller, job: JobId) -> Job:
        """A job of the caller's own guild. Raises `UnknownJobError`, also for another guild's."""
        self._admission.welcome(caller)
        known = await self._jobs.find(job)
        if known is None or known.guild != caller.guild:
            raise UnknownJobError
        return known
