from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.pictures import Content
from bot.domain.sources import Candidate


class SourceFiles(Protocol):
    def allows(self, url: str) -> bool:
        """Whether this is an address of Discord's own."""
        ...

    def download(self, url: str) -> AbstractAsyncContextManager[Content]:
        """Fetch a file that somebody posted, for as long as the context lasts.

        Raises a `SourceError`, also for an address that is not Discord's.
        """
        ...


class SourceMessages(Protocol):
    async def reread(self, guild: int, channel: int, message: int) -> Sequence[Candidate]:
        """What is in a message now, with fresh addresses; nothing where the bot cannot see it.

        Raises `SourceError` where the message is gone.
        """
        ...
