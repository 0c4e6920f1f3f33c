"""Deep space: glowing gas, dust, stars, and now and then a planet."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import Colour, ramp, turned
from standins.endpoint.painter.frame import Frame, Picture, Plane, lay, shine, smooth
from standins.endpoint.painter.noise import clouds, enlarge, sample
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.sky import paint_stars


def nebula(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    small = Frame(max(16, frame.width // 2), max(16, frame.height // 2))
    picture = np.stack([enlarge(plane, frame.width, frame.height) for plane in _gas(small, palette, rng)])
    paint_stars(picture, frame, rng, np.ones((1, 1), dtype=np.float32), count=int(1500 * rng.uniform(0.7, 1.5)))
    if rng.random() < 0.6:
        _planet(picture, frame, palette, rng)
    return picture


def _gas(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    fine = clouds(rng, frame, cells=2.2, octaves=7, gain=0.56)
    dust = clouds(rng, frame, cells=2.0, octaves=7, gain=0.55)
    bend_x = clouds(rng, frame, cells=1.3, octaves=4)
    bend_y = clouds(rng, frame, cells=1.3, octaves=4)
    columns, rows = frame.x * np.float32(frame.unit), frame.y * np.float32(frame.unit)
    reach = np.float32(frame.unit * 0.11)
    gas = sample(fine, columns + reach * bend_x, rows + reach * bend_y)
    lanes = sample(dust, columns - reach * bend_y, rows + reach * bend_x)
    glow = np.clip(0.62 + 0.25 * gas, 0, None) * smooth(-0.9, 1.0, _band(frame, rng) + 0.25 * bend_x)
    glow *= 1 - 0.7 * smooth(0.3, 1.7, lanes)
    glow = np.clip(glow * np.float32(0.84) / np.quantile(glow[::8, ::8], 0.97), 0, 1)
    picture = ramp(_shades(palette, turn=rng.uniform(-10, 10)), glow)
    lay(
        picture, ramp(_shades(palette, turn=rng.choice([-1, 1]) * rng.uniform(40, 65)), glow), smooth(-0.7, 1.1, bend_y)
    )
    return picture


def _shades(palette: Palette, *, turn: float) -> Colour:
    """From the dark between the stars to the brightest gas, which keeps its hue."""
    dark = turned(np.stack([palette.near * np.float32(0.45), palette.near, *palette.sky[:3]]), turn)
    return np.stack([*dark, palette.sky[3], palette.light])


def _band(frame: Frame, rng: Generator) -> Plane:
    """A bright way across the frame, at the seed's angle."""
    angle = rng.uniform(0, np.pi)
    x = frame.x - np.float32(frame.right * rng.uniform(0.35, 0.65))
    y = frame.y - np.float32(frame.bottom * rng.uniform(0.35, 0.65))
    away = np.abs(x * np.float32(np.sin(angle)) + y * np.float32(np.cos(angle)))
    return 1 - away / np.float32(rng.uniform(0.32, 0.46))


def _planet(picture: Picture, frame: Frame, palette: Palette, rng: Generator) -> None:
    radius = rng.uniform(0.07, 0.17)
    x = frame.x - np.float32(frame.right * rng.choice([0.27, 0.73]))
    y = frame.y - np.float32(frame.bottom * rng.uniform(0.28, 0.72))
    x, y = x / np.float32(radius), y / np.float32(radius)
    away = np.hypot(x, y)
    inside = smooth(1.0 + 1.2 / (radius * frame.unit), 1.0 - 1.2 / (radius * frame.unit), away)
    towards = rng.uniform(0, 2 * np.pi)
    depth = np.sqrt(np.clip(1 - away * away, 0, 1))
    facing = x * np.float32(np.cos(towards)) + y * np.float32(np.sin(towards))
    day = smooth(-0.15, 1.0, 0.75 * facing + 0.45 * depth)
    stripes = 0.5 + 0.22 * clouds(rng, frame, cells=9, octaves=4, stretch=9, detail=0.5)
    ground = ramp(np.stack([palette.far, palette.sky[2], palette.sky[3]]), np.clip(stripes, 0, 1))
    night = palette.near * np.float32(0.35)
    lay(picture, night[:, None, None] + (ground - night[:, None, None]) * day, inside)
    rim = np.exp(-np.abs(away - 1) / np.float32(0.06)) * smooth(-0.2, 0.9, facing)
    shine(picture, palette.light, np.float32(0.55) * rim)
