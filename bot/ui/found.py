"""The pictures in a message: attached, in galleries and embeds, beside texts, and in what was forwarded."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

import discord
import structlog
from typing_extensions import override

from bot.domain.refusals import SourceError, SourceProblem
from bot.domain.sources import Candidate
from bot.ports import SourceMessages
from bot.ui.ladder import TROUBLE, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, code_of
from bot.ui.ways import COURTESY_SECONDS

_log = structlog.get_logger(__name__)

Part: TypeAlias = discord.Message | discord.MessageSnapshot


def candidates_in(message: discord.Message) -> list[Candidate]:
    parts: list[Part] = [message, *message.message_snapshots]
    return [it for part in parts for it in _of(part)]


def candidate_of(attachment: discord.Attachment) -> Candidate:
    return Candidate(
        attachment.url,
        attachment.filename,
        attachment.size,
        attachment.content_type,
        attachment.width,
        attachment.height,
    )


class DiscordMessages(SourceMessages):
    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    @override
    async def reread(self, guild: int, channel: int, message: int) -> Sequence[Candidate]:
        place = self._bot.get_partial_messageable(channel, guild_id=guild)
        try:
            async with asyncio.timeout(COURTESY_SECONDS):
                return candidates_in(await place.fetch_message(message))
        except TROUBLE as error:
            if code_of(error) in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                raise SourceError(SourceProblem.DELETED) from None
            _log.info("a message could not be read", reason=type(error).__name__, code=code_of(error))
            return []


def _of(part: Part) -> Iterator[Candidate]:
    yield from map(candidate_of, part.attachments)
    media = chain(_shown(part.components), *((embed.image, embed.thumbnail) for embed in part.embeds))
    yield from (_candidate(it) for it in media if it.url)


def _shown(components: Iterable[Any]) -> Iterator[Any]:
    for it in components:
        match it:
            case discord.MediaGalleryComponent():
                yield from (item.media for item in it.items)
            case discord.ThumbnailComponent():
                yield it.media
            case discord.SectionComponent():
                yield from _shown([it.accessory])
            case discord.Container():
                yield from _shown(it.children)
            case _:
                continue


def _candidate(media: Any) -> Candidate:
    name = unquote(PurePosixPath(urlsplit(media.url).path).name)
    kind = getattr(media, "content_type", None)
    return Candidate(media.url, name, None, kind, media.width or None, media.height or None)
