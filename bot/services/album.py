"""What members do with pictures that were made: find them again, mark them, delete them, show them once more."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.album import Copy, Leaf, Look, Turn, Unseen
from bot.domain.album_refusals import NotPostedError, SearchGoneError, UnseenError
from bot.domain.failures import PaintingError, TooLargeError
from bot.domain.jobs import Job, JobId, JobState, Veil, job_id
from bot.domain.orders import Caller
from bot.domain.pictures import Content, Hung
from bot.domain.refusals import SourceError, SourceProblem, TooLateError
from bot.domain.rules import judge_veil
from bot.ports import Clock, Confirmations, Jobs, Pictures, Reprints, Shelf, SourceFiles
from bot.services.admission import Admission
from bot.services.moderation import Moderation
from bot.services.patience import patiently
from bot.services.places import Places
from bot.services.studio import Studio
from bot.services.veils import Veils

_log = structlog.get_logger(__name__)

PAGE: Final = 4
"""Pictures on one page, with their buttons as many components as one message takes."""
SEARCH_KEPT: Final = timedelta(days=1)
BETWEEN_SHOWINGS: Final = timedelta(seconds=30)
"""Even where a guild has no cooldown: what is shown again costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person may know of a picture, and do with it."""

    job: Job
    viewer: int
    favourite: bool
    deletable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`pictures` has the address of each, or why it cannot be seen; `kept` is what can still be shown.

    What is older than `days` is not here.
    """

    look: Look
    leaf: Leaf
    pictures: Mapping[JobId, str | Unseen]
    kept: Sequence[Job]
    days: int


