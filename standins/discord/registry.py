"""The bot's commands: everywhere, and in single guilds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from standins.discord.account import Account
from standins.discord.clock import Clock
from standins.discord.rate import Window
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import NOWHERE, Payload

CHAT_INPUT, OF_USERS, OF_MESSAGES = 1, 2, 3
_CREATES: Final = (200, 24 * 60 * 60.0)
_ISSUED: Final = frozenset({"id", "version"})
_PLAIN: Final[Mapping[str, Any]] = {
    "description": "",
    "default_member_permissions": None,
    "nsfw": False,
    "options": [],
    "contexts": None,
    "integration_types": [0],
}


class Registry:
    def __init__(self, account: Account, ids: Snowflakes, clock: Clock) -> None:
        self._account = account
        self._ids = ids
        self._clock = clock
        self._commands: dict[int, list[Payload]] = {NOWHERE: []}
        self._creates: dict[int, Window] = {}
        self.permissions: dict[tuple[int, str], dict[int, bool]] = {}
        """What administrators of a guild said of a command: for people, roles and channels."""

    def of(self, guild: int = NOWHERE) -> list[Payload]:
        """Those of one guild alone, or those that are for all."""
        return self._commands.setdefault(guild, [])

    def find(self, name: str, kind: int, guild: int) -> Payload:
        """As somebody there finds it: the guild's own comes first. Raises `LookupError`."""
        for command in [*self.of(guild), *self.of()]:
            if (command["name"], command["type"]) == (name, kind):
                return command
        raise LookupError(f"the bot has no command {name!r}")

    def permit(self, guild: int, name: str, whom: int, *, allowed: bool) -> None:
        for command in (it for it in [*self.of(guild), *self.of()] if it["name"] == name):
            self.permissions.setdefault((guild, command["id"]), {})[whom] = allowed

    def replace(self, commands: Sequence[Mapping[str, Any]], guild: int = NOWHERE) -> list[Payload]:
        """Raises `RefusedError` where too many are new today."""
        known = {(it["type"], it["name"]): it for it in self.of(guild)}
        fresh = [it for it in commands if _key(it) not in known]
        self._count(guild, len(fresh))
        self._commands[guild] = [self._stored(it, known.get(_key(it)), guild) for it in commands]
        return self.of(guild)

    def _count(self, guild: int, fresh: int) -> None:
        now, window = self._clock.seconds(), self._creates.setdefault(guild, Window(_CREATES))
        window.wait(now)
        if len(window.spent) + fresh > window.rate[0]:
            raise RefusedError(Refusal.TOO_MANY_CREATES)
        window.spent.extend([now] * fresh)

    def _stored(self, command: Mapping[str, Any], old: Payload | None, guild: int) -> Payload:
        """A command keeps its id; whatever changed in it takes a new version."""
        stored: Payload = {**_PLAIN, **command, "type": _key(command)[0]}
        stored["integration_types"] = stored["integration_types"] or [0]
        stored["application_id"] = str(self._account.application)
        if stored["default_member_permissions"] is not None:
            stored["default_member_permissions"] = str(stored["default_member_permissions"])
        if guild != NOWHERE:
            stored["guild_id"] = str(guild)
        if old is not None and stored == {name: value for name, value in old.items() if name not in _ISSUED}:
            return old
        number = str(self._ids.next())
        return stored | {"id": number if old is None else old["id"], "version": number}


def _key(command: Mapping[str, Any]) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, command["name"]
