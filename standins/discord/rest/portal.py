"""The bot's own account, its commands, and where its gateway is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from standins.discord.account import Account
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.rendering import Renderer
from standins.discord.replies import Reply
from standins.discord.rest.site import Call
from standins.discord.rules import Rules
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import Payload

_CHAT_INPUT = 1
_STARTS_PER_DAY = 1000


@dataclass(slots=True)
class Portal:
    account: Account
    renderer: Renderer
    ids: Snowflakes
    rules: Rules
    gateway_url: str = ""
    shards: int = 1
    commands: list[Payload] = field(default_factory=list)
    syncs: int = 0

    async def me(self, _: Call) -> Reply:
        return Reply(200, self.renderer.account())

    async def application(self, _: Call) -> Reply:
        return Reply(200, self.renderer.application())

    async def gateway(self, _: Call) -> Reply:
        starts = {
            "total": _STARTS_PER_DAY,
            "remaining": _STARTS_PER_DAY,
            "reset_after": 86_400_000,
            "max_concurrency": 16,
        }
        return Reply(200, {"url": self.gateway_url, "shards": self.shards, "session_start_limit": starts})

    async def list_commands(self, call: Call) -> Reply:
        self._own(call)
        return Reply(200, self.commands)

    async def replace_commands(self, call: Call) -> Reply:
        self._own(call)
        self.rules.commands(call)
        known = {(it["type"], it["name"]): it for it in self.commands}
        self.commands = [self._stored(it, known) for it in call.body.payload]
        self.syncs += 1
        return Reply(200, self.commands)

    def command(self, name: str) -> Payload:
        for command in self.commands:
            if command["name"] == name:
                return command
        raise LookupError(f"the bot has no command {name!r}")

    def _own(self, call: Call) -> None:
        if call.names["application"] != str(self.account.application):
            raise RefusedError(Refusal.MISSING_ACCESS)

    def _stored(self, command: Mapping[str, Any], known: Mapping[tuple[int, str], Payload]) -> Payload:
        """A command keeps its id; whatever changed in it takes a new version."""
        kind = command.get("type") or _CHAT_INPUT
        plain: Payload = {"default_member_permissions": None, "nsfw": False, "options": [], "contexts": None}
        stored: Payload = {**plain, "description": "", **command, "type": kind}
        old = known.get((kind, command["name"]))
        stored |= {"application_id": str(self.account.application)}
        if old is not None and stored == {name: old[name] for name in old if name not in {"id", "version"}}:
            return old
        number = str(self.ids.next())
        return stored | {"id": number if old is None else old["id"], "version": number}
