import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.domain.circuit import PATIENCE
from bot.domain.failures import DailyBoundError, PaintingError
from bot.domain.jobs import Job, JobState
from bot.domain.orders import Limits
from bot.domain.pace import Pace
from bot.domain.refusals import RefusalError
from bot.ports import Clock, ImageProvider, Jobs
from bot.services.breaker import Breaker
from bot.services.deliveries import Deliveries
from bot.services.notices import Notices
from bot.services.painting import Painter

_log = structlog.get_logger(__name__)

RENEWAL_SECONDS: Final = 15
"""A quarter of a lease: three renewals may fail before another worker takes a job over."""
ROUND_SECONDS: Final = 5
"""How long jobs may wait to be noticed that another process queued, or that could not be started at once."""


class Queue:
    """Carries jobs from `queued` to their end, as many at once as the operator allows."""

    def __init__(
        self,
        jobs: Jobs,
        painter: Painter,
        deliveries: Deliveries,
        provider: ImageProvider,
        breaker: Breaker,
        notices: Notices,
        clock: Clock,
        *,
        limits: Limits,
        owner: str,
        at_once: int,
    ) -> None:
        self._jobs = jobs
        self._painter = painter
        self._deliveries = deliveries
        self._provider = provider
        self._breaker = breaker
        self._notices = notices
        self._clock = clock
        self._limits, self._owner, self._at_once = limits, owner, at_once
        self._slots = asyncio.Semaphore(at_once)
        self._wishes = asyncio.Semaphore(0)
        self._step = asyncio.Event()
        self._taken_over = asyncio.Event()
        self._closed = self._starting = self._has_turn = False
        self._carried: dict[asyncio.Task[None], Job] = {}
        self._pace = Pace()

    @property
    def under_way(self) -> int:
        """Jobs that this process carries."""
        return len(self._carried)

    def wake(self) -> None:
        """A job was queued."""
        self._wishes.release()

    def ready_in(self, place: int) -> timedelta:
        """About how long the job in this place will take, from what jobs took lately."""
        return timedelta(seconds=self._pace.until_ready(place, self._at_once))

    def show(self, job: Job) -> None:
        """Show a picture that was kept and has been claimed."""
        self._carry(job, self._show(job))

    async def run(self) -> None:
        """Work until cancelled. Jobs under way outlive it; see `drain`."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._keep_leases())
            loops.create_task(self._keep_telling())
            loops.create_task(self._keep_starting())

    async def idle(self) -> None:
        """Wait until no job is queued or under way, those included that another process left."""
        await self._taken_over.wait()
        while True:
            self._step.clear()
            if not self._carried and not self._starting and not await self._jobs.waiting():
                return
            await self._step.wait()

    async def drain(self, seconds: float) -> None:
        """Start nothing more, let jobs under way finish for so long, leave the rest to the next process."""
        self._closed = True
        self._deliveries.close()
        try:
            async with asyncio.timeout(seconds):
                while self._starting or self._carried:
                    self._step.clear()
                    await self._step.wait()
        except TimeoutError:
            late = list(self._carried)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _keep_starting(self) -> None:
        while True:
            round_ends = asyncio.get_running_loop().time() + ROUND_SECONDS
            async with _going_on("nobody could be told of the trouble"):
                await self._give_up_waiting()
            async with _going_on("no job could be started"):
                while not self._closed and await self._start_next():
                    pass
            self._step.set()
            await self._serve_wishes(round_ends)

    async def _serve_wishes(self, until: float) -> None:
        """Start one job for each that is queued here: to look for the end of the line costs a transaction, too."""
        while await self._wish(until):
            async with _going_on("no job could be started"):
                if not self._closed:
                    await self._start_next()
            self._step.set()

    async def _wish(self, until: float) -> bool:
        try:
            async with asyncio.timeout_at(until):
                return await self._wishes.acquire()
        except TimeoutError:
            return False

    async def _start_next(self) -> bool:
        await self._slots.acquire()
        job = None
        try:
            await self._win_turn()
            if await self._breaker.lets_through():
                job = await self._begin()
        finally:
            if job is None:
                self._slots.release()
        return job is not None

    async def _win_turn(self) -> None:
        # Kept until it is used: to ask first whether anybody waits would cost a transaction for each job.
        if not self._has_turn:
            await self._provider.turn()
            self._has_turn = True

    async def _begin(self) -> Job | None:
        if self._closed:
            return None
        self._starting = True  # a job begun but not yet carried: a drain has to wait for it
        try:
            job = await self._jobs.begin(self._owner, self._limits)
            if job is not None:
                self._has_turn = False
                self._breaker.probing()
                self._carry(job, self._paint(job))
        except DailyBoundError as error:
            await self._turn_away(error.code)
            return None
        finally:
            self._starting = False
            self._step.set()
        return job

    async def _give_up_waiting(self) -> None:
        """Where nothing can be ordered: at once, or after a while where that may pass by itself."""
        trouble = self._breaker.trouble
        if trouble is not None:
            await self._turn_away(trouble, self._clock.now() - PATIENCE if trouble.passes else None)

    async def _turn_away(self, code: str, since: datetime | None = None) -> None:
        for job in await self._jobs.turn_away(code, since):
            self._carry(job, self._notices.show_end(job))

    async def _keep_leases(self) -> None:
        while True:
            async with _going_on("leases could not be renewed"):
                await self._jobs.renew([job.held_lease for job in self._carried.values()])
                await self._take_over()
            await asyncio.sleep(RENEWAL_SECONDS)

    async def _keep_telling(self) -> None:
        """Apart from the leases, which must not wait for Discord."""
        while True:
            async with _going_on("nobody could be told how jobs ended"):
                for job in await self._jobs.expire():
                    self._carry(job, self._notices.show_end(job))
                await self._notices.catch_up()
            await asyncio.sleep(RENEWAL_SECONDS)

    async def _take_over(self) -> None:
        if self._closed:
            return
        for job in await self._jobs.take_over(self._owner):
            _log.info("job taken over", job=job.id, state=job.state.value)
            self._carry(job, self._recover(job))
        self._taken_over.set()

    def _carry(self, job: Job, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(self._guard(job, work), name=f"job {job.id}")
        self._carried[task] = job
        task.add_done_callback(self._put_down)

    def _put_down(self, task: asyncio.Task[None]) -> None:
        del self._carried[task]
        self._step.set()

    async def _guard(self, job: Job, work: Coroutine[None, None, None]) -> None:
        # One job's misfortune stays its own. What the database did not take is left to the end of the lease:
        # whoever takes the job over knows from its state what may be repeated.
        try:
            await work
        except RefusalError as refusal:
            _log.error("job left to its lease", job=job.id, reason=type(refusal).__name__)
        except Exception:  # noqa: BLE001 - a boundary
            _log.exception("job stopped", job=job.id)
            await self._painter.fail(job, PaintingError("unforeseen"))

    async def _paint(self, job: Job) -> None:
        progress = asyncio.create_task(self._show_progress(job))
        try:
            painted = await self._painter.paint(job)
        finally:
            self._slots.release()
            await progress  # it must not overtake the picture
        if painted is None:
            await self._give_up_waiting()
        if painted is not None:
            self._pace = self._pace.after(painted.seconds or self._pace.seconds)
            await self._deliver(painted)

    async def _show_progress(self, job: Job) -> None:
        async with _going_on("progress could not be shown"):
            await self._notices.show_painting(job, self._clock.now() + self.ready_in(1))

    async def _recover(self, job: Job) -> None:
        match job.state:
            case JobState.ACCEPTED:
                ended = await self._jobs.abandon(job.id, await self._notices.card_of(job))
                if ended is not None:
                    await self._notices.show_end(ended)
            case JobState.PAINTING:
                painted = await self._painter.resume(job)
                if painted is not None:
                    await self._deliver(painted)
            case _:
                hung = await self._notices.shown_before(job)
                await (self._deliver(job) if hung is None else self._painter.shown(job, hung))

    async def _show(self, job: Job) -> None:
        if job.painted is not None:
            await self._deliveries.show(job, job.painted)

    async def _deliver(self, job: Job) -> None:
        if job.painted is None:
            await self._painter.fail(job, PaintingError("a painted job without its picture"))
            return
        await self._deliveries.deliver(job, job.painted)


@asynccontextmanager
async def _going_on(trouble: str) -> AsyncIterator[None]:
    """Whatever happens inside is told to the log and stops nothing."""
    try:
        yield
    except (RefusalError, PaintingError) as error:
        _log.warning(trouble, reason=type(error).__name__)
    except Exception:  # noqa: BLE001 - a boundary
        _log.exception(trouble)
