"""The operator's own guild, for the tests of what can be done there."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord

from tests.discord.world import Actor, Result, World, in_world, told

OFFICE = 424242424242424242
NOBODYS = 555555555555555555
ONLY_THE_OPERATOR = "Only the bot's operator can do this."

VERBS: list[tuple[str, dict[str, Any]]] = [
    ("guilds", {}),
    ("grant", {"guild": "1", "amount": 1}),
    ("take", {"guild": "1", "amount": 1}),
    ("plan", {"guild": "1"}),
    ("plan", {"guild": "1", "allowance": "unlimited"}),
    ("plan", {"guild": "1", "allowance": "default"}),
    ("pause", {"guild": "1"}),
    ("pause", {}),
    ("resume", {"guild": "1"}),
    ("resume", {}),
    ("ledger", {"guild": "1"}),
    ("calls", {}),
]

Test = Callable[["Office"], Coroutine[Any, Any, None]]


class Office:
    """The operator's guild: a boss who is an operator, a clerk with every right there who is none."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.guild = world.env.create_guild("Office", id=OFFICE)
        self.channel = self.guild.create_text_channel("desk")
        everything = discord.Permissions(administrator=True)
        self.admins = self.guild.create_role("admins", permissions=everything)
        self.boss, self.clerk = self.member("boss"), self.member("clerk")

    def member(self, name: str) -> Actor:
        return self.guild.add_member(self.world.env.create_user(name), roles=[self.admins])

    async def do(self, verb: str, /, by: Actor | None = None, **options: Any) -> Result:
        return await (by or self.boss).slash(self.channel, f"operator {verb}", **options)

    async def tells(self, verb: str, /, by: Actor | None = None, **options: Any) -> str:
        return told(await self.do(verb, by, **options))

    async def turned(self, result: Result, label: str, by: Actor | None = None) -> str:
        """What the same private message says after a press on it."""
        message = self.world.message(result)
        await self.world.press(by or self.boss, message, label)
        return told(result)

    async def suggested(self, option: str, typed: str, by: Actor | None = None, verb: str = "plan") -> list[str]:
        answered = self._answers()
        offered = await (by or self.boss).autocomplete(self.channel, f"operator {verb}", option, typed)
        assert self._answers() == answered + 1, "the bot offered nothing at all, not even an empty list"
        return [choice["name"] for choice in offered]

    def _answers(self) -> int:
        return sum(it.path.endswith("/callback") for it in self.world.env.http_requests)

    @property
    def client(self) -> str:
        """The guild whose members paint, as the operator types it."""
        return str(self.world.guild.id)

    async def pause_everything(self) -> Result:
        asked = await self.do("pause")
        await self.turned(asked, "Pause everything")
        return asked


def in_office(**settings: Any) -> Callable[[Test], Callable[..., Coroutine[Any, Any, None]]]:
    def decorate(test: Test) -> Callable[..., Coroutine[Any, Any, None]]:
        @in_world(operator_guild_id=OFFICE, **settings)
        async def opened(world: World) -> None:
            office = Office(world)
            await world.restart(working=settings.get("working", True), operator_ids=frozenset({office.boss.id}))
            await test(office)

        return opened

    return decorate


def seen_from(office: Office) -> World:
    """The world as seen from the operator's channel."""
    world = office.world.elsewhere()
    world.guild, world.channel = office.guild, office.channel
    return world
