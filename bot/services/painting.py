from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import Final

import structlog

from bot.domain.failures import (
    DiscordAwayError,
    InvalidRequestError,
    LostError,
    ModeratedError,
    PaintingError,
    SourceGoneError,
    TooLargeError,
    UndeliverableError,
)
from bot.domain.jobs import Job, JobState
from bot.domain.news import Made, Stopped
from bot.domain.pictures import Hung, Painted, Pending
from bot.ports import Cards, ImageProvider, Jobs, Pictures
from bot.services.breaker import Breaker
from bot.services.inscriber import Inscriber
from bot.services.notices import Notices
from bot.services.patience import patiently
from bot.services.scribe import Scribe

_log = structlog.get_logger(__name__)

SMALLER: Final = 2
"""How often a picture that Discord finds too large is made half its size."""


class Painter:
    """Brings one job from `painting` to its end. Each step stops where the job's lease is no longer ours."""

    def __init__(
        self,
        jobs: Jobs,
        provider: ImageProvider,
        breaker: Breaker,
        pictures: Pictures,
        inscriber: Inscriber,
        cards: Cards,
        notices: Notices,
        scribe: Scribe,
    ) -> None:
        self._jobs = jobs
        self._breaker = breaker
        self._provider = provider
        self._pictures = pictures
        self._inscriber = inscriber
        self._cards = cards
        self._notices = notices
        self._scribe = scribe

    async def paint(self, job: Job) -> Job | None:
        """Order the picture; the job is `painted` then, or None where it went no further."""
        try:
            answer = await self._provider.request(job.parameters, job.source)
        except PaintingError as error:
            self._breaker.note(error)
            await self.fail(job, error)
            return None
        self._breaker.note(None)
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
        """Fetch the picture and show it, unless nobody wants it any more. All of this may be repeated.

        Raises `DiscordAwayError` where that is worth while.
        """
        if job.cancelling:
            await self._end(job, JobState.CANCELLED)
            return
        try:
            hung = await self._shown(job, painted)
        except DiscordAwayError:
            raise
        except UndeliverableError as error:
            await self.keep(job, error)
        except PaintingError as error:
            await self.fail(job, error)
        else:
            await self.shown(job, hung)

    async def shown(self, job: Job, hung: Hung) -> None:
        delivered = await patiently(lambda: self._jobs.settle(job.held_lease, JobState.DELIVERED, hung=hung))
        if delivered is not None:
            self._scribe.tell(Made(delivered))

    async def keep(self, job: Job, error: UndeliverableError) -> None:
        """Whoever asked may have it shown somewhere."""
        _log.warning("job kept", job=job.id, detail=error.detail)
        kept = await patiently(lambda: self._jobs.keep(job.held_lease))
        if kept is not None:
            await self._notices.show_end(kept)

    async def show(self, job: Job, painted: Painted) -> None:
        """Fetch a picture that was kept, and paid since, and show it on its new card. It may be tried again."""
        try:
            hung = await self._shown(job, painted)
        except PaintingError as error:
            _log.warning("a kept picture could not be shown", job=job.id, code=error.code, detail=error.detail)
            await patiently(lambda: self._jobs.put_back(job.id))
            await self._notices.show_end(job)
        else:
            self._scribe.tell(Made(replace(job, card=hung.message)))
            await patiently(lambda: self._jobs.shown_kept(job.id, hung))

    async def fail(self, job: Job, error: PaintingError) -> None:
        """End the job free of charge and say so on its card."""
        if isinstance(error, SourceGoneError) and job.source is None:
            error = InvalidRequestError(error.detail)  # words about a picture that was never there
        _log.warning("job failed", job=job.id, code=error.code, detail=error.detail)
        await self._end(job, _end_after(error), error.code)

    async def _shown(self, job: Job, painted: Painted) -> Hung:
        async with AsyncExitStack() as files:
            content = await files.enter_async_context(self._provider.download(painted))
            picture = await self._pictures.check(content)
            told = await self._inscriber.of(job, picture)
            picture = await files.enter_async_context(self._pictures.fit(picture, job.upload_limit, told))
            for _ in range(SMALLER):
                with suppress(TooLargeError):
                    return await self._cards.deliver(job, picture)
                # The place takes less than its interaction said: a bot's own post has the guild's limit.
                half = picture.content.size // 2
                picture = await files.enter_async_context(self._pictures.fit(picture, half, told))
            return await self._cards.deliver(job, picture)

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
            if end is JobState.MODERATED:
                self._scribe.tell(Stopped(ended))
            await self._notices.show_end(ended)


def _end_after(error: PaintingError) -> JobState:
    match error:
        case ModeratedError():
            return JobState.MODERATED
        case LostError():
            return JobState.LOST
        case _:
            return JobState.FAILED
