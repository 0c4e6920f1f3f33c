"""Cards in Discord's channels: by the interaction's token while it lives, else as the bot's own messages."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import discord
import structlog
from discord.ui import LayoutView
from typing_extensions import override

from bot.domain.failures import (
    CardRemovedError,
    DiscordAwayError,
    PaintingError,
    TooLargeError,
    UndeliverableError,
)
from bot.domain.jobs import Job, JobId
from bot.domain.pictures import Hung, Picture
from bot.ports import Cards
from bot.ui import cards, veils
from bot.ui.courtesies import Courtesies
from bot.ui.custom_ids import Kind, button_id
from bot.ui.ladder import TROUBLE, Step, code_of, may_pass, step_after
from bot.ui.services import Interaction
from bot.ui.ways import COURTESY_SECONDS, Way, answer, edit, edit_answer, edit_follow_up, follow_up, send

_log = structlog.get_logger(__name__)

LOOKED_AT: Final = 100
"""Messages since an interaction among which its answer is looked for: as many as one question gives."""
UPLOAD_SECONDS: Final = 60


class Card(NamedTuple):
    """`pictures` by the names of their files."""

    view: LayoutView
    pictures: Mapping[str, Picture] = MappingProxyType({})


class Token(NamedTuple):
    """What a card can be changed by for a while; `beside` is its message where it is not the answer itself."""

    interaction: Interaction
    beside: int | None = None

    @property
    def way(self) -> Way:
        if self.beside is None:
            return partial(edit_answer, self.interaction)
        return partial(edit_follow_up, self.interaction, self.beside)


class DiscordCards(Cards):
    """Tokens are kept in memory only, and only while their job is open."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot
        self._courtesies = Courtesies()
        self._tokens: dict[JobId, Token] = {}

    async def announce(self, interaction: Interaction, view: LayoutView, job: Job) -> int:
        """Answer in public with the job's card; the id of its message. Raises what Discord answers."""
        message = await answer(interaction, view)
        self._keep(job, Token(interaction))
        return message

    async def announce_beside(self, interaction: Interaction, view: LayoutView, job: Job) -> int:
        """The same beside an answer that stands already."""
        try:
            message = await follow_up(interaction, view)
        except TROUBLE as error:
            _log.warning("a card could not follow", job=job.id, reason=type(error).__name__, code=code_of(error))
            there = await self.find(job)  # what got through unseen must not be posted a second time
            async with asyncio.timeout(COURTESY_SECONDS):
                return there or await send(self._channel(job), f"{job.id}c", view, [])
        self._keep(job, Token(interaction, message))
        return message

    @override
    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        expected = sum(it.interaction.channel_id == job.channel for it in self._tokens.values())
        if self._courtesies.allows(job.channel, monotonic(), expected):
            self._courtesies.edited(job.channel, monotonic())
            for way in self._edits(job):
                if isinstance(await self._tried(way, job, Card(cards.painting(job, ready_by))), int):
                    return

    @override
    async def show_end(self, job: Job) -> bool:
        post = self._post(job, f"{job.id}e") if job.card is not None and job.state.ended else None

        def card(*, wordless: bool) -> Card:
            return Card(cards.ended(job, wordless=wordless))

        self._courtesies.edited(job.channel, monotonic())
        outcome = await self._climb(job, post, card)
        if job.state.ended:
            self._tokens.pop(job.id, None)
        return not isinstance(outcome, BaseException) or not may_pass(outcome)

    @override
    async def find(self, job: Job) -> int | None:
        cancel = button_id(Kind.CANCEL, job.id)  # by it alone, the cards of one interaction can be told apart
        since = await self._own_since(job, _asked(job))
        return next((message.id for message in since if cancel in _pressable(message.components)), None)

    @override
    async def shows(self, job: Job) -> Hung | None:
        since = await self._own_since(job, _asked(job) if job.card is None else job.card - 1)
        hung = (Hung(message.id, Path(it).name) for message in since for it in _shown(message.components))
        return next((it for it in hung if Path(it.file).stem == job.id), None)

    @override
    async def show_veil(self, job: Job) -> bool:
        file = job.file or f"{job.id}.{job.parameters.output_format}"
        view = cards.picture(job, file) if job.veil is None else cards.veiled(job)
        message = self._channel(job).get_partial_message(job.card or 0)
        return await veils.put(message, job, view)

    @override
    def take_room(self, job: Job) -> float:
        wait = self._courtesies.wait(job.channel, now := monotonic())
        if not wait:
            self._courtesies.edited(job.channel, now)
        return wait

    @override
    async def deliver(self, job: Job, picture: Picture) -> Hung:
        name = cards.file_name(job, picture)

        def card(*, wordless: bool) -> Card:
            return Card(cards.picture(job, name, wordless=wordless), {name: picture.wordless if wordless else picture})

        message = await self._climb(job, self._post(job, job.id), card)
        if not isinstance(message, int):
            raise _undelivered(message)
        self._tokens.pop(job.id, None)
        return Hung(message, name)

    def _keep(self, job: Job, token: Token) -> None:
        # Another process may bring a job to its end, and nobody here hears of it.
        self._tokens = {old: it for old, it in self._tokens.items() if not it.interaction.is_expired()}
        self._tokens[job.id] = token

    async def _climb(self, job: Job, post: Way | None, card: Callable[..., Card]) -> int | BaseException | None:
        """Change the card, or at last post a message beside it: the message's id, else what spoke against it."""
        ladder, wordless, again = [*self._edits(job), *([] if post is None else [post])], False, True
        error: BaseException | None = None
        away: BaseException | None = None
        while ladder:
            shown = card(wordless=wordless)
            outcome = await self._tried(ladder[0], job, shown)
            if isinstance(outcome, int):
                return outcome
            error = outcome
            match step_after(error):
                case Step.GONE | Step.GIVE_UP:
                    return error
                case Step.SMALLER if shown.pictures:
                    return error
                case Step.WORDLESS if not wordless:
                    wordless = True
                case Step.AGAIN if again:
                    again = False
                case _:
                    ladder.pop(0)
                    away = away or (error if may_pass(error) else None)
                    if away and ladder[:1] == [post]:
                        break  # once the card can be changed again, a new message beside it would be one too many
        return away or error

    async def _tried(self, way: Way, job: Job, card: Card) -> int | BaseException:
        """The message's id, or what spoke against it."""
        try:
            async with asyncio.timeout(UPLOAD_SECONDS if card.pictures else COURTESY_SECONDS):
                # Each attempt has readers of its own: one that was sent half is at its end.
                with ExitStack() as opened:
                    files = [
                        discord.File(opened.enter_context(it.content.reader()), filename=name)
                        for name, it in card.pictures.items()
                    ]
                    return await way(card.view, files)
        except TROUBLE as error:
            _log.warning("a card could not be shown", job=job.id, reason=type(error).__name__, code=code_of(error))
            return error

    async def _own_since(self, job: Job, since: int) -> list[discord.Message]:
        """The bot's own messages; an interaction is older than its answer, and all these ids tell the time."""
        try:
            async with asyncio.timeout(COURTESY_SECONDS):
                found = self._channel(job).history(limit=LOOKED_AT, after=discord.Object(since))
                return [message async for message in found if message.author == self._bot.user]
        except TROUBLE as error:
            _log.info("a channel could not be read", job=job.id, reason=type(error).__name__, code=code_of(error))
        return []

    def _edits(self, job: Job) -> Iterator[Way]:
        token = self._tokens.get(job.id)
        if token is not None and not token.interaction.is_expired():
            yield token.way
        if job.card is not None:
            yield partial(edit, self._channel(job).get_partial_message(job.card))

    def _post(self, job: Job, nonce: str) -> Way:
        # With its nonce, what got through unseen is not posted a second time.
        return partial(send, self._channel(job), nonce)

    def _channel(self, job: Job) -> Any:
        return self._bot.get_partial_messageable(job.channel, guild_id=job.guild)


def _asked(job: Job) -> int:
    """The interaction that the job began with."""
    return int(job.id.partition("-")[0])


def _shown(components: Iterable[discord.Component]) -> Iterator[str]:
    """The names of the files in a message's galleries."""
    for it in components:
        if isinstance(it, discord.MediaGalleryComponent):
            yield from (urlsplit(item.media.url).path for item in it.items)
        elif isinstance(it, discord.Container):
            yield from _shown(it.children)


def _pressable(components: Iterable[discord.Component]) -> Iterator[str]:
    """The custom ids of a message's buttons."""
    for it in components:
        if isinstance(it, discord.Button) and it.custom_id is not None:
            yield it.custom_id
        elif isinstance(it, discord.Container | discord.ActionRow):
            yield from _pressable(it.children)


def _undelivered(error: BaseException | None) -> PaintingError:
    if error is None:
        return UndeliverableError("no way to Discord is left")
    match step_after(error):
        case Step.GONE:
            return CardRemovedError()
        case Step.SMALLER:
            return TooLargeError()
        case _ if may_pass(error):
            return DiscordAwayError("Discord is away")
        case _:
            return UndeliverableError("no way to Discord took it")
