from collections.abc import Sequence

from bot.domain.jobs import Job
from bot.ports import Cards, Reprints, Shelf


class Veils:
    """Shows what lies over pictures, wherever they stand."""

    def __init__(self, cards: Cards, shelf: Shelf, reprints: Reprints) -> None:
        self._cards = cards
        self._shelf = shelf
        self._reprints = reprints

    async def show(self, jobs: Sequence[Job]) -> None:
        """Change the messages of pictures that were hidden, are gone, or are shown again."""
        for job in jobs:
            await self._cards.show_veil(job)
            for copy in await self._shelf.copies(job.id):
                await self._reprints.show_veil(copy, job)
