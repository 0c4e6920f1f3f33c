from datetime import UTC, datetime, time, timedelta

from bot.domain.charts import Chart
from bot.domain.figures import Figures
from bot.domain.house import HouseRules
from bot.domain.orders import Caller
from bot.domain.refusals import NotDrawnError, NotStaffError
from bot.ports import Books, Charts, Clock
from bot.services.rulebook import Rulebook


class Statistics:
    """A guild's figures: all of them for its staff, and without who and where for others, if staff allow it."""

    def __init__(self, books: Books, charts: Charts, house: HouseRules, rulebook: Rulebook, clock: Clock) -> None:
        self._books = books
        self._charts = charts
        self._house = house
        self._rulebook = rulebook
        self._clock = clock
        self._drawing: set[int] = set()

    async def judge(self, caller: Caller) -> bool:
        """Whether the caller may see everything; raises `NotInvitedError` or `NotStaffError` where nothing."""
        self._house.welcome(caller)
        rules = (await self._rulebook.of(caller.guild)).rules
        is_staff = rules.is_staff(caller)
        if not (is_staff or rules.open_stats):
            raise NotStaffError
        return is_staff

    async def figures(self, caller: Caller, days: int) -> Figures:
        """Of so many UTC days, today among them, as far as the caller may see them."""
        sees_all = await self.judge(caller)
        today = self._clock.now().astimezone(UTC).date()
        midnight = datetime.combine(today + timedelta(days=1), time(), UTC)
        found = await self._books.figures(caller.guild, midnight - timedelta(days=days), midnight)
        return found if sees_all else found.for_everybody()

    async def draw(self, guild: int, chart: Chart) -> bytes:
        """A PNG. Raises `NotDrawnError`, also while another is drawn for this guild: it must not crowd others out."""
        if guild in self._drawing:
            raise NotDrawnError
        self._drawing.add(guild)
        try:
            return await self._charts.draw(chart)
        finally:
            self._drawing.remove(guild)
