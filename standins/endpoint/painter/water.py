"""Still water."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import between
from standins.endpoint.painter.frame import Frame, Picture, lay, smooth
from standins.endpoint.painter.noise import clouds, sample
from standins.endpoint.painter.palette import Palette


def mirror(picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, shore: float) -> None:
    """Replaces all below the shore by the reflection of what stands above it."""
    line = int(shore * frame.unit)
    depth = np.arange(frame.height - line, dtype=np.float32)[:, None]
    below = Frame(frame.width, frame.height - line)
    ripples = clouds(rng, below, cells=14, octaves=4, stretch=9)
    swing = ripples * (np.float32(1.5) + depth * np.float32(0.035))
    x = np.arange(frame.width, dtype=np.float32)[None, :] + swing * np.float32(0.6)
    reflected = sample(picture[:, :line], x, line - 1 - depth * np.float32(1.12) - np.abs(swing))
    lay(reflected, palette.near, 0.16 + 0.34 * smooth(0, below.height, depth))
    lay(reflected, between(palette.sky[3], palette.light, 0.5), smooth(1.1, 3.0, ripples) * np.float32(0.16))
    lay(reflected, palette.light, np.exp(-depth / np.float32(frame.unit * 0.004)) * np.float32(0.25))
    picture[:, line:] = reflected