class Album:
    def __init__(
        self,
        admission: Admission,
        studio: Studio,
        moderation: Moderation,
        jobs: Jobs,
        shelf: Shelf,
        reprints: Reprints,
        pictures: Pictures,
        files: SourceFiles,
        places: Places,
        veils: Veils,
        searches: Confirmations,
        clock: Clock,
        retention_days: int,
    ) -> None:
        self._admission = admission
        self._studio = studio
        self._moderation = moderation
        self._jobs = jobs
        self._shelf = shelf
        self._reprints = reprints
        self._pictures = pictures
        self._files = files
        self._places = places
        self._veils = veils
        self._searches = searches
        self._clock = clock
        self._retention_days = retention_days

    async def details(self, caller: Caller, job: JobId) -> Details:
        """Raises what `Studio.job` does."""
        known = await self._studio.job(caller, job)
        own = caller.member == known.member
        return Details(
            job=known,
            viewer=caller.member,
            favourite=await self._shelf.is_favourite(caller.member, job),
            deletable=_is_shown(known) and (own or await self._moderation.may_remove(caller, known)),
        )

    async def mark(self, caller: Caller, job: JobId, *, favourite: bool) -> Details:
        """Each member has favourites of their own."""
        known = await self._studio.job(caller, job)
        if favourite and not _is_shown(known):
            raise TooLateError(known)
        await self._shelf.mark(caller.member, job, favourite=favourite)
        return await self.details(caller, job)

    async def is_own(self, caller: Caller, job: JobId) -> bool:
        """Whether it is the caller's to delete; raises `NotStaffError` where it is neither that nor staff's."""
        known = await self._moderation.job(caller, job)
        if caller.member == known.member:
            _expect_deletable(known)
            return True
        await self._moderation.removable(caller, job)
        return False

    async def delete(self, caller: Caller, job: JobId) -> Sequence[Job]:
        """For who asked, or as a removal for staff. Nothing is refunded. What stands in its place is for `show`."""
        if not await self.is_own(caller, job):
            return await self._moderation.remove(caller, job)
        deleted = await self._jobs.veil(job, Veil.DELETED)
        # Discord may not have taken it the first time: whoever still sees it and presses again must not press in vain.
        return [deleted or await self._moderation.job(caller, job)]

    async def show(self, jobs: Sequence[Job]) -> None:
        """After the person who acted was answered: Discord is slow."""
        await self._veils.show(jobs)

    async def search(self, caller: Caller, text: str) -> str:
        """Keep what is looked for a day, under a key that only the caller can use."""
        key = str(caller.interaction)
        await self._searches.keep(_search(caller, key), text, self._clock.now() + SEARCH_KEPT)
        return key

    async def page(self, caller: Caller, look: Look, key: str | None, turn: Turn | None) -> Page:
        """Of the caller's own. Raises `SearchGoneError` where the text behind the key is gone."""
        self._admission.welcome(caller)
        text = "" if key is None else await self._searches.kept(_search(caller, key))
        if text is None:
            raise SearchGoneError
        look = replace(look, guild=caller.guild, member=caller.member, text=text)
        leaf = await self._shelf.page(look, turn, PAGE)
        kept = [] if turn is not None else await self._jobs.kept_for(caller.guild, caller.member)
        seen = await self._seen(caller, leaf.jobs)
        return Page(look=look, leaf=leaf, pictures=seen, kept=kept, days=self._retention_days)

    async def show_again(self, caller: Caller, job: JobId) -> Copy | None:
        """Post it once more where the caller is, free of charge; None where this is done already.

        Raises the `RefusalError` that speaks against it.
        """
        known = await self._studio.job(caller, job)
        if not _is_shown(known):
            raise TooLateError(known)
        if not _may_read(caller, known):
            raise UnseenError(Unseen.CLOSED)
        wait, spoiler = await self._admission.show_again(caller, known)
        copy = _copy(caller, known)
        if not await self._shelf.claim(copy, max(wait, BETWEEN_SHOWINGS)):
            return None
        try:
            hung = await self._hung(caller, copy, replace(known, spoiler=known.spoiler or spoiler))
        except BaseException:
            await patiently(lambda: self._shelf.withdraw(copy.id))
            raise
        now = await patiently(lambda: self._shelf.stands(copy.id, hung))
        if now is not None and now.veil is not None and not now.veil.forgotten:  # somebody was quicker
            await self._veils.show([now])
        return replace(copy, message=hung.message, file=hung.file)

    async def _hung(self, caller: Caller, copy: Copy, job: Job) -> Hung:
        try:
            async with self._places.one(caller), AsyncExitStack() as files:
                content = await files.enter_async_context(self._file(job))
                picture = await self._pictures.check(content)
                picture = await files.enter_async_context(self._pictures.fit(picture, caller.upload_limit))
                with suppress(TooLargeError):
                    return await self._reprints.hang(copy, job, picture)
                # A bot's own post has the guild's limit, which may be less than the caller's.
                half = picture.content.size // 2
                return await self._reprints.hang(
                    copy, job, await files.enter_async_context(self._pictures.fit(picture, half))
                )
        except PaintingError as error:
            _log.warning("a picture could not be shown again", job=job.id, code=error.code, detail=error.detail)
            raise NotPostedError from None

    @asynccontextmanager
    async def _file(self, job: Job) -> AsyncIterator[Content]:
        address = (await self._reprints.seen([job]))[job.id]
        if isinstance(address, Unseen):
            raise UnseenError(address)
        try:
            async with self._files.download(address) as content:
                yield content
        except SourceError as error:
            if error.problem is SourceProblem.EXPIRED:  # it was signed just now, so somebody deleted it since
                raise UnseenError(Unseen.GONE) from None
            raise

    async def _seen(self, caller: Caller, jobs: Sequence[Job]) -> Mapping[JobId, str | Unseen]:
        open_ = [job for job in jobs if _may_read(caller, job)]
        here = [job for job in open_ if await self._admission.may_see(caller, job.parameters)]
        unseen = {job.id: Unseen.BOLD if job in open_ else Unseen.CLOSED for job in jobs}
        return {**unseen, **await self._reprints.seen(here)}


def _may_read(caller: Caller, job: Job) -> bool:
    """What somebody asked for stays theirs, wherever it stands."""
    return caller.member == job.member or caller.may_read(job.channel)


def _is_shown(job: Job) -> bool:
    return job.state is JobState.DELIVERED and job.kept_until is None and job.card is not None


def _expect_deletable(job: Job) -> None:
    if job.veil is not Veil.DELETED:
        judge_veil(job)
    if not _is_shown(job):
        raise TooLateError(job)


def _search(caller: Caller, key: str) -> str:
    return f"search:{caller.member}:{key}"


def _copy(caller: Caller, job: Job) -> Copy:
    return Copy(
        id=job_id(caller.interaction), job=job.id, guild=caller.guild, channel=caller.channel, member=caller.member
    )
