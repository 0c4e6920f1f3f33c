"""Northern lights above dark hills and still water."""

import numpy as np
from numpy.random import Generator

from standins.endpoint.painter.colour import Colour, colour, ramp, turned
from standins.endpoint.painter.forest import forest
from standins.endpoint.painter.frame import Frame, Picture, lay, smooth
from standins.endpoint.painter.noise import enlarge, outline
from standins.endpoint.painter.palette import Palette
from standins.endpoint.painter.sky import paint_stars
from standins.endpoint.painter.water import mirror

_LIGHTS = ("#6dffc0", "#2ee6a8", "#1fb3b0", "#5b6fd6", "#8a4fc4")
_NIGHT = ("#03060f", "#081226", "#0f2236", "#1d3d4a")


def aurora(frame: Frame, palette: Palette, rng: Generator) -> Picture:
    shore = frame.bottom * rng.uniform(0.7, 0.78)
    night = turned(np.stack([colour(code) for code in _NIGHT]), rng.uniform(-18, 25))
    picture = np.repeat(ramp(night, np.clip(frame.y / np.float32(shore), 0, 1)), frame.width, axis=2)
    paint_stars(picture, frame, rng, smooth(shore, shore * 0.5, frame.y), count=1300)
    small = Frame(max(16, frame.width // 2), max(16, frame.height // 2))
    lights = turned(np.stack([colour(code) for code in _LIGHTS]), rng.uniform(-22, 18))
    glow = np.zeros((3, small.height, small.width), dtype=np.float32)
    for _ in range(int(rng.integers(2, 5))):
        _curtain(glow, small, lights, rng, foot=shore * rng.uniform(0.42, 0.86))
    veil = np.stack([enlarge(plane, frame.width, frame.height) for plane in glow])
    picture += (1 - picture) * np.clip(veil, 0, 1)
    _hills(picture, frame, palette, rng, shore=shore, light=lights[1])
    mirror(picture, frame, palette, rng, shore=shore)
    return picture


def _curtain(glow: Picture, frame: Frame, lights: Colour, rng: Generator, *, foot: float) -> None:
    fold = outline(rng, frame, cells=1.7, octaves=4, gain=0.42)
    edge = np.float32(foot) + np.float32(0.05) * fold + np.float32(rng.uniform(-0.3, 0.3)) * (frame.x - 0.5)
    rays = outline(rng, frame, cells=11, octaves=4, gain=0.7) + np.float32(0.5) * fold
    tall = np.float32(rng.uniform(0.1, 0.2)) * np.exp(np.float32(0.13) * rays)
    bright = smooth(-1.3, 1.7, outline(rng, frame, cells=1.5, octaves=2)) * np.exp(np.float32(0.16) * rays)
    up = edge - frame.y
    over = np.maximum(up, 0) / tall
    light = np.where(up > 0, (0.75 + 0.25 * np.exp(-over * 6)) * np.exp(-over), np.exp(up / np.float32(0.014)))
    light *= np.clip(bright, 0, 1.6) * np.float32(rng.uniform(0.5, 0.8))
    glow += ramp(lights, np.clip(over * np.float32(0.42), 0, 1)) * light * (1 - 0.8 * glow)


def _hills(picture: Picture, frame: Frame, palette: Palette, rng: Generator, *, shore: float, light: Colour) -> None:
    for nearness in (0.0, 0.5, 1.0):
        line = outline(rng, frame, cells=1.4 + nearness, octaves=9, gain=0.46)
        edge = np.float32(shore - 0.075 + 0.055 * nearness) - np.float32(0.052 - 0.022 * nearness) * line
        if nearness > 0:
            edge = edge - forest(rng, frame, size=0.012 + 0.024 * nearness)
        cover = np.clip((frame.y - edge) * np.float32(frame.unit) + 0.5, 0, 1)
        shown = palette.near * np.float32(0.6 - 0.35 * nearness) + light * np.float32(0.1 * (1 - nearness))
        lay(picture, shown, cover)
