"""The stage on the wire: the bot is a process of its own between the two stand-ins."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import aiohttp
from typing_extensions import override

from bot.ui.words.cards import CANCEL, CANCELLING
from standins.discord import Channel, Interaction, Right, state
from standins.discord.changes import PATIENCE_SECONDS
from standins.discord.reading import buttons, texts
from tests.process.house import House
from tests.scenarios.stage import DESK, RULES, Outcome, Payload, Person, Request, Role, Stage

_STAFF: Final = Right.MANAGE_GUILD | Right.MANAGE_MESSAGES


class WiredOutcome:
    def __init__(self, interaction: Interaction) -> None:
        self.interaction = interaction

    @property
    def id(self) -> int:
        return self.interaction.id

    @property
    def message(self) -> Payload | None:
        return self.interaction.response

    @property
    def private(self) -> bool:
        return self.interaction.ephemeral

    @property
    def form(self) -> Payload | None:
        return self.interaction.modal


class WiredStage(Stage):
    """A guild of its own in a house whose bot runs; the house's channel is the operator's desk."""

    def __init__(self, house: House) -> None:
        super().__init__(house.endpoint)
        house.discord.forget()
        self._house = house
        self._guild = house.discord.guild("Atelier")
        self._channels = {"art": self._guild.channel("art")}
        self._staff = self._guild.role("staff", _STAFF)
        self._people = {it: self._guild.member(it, roles=[self._staff] * (it is Person.MOD)) for it in Person}
        self._roles: dict[str, state.Role] = {}
        self._watcher = self._guild.member("watcher")
        self._backstage = self._guild.channel("backstage")
        self._probes: list[str] = []
        self._reported = len(house.channel.messages)

    @classmethod
    async def furnish(cls, house: House, **rules: object) -> None:
        """Start the bot under the rules of these scenarios."""
        house.settings = {name.upper(): str(value) for name, value in {**RULES, **rules}.items()}
        house.settings["OPERATOR_CHANNEL_ID"] = str(house.channel.id)
        await house.start()

    @override
    async def enter(self, name: str, *, age_restricted: bool = False, lacking: Sequence[str] = ()) -> None:
        channel = self._channels[name] = self._guild.channel(name, nsfw=age_restricted)
        if lacking:
            channel.forbid(Right(sum(Right[it.upper()] for it in lacking)))

    @override
    def role(self, name: str, *people: Person) -> Role:
        self._roles[name] = self._guild.role(name)
        for who in people:
            self._people[who].give(self._roles[name])
        return Role(name)

    @override
    def demote(self, who: Person) -> None:
        self._people[who].take(self._staff)

    @override
    def permit(self, command: str, who: Person) -> None:
        self._guild.permit(command, self._people[who], allowed=True)

    @override
    async def finish(self) -> None:
        await self.until(
            lambda: not any(_under_way(it) for channel in self._channels.values() for it in channel.messages)
        )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "Nothing is under way" not in await self._credits():
                pass  # a picture is here, and its price about to be spent

    @override
    async def until(self, holds: Callable[[], bool]) -> None:
        await self._house.discord.until(holds)

    @override
    async def restart(self) -> None:
        assert await self._house.stop() == 0
        await self._house.start()

    @override
    async def crash(self) -> None:
        await self._house.kill()
        await self._house.start()

    @override
    def requests(self) -> list[Request]:
        ours = [it for it in self._house.discord.requests if not it.path.startswith(tuple(self._probes))]
        return [Request(it.method, it.path, it.body) for it in ours]

    @override
    def names(self) -> Mapping[int, str]:
        places = {channel.id: name for name, channel in self._channels.items()}
        people: dict[int, str] = {member.id: name for name, member in self._people.items()}
        house = {self._house.channel.id: DESK, self._house.discord.application_id: "bot"}
        roles = {role.id: name for name, role in self._roles.items()}
        return places | people | roles | house | {self._guild.id: "guild"}

    @override
    def histories(self) -> Mapping[str, list[Payload]]:
        histories = {name: channel.messages for name, channel in self._channels.items()}
        return histories | {DESK: self._house.channel.messages[self._reported :]}

    @override
    async def download(self, url: str) -> bytes:
        async with aiohttp.ClientSession() as session, session.get(url, raise_for_status=True) as response:
            return await response.read()

    @property
    @override
    def now(self) -> float:
        return time.time()

    @property
    @override
    def guild(self) -> int:
        return self._guild.id

    @property
    @override
    def database(self) -> Path:
        return self._house.database

    @override
    async def _slash(self, who: Person, command: str, options: Mapping[str, Any]) -> Outcome:
        given = {name: self._given(value) for name, value in options.items()}
        return WiredOutcome(await self._people[who].slash(self._here, command, **given))

    @override
    async def _press(self, who: Person, on: Outcome, label: str) -> Outcome:
        assert on.message is not None
        return WiredOutcome(await self._people[who].press(on.message, label=label))

    @override
    async def _submit(self, who: Person, opened: Outcome, values: Mapping[str, Any]) -> Outcome:
        assert isinstance(opened, WiredOutcome)
        return WiredOutcome(await self._people[who].submit(opened.interaction, values))

    @override
    async def _at_once(self, orders: Sequence[tuple[Person, Mapping[str, Any]]]) -> list[Outcome]:
        begun = [self._people[who].begin_slash(self._here, "imagine", **options) for who, options in orders]
        for interaction in begun:
            await interaction.answered()
        return [WiredOutcome(it) for it in begun]

    def _given(self, value: Any) -> Any:
        match value:
            case Person():
                return self._people[value]
            case Role(name=name):
                return self._roles[name]
            case _:
                return value

    async def _credits(self) -> str:
        told = await self._watcher.slash(self._backstage, "credits")
        self._probes.append(f"/interactions/{told.id}/")
        assert told.response is not None
        return texts(told.response)

    @property
    def _here(self) -> Channel:
        return list(self._channels.values())[-1]


def _under_way(message: Payload) -> bool:
    return CANCEL in buttons(message) or CANCELLING in texts(message)
