"""The stage in SimCord, where all is in one process."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord
from typing_extensions import override

from standins.discord.changes import Changes
from tests.discord.world import Result, World
from tests.scenarios.stage import DESK, RULES, Outcome, Payload, Person, Request, Role, Stage


class SimulatedOutcome:
    def __init__(self, world: World, result: Result) -> None:
        self.result = result
        self._world = world

    @property
    def id(self) -> int:
        return self.result._interaction.id

    @property
    def message(self) -> Payload | None:
        response = self.result.response
        return None if response is None else self._world.payload(response.message)

    @property
    def private(self) -> bool:
        return self.result.response is not None and self.result.response.ephemeral

    @property
    def form(self) -> Payload | None:
        return self.result.modal


class SimulatedStage(Stage):
    def __init__(self, world: World) -> None:
        super().__init__(world.endpoint)
        self._world = world
        self._people = dict(zip(Person, (world.ada, world.ben, world.cyd, world.mod), strict=True))
        self._desk = world.guild.create_text_channel(DESK)
        self._channels = {"art": world.channel}
        self._roles: dict[str, simcord.RoleHandle] = {}
        self._operator = world.env.create_user("Operator")
        self._changes = Changes()
        self._first = 0
        world.env.backend.subscribers.append(lambda *_: self._changes.tell())

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, **rules: Any) -> AsyncIterator["SimulatedStage"]:
        async with World.open(folder, working=False, **{**RULES, **rules}) as world:
            stage = cls(world)
            await world.restart(operator_channel_id=stage._desk.id)
            await stage._publish()
            stage._first = len(world.env.http_requests)
            yield stage

    @override
    async def enter(self, name: str, *, age_restricted: bool = False, lacking: Sequence[str] = ()) -> None:
        self._world.enter(name, **dict.fromkeys(lacking, False))
        self._world.age_restrict(restricted=age_restricted)
        self._channels[name] = self._world.channel

    @override
    def role(self, name: str, *people: Person) -> Role:
        self._roles[name] = self._world.role(name, *(self._people[who] for who in people))
        return Role(name)

    @override
    def demote(self, who: Person) -> None:
        self._world.withdraw_role(self._people[who], self._world.staff)

    @override
    def permit(self, command: str, who: Person) -> None:
        number = int(self._world.env.backend.commands[None][command, 1]["id"])
        self._world.guild.set_command_permissions(number, {self._people[who]: True})

    @override
    async def finish(self) -> None:
        await self._world.finish()

    @override
    async def until(self, holds: Callable[[], bool]) -> None:
        await self._changes.until(holds)

    @override
    async def restart(self) -> None:
        await self._world.restart()
        await self._publish()

    @override
    async def crash(self) -> None:
        await self.restart()

    @override
    def requests(self) -> list[Request]:
        return [Request(it.method, it.path, it.json) for it in self._world.env.http_requests[self._first :]]

    @override
    def names(self) -> Mapping[int, str]:
        world = self._world
        places = {channel.id: name for name, channel in self._places.items()}
        people: dict[int, str] = {actor.id: name for name, actor in self._people.items()}
        roles = {role.id: name for name, role in self._roles.items()}
        return places | people | roles | {world.guild.id: "guild", world.env.backend.bot_user.id: "bot"}

    @override
    def histories(self) -> Mapping[str, list[Payload]]:
        return {
            name: [self._world.payload(it) for it in channel.history() if not it.flags.ephemeral]
            for name, channel in self._places.items()
        }

    @override
    async def download(self, url: str) -> bytes:
        return await self._world.app.bot.http.get_from_cdn(url)

    @property
    @override
    def now(self) -> float:
        return self._world.env.now().timestamp()

    @property
    @override
    def guild(self) -> int:
        return self._world.guild.id

    @property
    @override
    def database(self) -> Path:
        return Path(self._world.settings.database_url.removeprefix("sqlite:///"))

    @override
    async def _slash(self, who: Person, command: str, options: Mapping[str, Any]) -> Outcome:
        given = {name: self._given(value) for name, value in options.items()}
        return self._outcome(await self._people[who].slash(self._world.channel, command, **given))

    @override
    async def _press(self, who: Person, on: Outcome, label: str) -> Outcome:
        return self._outcome(await self._people[who].click(self._world.message(_result(on)), label=label))

    @override
    async def _submit(self, who: Person, opened: Outcome, values: Mapping[str, Any]) -> Outcome:
        return self._outcome(await self._people[who].submit_modal(_result(opened), dict(values)))

    @override
    async def _at_once(self, orders: Sequence[tuple[Person, Mapping[str, Any]]]) -> list[Outcome]:
        results = await self._world.rush(*((self._people[who], options) for who, options in orders))
        return [self._outcome(it) for it in results]

    def _given(self, value: Any) -> Any:
        match value:
            case Person():
                return self._people[value]
            case Role(name=name):
                return self._roles[name]
            case _:
                return value

    @property
    def _places(self) -> Mapping[str, simcord.ChannelHandle]:
        return {**self._channels, DESK: self._desk}

    async def _publish(self) -> None:
        """SimCord has no developer portal: what the operator says there is put where discord.py keeps it."""
        about = self._world.app.bot.application
        assert about is not None
        about.owner = await self._world.app.bot.fetch_user(self._operator.id)
        about.privacy_policy_url = "https://bot.example/privacy"
        about.terms_of_service_url = "https://bot.example/terms"

    def _outcome(self, result: Result) -> Outcome:
        return SimulatedOutcome(self._world, result)


def _result(outcome: Outcome) -> Result:
    assert isinstance(outcome, SimulatedOutcome)
    return outcome.result
