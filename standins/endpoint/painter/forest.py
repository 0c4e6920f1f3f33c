"""Conifers against the light."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.frame import Frame, Plane


def forest(rng: Generator, frame: Frame, *, size: float) -> Plane:
    """The tops of the trees, as heights above the ground, in one row."""
    heights = np.zeros(frame.width, dtype=np.float32)
    spacing = size * 0.2
    for place in np.arange(0, frame.right, spacing):
        tall = size * rng.uniform(0.45, 1.25)
        distance = np.abs(frame.x[0] - np.float32(place + rng.uniform(-spacing, spacing))) / np.float32(tall * 0.24)
        jagged = 1 - distance - 0.12 * (distance * 5 % 1)
        np.maximum(heights, np.float32(tall) * jagged, out=heights)
    return heights[None, :]
