"""Plays one cell of the matrix, and looks at what came of it as its member does."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from bot.domain.jobs import job_id
from bot.ui.words import line
from bot.ui.words.failures import NOTHING_CHARGED, failure
from standins.discord import Discord, Interaction
from standins.discord.reading import buttons, pictures, texts
from standins.endpoint import Endpoint, Fault
from tests.adapters.storage.schema import connected
from tests.faults.cells import Cell
from tests.faults.matrix import ALL, Card, Moment, Outcome, Strike
from tests.process.house import PROMPT, House

NOWHERE: Final = tuple(Strike(way, 403, 50013) for way in ALL)
"""What makes the bot keep a picture."""
_LEFT: Final = re.compile(r"\*\*([\d,]+)\*\* left")
_HELD: Final = re.compile(r"([\d,]+) credits? held")
_UNTIL_A_PROBE: Final = 61
UNTIL_IT_GIVES_UP: Final = 30.0
_SETTINGS: Final = {
    "GUILD_CREDITS": "1000000",
    "PROVIDER_CALLS_PER_DAY": "1000000",
    "ONEMIN_CONCURRENCY": "1",
    "ONEMIN_TIMEOUT_SECONDS": "24",
    "ONEMIN_REQUESTS_PER_MINUTE": "100000",
    "LOG_LEVEL": "WARNING",
}


class FaultyHouse(House):
    def __init__(self, folder: Path, discord: Discord, endpoint: Endpoint) -> None:
        super().__init__(folder, discord, endpoint)
        self.module = "tests.faults.bot"
        self._ahead = folder / "ahead"
        self.settings |= {"AHEAD": str(self._ahead), **_SETTINGS}
        self.set_clock(0)

    def set_clock(self, ahead: float) -> None:
        # At once as a whole: the bot reads it whenever it likes.
        fresh = self._ahead.with_suffix(".new")
        fresh.write_text(str(ahead))
        fresh.replace(self._ahead)

    @asynccontextmanager
    async def later(self) -> AsyncIterator[None]:
        """When a breaker lets somebody try again. Afterwards it is now again, or a long run would end next month."""
        self.set_clock(_UNTIL_A_PROBE)
        try:
            yield
        finally:
            self.set_clock(0)

    def job(self, asked: Interaction) -> tuple[str, str | None]:
        with connected(self.database_url, beside=True) as connection:
            found = text("SELECT state, failure FROM jobs WHERE id = :id")
            row = connection.execute(found, {"id": job_id(asked.id)}).one()
        return row.state, row.failure


class Play:
    """A member and a channel that no other cell has."""

    def __init__(self, house: FaultyHouse, cell: Cell) -> None:
        self._house = house
        self._cell = cell
        self._guild = house.guild
        self._channel, self._aside = self._guild.channel("here"), self._guild.channel("aside")
        self._member = self._guild.member("eve")
        self._posts = 0

    async def outcome(self) -> tuple[Outcome, int]:
        """What came of it, and how many orders went out for it."""
        before = await self._credits()
        asked, card = await self._scene()
        with suppress(TimeoutError):
            async with asyncio.timeout(UNTIL_IT_GIVES_UP):
                await self._at_rest(waits=self._cell.expected.waits)
            await self._house.discord.until(lambda: self._shown(asked, card))
        seen, posts = await self._seen(asked, card, before), len(self._house.endpoint.posts) - self._posts
        self._house.endpoint.heal()
        self._house.discord.heal()
        if self._cell.provided.failure:
            await self._go_on()
        return seen, posts

    async def _scene(self) -> tuple[Interaction, Interaction]:
        """What was asked for, and on whose answer its end is to be seen."""
        if self._cell.moment is Moment.SHOWING:
            return await self._showing()
        if self._cell.moment is Moment.WAITING:
            asked = await self._waiting()
        else:
            self._fail()
            asked = await self._painting()
            if self._cell.moment is Moment.CANCELLING:
                await self._cancel(asked)
            self._strike(asked, self._cell.strikes)
        self._house.endpoint.release()
        return asked, asked

    async def _waiting(self) -> Interaction:
        """Behind somebody else's, which comes to nothing and is fetched by nobody."""
        endpoint = self._house.endpoint
        endpoint.fail(Fault.MODERATED)
        endpoint.hold()
        before = len(endpoint.posts)
        # By somebody new each time: too many of one's own that the filter stops, and one has to wait.
        await self._guild.member("first").slash(self._aside, "imagine", prompt="first")
        await endpoint.arrived(before + 1)
        asked = await self._ask()
        self._strike(asked, self._cell.strikes)
        self._fail()
        return asked

    async def _painting(self) -> Interaction:
        self._house.endpoint.hold()
        asked = await self._ask()
        await self._house.endpoint.arrived(self._posts + 1)
        await asked.until(lambda message: message["edited_timestamp"] is not None)
        return asked

    async def _cancel(self, asked: Interaction) -> None:
        assert asked.response is not None
        warned = await self._member.press(asked.response, label="Cancel")
        assert warned.response is not None
        await self._member.press(warned.response, label="Cancel anyway")
        await asked.until(lambda message: not buttons(message))

    async def _showing(self) -> tuple[Interaction, Interaction]:
        asked = await self._painting()
        self._strike(asked, NOWHERE)
        self._house.endpoint.release()
        listed = await self._at_rest(waits=True)
        self._house.discord.heal()
        self._fail()
        assert listed.response is not None
        (label,) = buttons(listed.response)
        pressed = self._member.begin_press(listed.response, label=label)
        self._strike(pressed, self._cell.strikes)
        await pressed.answered()
        return asked, pressed

    async def _ask(self) -> Interaction:
        self._posts = len(self._house.endpoint.posts)
        return await self._member.slash(self._channel, "imagine", prompt=PROMPT)

    def _fail(self) -> None:
        for it in self._cell.orders:
            self._house.endpoint.fail(it.fault, times=it.times, at=it.at, retry_after=it.retry_after)

    def _strike(self, asked: Interaction, strikes: tuple[Strike, ...]) -> None:
        for it in strikes:
            method, path = it.way.format(token=asked.state.token, channel=self._channel.id).split()
            fault = {"status": it.status or 500, "code": it.code, "times": it.times, "after": it.after}
            self._house.discord.fail(method, path, trouble=it.trouble, **fault)

    async def _at_rest(self, *, waits: bool) -> Interaction:
        """The line, once nothing in it is under way; a picture that is shown from there is neither."""
        while True:
            listed = await self._line()
            assert listed.response is not None
            if line.NOBODY in texts(listed.response) and bool(buttons(listed.response)) is waits:
                return listed

    async def _line(self) -> Interaction:
        return await self._member.slash(self._channel, "queue")

    def _shown(self, asked: Interaction, card: Interaction) -> bool:
        expected = self._cell.expected
        return self._card(card.response) is expected.card and self._below(asked, card) is expected.below

    def _below(self, *cards: Interaction) -> Card:
        others = (it for it in self._channel.messages if not any(_is(it, card) for card in cards))
        found = [self._card(it) for it in others]
        return next((it for it in found if it is not Card.AS_IT_WAS), Card.NOTHING)

    async def _go_on(self) -> None:
        """Whatever happened, the next picture comes."""
        async with self._house.later():
            asked = await self._next()
            await asked.until(lambda message: bool(pictures(message)))
            await self._at_rest(waits=self._cell.expected.waits)  # and is paid

    async def _next(self) -> Interaction:
        # While the bot tries whether the trouble is over, it still refuses.
        while (asked := await self._house.ben.slash(self._aside, "imagine", prompt="next")).ephemeral:
            pass
        return asked

    async def _seen(self, asked: Interaction, card: Interaction, before: int) -> Outcome:
        state, failed = self._house.job(asked)
        listed = await self._line()
        assert listed.response is not None
        return Outcome(
            state,
            before - await self._credits(),
            self._card(card.response),
            below=self._below(asked, card),
            waits=bool(buttons(listed.response)),
            failure=failed,
            again=any("Try again" in buttons(it) for it in self._channel.messages),
        )

    async def _credits(self) -> int:
        """Those that are held are not spent."""
        told = await self._member.slash(self._channel, "credits")
        assert told.response is not None
        figures = [it.search(texts(told.response)) for it in (_LEFT, _HELD)]
        return sum(int(it[1].replace(",", "")) for it in figures if it is not None)

    def _card(self, message: dict[str, Any] | None) -> Card:
        if message is None:
            return Card.NOTHING
        if pictures(message):
            return self._picture(message)
        return _words(texts(message), self._cell)

    def _picture(self, message: dict[str, Any]) -> Card:
        if buttons(message) != ["Reroll", "Remix", "More", "Report"]:
            return Card.NOTHING
        if PROMPT not in texts(message):
            return Card.WORDLESS
        made = list(self._house.endpoint.pictures.values())[-1]
        (attachment,) = message["attachments"]
        # One fault is a file of another, smaller format; what the bot makes smaller is a JPEG.
        as_made = attachment["filename"].endswith(".webp") or attachment["size"] >= len(made) / 2
        return Card.PICTURE if as_made else Card.SMALLER


def _words(told: str, cell: Cell) -> Card:
    if "Cancelled after it was painted: 1 credit spent." in told:
        return Card.CANCELLED
    if "It is kept for" in told:
        return Card.KEPT
    if NOTHING_CHARGED in told:
        return Card.WORDS if failure(cell.expected.failure) in told else Card.NOTHING
    return Card.AS_IT_WAS


def _is(message: dict[str, Any], card: Interaction) -> bool:
    return card.response is not None and message["id"] == card.response["id"]
