from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.jobs import Job
from bot.domain.records import Block, Deed, Deeds, Record, Regulations


class Guilds(Protocol):
    """Which guilds the bot is in, as far as they ever used it."""

    async def leave(self, guild: int) -> Sequence[Job]:
        """The bot was removed: what waits ends free, what is being painted ends as if it was cancelled."""
        ...

    async def come_back(self, guild: int) -> bool:
        """Whether the bot had been away."""
        ...

    async def known(self) -> Mapping[int, bool]:
        """Each of them, and whether it was seen leaving."""
        ...

    async def forget(self, before: datetime) -> Sequence[int]:
        """Put tombstones for people and prompts of guilds that left before that. Amounts stay."""
        ...


class Offices(Protocol):
    """What staff decide. Each deed happens once for its key; again, its record comes back not `fresh`."""

    async def load(self, guild: int) -> Regulations:
        """What stands now, blocks that have ended among it."""
        ...

    async def change(self, deed: Deed, seen: int) -> Record:
        """Set one rule where it is still the revision that was `seen`; else raises `ChangedMeanwhileError`.

        Raises `ChangedTooOftenError`.
        """
        ...

    async def change_together(self, changes: Sequence[tuple[Deed, int]]) -> Sequence[Record]:
        """The same with several rules of one guild: all of them or none."""
        ...

    async def block(self, deed: Deed, block: Block) -> Record: ...

    async def unblock(self, deed: Deed) -> Record:
        """Raises `NotBlockedError`."""
        ...

    async def record(self, guild: int, number: int) -> Record:
        """Raises `NothingToUndoError` where this guild has none with this number."""
        ...

    async def records(self, search: Deeds, before: int | None, most: int) -> Sequence[Record]:
        """Newest first, at most so many, older than the record `before`."""
        ...

    async def changed_since(self, mark: int | None) -> tuple[int, Sequence[int]]:
        """The newest mark, and the guilds in which staff did something since this one."""
        ...


class Facts(Protocol):
    """Small things that a process leaves for the next one."""

    async def fact(self, name: str) -> str | None: ...

    async def remember(self, name: str, value: str) -> None: ...

    async def claim(self, name: str, value: str) -> bool:
        """Whether nobody had, in any process."""
        ...

    async def release(self, name: str) -> str | None:
        """What was claimed, for the one that takes it away."""
        ...
