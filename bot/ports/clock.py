from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The aware UTC time of day that periods, the ledger and cards go by."""
        ...
