"""The surface that a scene is painted on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating]
"""One value for each pixel."""
Picture = NDArray[np.floating]
"""Three planes, red, green and blue, from 0 to 1."""


@dataclass(frozen=True)
class Frame:
    width: int
    height: int

    @cached_property
    def unit(self) -> float:
        """Pixels of one unit of length: the side of a square with the same area."""
        return float(np.sqrt(self.width * self.height))

    @cached_property
    def x(self) -> Plane:
        return (np.arange(self.width, dtype=np.float32) / np.float32(self.unit))[None, :]

    @cached_property
    def y(self) -> Plane:
        return (np.arange(self.height, dtype=np.float32) / np.float32(self.unit))[:, None]

    @property
    def right(self) -> float:
        return self.width / self.unit

    @property
    def bottom(self) -> float:
        return self.height / self.unit


def smooth(low: float, high: float, values: Plane) -> Plane:
    """0 below `low`, 1 above `high`, and an even passage between them."""
    t: Plane = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return t * t * (3 - 2 * t)


def lay(picture: Picture, colour: Picture, cover: Plane) -> None:
    """Lays one colour, or a picture, over what is there."""
    for part, above in enumerate(colour):
        picture[part] += (above - picture[part]) * cover


def shine(picture: Picture, colour: Picture, light: Plane) -> None:
    """Adds light without ever burning out."""
    for part, above in enumerate(colour):
        picture[part] += (1 - picture[part]) * np.clip(above * light, 0, 1)
