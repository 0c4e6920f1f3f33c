"""Everything above the horizon."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import between, ramp
from standins.endpoint.painter.frame import Frame, Picture, Plane, lay, shine, smooth
from standins.endpoint.painter.noise import clouds, enlarge
from standins.endpoint.painter.palette import Palette


@dataclass(frozen=True, slots=True)
class Sun:
    x: float
    y: float
    radius: float


def place_sun(rng: Generator, frame: Frame, horizon: float) -> Sun:
    """Near one of the thirds, where a photographer would put it."""
    third = rng.choice([0.3, 0.38, 0.62, 0.7])
    height = horizon * rng.uniform(0.4, 0.9)
    return Sun(frame.right * (third + rng.uniform(-0.05, 0.05)), height, rng.uniform(0.026, 0.062))


def paint_sky(frame: Frame, palette: Palette, rng: Generator, *, horizon: float, sun: Sun) -> Picture:
    """Worked out on a quarter of the pixels: nothing here has an edge but the sun, and that one glows."""
    small = Frame(max(16, frame.width // 2), max(16, frame.height // 2))
    depth = np.clip(small.y / np.float32(horizon), 0, 1) ** np.float32(1.15)
    picture = np.repeat(ramp(palette.sky, depth), small.width, axis=2)
    _paint_sun(picture, small, palette, sun)
    _paint_clouds(picture, small, palette, rng, sun)
    return np.stack([enlarge(plane, frame.width, frame.height) for plane in picture])


def _paint_sun(picture: Picture, frame: Frame, palette: Palette, sun: Sun) -> None:
    distance = np.hypot(frame.x - np.float32(sun.x), frame.y - np.float32(sun.y))
    shine(picture, palette.sky[3], 0.6 * np.exp(-distance / np.float32(0.3)))
    shine(picture, palette.light, 0.5 * np.exp(-np.maximum(distance - sun.radius, 0) / np.float32(0.05)))
    lay(picture, palette.light, smooth(sun.radius + 1 / frame.unit, sun.radius - 1 / frame.unit, distance))


def _paint_clouds(picture: Picture, frame: Frame, palette: Palette, rng: Generator, sun: Sun) -> None:
    shapes = clouds(rng, frame, cells=2.2, octaves=6, stretch=3.6, gain=0.52)
    bank = smooth(0.1, 1.9, shapes + np.float32(rng.uniform(-0.3, 0.35)))
    towards = np.exp(-np.hypot(frame.x - np.float32(sun.x), frame.y - np.float32(sun.y)) / np.float32(0.45))
    lay(picture, between(palette.sky[1], palette.sky[2], 0.65), bank * (1 - towards) * np.float32(0.55))
    lay(picture, between(palette.sky[3], palette.light, 0.35), bank * towards * np.float32(0.85))


def paint_stars(picture: Picture, frame: Frame, rng: Generator, sky: Plane, count: int = 900) -> None:
    """Stars where `sky` is clear (1); a few of them glow."""
    light = np.zeros((frame.height, frame.width), dtype=np.float32)
    x, y = rng.integers(frame.width, size=count), rng.integers(frame.height, size=count)
    light[y, x] = rng.uniform(0.1, 1, count).astype(np.float32) ** 3
    for _ in range(max(6, count // 60)):
        _glow(light, frame, rng)
    shine(picture, np.array([0.92, 0.95, 1.0], dtype=np.float32), light * sky)


def darkness(palette: Palette) -> np.float32:
    """How much of the stars this sky lets through."""
    return np.float32(np.clip(1.15 - 3 * palette.sky[0].mean(), 0, 1))


def _glow(light: Plane, frame: Frame, rng: Generator) -> None:
    reach = max(2, round(frame.unit * rng.uniform(0.003, 0.009)))
    x, y = rng.integers(reach, frame.width - reach), rng.integers(reach, frame.height - reach)
    span = np.arange(-reach, reach + 1, dtype=np.float32)
    spot = np.exp(-4.5 * np.hypot(span[None, :], span[:, None]) / reach) * np.float32(rng.uniform(0.6, 1.6))
    light[y - reach : y + reach + 1, x - reach : x + reach + 1] += spot
