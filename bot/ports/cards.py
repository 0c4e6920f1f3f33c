from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.alerts import Notice
from bot.domain.jobs import Job
from bot.domain.news import News
from bot.domain.pictures import Hung, Picture
from bot.domain.reports import Report


class Cards(Protocol):
    """What the community sees of a job. Only `deliver` fails."""

    async def show_painting(self, job: Job, ready_by: datetime) -> None: ...

    async def deliver(self, job: Job, picture: Picture) -> Hung:
        """Show the picture, on the card or beside it; raises `UndeliverableError`."""
        ...

    def take_room(self, job: Job) -> float:
        """How many seconds a delivery should wait, because its channel takes no more; 0 is now, and it is counted."""
        ...

    async def find(self, job: Job) -> int | None:
        """The card of a job that nobody noted, because the process died meanwhile. None where there is none."""
        ...

    async def shows(self, job: Job) -> Hung | None:
        """Where the job's picture stands, on its card or below, although nobody noted it."""
        ...

    async def show_veil(self, job: Job) -> bool:
        """Show what lies over a picture, or the picture again; False where Discord did not take it."""
        ...

    async def show_end(self, job: Job) -> bool:
        """Show how the job ended, on its card or below it, or that nobody wants it any more.

        False where another try is worth it.
        """
        ...


class OperatorDesk(Protocol):
    async def alert(self, notice: Notice) -> bool:
        """Tell the operator. False where another try is worth it; never raises."""
        ...

    async def report(self, report: Report, channel: int | None) -> bool:
        """Put a member's report before staff in this channel, else before the operator.

        False where no channel takes it and the log must do.
        """
        ...


class LogDesk(Protocol):
    async def post(self, guild: int, channel: int, news: Sequence[News]) -> str | None:
        """One message about all of it; None where it stands, else why Discord took it not. Never raises."""
        ...
