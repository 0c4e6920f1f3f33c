from typing import NamedTuple


class Batch(NamedTuple):
    """How many pictures were forgotten, and after which one to go on; None where none is left."""

    forgotten: int
    after: str | None
