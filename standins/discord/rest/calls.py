from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from standins.discord.rate import Rate
from standins.discord.replies import Reply
from standins.discord.uploads import Body


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    names: Mapping[str, str]
    """What the path names."""
    query: Mapping[str, str]
    body: Body


Work = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    work: Work
    rate: Rate
    subject: str = ""
    """Which name in the path has a limit of its own."""
    by_token: bool = False
    """Whether an interaction's token stands for the bot's."""
    edits_channel: bool = False
    """Whether it counts towards the hidden limit of a channel."""
    shared: str = ""
    """The bucket that it has in common with others."""

    @property
    def bucket(self) -> str:
        return self.shared or f"{self.method} {self.path}"
