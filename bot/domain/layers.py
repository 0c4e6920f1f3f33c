"""Who chose the value of each option of a picture."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias


class Layer(StrEnum):
    """What stands above wins; `SOURCE` is the picture that another was made from."""

    TYPED = "typed"
    SOURCE = "source"
    PRESET = "preset"
    OWN = "own"
    GUILD = "guild"
    ENDPOINT = "endpoint"


Given: TypeAlias = Mapping[str, Layer]
"""By option. What nobody chose has the endpoint's default, or was drawn, and is not in here."""

_PERSONAL: Final = frozenset({Layer.TYPED, Layer.PRESET, Layer.OWN})


def carried(given: Given, *, by_same_member: bool) -> Given:
    """Of a picture that is made again: what its own member chose, somebody else only took over."""
    if by_same_member:
        return given
    return {option: Layer.SOURCE if layer in _PERSONAL else layer for option, layer in given.items()}
