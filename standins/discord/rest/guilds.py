"""Guilds, and who is in them."""

from dataclasses import dataclass
from typing import Final

from standins.discord.membership import Membership
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.rendering import Renderer
from standins.discord.replies import Reply
from standins.discord.rest.calls import Call
from standins.discord.state import THREADS, GuildState
from standins.discord.world import World

_LONGEST_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Guilds:
    world: World
    renderer: Renderer
    membership: Membership

    async def mine(self, call: Call) -> Reply:
        limit = number(call.query.get("limit", str(_LONGEST_PAGE)))
        if not 1 <= limit <= _LONGEST_PAGE:
            raise RefusedError(Refusal.INVALID_FORM, [Problem(("limit",), f"must be 1 to {_LONGEST_PAGE}")])
        here = sorted(self.world.joined, key=lambda it: it.id)
        after, before = number(call.query.get("after", "0")), number(call.query.get("before", "0"))
        found = [it for it in here if it.id > after and (not before or it.id < before)]
        return Reply(200, [self.renderer.own_guild(it) for it in (found[-limit:] if before else found[:limit])])

    async def leave(self, call: Call) -> Reply:
        self.membership.leave(self._guild(call))
        return Reply(204)

    async def get(self, call: Call) -> Reply:
        return Reply(200, self.renderer.guild(self._guild(call)))

    async def channels(self, call: Call) -> Reply:
        channels = self._guild(call).channels
        return Reply(200, [self.renderer.channel(it) for it in channels if it.kind not in THREADS])

    async def roles(self, call: Call) -> Reply:
        return Reply(200, self.renderer.roles(self._guild(call)))

    async def member(self, call: Call) -> Reply:
        member = self._guild(call).members.get(number(call.names["user"]))
        if member is None:
            raise RefusedError(Refusal.UNKNOWN_MEMBER)
        return Reply(200, self.renderer.member(member))

    async def user(self, call: Call) -> Reply:
        user = self.world.users.get(number(call.names["user"]))
        if user is None:
            raise RefusedError(Refusal.UNKNOWN_USER)
        return Reply(200, self.renderer.user(user))

    def _guild(self, call: Call) -> GuildState:
        guild = self.world.guilds.get(number(call.names["guild"]))
        if guild is None or not guild.joined:
            raise RefusedError(Refusal.UNKNOWN_GUILD)
        return guild


def number(name: str) -> int:
    """That a path names; 0 is nobody's."""
    return int(name) if name.isdecimal() else 0
