"""Mountain ridges in mist, sometimes above a lake."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import between
from standins.endpoint.painter.forest import forest
from standins.endpoint.painter.frame import Frame, Picture, Plane, lay, smooth
from standins.endpoint.painter.noise import clouds, outline
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.sky import Sun, darkness, paint_sky, paint_stars, place_sun
from standins.endpoint.painter.water import mirror

_LAYERS = 6


def ridges(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    lake = bool(rng.random() < 0.45)
    ground = frame.bottom * (rng.uniform(0.66, 0.74) if lake else 1.0)
    horizon = ground * (rng.uniform(0.72, 0.82) if lake else rng.uniform(0.55, 0.68))
    sun = place_sun(rng, frame, horizon)
    picture = paint_sky(frame, palette, rng, horizon=horizon, sun=sun)
    paint_stars(picture, frame, rng, smooth(horizon * 0.7, 0.0, frame.y) * darkness(palette), count=420)
    for nearness in np.linspace(0, 1, _LAYERS):
        base = horizon + (ground - horizon) * float(nearness) ** 1.25 * 0.82
        _ridge(picture, frame, palette, rng, nearness=float(nearness), base=base, sun=sun)
    if lake:
        mirror(picture, frame, palette, rng, shore=ground)
    return picture


def _ridge(
    picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, nearness: float, base: float, sun: Sun
) -> None:
    line = outline(rng, frame, cells=1.5 + 1.6 * nearness, octaves=9, gain=0.47)
    slope = np.float32(base) - np.float32(0.1 * (1 - 0.45 * nearness)) * line
    edge = slope - forest(rng, frame, size=0.016 + 0.05 * (nearness - 0.7)) if nearness > 0.7 else slope
    top = min(frame.height - 1, max(0, int(edge.min() * frame.unit)))
    y = frame.y[top:]
    haze = between(palette.sky[3], palette.far, 0.25 + 0.5 * nearness)
    glow = np.exp(-np.abs(frame.x - np.float32(sun.x)) / np.float32(0.3)) * np.float32(0.45 * (1 - nearness))
    body = between(haze, between(palette.far, palette.near, nearness**0.8), 0.18 + 0.82 * nearness)
    mist = smooth(0.0, 0.17, y - slope) * np.float32(0.8 * (1 - nearness) ** 0.7)
    lit = np.clip(mist * (1 + 0.35 * _drift(rng, frame)[top:]) + glow, 0, 0.95)
    cover = np.clip((y - edge) * np.float32(frame.unit) + 0.5, 0, 1)
    lay(picture[:, top:], body[:, None, None] + (haze - body)[:, None, None] * lit, cover)


def _drift(rng: Generator, frame: Frame) -> Plane:
    return clouds(rng, frame, cells=3, octaves=3, stretch=4, detail=0.2)
