"""What the operator is told of, once when it begins and once when it is over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.circuit import Trouble


class Alert(StrEnum):
    KEY = Trouble.KEY.value
    CREDITS = Trouble.CREDITS.value
    OUTAGE = Trouble.OUTAGE.value
    BOUND = "daily_bound"
    DATABASE = "database"
    SHARDS = "shards"
    DISK = "disk"

    @property
    def shared(self) -> bool:
        """The same for every process of the installation, so that one tells it for all."""
        return self in {Alert.KEY, Alert.CREDITS, Alert.OUTAGE, Alert.BOUND}


@dataclass(frozen=True, slots=True)
class Notice:
    """That it began, or, with `until`, that it is over."""

    alert: Alert
    since: datetime
    until: datetime | None = None
