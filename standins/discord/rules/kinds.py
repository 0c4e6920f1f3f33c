from enum import StrEnum, auto


class Kind(StrEnum):
    """The places that take a message, where they differ."""

    ANSWER = auto()
    UPDATE = auto()
    FOLLOW_UP = auto()
    EDIT_BY_TOKEN = auto()
    POST = auto()
    EDIT = auto()

    @property
    def writes_new(self) -> bool:
        return self in {Kind.ANSWER, Kind.FOLLOW_UP, Kind.POST}
