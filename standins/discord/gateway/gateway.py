from collections.abc import Callable, Iterator
from typing import Any, Final

from standins.discord.changes import Changes
from standins.discord.gateway.lines import HEARTBEAT, INVALID_SESSION, RECONNECT, Line
from standins.discord.gateway.sessions import Session
from standins.discord.gateway.starts import Starts
from standins.discord.state import GuildState
from standins.discord.world import World

GUILDS: Final = 1 << 0
"""The intent to hear of guilds, their channels and roles."""


class Gateway:
    def __init__(self, world: World, starts: Starts, changes: Changes) -> None:
        self.heartbeat_seconds = 41.25
        """How often the connections to come are told to send one."""
        self.heartbeat_patience = 2 * self.heartbeat_seconds
        """How long they may leave it."""
        self.heartbeats = 0
        self.resume_url = ""
        self.starts = starts
        self.identifies: list[tuple[int, int]] = []
        """The shards that identified, in order."""
        self.lines: set[Line] = set()
        self.sessions: dict[str, Session] = {}
        self._world = world
        self._changes = changes

    @property
    def guilds(self) -> dict[int, GuildState]:
        """Those that have the bot."""
        return {guild.id: guild for guild in self._world.joined}

    @property
    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.line is not None]

    @property
    def resumes(self) -> int:
        return sum(session.resumes for session in self.sessions.values())

    def tell(self, guild: int, event: str, write: Callable[[], Any], *, intent: int | None = GUILDS) -> None:
        """To every session of the guild's shard, also those that are away and may resume."""
        concerned = [it for it in self.sessions.values() if it.serves(guild) and it.wants(intent)]
        if concerned:
            data = write()
            for session in concerned:
                session.dispatch(event, data)

    def drop(self) -> None:
        """Cut every connection without a word."""
        for line in self._lines():
            line.cut()

    def ask_to_reconnect(self) -> None:
        for line in self._lines():
            line.put(RECONNECT)

    def ask_for_heartbeat(self) -> None:
        for line in self._lines():
            line.put(HEARTBEAT)

    def invalidate(self, *, resumable: bool = False) -> None:
        for session in self.connected:
            if session.line is not None:
                session.line.put(INVALID_SESSION, resumable)
            if not resumable:
                del self.sessions[session.id]

    def forget(self) -> None:
        """Nobody who is away can resume any more."""
        for session in [it for it in self.sessions.values() if it.line is None]:
            del self.sessions[session.id]

    def fall_silent(self) -> None:
        """Heartbeats on the open connections are answered no more."""
        for line in self._lines():
            line.answers_heartbeats = False

    def beat(self, line: Line, number: Any) -> None:
        """Raises `TypeError` where it names no event."""
        if not isinstance(number, int | None):
            raise TypeError(number)
        self.heartbeats += 1
        line.beat()
        self._changes.tell()

    def left(self, line: Line, *, for_good: bool) -> None:
        """A session outlives its connection, unless its client said farewell."""
        session = self.of(line)
        if session is not None:
            session.line = None
            if for_good:
                del self.sessions[session.id]
        self._changes.tell()

    def of(self, line: Line) -> Session | None:
        return next((it for it in self.sessions.values() if it.line is line), None)

    async def close(self) -> None:
        for line in list(self.lines):
            await line.close(1001)

    def _lines(self) -> Iterator[Line]:
        return (session.line for session in self.connected if session.line is not None)
