from collections.abc import Sequence
from typing import Protocol

from bot.domain.preferences import Options, Preferences, Preset


class PreferenceBook(Protocol):
    """What members set for themselves, the same in every guild. All raise `StorageBusyError` or `StorageDownError`."""

    async def own(self, member: int) -> Options: ...

    async def change(self, member: int, changes: Options) -> Options:
        """What a member's defaults are then; None takes one away."""
        ...

    async def clear(self, member: int) -> None:
        """Take all defaults away; the presets stay."""
        ...

    async def presets(self, member: int) -> Sequence[Preset]:
        """By name."""
        ...

    async def save(self, member: int, preset: Preset) -> bool:
        """Whether it is new; else it stands in the place of the former. Raises `TooManyPresetsError`."""
        ...

    async def delete(self, member: int, name: str) -> None:
        """Raises `UnknownPresetError`."""
        ...

    async def export(self, member: int) -> Preferences:
        """Everything that is stored."""
        ...

    async def erase(self, member: int) -> None:
        """All of it."""
        ...
