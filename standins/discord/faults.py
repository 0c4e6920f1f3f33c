"""Faults that tests order for requests to come."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from fnmatch import fnmatchcase


class Trouble(StrEnum):
    ANSWER = auto()
    """The status and code that were ordered."""
    RESET = auto()
    HANG = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    method: str
    path: str
    """A pattern as in file names, such as `/webhooks/*/messages/@original`."""
    trouble: Trouble = Trouble.ANSWER
    status: int = 500
    code: int = 0
    retry_after: float = 0.05
    via: bool = True
    """Without it a 429 reads as one of the edge in front of the platform."""
    everywhere: bool = False
    """Whether a 429 says that it concerns the whole bot."""
    after: bool = False
    """Whether the request takes effect before it fails."""
    times: int | None = 1

    def fits(self, method: str, path: str) -> bool:
        return self.method == method and fnmatchcase(path, self.path)


class FaultRegister:
    """First ordered, first served."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._healed = asyncio.Event()

    def arm(self, fault: Fault) -> None:
        self._armed.append(fault)

    def clear(self) -> None:
        """Also ends what hangs."""
        self._armed.clear()
        self._healed.set()
        self._healed = asyncio.Event()

    async def healed(self) -> None:
        await self._healed.wait()

    def take(self, method: str, path: str) -> Fault | None:
        for place, fault in enumerate(self._armed):
            if fault.fits(method, path):
                self._spend(place, fault)
                return fault
        return None

    def _spend(self, place: int, fault: Fault) -> None:
        if fault.times == 1:
            del self._armed[place]
        elif fault.times is not None:
            self._armed[place] = replace(fault, times=fault.times - 1)
