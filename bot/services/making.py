from collections.abc import Sequence
from typing import Final

import structlog

from bot.domain.failures import PaintingError
from bot.domain.inscriptions import Note
from bot.domain.jobs import Job
from bot.domain.orders import Caller
from bot.domain.refusals import SourceError, SourceProblem
from bot.domain.rules import judge_veil
from bot.domain.sources import Candidate, pictures_in
from bot.ports import Jobs, Pictures, SourceFiles
from bot.services.admission import Admission
from bot.services.places import Places

LOOKED_AT: Final = 4
"""Pictures of one message."""

_log = structlog.get_logger(__name__)


class Making:
    """How a picture was made, as its job or its file tells."""

    def __init__(
        self, admission: Admission, jobs: Jobs, pictures: Pictures, files: SourceFiles, places: Places
    ) -> None:
        self._admission = admission
        self._jobs = jobs
        self._pictures = pictures
        self._files = files
        self._places = places

    async def job(self, caller: Caller, message: int) -> Job | None:
        """The picture of ours in this message. Raises `VeiledError` where nobody is to see it."""
        self._admission.welcome(caller)
        job = await self._jobs.shown_in(caller.guild, message)
        if job is not None:
            judge_veil(job)
        return job

    def legible(self, found: Sequence[Candidate]) -> list[Candidate]:
        """Those whose files may tell something. Raises `SourceError` where there is no picture at all."""
        pictures = pictures_in(found)
        if not pictures:
            raise SourceError(SourceProblem.NONE)
        readable = [it for it in pictures if it.problem in {None, SourceProblem.PIXELS} and self._files.allows(it.url)]
        return readable[:LOOKED_AT]

    async def notes(self, caller: Caller, pictures: Sequence[Candidate]) -> list[tuple[Candidate, Sequence[Note]]]:
        """What the file of each tells; those that tell nothing are left out. Raises `SourceError`."""
        async with self._places.one(caller):
            told = [(it, await self._read(it)) for it in pictures]
        return [(it, notes) for it, notes in told if notes]

    async def _read(self, candidate: Candidate) -> Sequence[Note]:
        try:
            async with self._files.download(candidate.url) as content:
                return await self._pictures.read(content)
        except PaintingError as error:
            _log.error("a file could not be kept", detail=error.detail)
            raise SourceError(SourceProblem.UNREACHABLE) from None
