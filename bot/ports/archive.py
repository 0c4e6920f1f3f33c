from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from bot.domain.privacy import Erased
from bot.domain.retention import Batch

Facts: TypeAlias = Mapping[str, Any]
"""A row as the person it concerns may read it."""


class Archive(Protocol):
    """Everything that is stored about one person, in all guilds."""

    async def guilds(self, person: int) -> Sequence[int]:
        """Where anything of theirs is."""
        ...

    async def rest(self, person: int) -> Mapping[str, Sequence[Facts]]:
        """What there is little of, by its name."""
        ...

    async def pictures(self, person: int, guild: int, after: str | None, most: int) -> Sequence[Facts]:
        """In the order of their `id`, beginning after this one."""
        ...

    async def entries(self, person: int, guild: int, after: int, most: int) -> Sequence[Facts]:
        """Of the ledger, where it moved the person's credits or was about them."""
        ...

    async def decisions(self, person: int, after: int, most: int) -> Sequence[Facts]:
        """Of the ledger, what the person decided about others."""
        ...

    async def wish(self, person: int) -> Sequence[int]:
        """Erase what belongs to no guild, and note for each guild that the rest is to follow: these."""
        ...

    async def erase(self, guild: int, person: int) -> Erased:
        """Erase what can be by now; what cannot stays noted."""
        ...

    async def wishes(self) -> Sequence[tuple[int, int]]:
        """Guild and person of what is still to be erased."""
        ...


class Memory(Protocol):
    """What is kept for a while only, of everybody."""

    async def forget_aged(self, before: datetime, after: str, most: int) -> Batch:
        """What pictures were made of that ended before, among at most so many jobs behind the one named."""
        ...

    async def tidy(self) -> None:
        """Remove what waited for an answer longer than it may."""
        ...
