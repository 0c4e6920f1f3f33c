from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Of the whole installation: paid calls of this UTC day, jobs that wait, pictures kept, credits held."""

    calls: int
    queued: int
    kept: int
    held: int
