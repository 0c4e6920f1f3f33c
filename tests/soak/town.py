"""Several guilds whose members ask for pictures all the time, while everything around the bot fails now and then."""

import asyncio
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import psutil
from sqlalchemy import text

from bot.ui.words import line
from bot.ui.words.failures import NOTHING_CHARGED
from standins.discord import Channel, Discord, Guild, Interaction, Member
from standins.discord.reading import buttons, pictures, texts
from standins.endpoint import Endpoint
from tests.adapters.storage.schema import connected
from tests.faults.house import FaultyHouse
from tests.faults.matrix import DISCORD, PROVIDER, UNTOLD, Taken
from tests.soak.rest import Rest

GUILDS: Final = 4
MEMBERS: Final = 40
"""In each: so many that hardly anybody's pictures are stopped so often that they would have to wait."""
WAVE: Final = 24
"""Jobs at a time. Each wave has channels of its own: Discord silently allows a channel 30 edits a minute."""
AT_REST_SECONDS: Final = 40.0
_BREAKERS: Final = frozenset({"key refused", "account empty"})
"""They close every door for a minute; the matrix plays them."""
_FAULTS: Final = [it for it in PROVIDER if it.name not in _BREAKERS]
_ENDS: Final = (NOTHING_CHARGED, "It is kept for", "Cancelled after it was painted")
_SETTINGS: Final = {"ONEMIN_CONCURRENCY": "8", "MEMBER_JOBS": "100", "GUILD_JOBS": "500"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`bereft`: the bot died in that wave, and may not have answered. `struck`: Discord fails it.

    `mute`: Discord refuses to change the card, and to take anything below.
    """

    interaction: Interaction
    bereft: bool
    struck: bool
    mute: bool

    @property
    def answered_once(self) -> bool:
        return self.ends == 1 or (self.mute and self.ends == 0)

    @property
    def late(self) -> bool:
        """The bot took more than Discord's three seconds: the member was told so by Discord, and nothing is shown."""
        return not self.bereft and self.interaction.acknowledged is None

    @property
    def ends(self) -> int:
        """How often it was brought to an end, on its card or below."""
        shown = self.interaction.response
        card = [] if shown is None else [shown]
        if not card and self.interaction.acknowledged is None:
            return 1
        below = self._below("") + self._below("e")
        return sum(is_end(it) or self.interaction.ephemeral for it in card) + below

    @property
    def told(self) -> str:
        shown = self.interaction.response
        return "nothing" if shown is None else texts(shown)

    @property
    def ends_shown(self) -> int:
        """How many pictures came of it."""
        shown = self.interaction.response
        return bool(shown and pictures(shown)) + self._below("")

    def _below(self, kind: str) -> int:
        """Messages of its own: the picture, or with `e` how it ended without one."""
        nonce = f"{self.interaction.id}-0{kind}"
        return sum(it.nonce == nonce for it in self.interaction.state.channel.messages.values())


def is_end(message: dict[str, Any]) -> bool:
    return bool(pictures(message)) or any(words in texts(message) for words in _ENDS)


class Town(FaultyHouse):
    def __init__(self, folder: Path, discord: Discord, endpoint: Endpoint) -> None:
        super().__init__(folder, discord, endpoint)
        self.module = "tests.soak.bot"
        self._tasks = folder / "tasks"
        self.settings |= {"TASKS": str(self._tasks), **_SETTINGS}
        self.asked: list[Asked] = []
        self.deeds: Counter[str] = Counter()
        self._guilds = [discord.guild(f"Quarter {it}") for it in range(GUILDS)]
        self._members = {guild.id: [guild.member(f"m{it}") for it in range(MEMBERS)] for guild in self._guilds}
        self._shown: dict[int, dict[str, Any]] = {}
        self._shut: set[int] = set()
        self._random = Random(0)  # noqa: S311 - a run has to be repeated exactly

    async def live(self, jobs: int, seed: int, *, deaths: bool) -> None:
        """So many jobs, at the end of which nothing is under way."""
        self._random.seed(seed)
        for first in range(0, jobs, WAVE):
            dies = deaths and (first == 0 or self._random.random() < 0.06)
            await self._wave(min(WAVE, jobs - first), dies=dies)

    async def _wave(self, size: int, *, dies: bool) -> None:
        posts = len(self.endpoint.posts)
        places = [(guild, guild.channel("square")) for guild in self._guilds]
        self._order_faults(size)
        errands = [asyncio.create_task(self._errand(*self._random.choice(places), dies=dies)) for _ in range(size)]
        if dies:
            await self.endpoint.arrived(posts + 1)
            await self._die()
        await asyncio.gather(*errands)
        self.endpoint.heal()
        self.discord.heal()
        for guild, channel in places:
            await self._at_rest(self._members[guild.id][0], channel)
            self._remember(guild, channel)

    def _order_faults(self, size: int) -> None:
        for _ in range(size // 4):
            provided = self._random.choice(_FAULTS)
            for it in self._random.choice(provided.variants):
                # For good would be for every job of the wave: a few in a row are bad enough.
                self.endpoint.fail(it.fault, times=it.times or 4, at=it.at, retry_after=it.retry_after)
            self.deeds["faults of the provider"] += 1

    async def _errand(self, guild: Guild, channel: Channel, *, dies: bool) -> None:
        member = self._random.choice(self._members[guild.id])
        asked = self._ask(member, guild, channel)
        taken = self._random.choice(DISCORD[1:]) if self._random.random() < 0.15 else DISCORD[0]
        struck = taken is not DISCORD[0]
        self.asked.append(Asked(asked, dies, struck, mute=taken.words is UNTOLD and not taken.below))
        await asked.answered()
        self._strike(asked, channel, taken)
        if self._random.random() < 0.1:
            await self._cancel(member, asked)

    def _ask(self, member: Member, guild: Guild, channel: Channel) -> Interaction:
        source = self._shown.get(guild.id)
        if source is not None and self._random.random() < 0.2:
            self.deeds["rerolls"] += 1
            return member.begin_press(source, label="Reroll")
        return member.begin_slash(channel, "imagine", prompt=f"picture {len(self.asked)}")

    def _strike(self, asked: Interaction, channel: Channel, taken: Taken) -> None:
        self.deeds["faults of Discord"] += taken is not DISCORD[0]
        for it in self._random.choice(taken.variants):
            method, path = it.way.format(token=asked.state.token, channel=channel.id).split()
            if method == "POST":
                self._shut.add(channel.id)  # to whatever else would be posted there
            card = asked.state.original
            if card is not None:  # others have theirs in the same channel
                path = path.replace("/messages/*", f"/messages/{card.id}")
            fault = {"status": it.status or 500, "code": it.code, "times": it.times, "after": it.after}
            self.discord.fail(method, path, trouble=it.trouble, **fault)

    async def _cancel(self, member: Member, asked: Interaction) -> None:
        # The card may have come to its end just before.
        with suppress(LookupError):
            pressed = await member.press(asked.response or {"id": 0}, label="Cancel")
            if pressed.response is not None and "Cancel anyway" in buttons(pressed.response):
                await member.press(pressed.response, label="Cancel anyway")
            self.deeds["cancels"] += 1

    async def _die(self) -> None:
        if self._random.random() < 0.5:
            self.deeds["kills"] += 1
            await self.kill()
        else:
            self.deeds["restarts"] += 1
            self.terminate()
            await self.ended()
        await self.start()

    def _remember(self, guild: Guild, channel: Channel) -> None:
        """What can be rerolled from now on."""
        for it in channel.messages:
            if "Reroll" in buttons(it):
                self._shown[guild.id] = it

    async def _at_rest(self, member: Member, channel: Channel) -> None:
        async with asyncio.timeout(AT_REST_SECONDS):
            while True:
                listed = await member.slash(channel, "queue")
                if listed.response is not None and line.NOBODY in texts(listed.response):
                    return

    async def unanswered(self) -> Sequence[Asked]:
        """Those that were not brought to an end exactly once, when there has been time for it."""
        left: Sequence[Asked] = self.asked
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_REST_SECONDS):
                while left := [it for it in left if not (it.answered_once or self._is_mute(it))]:
                    await self._at_rest(self.ada, self.channel)
        return left

    def _is_mute(self, asked: Asked) -> bool:
        """The card could not be changed, and nothing posted below it because of a fault that was meant for another."""
        return asked.struck and asked.ends == 0 and asked.interaction.state.channel.id in self._shut

    async def rest(self) -> Rest:
        """What the process holds while it has nothing to do."""
        assert self._process is not None
        self._tasks.unlink(missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        while not self._tasks.exists():
            await self._at_rest(self.ada, self.channel)
        return Rest.of(psutil.Process(self._process.pid), int(self._tasks.read_text()))

    def states(self, asked: Asked) -> str:
        with connected(self.database_url, beside=True) as connection:
            found = connection.execute(text("SELECT * FROM jobs WHERE id = :id"), {"id": f"{asked.interaction.id}-0"})
            return " ".join(f"{name}={value}" for row in found.mappings() for name, value in row.items())

    def figures(self) -> Iterator[tuple[str, int]]:
        """What the database, the endpoint and the channels count."""
        with connected(self.database_url, beside=True) as connection:
            counted = connection.execute(text("SELECT state, count(*) AS number FROM jobs GROUP BY state"))
            states = {str(it.state): int(it.number) for it in counted}
            calls = connection.execute(text("SELECT coalesce(sum(calls), 0) FROM provider_days")).scalar_one()
        yield from sorted(states.items())
        yield "calls counted", calls
        yield "calls paid", self.endpoint.paid_calls
