from collections.abc import Callable
from typing import Final

from standins.discord.changes import PATIENCE_SECONDS
from standins.discord.interactions import ANSWER_SECONDS
from standins.discord.platform import Platform
from standins.discord.state import InteractionState, Message, Payload

_MARGIN_SECONDS: Final = 0.25


class Interaction:
    """What one action of a member came to, as it looks now."""

    def __init__(self, platform: Platform, state: InteractionState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.id

    @property
    def acknowledged(self) -> float | None:
        """Seconds until the bot answered; None where 'The application did not respond' stands."""
        return self.state.acknowledged

    @property
    def response(self) -> Payload | None:
        """The message that answered; None where there is none, or no longer."""
        return self._read(self.state.original)

    @property
    def followups(self) -> list[Payload]:
        return [it for it in map(self._read, self.state.followups) if it is not None]

    @property
    def ephemeral(self) -> bool:
        return self.state.original is not None and self.state.original.ephemeral

    @property
    def modal(self) -> Payload | None:
        return self.state.modal

    @property
    def choices(self) -> list[Payload] | None:
        """What completes the option that was being typed."""
        return self.state.choices

    async def until(self, holds: Callable[[Payload], bool], seconds: float = PATIENCE_SECONDS) -> Payload:
        """The answer, once it is as awaited."""
        seen: tuple[int, int] | None = None
        shown: Payload | None = None

        def reached() -> bool:
            # To write a message down costs much, and every change of any message wakes everybody who waits.
            nonlocal seen, shown
            message = self.state.original
            if message is None or message.id not in self._platform.messages.stored:
                return False
            if seen != (message.id, message.revision):
                seen, shown = (message.id, message.revision), self.response
            return shown is not None and holds(shown)

        await self._platform.changes.until(reached, seconds)
        assert self.response is not None  # noqa: S101 - just awaited
        return self.response

    async def answered(self) -> None:
        """Until the bot answered, or can no longer do so."""
        try:
            await self._platform.changes.until(lambda: self.acknowledged is not None, ANSWER_SECONDS + _MARGIN_SECONDS)
        except TimeoutError:
            return

    def _read(self, message: Message | None) -> Payload | None:
        if message is None or message.id not in self._platform.messages.stored:
            return None
        return self._platform.messages.read(message)
