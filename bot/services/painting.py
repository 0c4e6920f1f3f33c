import structlog

from bot.domain.failures import LostError, ModeratedError, PaintingError
from bot.domain.jobs import Job, JobState
from bot.domain.pictures import Painted, Pending
from bot.ports import Cards, ImageProvider, Jobs, Pictures
from bot.services.patience import patiently

_log = structlog.get_logger(__name__)


class Painter:
    """Brings one job from `painting` to its end. Each step stops where the job's lease is no longer ours."""

    def __init__(self, jobs: Jobs, provider: ImageProvider, pictures: Pictures, cards: Cards) -> None:
        self._jobs = jobs
        self._provider = provider
        self._pictures = pictures
        self._cards = cards

    async def paint(self, job: Job) -> Job | None:
        """Order the picture; the job is `painted` then, or None where it went no further."""
        try:
            answer = await self._provider.request(job.parameters)
        except PaintingError as error:
            await self.fail(job, error)
            return None
        if isinstance(answer, Painted):
            return await self._painted(job, answer)
        return await self._noted(job, answer)

    async def resume(self, job: Job) -> Job | None:
        """Go on with a `painting` job that another worker left: only what was ordered by name can be found."""
        if job.reference is None:
            await self.fail(job, LostError("the call's outcome is unknown"))
            return None
        return await self._follow(job, job.reference)

    async def deliver(self, job: Job, painted: Painted) -> None:
        """Fetch the picture and show it, unless nobody wants it any more. All of this may be repeated."""
        if job.cancelling:
            await self._end(job, JobState.CANCELLED)
            return
        try:
            picture = await self._pictures.check(await self._provider.download(painted))
            await self._cards.deliver(job, await self._pictures.fit(picture, job.upload_limit))
        except PaintingError as error:
            await self.fail(job, error)
            return
        await patiently(lambda: self._jobs.settle(job.held_lease, JobState.DELIVERED))

    async def fail(self, job: Job, error: PaintingError) -> None:
        """End the job free of charge and say so on its card."""
        _log.warning("job failed", job=job.id, code=error.code, detail=error.detail)
        await self._end(job, _end_after(error), error.code)

    async def _noted(self, job: Job, answer: Pending) -> Job | None:
        noted = await patiently(lambda: self._jobs.pending(job.held_lease, answer.reference))
        return None if noted is None else await self._follow(noted, answer.reference)

    async def _follow(self, job: Job, reference: str) -> Job | None:
        try:
            return await self._painted(job, await self._provider.follow(reference))
        except PaintingError as error:
            await self.fail(job, error)
            return None

    async def _painted(self, job: Job, answer: Painted) -> Job | None:
        return await patiently(lambda: self._jobs.painted(job.held_lease, answer))

    async def _end(self, job: Job, end: JobState, failure: str | None = None) -> None:
        ended = await patiently(lambda: self._jobs.settle(job.held_lease, end, failure))
        if ended is not None:
            await self._cards.show_end(ended)


def _end_after(error: PaintingError) -> JobState:
    match error:
        case ModeratedError():
            return JobState.MODERATED
        case LostError():
            return JobState.LOST
        case _:
            return JobState.FAILED
