import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog
from pydantic import TypeAdapter

from bot.domain.failures import (
    AuthenticationError,
    PaintingError,
    ProviderCreditsError,
    UndeliverableError,
    UnusablePictureError,
)
from bot.domain.house import HouseRules
from bot.domain.jobs import Job, JobId
from bot.domain.orders import Caller, Standing
from bot.domain.parameters import EditParameters
from bot.domain.pictures import Content, Picture, Source
from bot.domain.refusals import (
    NotTakenError,
    SourceError,
    SourceProblem,
    StorageBusyError,
    UnknownJobError,
)
from bot.domain.rules import judge_veil
from bot.domain.sources import Candidate, Target, editable, pictures_in
from bot.ports import Clock, Confirmations, ImageProvider, Jobs, Pictures, SourceFiles, SourceMessages
from bot.services.admission import Admission
from bot.services.breaker import Breaker
from bot.services.places import Places

_log = structlog.get_logger(__name__)

KEPT: Final = timedelta(hours=24)
"""How long somebody may take to say how a picture is to be edited: as long as its address lives."""
OFFER_SECONDS: Final = 2.0
"""A form has to open within three."""
_TARGET: Final = TypeAdapter(Target)
_OF_EVERYBODY: Final = (AuthenticationError, ProviderCreditsError)
"""What concerns every order, and not this file alone."""


