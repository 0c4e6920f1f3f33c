from typing import Protocol

from bot.domain.jobs import Job
from bot.domain.load import Load


class Meters(Protocol):
    """Counts and times what the bot does. Never fails, never waits, and keeps nothing of whom it concerns."""

    def arrived(self, interaction: int, kind: str) -> None:
        """Somebody waits for the first answer to this."""
        ...

    def began(self, job: Job) -> None:
        """Its paid call is about to go out."""
        ...

    def ended(self, job: Job) -> None: ...


class Loads(Protocol):
    async def load(self) -> Load:
        """Raises `StorageBusyError` or `StorageDownError`."""
        ...
