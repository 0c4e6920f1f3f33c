import asyncio
from contextlib import suppress
from datetime import datetime
from weakref import WeakValueDictionary

from bot.domain.jobs import Job, JobId
from bot.domain.pictures import Hung
from bot.domain.refusals import RefusalError
from bot.ports import Cards, Jobs
from bot.services.patience import patiently


class Notices:
    """Tells on each card how its job gets on and ends; what a process could not tell any more, the next one does."""

    def __init__(self, jobs: Jobs, cards: Cards, owner: str) -> None:
        self._jobs = jobs
        self._cards = cards
        self._owner = owner
        self._turns: WeakValueDictionary[JobId, asyncio.Lock] = WeakValueDictionary()

    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        async with self._turn(job):
            await self._cards.show_painting(job, ready_by)

    async def card_of(self, job: Job) -> int | None:
        """The card that stands although nobody noted it."""
        return await self._cards.find(job)

    async def shown_before(self, job: Job) -> Hung | None:
        """Where whoever had this job before had shown its picture already."""
        return await self._cards.shows(job)

    async def show_end(self, job: Job) -> None:
        async with self._turn(job):
            shown = await self._cards.show_end(job)
        if shown:
            with suppress(RefusalError):  # then it is told twice
                await patiently(lambda: self._jobs.told(job.id, job.state))

    async def show_cancelled(self, job: Job) -> None:
        if job.state.ended:
            await self.show_end(job)
            return
        async with self._turn(job):
            known = await self._known(job)
            if known.state is job.state:  # else its end is shown already, or comes next
                await self._cards.show_end(job)
        known = await self._known(job)
        if known.state is not job.state and known.owner != self._owner:
            # Another process may have shown the end meanwhile, and what was just written stands over it.
            await self.show_end(known)

    async def _known(self, job: Job) -> Job:
        return await patiently(lambda: self._jobs.find(job.id)) or job

    async def catch_up(self) -> None:
        """Put the cards right of jobs that ended without anybody being told."""
        for job in await self._jobs.untold():
            await self._put_right(job)

    async def _put_right(self, job: Job) -> None:
        hung = await self.shown_before(job) if job.claimed else None
        if hung is not None:
            await patiently(lambda: self._jobs.shown_kept(job.id, hung))
        else:
            await self.show_end(job)

    def _turn(self, job: Job) -> asyncio.Lock:
        """One change of a card at a time, in order: what was written first must not arrive last."""
        return self._turns.setdefault(job.id, asyncio.Lock())
