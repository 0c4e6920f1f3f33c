"""Cards in Discord's channels: by the interaction's token while it lives, else as the bot's own messages."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Any, Final

import aiohttp
import discord
import structlog
from discord.ui import LayoutView
from typing_extensions import override

from bot.domain.failures import UndeliverableError
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.pictures import Picture
from bot.ports import Cards, Clock
from bot.ui import cards
from bot.ui.courtesies import Courtesies
from bot.ui.services import Interaction

_log = structlog.get_logger(__name__)

ALREADY_ACKNOWLEDGED: Final = 40060
UNKNOWN_MESSAGE: Final = 10008
ANSWER_SECONDS: Final = 5
"""A little more than Discord waits for an answer."""
COURTESY_SECONDS: Final = 10
UPLOAD_SECONDS: Final = 60
TROUBLE: Final = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

Way = Callable[[LayoutView, list[discord.File]], Awaitable[object]]


class DiscordCards(Cards):
    """Tokens are kept in memory only, and only while their job is open."""

    def __init__(self, bot: discord.Client, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._courtesies = Courtesies()
        self._tokens: dict[JobId, Interaction] = {}

    async def announce(self, interaction: Interaction, view: LayoutView, job: JobId) -> int:
        """Answer in public with the job's card; the id of its message. Raises what Discord answers."""
        message = await _answer(interaction, view)
        self._tokens[job] = interaction
        return message

    @override
    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        expected = sum(it.channel_id == job.channel for it in self._tokens.values())
        if self._courtesies.allows(job.channel, self._clock.now(), expected):
            await self._show(job, cards.painting(job, ready_by))

    @override
    async def show_end(self, job: Job) -> None:
        charged = job.state is JobState.CANCELLED and job.painted_at is not None
        await self._show(job, cards.ended(job, charged=charged))
        if job.state.ended:
            self._tokens.pop(job.id, None)

    @override
    async def deliver(self, job: Job, picture: Picture) -> None:
        name = cards.file_name(job, picture)
        self._courtesies.edited(job.channel, self._clock.now())
        for way in (*self._edits(job), self._post(job)):
            file = discord.File(io.BytesIO(picture.data), filename=name)
            try:
                async with asyncio.timeout(UPLOAD_SECONDS):
                    await way(cards.picture(job, name), [file])
            except TROUBLE as error:
                _log.warning("a way to deliver failed", job=job.id, reason=type(error).__name__, code=_code(error))
                if _code(error) == UNKNOWN_MESSAGE:  # somebody removed the card, and with it the wish
                    break
            else:
                self._tokens.pop(job.id, None)
                return
        raise UndeliverableError("no way to Discord took it")

    async def _show(self, job: Job, view: LayoutView) -> None:
        self._courtesies.edited(job.channel, self._clock.now())
        for way in self._edits(job):
            try:
                async with asyncio.timeout(COURTESY_SECONDS):
                    await way(view, [])
            except Exception as error:  # noqa: BLE001 - a courtesy must not cost the job
                _log.info("a card could not be changed", job=job.id, reason=type(error).__name__, code=_code(error))
            else:
                return

    def _edits(self, job: Job) -> Iterator[Way]:
        interaction = self._tokens.get(job.id)
        if interaction is not None and not interaction.is_expired():
            yield lambda view, files: interaction.edit_original_response(view=view, attachments=files)
        if job.card is not None:
            message = self._channel(job).get_partial_message(job.card)
            # discord.py adds the client's own allowed_mentions only beside a content, which these cards have not
            silent = discord.AllowedMentions.none()
            yield lambda view, files: message.edit(view=view, attachments=files, allowed_mentions=silent)

    def _post(self, job: Job) -> Way:
        return lambda view, files: self._channel(job).send(view=view, files=files)

    def _channel(self, job: Job) -> Any:
        return self._bot.get_partial_messageable(job.channel, guild_id=job.guild)


async def _answer(interaction: Interaction, view: LayoutView) -> int:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            answer = await interaction.response.send_message(view=view)
        if answer.message_id is not None:
            return answer.message_id
    except TROUBLE as error:
        if not _may_have_got_through(error):
            raise
    async with asyncio.timeout(COURTESY_SECONDS):
        return (await interaction.original_response()).id


def _may_have_got_through(error: Exception) -> bool:
    """Whether only Discord's reply to our answer was lost."""
    if not isinstance(error, discord.HTTPException):
        return True
    return error.code == ALREADY_ACKNOWLEDGED or isinstance(error, discord.DiscordServerError)


def _code(error: BaseException) -> int | None:
    return error.code if isinstance(error, discord.HTTPException) else None
