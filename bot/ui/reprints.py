"""The bot's own messages read again, for fresh addresses of their pictures, and pictures posted once more."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import discord
import structlog
from typing_extensions import override

from bot.domain.album import Copy, Unseen
from bot.domain.failures import TooLargeError, UndeliverableError
from bot.domain.jobs import Job, JobId
from bot.domain.pictures import Hung, Picture
from bot.ports import Reprints
from bot.ui import cards, veils
from bot.ui.ladder import TROUBLE, Step, code_of, step_after
from bot.ui.ways import send

_log = structlog.get_logger(__name__)

READ_SECONDS: Final = 8
"""For all pictures of a page together."""
UPLOAD_SECONDS: Final = 60
ATTEMPTS: Final = 3


class DiscordReprints(Reprints):
    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    @override
    async def seen(self, jobs: Sequence[Job]) -> Mapping[JobId, str | Unseen]:
        found = await asyncio.gather(*map(self._address, jobs))
        return {job.id: it for job, it in zip(jobs, found, strict=True)}

    @override
    async def hang(self, copy: Copy, job: Job, picture: Picture) -> Hung:
        name, wordless = cards.file_name(job, picture), False
        for _ in range(ATTEMPTS):
            outcome = await self._posted(copy, job, picture, name, wordless=wordless)
            if isinstance(outcome, int):
                return Hung(outcome, name)
            match step_after(outcome):
                case Step.WORDLESS if not wordless:
                    wordless = True
                case Step.SMALLER:
                    raise TooLargeError
                case Step.AGAIN:
                    pass
                case _:
                    break
        raise UndeliverableError("a copy was not taken")

    @override
    async def show_veil(self, copy: Copy, job: Job) -> bool:
        view = cards.picture(job, copy.file or "", again_by=copy.member) if job.veil is None else cards.veiled(job)
        return await veils.put(self._message(copy.guild, copy.channel, copy.message), job, view)

    async def _posted(
        self, copy: Copy, job: Job, picture: Picture, name: str, *, wordless: bool
    ) -> int | BaseException:
        view = cards.picture(job, name, wordless=wordless, again_by=copy.member)
        channel = self._bot.get_partial_messageable(copy.channel, guild_id=copy.guild)
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                with picture.content.reader() as reader:
                    # With its nonce, what got through unseen is not posted a second time.
                    return await send(channel, copy.id, view, [discord.File(reader, filename=name)])
        except TROUBLE as error:
            _log.warning("a copy could not be posted", job=job.id, reason=type(error).__name__, code=code_of(error))
            return error

    async def _address(self, job: Job) -> str | Unseen:
        """From the message itself, and by its name: nobody but Discord says where the file lies."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                message = await self._message(job.guild, job.channel, job.card).fetch()
        except TROUBLE as error:
            return _why(job, error)
        attachments: list[discord.Attachment] = message.attachments
        found = next((it for it in attachments if Path(it.filename).stem == job.id), None)
        return Unseen.GONE if found is None else found.url

    def _message(self, guild: int, channel: int, message: int | None) -> Any:
        return self._bot.get_partial_messageable(channel, guild_id=guild).get_partial_message(message or 0)


def _why(job: Job, error: BaseException) -> Unseen:
    _log.info("a picture could not be read again", job=job.id, reason=type(error).__name__, code=code_of(error))
    match error:
        case discord.NotFound():
            return Unseen.GONE
        case discord.Forbidden():
            return Unseen.FORBIDDEN
        case _:
            return Unseen.AWAY
