"""The register that hands each ordered fault to the request it is meant for."""

from dataclasses import dataclass, replace

from standins.endpoint.faults import Fault, PathKind


@dataclass(frozen=True, slots=True)
class ArmedFault:
    fault: Fault
    times: int | None = 1
    """How often it still strikes; None until cleared."""
    at: PathKind | None = None
    retry_after: float | None = None
    url: str | None = None
    subject: str | None = None
    """The one record (its uuid) that it concerns."""

    def __post_init__(self) -> None:
        if self.at is not None and self.at not in self.fault.kinds:
            raise ValueError(f"{self.fault} cannot happen at {self.at}")
        if self.times is not None and self.times < 1:
            raise ValueError(f"{self.fault} must strike at least once, not {self.times} times")

    def fits(self, kind: PathKind, subject: str | None) -> bool:
        return (self.at is kind or (self.at is None and kind in self.fault.kinds)) and (
            self.subject is None or self.subject == subject
        )


class FaultRegister:
    """First ordered, first served: a fault is spent by the first request it fits, accepted or not."""

    def __init__(self) -> None:
        self._armed: list[ArmedFault] = []

    @property
    def pending(self) -> tuple[ArmedFault, ...]:
        return tuple(self._armed)

    def arm(self, armed: ArmedFault) -> None:
        self._armed.append(armed)

    def clear(self) -> None:
        self._armed.clear()

    def take(self, kind: PathKind, subject: str | None = None) -> ArmedFault | None:
        for place, armed in enumerate(self._armed):
            if armed.fits(kind, subject):
                self._spend(place, armed)
                return armed
        return None

    def _spend(self, place: int, armed: ArmedFault) -> None:
        if armed.times == 1:
            del self._armed[place]
        elif armed.times is not None:
            self._armed[place] = replace(armed, times=armed.times - 1)