class Editing:
    """Pictures made from pictures: what somebody points at is kept until they have said how, then fetched."""

    def __init__(
        self,
        admission: Admission,
        jobs: Jobs,
        provider: ImageProvider,
        breaker: Breaker,
        pictures: Pictures,
        files: SourceFiles,
        messages: SourceMessages,
        confirmations: Confirmations,
        places: Places,
        house: HouseRules,
        clock: Clock,
    ) -> None:
        self._admission = admission
        self._jobs = jobs
        self._provider = provider
        self._breaker = breaker
        self._pictures = pictures
        self._files = files
        self._messages = messages
        self._confirmations = confirmations
        self._house = house
        self._clock = clock
        self._places = places

    @property
    def enabled(self) -> bool:
        return self._house.editing

    @property
    def price(self) -> int:
        return self._house.price(edit=True)

    def can_edit(self, job: Job) -> bool:
        """Whether its picture hangs somewhere, and may be edited."""
        return self.enabled and job.card is not None and job.file is not None and job.veil is None

    async def offer(self, caller: Caller, channel: int, message: int, found: Sequence[Candidate]) -> Target:
        """Keep the pictures of a message for `target`. Raises the `SourceError` where none can be edited."""
        self._house.judge_editing()
        candidates = editable(self._ours(found))
        async with _in_time():
            earlier = await self._jobs.shown_in(caller.guild, message)
            return await self._kept(caller, channel, message, earlier, candidates)

    async def offer_job(self, caller: Caller, job: JobId) -> Target:
        """The same for a picture of ours, wherever it stands by now."""
        self._house.judge_editing()
        self._admission.welcome(caller)
        async with _in_time():
            known = await self._jobs.find(job)
            if known is None or known.guild != caller.guild:
                raise UnknownJobError
            judge_veil(known)
            if known.card is None or known.file is None:
                raise SourceError(SourceProblem.DELETED)
            return await self._kept(caller, known.channel, known.card, known, ())

    def attached(self, caller: Caller, found: Candidate) -> Target:
        """For a picture that comes with the wish itself."""
        self._house.judge_editing()
        return Target(caller.guild, caller.member, caller.channel, None, editable([found]))

    async def target(self, caller: Caller, key: str) -> Target:
        """Raises `SourceError` where it was too long ago, or is not the caller's."""
        payload = await self._confirmations.kept(_key(caller, key))
        target = None if payload is None else _TARGET.validate_json(payload)
        if target is None or (target.guild, target.member) != (caller.guild, caller.member):
            raise SourceError(SourceProblem.FORGOTTEN)
        return target

    async def judge(self, caller: Caller, parameters: EditParameters) -> None:
        """All that can be said from memory, before anybody waits for anything."""
        await self._admission.judge_edit(caller, parameters)

    async def edit(self, caller: Caller, target: Target, choice: int, parameters: EditParameters) -> Standing:
        """Fetch the picture, hand it over and take the order: only then is anything held.

        Before it is fetched, the order is rehearsed: whom the hold would refuse makes nobody fetch anything.
        """
        earlier = None if target.job is None else await self._jobs.find(target.job)
        await self._admission.rehearse_edit(caller, parameters, earlier)
        async with self._places.one(caller):
            asset = await self._handed_over(target, choice, earlier)
        at = None if target.message is None else target.channel
        return await self._admission.admit_edit(
            caller, parameters, Source(asset, channel=at, message=target.message), earlier
        )

    def _ours(self, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those that Discord keeps: nothing else is fetched. Raises `SourceError` where it keeps none of them."""
        ours = [it for it in found if self._files.allows(it.url)]
        if pictures_in(found) and not pictures_in(ours):
            raise SourceError(SourceProblem.FOREIGN)
        return ours

    async def _kept(
        self, caller: Caller, channel: int, message: int, earlier: Job | None, found: tuple[Candidate, ...]
    ) -> Target:
        await self._admission.expect_edit(caller, earlier)
        job = None if earlier is None else earlier.id
        target = Target(caller.guild, caller.member, channel, message, found, job)
        until = self._clock.now() + KEPT
        await self._confirmations.keep(_key(caller, str(caller.interaction)), _TARGET.dump_json(target).decode(), until)
        return target

    async def _handed_over(self, target: Target, choice: int, earlier: Job | None) -> str:
        if not target.candidates:
            return await self._sent(await self._of_job(target, earlier))
        chosen = target.candidates[choice] if choice < len(target.candidates) else target.candidates[0]
        try:
            return await self._sent(chosen)
        except SourceError as error:
            if error.problem is not SourceProblem.EXPIRED or target.message is None:
                raise
            return await self._sent(await self._again(target, chosen))

    async def _again(self, target: Target, chosen: Candidate) -> Candidate:
        """The same file with an address that was signed just now."""
        found = await self._messages.reread(target.guild, target.channel, target.message or 0)
        fresh = next((it for it in found if it.path == chosen.path), None)
        if fresh is None:
            raise SourceError(SourceProblem.EXPIRED)
        return fresh

    async def _of_job(self, target: Target, earlier: Job | None) -> Candidate:
        found = await self._messages.reread(target.guild, target.channel, target.message or 0)
        fresh = next((it for it in found if earlier is not None and it.name == earlier.file), None)
        if fresh is None:
            raise SourceError(SourceProblem.DELETED)
        return fresh

    async def _sent(self, candidate: Candidate) -> str:
        try:
            async with self._files.download(candidate.url) as content:
                picture = await self._checked(content)
                return await self._provider.upload(picture)
        except UndeliverableError as error:
            _log.error("a picture to edit could not be kept", detail=error.detail)
            raise SourceError(SourceProblem.UNREACHABLE) from None
        except PaintingError as error:
            _log.warning("a picture to edit was not taken", code=error.code, detail=error.detail)
            if isinstance(error, _OF_EVERYBODY):
                self._breaker.note(error)
            raise NotTakenError(error.code) from None

    async def _checked(self, content: Content) -> Picture:
        if not content.size:
            raise SourceError(SourceProblem.EMPTY)
        try:
            return await self._pictures.check(content)
        except UnusablePictureError as error:
            raise SourceError(SourceProblem.PIXELS if error.dimensions else SourceProblem.KIND) from None


def _key(caller: Caller, interaction: str) -> str:
    return f"edit:{caller.member}:{interaction}"


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(OFFER_SECONDS):
            yield
    except TimeoutError:
        raise StorageBusyError from None
