from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.domain.album import Copy, Leaf, Look, Turn, Unseen
from bot.domain.jobs import Job, JobId
from bot.domain.pictures import Hung, Picture


class Shelf(Protocol):
    """What members keep of pictures: which are theirs, their favourites, and what they showed again."""

    async def page(self, look: Look, turn: Turn | None, most: int) -> Leaf:
        """The newest at first, else those beside a spot."""
        ...

    async def mark(self, member: int, job: JobId, *, favourite: bool) -> None: ...

    async def is_favourite(self, member: int, job: JobId) -> bool: ...

    async def claim(self, copy: Copy, wait: timedelta) -> bool:
        """Write it down before it is posted; False where that had happened already.

        Raises `ShownLatelyError` within that time of the member's last one, `VeiledError`, or `UnknownJobError`.
        """
        ...

    async def stands(self, copy: JobId, hung: Hung) -> Job | None:
        """It was posted: its job as it is now."""
        ...

    async def withdraw(self, copy: JobId) -> None:
        """It could not be posted."""
        ...

    async def copies(self, job: JobId) -> Sequence[Copy]:
        """Those that stand."""
        ...


class Reprints(Protocol):
    """Our own messages read again, and their pictures posted once more."""

    async def seen(self, jobs: Sequence[Job]) -> Mapping[JobId, str | Unseen]:
        """Fresh addresses of pictures, or why there is none; takes a few seconds at most."""
        ...

    async def hang(self, copy: Copy, job: Job, picture: Picture) -> Hung:
        """Raises `UndeliverableError`."""
        ...

    async def show_veil(self, copy: Copy, job: Job) -> bool:
        """As `Cards.show_veil`, for one copy."""
        ...
