from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from bot.domain.checkup import Application, Door, Residence, Standing


class Portal(Protocol):
    """What Discord tells whoever has the bot's token. All raise `DiscordUnreachableError`."""

    @property
    def application(self) -> Application: ...

    def residences(self) -> AsyncIterator[Residence]:
        """Every guild that the bot is in."""
        ...

    async def takes_commands(self, guild: int) -> bool:
        """Whether the guild let the bot have commands."""
        ...

    async def lacking(self, channel: int) -> Sequence[str]:
        """The rights that the bot lacks to post in a channel. Raises `NoSuchChannelError`."""
        ...


class Portals(Protocol):
    def enter(self) -> AbstractAsyncContextManager[Portal]:
        """By requests alone, without a session. Raises `TokenRefusedError` or `DiscordUnreachableError`."""
        ...


class Catalogue(Protocol):
    """What the provider says free of charge. Both raise `PaintingError`."""

    async def probe(self) -> None:
        """Ask whether the key is accepted."""
        ...

    async def offers(self, feature: str) -> bool | None:
        """Whether the provider lists the model for a feature; None where its answer cannot be understood."""
        ...


class Records(Protocol):
    """The database, beside whoever works on it. Raises `StorageBusyError` or `StorageDownError`."""

    async def standing(self) -> Standing: ...

    async def log_channels(self) -> Sequence[int]:
        """Those that staff named for the log."""
        ...

    def file(self) -> Path | None:
        """Where the database is one."""
        ...


class Premises(Protocol):
    """The machine. All raise `UnusableError`, and nothing is left behind."""

    async def try_folder(self, folder: Path) -> None:
        """Whether files can be written in it, or it can be made."""
        ...

    async def try_file(self, file: Path) -> None:
        """Whether it can be changed, where it is there."""
        ...

    async def free(self, place: Path) -> int:
        """Bytes on the disk that has it, or will."""
        ...

    async def door(self, host: str, port: int) -> Door: ...
