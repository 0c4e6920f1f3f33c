"""How large pictures are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SMALLEST_SIDE = 32
_SIDE = 1024

_SIZES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "1:1": (1024, 1024),
        "16:9": (1365, 768),
        "9:16": (768, 1365),
        "3:2": (1254, 836),
        "2:3": (836, 1254),
        "4:5": (916, 1145),
        "5:4": (1145, 916),
    }
)


def size_of(aspect_ratio: str, scale: float) -> tuple[int, int]:
    width, height = _SIZES[aspect_ratio]
    return max(_SMALLEST_SIDE, round(width * scale)), max(_SMALLEST_SIDE, round(height * scale))


def size_like(width: int, height: int, scale: float) -> tuple[int, int]:
    """The same shape, and no more than about a megapixel."""
    factor = min(1.0, _SIDE * scale / (width * height) ** 0.5)
    return max(_SMALLEST_SIDE, round(width * factor)), max(_SMALLEST_SIDE, round(height * factor))
